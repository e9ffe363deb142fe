package dev.waymark.examples.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.NetworkPeering;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.NextHopKind;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteTable;
import dev.waymark.api.UserDefinedRoute;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.SpiProvider;
import dev.waymark.spi.contract.LoopbackTransport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The virtual network in the file of {@code waymark serve}. */
class NetworkReaderTest {
    private static final String MINIMAL = "localAddress: 10.0.0.4\nnetworks: 10.0.0.0/16\n";

    private static ServeConfig read(String text) throws ConfigFileException {
        return ConfigReader.read("waymark.yaml", text, Providers.discover(), new LoopbackTransport());
    }

    private static IpPrefix prefix(String text) {
        return IpPrefix.parse(text);
    }

    @Test
    @DisplayName("ARS-40, ARS-42: what stands in the file is what the API makes")
    void readsNetworks() throws ConfigFileException {
        ServeConfig read = read(MINIMAL + """
                peerings:
                  - name: spoke1
                    spaces:
                      - 10.1.0.0/16
                      - {prefix: 10.2.0.0/16, nextHop: 10.0.0.9}
                      - 2001:db8::/48
                  - {name: spoke2, spaces: 10.3.0.0/16, usesRemoteGateway: false}
                serviceEndpoints: [192.0.2.0/24, 198.51.100.0/24]
                routeTables:
                  - name: frontend
                    peering: spoke1
                    propagates: false
                    routes:
                      - {prefix: 0.0.0.0/0, nextHop: 10.1.0.4}
                      - {prefix: 10.9.0.0/16, nextHop: none}
                      - {prefix: 10.8.0.0/16, nextHop: internet}
                      - {prefix: 10.0.0.0/16, nextHop: virtual-network}
                    sinks: [json-lines, console]
                  - name: backend
                limits: {routeLimit: {exemptsResends: true}}
                """);
        RouteServerConfig server = read.server();
        NetworkPeering spoke1 = new NetworkPeering(
                "spoke1",
                List.of(
                        NetworkSpace.of(prefix("10.1.0.0/16")),
                        new NetworkSpace(prefix("10.2.0.0/16"), Optional.of(IpAddress.parse("10.0.0.9"))),
                        NetworkSpace.of(prefix("2001:db8::/48"))),
                true);
        NetworkPeering spoke2 =
                NetworkPeering.of("spoke2", prefix("10.3.0.0/16")).withUsesRemoteGateway(false);
        assertEquals(List.of(spoke1, spoke2), server.peerings());
        assertEquals(List.of(prefix("192.0.2.0/24"), prefix("198.51.100.0/24")), server.serviceEndpoints());
        RouteTable frontend = RouteTable.ofPeering("frontend", "spoke1")
                .withPropagates(false)
                .withRoutes(List.of(
                        UserDefinedRoute.toAppliance(prefix("0.0.0.0/0"), IpAddress.parse("10.1.0.4")),
                        UserDefinedRoute.to(prefix("10.9.0.0/16"), NextHopKind.NONE),
                        UserDefinedRoute.to(prefix("10.8.0.0/16"), NextHopKind.INTERNET),
                        UserDefinedRoute.to(prefix("10.0.0.0/16"), NextHopKind.VIRTUAL_NETWORK)));
        assertEquals(List.of(frontend, RouteTable.of("backend")), server.routeTables());
        assertEquals(
                Map.of("frontend", List.of("json-lines", "console")),
                Map.of(
                        "frontend",
                        read.tableSinks().getOrDefault("frontend", List.of()).stream()
                                .map(SpiProvider::name)
                                .toList()));
        assertEquals(1, read.tableSinks().size());
        assertEquals(
                Optional.of(RouteLimit.of(4_000).withExemptsResends(true)),
                server.limits().routeLimit());
    }

