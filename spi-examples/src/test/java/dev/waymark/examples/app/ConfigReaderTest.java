package dev.waymark.examples.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.AsnRange;
import dev.waymark.api.CountingMode;
import dev.waymark.api.DecisionMode;
import dev.waymark.api.ExportSettings;
import dev.waymark.api.GatewaySettings;
import dev.waymark.api.LimitAction;
import dev.waymark.api.LimitSettings;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.SelectionSettings;
import dev.waymark.api.SessionSettings;
import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.spi.Transport;
import dev.waymark.spi.contract.LoopbackTransport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    private static final String MINIMAL = "routerId: 10.0.0.4\n";

    private final Transport transport = new LoopbackTransport();

    @Test
    @DisplayName("the sample is what is left out: every value in it is the default")
    void sampleShowsDefaults() throws ConfigFileException {
        ServeConfig sample = read(ServeCommand.sample());
        RouteServerConfig server = sample.server();
        assertEquals(SessionSettings.azure(), server.session());
        assertEquals(LimitSettings.azure(), server.limits());
        assertEquals(SelectionSettings.azure(), server.selection());
        assertEquals(ExportSettings.azure(), server.export());
        RouteServerConfig bare = read(MINIMAL).server();
        assertEquals(bare.localAsn(), server.localAsn());
        assertEquals(bare.seed(), server.seed());
        assertEquals(bare.requiresPolicy(), server.requiresPolicy());
        assertEquals(
                bare.reservedAsns().stream().map(AsnRange::toString).sorted().toList(),
                server.reservedAsns().stream().map(AsnRange::toString).sorted().toList());
        PeerConfig peer = server.peers().get(1);
        assertEquals(PeerRole.NVA, peer.role());
        assertEquals(AddPathSettings.off(), server.peers().get(0).addPath());
        assertEquals(
                "[nva1, nva2, vpn1-a, vpn1-b]",
                server.peers().stream().map(PeerConfig::name).toList().toString());
        assertEquals(2, server.networks().size());
        assertEquals(GatewaySettings.azure(), server.gateways());
        assertEquals(2, server.vpnGateways().size());
        assertEquals("console", sample.sinks().orElseThrow().get(0).name());
        assertEquals("jmx", sample.metrics().orElseThrow().name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x: 1",
                "session: {x: 1}",
                "limits: {x: 1}",
                "limits: {routeLimit: {x: 1}}",
                "selection: {x: 1}",
                "export: {x: 1}",
                "peers: [{x: 1}]",
                "peers: [{addPath: {x: 1}}]",
                "gateways: {x: 1}",
                "deployment: {x: 1}",
                "limits: {expressRouteSendLimit: {x: 1}}",
                "vpnGateways: [{x: 1}]",
                "networks: [{x: 1}]",
                "peerings: [{x: 1}]",
                "routeTables: [{x: 1}]",
                "routeTables: [{name: t, routes: [{x: 1}]}]",
                "routeMaps: [{x: 1}]",
                "routeMaps: [{name: m, rules: [{x: 1}]}]",
                "routeMaps: [{name: m, rules: [{name: r, match: {x: 1}}]}]",
                "routeMaps: [{name: m, rules: [{name: r, then: {x: 1}}]}]",
                "routeMapRestrictions: {x: 1}",
                "instances: [{x: 1}]"
            })
    @DisplayName("whatever is allowed is in the sample, with a comment before it or above")
    void sampleShowsEverything(String yaml) throws ConfigFileException {
        List<ConfigProblem> problems = refused(yaml);
        String allowed = problems.stream()
                .map(ConfigProblem::message)
                .filter(message -> message.contains(" is not a setting: allowed are "))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".* allowed are ", "");
        for (String key : allowed.split(", ", -1)) {
            assertTrue(ServeCommand.sample().contains(key + ":"), key + " is not in the sample");
        }
    }

    @Test
    @DisplayName("every setting is taken, in both notations of lists and limits")
    void takesEverySetting() throws ConfigFileException {
        RouteServerConfig server = read("""
                        profile: standard
                        name: rs1
                        asn: 4200000000
                        listen: ["10.0.0.4:179", "[2001:db8::4]:1790"]
                        localAddress: [10.0.0.4, "2001:db8::4"]
                        requirePolicy: false
                        seed: 9223372036854775807
                        reservedAsns: [1-9, 65000]
                        session: {openTimeout: 90s, establishTimeout: 2m, holdTime: 0s, families: ipv6-unicast}
                        limits:
                          unsentOctets: 2MiB
                          routeLimit: {routes: 5, mode: distinct-accepted-prefixes, action: warn, quietTime: 50ms}
                        selection: {mode: ecmp, preference: vpn-gateway, maxNextHops: 16, perClientBest: true}
                        export: {prependLocalAs: true, honourNoExport: false}
                        peers:
                          - {name: a, address: 10.0.0.5, asn: 1.5, role: vpn-gateway, routeLimit: 7, holdTime: 9s}
                          - name: b
                            address: 2001:db8::5
                            asn: 65001
                            routeLimit: {action: discard-new}
                            addPath: {receive: true, send: true, receivedPaths: 4, sentPaths: 8}
                        networks: {prefix: 2001:db8:1::/48, nextHop: 2001:db8::9}
                        sinks: []
                        """).server();
        assertEquals(Asn.of(4_200_000_000L), server.localAsn());
        assertEquals("10.0.0.4", server.routerId().toString());
        assertEquals(2, server.listen().size());
        assertEquals(Optional.of(IpAddress.parse("2001:db8::4")), server.localAddress(AddressFamily.IPV6_UNICAST));
        assertEquals(Duration.ofSeconds(90), server.session().openTimeout());
        assertEquals(Duration.ofMinutes(2), server.session().establishTimeout());
        assertEquals(Duration.ZERO, server.session().holdTime());
        assertEquals(2 << 20, server.limits().unsentOctets());
        RouteLimit limit = server.limits().routeLimit().orElseThrow();
        assertEquals(CountingMode.DISTINCT_ACCEPTED_PREFIXES, limit.mode());
        assertEquals(DecisionMode.ECMP, server.selection().mode());
        assertTrue(server.export().prependLocalAs());
        PeerConfig first = server.peers().get(0);
        assertEquals(Asn.of(65_541), first.asn());
        assertEquals(limit.withRoutes(7), first.routeLimit().orElseThrow());
        assertEquals(Optional.of(Duration.ofSeconds(9)), first.holdTime());
        assertEquals(
                limit.withAction(LimitAction.DISCARD_NEW),
                server.peers().get(1).routeLimit().orElseThrow());
        assertEquals(AddPathSettings.off(), first.addPath());
        assertEquals(
                new AddPathSettings(true, true, 4, 8), server.peers().get(1).addPath());
        assertEquals(
                "2001:db8::9", server.networks().get(0).nextHop().orElseThrow().toString());
        assertFalse(server.requiresPolicy());
    }

    @Test
    @DisplayName("no sinks is not the same as none named")
    void distinguishesNoSinks() throws ConfigFileException {
        assertEquals(Optional.empty(), read(MINIMAL).sinks());
        assertEquals(Optional.of(List.of()), read(MINIMAL + "sinks: []").sinks());
    }

    static Stream<List<String>> mistakes() {
        return Stream.of(
                List.of("", "1:1: the file is empty; `waymark serve --sample` prints one to start from"),
                List.of("# nothing\n", "1:1: the file is empty; `waymark serve --sample` prints one to start from"),
                List.of("- a list", "1:1: the file wants keys with values, one a line: key: value"),
                List.of("a: [", "1:5: not YAML: expected the node content"),
                List.of("a: b: c", "1:5: not YAML: mapping values are not allowed here"),
                List.of("x: 1\nname: &a [*a]", "2:7: name wants a single value"),
                List.of("profile: aws", "1:10: profile: 'aws' is not valid: allowed is azure, standard"),
                List.of("name: a\nname: b", "2:1: name is there twice"),
                List.of("session: 5", "1:10: session wants keys with values, one a line: key: value"),
                List.of(
                        "session: {holdtime: 90s}",
                        "1:11: session.holdtime is not a setting: allowed are families, fourOctetAsn, holdTime, "),
                List.of(
                        "session:\n  holdTime: 180",
                        "2:13: session.holdTime: '180' is not valid: allowed is a whole number with a unit"),
                List.of("session: {holdTime: 2s}", "1:21: session.holdTime: 2s is not in 3s to 18h12m15s [ARS-14]"),
                List.of("session: {openTimeout: 2m}", "1:24: session.establishTimeout: 1m is not in 2m to 20m"),
                List.of("session: {families: [ipv4-unicast, l2vpn]}", "1:36: session.families: "),
                List.of(
                        "session: {allowAsSet: yes}",
                        "1:23: session.allowAsSet: 'yes' is not valid: allowed is true or false"),
                List.of("listen: rs0.example:179", "1:9: listen: "),
                List.of(
                        "listen: [10.0.0.4]",
                        "1:10: listen: '10.0.0.4' is not valid: allowed is an address and a port"),
                List.of("listen: 10.0.0.4:70000", "1:9: listen: '10.0.0.4:70000' is not valid"),
                List.of(
                        "limits: {maxPeers: -1}",
                        "1:20: limits.maxPeers: '-1' is not valid: allowed is a whole number"),
                List.of("limits: {maxPeers: 40000}", "1:20: limits.maxPeers: 40000 is not in 0 to 32000 [ARS-16]"),
                List.of(
                        "limits: {routeLimit: lots}",
                        "1:22: limits.routeLimit: 'lots' is not valid: allowed is none, a number of routes, or a section"),
                List.of("limits: {routeLimit: {routes: 0}}", "1:31: routeLimit.routes: 0 is not in 1 to 2147483647"),
                List.of(
                        "limits: {unsentOctets: 1KiB}",
                        "1:24: limits.unsentOctets: 1024 is not in 65536 to 1073741824"),
                List.of(
                        "sinks: [console, elsewhere]",
                        "1:18: sinks: 'elsewhere' is not valid: allowed is console, json-lines, table"),
                List.of("metrics: statsd", "1:10: metrics: 'statsd' is not valid: allowed is jmx"),
                List.of(
                        "importPolicy: maybe",
                        "1:15: importPolicy: 'maybe' is not valid: allowed is accept-all, reject-all, remove-private-as,"),
                List.of("reservedAsns: [9-1]", "1:16: reservedAsns: "),
                List.of("name: a", "1:1: routerId: is missing; give a BGP identifier like 10.0.0.4 [RFC 4271"),
                List.of("routerId: 0.0.0.0", "1:1: routerId: 0.0.0.0 is no BGP identifier"),
                List.of(MINIMAL + "asn: 70000", "2:1: localAsn: 70000 needs four octets"),
                List.of(MINIMAL + "peers:\n  - address: 10.0.0.5", "3:5: peer.?.name is missing"),
                List.of(
                        MINIMAL + peer("nva1", "10.0.0.5", 65515),
                        "4:37: peer.nva1.asn: 65515 is the route server's own"),
                List.of(MINIMAL + peer("nva1", "10.0.0.5", 8074), "4:37: peer.nva1.asn: 8074 is in 8074-8075, "),
                List.of(MINIMAL + peer("n v", "10.0.0.5", 65001), "4:6: peer.name: 'n v' is not 1 to 64 of"),
                List.of(
                        MINIMAL + peer("a", "10.0.0.5", 65001) + "  - {name: b, address: 10.0.0.5, asn: 65002}\n",
                        "5:15: peer.b.address: 10.0.0.5 is that of peer a"),
                List.of(
                        MINIMAL + "peers: [{name: a, address: 10.0.0.5, asn: 65001, routeLimit: none}]",
                        "2:50: peer.a.routeLimit: none is for"),
                List.of(
                        MINIMAL + "peers: [{name: a, address: 10.0.0.5, asn: 65001, protection: tcp-md5}]",
                        "2:50: peer.a.protection: TCP_MD5 is not available from the transport"),
                List.of(
                        MINIMAL + "vpnGateways: [{name: v, asn: 65515, peers: {name: a, address: 10.0.0.5}}]",
                        "2:37: vpnGateway.v.peers: has 1; an active-active gateway has 2 [ARS-53]"),
                List.of(
                        MINIMAL + "vpnGateways: [{name: v, asn: 65001, nextHops: [10.0.0.5, 10.0.0.6]}]",
                        "2:25: vpnGateway.v.asn: 65001 is not 65515, which gateways.vpnAsn asks for [ARS-53]"),
                List.of(
                        MINIMAL + "vpnGateways: [{name: v, asn: 65515, peers: {name: a, address: x, role: nva}}]",
                        "2:66: peer.a.role is not a setting"),
                List.of(
                        MINIMAL + "peers: [{name: a, address: 10.0.0.5, asn: 65515, role: vpn-gateway}]",
                        "2:9: peer.a: is a VPN gateway with one instance"),
                List.of("deployment: {virtualNetwork: hub}", "1:13: deployment.subnet is missing"),
                List.of(
                        MINIMAL + "deployment: {virtualNetwork: hub, subnet: 10.0.1.0/27}",
                        "2:35: deployment.subnet: 10.0.1.0/27 is too small"),
                List.of(
                        MINIMAL + "deployment: {virtualNetwork: hub, subnet: 10.0.1.0/26, hasRouteTable: true}",
                        "2:56: deployment.hasRouteTable: a user-defined route table can't"),
                List.of(
                        "limits: {expressRouteSendLimit: {routes: 0}}",
                        "1:42: sendLimit.routes: 0 is not in 1 to 2147483647 [ARS-55]"),
                List.of(
                        MINIMAL + "peers: [{name: a, address: 10.0.0.5, asn: 65001, sendLimit: none}]",
                        "2:50: peer.a.sendLimit: none is for"),
                List.of(MINIMAL + "networks: [10.0.0.1/16]", "2:12: networks: "),
                List.of(MINIMAL + "networks: [10.0.0.0/16]", "2:12: network.10.0.0.0/16.nextHop: is missing"),
                List.of(
                        "localAddress: 127.0.0.1\nnetworks: [10.0.0.0/16]",
                        "2:12: network.10.0.0.0/16.nextHop: 127.0.0.1, the localAddress, can't be a next hop"));
    }

    @Test
    @DisplayName(
            "ARS-53: VPN gateways are read with their peers, or their static prefixes, and the profile's rules for them")
    void readsVpnGateways() throws ConfigFileException {
        RouteServerConfig server = read(ServeCommand.sample()).server();
        VpnGateway on = server.vpnGateways().get(0);
        assertEquals(
                "[vpn1-a, vpn1-b]",
                on.peers().stream().map(PeerConfig::name).toList().toString());
        assertEquals("[172.16.0.0/24]", on.pointToSite().toString());
        VpnGateway off = server.vpnGateways().get(1);
        assertEquals("[10.0.3.4, 10.0.3.5]", off.nextHops().toString());
        assertEquals("[10.3.0.0/16]", off.staticPrefixes().toString());
        RouteServerConfig changed = read(MINIMAL + """
                        gateways: {activeActive: false, vpnAsn: none}
                        vpnGateways:
                          - {name: v, asn: 65001, peers: {name: a, address: 10.0.0.5}}
                        """).server();
        assertEquals(GatewaySettings.standard(), changed.gateways());
        assertEquals(Asn.of(65001), changed.peers().get(0).asn());
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    @DisplayName("TRAPS 23: a mistake is refused with line, column and what is allowed")
    void refusesMistakes(List<String> textAndProblem) {
        List<ConfigProblem> problems = refused(textAndProblem.get(0));
        String expected = "waymark.yaml:" + textAndProblem.get(1);
        assertTrue(
                problems.stream().anyMatch(problem -> problem.toString().startsWith(expected)),
                () -> "expected " + expected + "\nbut there is " + problems);
    }

    @Test
    @DisplayName("all mistakes are told at once, in the order of the file")
    void tellsAllMistakes() {
        List<ConfigProblem> problems = refused("""
                colour: blue
                session: {holdTime: soon}
                peers:
                  - {name: a, address: nowhere, asn: 0x1}
                """);
        assertEquals(
                List.of(1, 2, 4, 4), problems.stream().map(ConfigProblem::line).toList());
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "180s, PT3M", "2m, PT2M", "18h, PT18H", "1d, PT24H", "0s, PT0S"})
    @DisplayName("durations have a unit")
    void readsDurations(String text, Duration expected) {
        assertEquals(expected, Values.duration(text));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "65536, 65536", "64KiB, 65536", "1MiB, 1048576", "3GiB, 3221225472"})
    @DisplayName("octets may have a unit")
    void readsOctets(String text, long expected) {
        assertEquals(expected, Values.octets(text));
    }

    private static String peer(String name, String address, int asn) {
        return "# a peer\npeers:\n  - {name: " + name + ", address: " + address + ", asn: " + asn + "}\n";
    }

    private ServeConfig read(String text) throws ConfigFileException {
        return ConfigReader.read("waymark.yaml", text, Providers.discover(), transport);
    }

    private List<ConfigProblem> refused(String text) {
        return assertThrows(ConfigFileException.class, () -> read(text)).problems();
    }
}