    static Stream<List<String>> mistakes() {
        return Stream.of(
                List.of(
                        "networks:\n  - 10.0.0.0/16\n  - 2001:db8::/48",
                        "4:5: network.2001:db8::/48: ipv6-unicast is not among session.families [ipv4-unicast] [ARS-15]"),
                List.of("peerings:\n  - {spaces: 10.1.0.0/16}", "3:5: peering.?.name is missing"),
                List.of("peerings:\n  - {name: a}", "3:5: peering.a.spaces: is empty; give at least one address space"),
                List.of("peerings: [{name: a, spaces: 10.1.0.1/16}]", "2:30: peering.a.spaces: "),
                List.of(
                        "peerings:\n  - name: a\n    spaces: 10.1.0.0/16\n    useRemoteGateways: true",
                        "5:5: peering.a.useRemoteGateways is not a setting: allowed are name, spaces, usesRemoteGateway"),
                List.of(
                        "peerings:\n  - {name: a, spaces: 10.1.0.0/16}\n  - name: b\n    spaces: [10.2.0.0/16, 10.1.2.0/24]",
                        "5:5: peering.b.spaces: 10.1.2.0/24 overlaps 10.1.0.0/16 of peering a"),
                List.of(
                        "peerings:\n  - {name: a, spaces: 10.1.0.0/16}\n  - {name: a, spaces: 10.2.0.0/16}",
                        "4:5: peering.a: is there twice; names are unique [ARS-40]"),
                List.of(
                        "peerings:\n  - name: a\n    spaces:\n      - {prefix: 10.1.0.0/16, nextHop: 127.0.0.1}",
                        "5:9: peering.a.10.1.0.0/16.nextHop: 127.0.0.1 can't be a next hop"),
                List.of(
                        "serviceEndpoints: [10.2.0.0/16,\n  10.2.0.0/16]",
                        "3:3: serviceEndpoint.10.2.0.0/16: is there twice"),
                List.of(
                        "peers: [{name: g, address: 10.1.0.5,\n  asn: 65515, role: express-route-gateway}]\n"
                                + "peerings: [{name: a, spaces: 10.1.0.0/16}]",
                        "2:19: peer.g.address: 10.1.0.5 is in peering a; route servers and gateways of peered networks"),
                List.of(
                        "routeTables:\n  - name: t\n    peering: nowhere",
                        "4:5: routeTable.t.peering: there is no peering 'nowhere' [ARS-42]"),
                List.of(
                        "routeTables:\n  - name: t\n    routes:\n      - {prefix: 0.0.0.0/0, nextHop: firewall}",
                        "5:38: routeTable.t.routes.nextHop: 'firewall' is not valid: allowed is the address of an appliance,"),
                List.of(
                        "routeTables:\n  - name: t\n    routes:\n      - {prefix: 0.0.0.0/0, nextHop: 2001:db8::1}",
                        "5:9: route.0.0.0.0/0.nextHop: 2001:db8::1 is not of the prefix's family [ARS-41]"),
                List.of(
                        "routeTables:\n  - name: t\n    routes:\n      - {prefix: 2001:db8::/48, nextHop: none}",
                        "5:9: routeTable.t.routes.2001:db8::/48: ipv6-unicast is not among session.families"),
                List.of(
                        "routeTables:\n  - name: t\n    sinks: elsewhere",
                        "4:12: routeTable.t.sinks: 'elsewhere' is not valid: allowed is console, json-lines, table"),
                List.of(
                        "limits: {maxNetworks: 2}\nnetworks: 10.0.0.0/16\npeerings:\n  - {name: a, spaces: 10.1.0.0/16}\n"
                                + "  - {name: b, spaces: 10.2.0.0/16}",
                        "6:5: peering.b: makes it 3 virtual networks with the own one; limits.maxNetworks allows 2 [ARS-27]"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    @DisplayName("ARS-15, ARS-27, ARS-40, ARS-42, ARS-45: a mistake in the network is told with file, line and rule")
    void refusesMistakes(List<String> textAndProblem) {
        String text = "localAddress: 10.0.0.4\n" + textAndProblem.get(0);
        List<ConfigProblem> problems =
                assertThrows(ConfigFileException.class, () -> read(text)).problems();
        String expected = "waymark.yaml:" + textAndProblem.get(1);
        assertTrue(
                problems.stream().anyMatch(problem -> problem.toString().startsWith(expected)),
                () -> "expected " + expected + "\nbut there is " + problems);
    }
}
