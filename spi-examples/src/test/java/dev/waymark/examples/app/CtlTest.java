package dev.waymark.examples.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RoutingPreference;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.examples.control.ControlClient;
import dev.waymark.examples.nva.NvaSpeaker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every verb of {@code waymark ctl} against a pair that runs. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ResourceLock(Resources.SYSTEM_OUT)
class CtlTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CONFIG = """
            name: hub
            instances:
              - {name: rs0, address: 127.0.0.1, listen: 127.0.0.1:0, routerId: 10.0.1.4, zone: "1"}
              - {name: rs1, address: 127.0.0.9, listen: 127.0.0.9:0, routerId: 10.0.1.5}
            routeMaps:
              - {name: branches, rules: [{name: no-default, match: {prefixEquals: 0.0.0.0/0}, then: {drop: true}}]}
            peers:
              - {name: nva1, address: 127.0.0.2, asn: 65001, passive: true, importPolicy: branches}
              - {name: nva2, address: 127.0.0.3, asn: 65002, passive: true}
            networks: {prefix: 10.0.0.0/16, nextHop: 10.0.0.4}
            routeTables: {name: frontend}
            """;

    @TempDir
    private Path folder;

    private CtlRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new CtlRig(folder, CONFIG);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private NvaSpeaker announcing() {
        NvaSpeaker nva = rig.connect("rs0", "nva1", "127.0.0.2", 65001);
        nva.announce(CtlRig.attributes("65001 64999", "10.9.0.1"), "10.1.0.0/16", "10.1.2.0/24", "0.0.0.0/0");
        rig.await(said -> said.out().contains("3 routes"), "learned", "nva1");
        return nva;
    }

    @Test
    @DisplayName(
            "ARS-70: learned shows Azure's columns: local address, network, next hop, source peer, origin, AS path, weight")
    void learned() {
        announcing();
        assertEquals(
                List.of(
                        "INSTANCE | LOCAL ADDRESS | NETWORK | NEXT HOP | SOURCE PEER | ORIGIN | AS PATH | WEIGHT",
                        "rs0 | 127.0.0.1 | 0.0.0.0/0 | 10.9.0.1 | 127.0.0.2 | EBgp | 65001-64999 | 32768",
                        "rs0 | 127.0.0.1 | 10.1.0.0/16 | 10.9.0.1 | 127.0.0.2 | EBgp | 65001-64999 | 32768",
                        "rs0 | 127.0.0.1 | 10.1.2.0/24 | 10.9.0.1 | 127.0.0.2 | EBgp | 65001-64999 | 32768",
                        "3 routes"),
                rig.done("learned").lines());
        assertEquals(
                "{\"type\":\"route\",\"instance\":\"rs0\",\"localAddress\":\"127.0.0.1\",\"network\":\"10.1.0.0/16\","
                        + "\"nextHop\":\"10.9.0.1\",\"sourcePeer\":\"127.0.0.2\",\"origin\":\"EBgp\","
                        + "\"asPath\":\"65001-64999\",\"weight\":32768,\"peer\":\"nva1\"}\n"
                        + "{\"type\":\"done\",\"count\":1}\n",
                rig.done("--json", "learned", "--prefix", "10.1.0.0/16").out());
    }

    @Test
    @DisplayName(
            "ARS-70: received, accepted, rejected with reason, rule and the route map's rule, selected, programmed, advertised")
    void views() {
        announcing();
        rig.connect("rs0", "nva2", "127.0.0.3", 65002);
        assertEquals("3 routes", last(rig.done("received", "nva1")));
        assertEquals("2 routes", last(rig.done("accepted")));
        assertEquals(
                "rs0 | nva1 | 0.0.0.0/0 | 10.9.0.1 | 65001-64999 | policy | ARS-60 | "
                        + "route map branches, rule no-default: dropped",
                rig.done("rejected").lines().get(1));
        assertTrue(rig.done("received", "--prefix", "0.0.0.0/0").lines().get(1).endsWith(" | policy"));
        assertEquals(
                List.of(
                        "INSTANCE | NETWORK | NEXT HOP | PEER | ORIGIN | AS PATH",
                        "rs0 | 10.1.2.0/24 | 10.9.0.1 | nva1 | igp | 65001-64999",
                        "1 route"),
                rig.done("selected", "--prefix", "10.1.2.0/24").lines());
        assertEquals(
                "rs0 | 10.1.0.0/16 | 10.9.0.1 | nva1 | igp | 65001-64999",
                rig.done("programmed").lines().get(1));
        rig.await(said -> said.out().contains("3 routes"), "advertised", "nva2");
        assertEquals(
                "rs0 | 10.1.0.0/16 | 10.9.0.1 | nva1 | igp | 65001-64999",
                rig.done("advertised", "nva2").lines().get(2));
        assertEquals("0 routes", last(rig.done("learned", "--instance", "rs1")));
    }

    @Test
    @DisplayName("filters: a prefix alone, those inside it, so many rows; counts say whether there is more")
    void filters() {
        announcing();
        assertEquals("1 route", last(rig.done("learned", "--prefix", "10.1.0.0/16")));
        assertEquals("2 routes", last(rig.done("learned", "--prefix", "10.0.0.0/8", "--longer")));
        assertEquals("0 routes", last(rig.done("learned", "--prefix", "10.0.0.0/8")));
        assertEquals("2 routes; there are more, --limit leaves them out", last(rig.done("learned", "--limit", "2")));
        assertEquals("3 routes", last(rig.done("learned", "--limit", "3")));
        assertEquals("0 routes", last(rig.done("learned", "--family", "ipv6-unicast")));
    }

    private static String last(CtlRig.Said said) {
        List<String> lines = said.lines();
        return lines.get(lines.size() - 1);
    }

    @Test
    @DisplayName("ARS-74: peers with state and counts; one with all its numbers; how a session ended")
    void peers() {
        NvaSpeaker nva = announcing();
        List<String> lines = rig.done("peers").lines();
        assertEquals(
                "PEER | INSTANCE | ADDRESS | AS | STATE | FOR | RECEIVED | ACCEPTED | REJECTED | ADVERTISED | UPS",
                lines.get(0));
        assertTrue(
                lines.get(1)
                        .matches(
                                "nva1 \\| rs0 \\| 127.0.0.2 \\| 65001 \\| Established \\| \\d+s \\| 3 \\| 2 \\| 1 \\| 1 \\| 1"),
                lines::toString);
        assertTrue(lines.get(2).startsWith("nva1 | rs1 | 127.0.0.2 | 65001 | Active"), lines::toString);
        assertTrue(lines.contains("2 peers"), lines::toString);
        String details = rig.done("peer", "nva1").out();
        assertTrue(details.contains("nva1: 127.0.0.2, AS 65001, nva, passive, degraded"), details);
        assertTrue(details.contains("rejected on arrival: 1 policy"), details);
        rig.done("reset", "hard", "nva1", "--text", "new firmware");
        assertTrue(nva.await(PATIENCE, speaker -> speaker.notification().isPresent()));
        NotificationMessage told = nva.notification().orElseThrow();
        assertEquals(
                "6/4 new firmware",
                told.code() + "/" + told.subcode() + " " + told.shutdownText().orElse(""));
        String notes = rig.done("peers").out();
        assertTrue(notes.contains("nva1 on rs0: session ended "), notes);
        assertTrue(notes.contains("by us: 6/4 Cease, Administrative Reset, \"new firmware\""), notes);
    }

    @Test
    @DisplayName("ARS-74: peers are added, updated and removed with the keys of the file, disabled, enabled and reset")
    void changesPeers() {
        assertEquals(
                "peer nva3 added: 127.0.0.4, AS 65003\n",
                rig.done(
                                "peer",
                                "add",
                                "name=nva3",
                                "address=127.0.0.4",
                                "asn=65003",
                                "passive=true",
                                "routeLimit={routes: 10, action: warn}",
                                "importPolicy=branches")
                        .out());
        rig.connect("rs1", "nva3", "127.0.0.4", 65003);
        assertEquals(
                "branches",
                rig.daemon
                        .served()
                        .config()
                        .peers()
                        .get(2)
                        .importPolicy()
                        .orElseThrow()
                        .toString());
        rig.done("peer", "update", "nva3", "routeLimit=20");
        assertEquals(
                20,
                rig.daemon
                        .served()
                        .config()
                        .peers()
                        .get(2)
                        .routeLimit()
                        .orElseThrow()
                        .routes());
        assertEquals(
                "branches",
                rig.daemon
                        .served()
                        .config()
                        .peers()
                        .get(2)
                        .importPolicy()
                        .orElseThrow()
                        .toString());
        rig.done("disable", "nva3");
        assertTrue(rig.done("peers").out().contains("Idle (disabled)"));
        rig.done("enable", "nva3");
        assertFalse(rig.done("peers").out().contains("(disabled)"));
        assertEquals(
                "reset soft-in: nva1, nva2, nva3\n",
                rig.done("reset", "soft-in", "--all").out());
        assertEquals(
                "reset soft-out: nva3\n",
                rig.done("reset", "soft-out", "nva3", "--instance", "rs1").out());
        rig.done("peer", "remove", "nva3");
        assertTrue(rig.done("peers").lines().contains("2 peers"));
    }

    @Test
    @DisplayName("networks, branch-to-branch and the routing preference are changed on both instances")
    void changesServer() {
        rig.done("network", "add", "10.5.0.0/16", "10.0.0.9");
        assertEquals(
                List.of("PREFIX | NEXT HOP", "10.0.0.0/16 | 10.0.0.4", "10.5.0.0/16 | 10.0.0.9", "2 networks"),
                rig.done("network", "list").lines());
        rig.done("network", "remove", "10.5.0.0/16");
        assertEquals("1 network", last(rig.done("network", "list")));
        assertEquals(
                "branch-to-branch is on\n", rig.done("branch-to-branch", "on").out());
        assertTrue(rig.daemon.served().config().export().branchToBranch());
        rig.done("branch-to-branch", "off");
        assertFalse(rig.daemon.served().config().export().branchToBranch());
        assertEquals(
                "the routing preference is as-path\n",
                rig.done("preference", "as-path").out());
        assertEquals(
                RoutingPreference.AS_PATH,
                rig.daemon.served().config().selection().preference());
    }

    @Test
    @DisplayName(
            "ARS-41, ARS-43: a peering is added to both instances, shown and removed; what it overrides is in effective routes")
    void peerings() {
        announcing();
        assertEquals("0 peerings", last(rig.done("peering", "list")));
        rig.done("peering", "add", "spoke1", "10.1.0.0/16", "--next-hop", "10.0.0.4");
        rig.done("peering", "add", "spoke2", "10.6.0.0/16", "2001:db8::/32", "--no-remote-gateway");
        assertEquals(
                List.of(
                        "PEERING | PREFIX | NEXT HOP | STATE",
                        "spoke1 | 10.1.0.0/16 | 10.0.0.4 | advertised",
                        "spoke2 | 10.6.0.0/16 | not-advertised",
                        "spoke2 | 2001:db8::/32 | ipv6-unsupported",
                        "2 peerings"),
                rig.done("peering", "list").lines());
        CtlRig.Said effective = rig.await(
                said -> said.out().contains("inside-system-route") && said.code() == 0, "effective", "frontend");
        assertEquals(
                "SOURCE | STATE | NETWORK | NEXT HOP TYPE | NEXT HOPS | REASON | RULE",
                effective.lines().get(0));
        assertTrue(
                effective
                        .lines()
                        .contains(
                                "virtual-network-peering | Active | 10.1.0.0/16 | virtual-network-peering | system-route | ARS-41"),
                effective::toString);
        assertTrue(
                effective
                        .lines()
                        .contains("bgp | Invalid | 10.1.2.0/24 | virtual-network-gateway | 10.9.0.1"
                                + " | inside-system-route | ARS-41"),
                effective::toString);
        String json = rig.done("--json", "peering", "list").out();
        assertTrue(
                json.startsWith("{\"type\":\"peering\",\"name\":\"spoke1\",\"usesRemoteGateway\":true,"
                        + "\"prefix\":\"10.1.0.0/16\",\"nextHop\":\"10.0.0.4\",\"state\":\"advertised\"}\n"),
                json);
        rig.done("peering", "remove", "spoke2");
        assertEquals("1 peering", last(rig.done("peering", "list")));
    }

    @Test
    @DisplayName(
            "ARS-2, ARS-3, ARS-4: instances are listed, stopped, started, drained; check tells what is not redundant")
    void instances() {
        announcing();
        String found = rig.done("check").out();
        assertTrue(found.contains("nva1  has a session with rs0 (zone 1) only, none with rs1"), found);
        assertTrue(found.contains("nva1  is the only NVA for 2 prefixes (10.1.0.0/16, 10.1.2.0/24)"), found);
        String drained =
                rig.done("drain", "rs0", "--after", "5m", "--text", "moving").out();
        assertTrue(drained.contains("its sessions end in 5m 00s"), drained);
        rig.done("resume", "rs0");
        assertEquals(
                "rs1 is stopped\n",
                rig.done("instance", "stop", "rs1", "--text", "bye").out());
        assertTrue(rig.done("instance", "list").lines().get(2).startsWith("rs1 | stopped"));
        CtlRig.Said without = rig.ctl("learned");
        assertEquals(0, without.code());
        assertEquals("waymark: rs1 is stopped\n", without.err());
        assertEquals("3 routes", last(without));
        CtlRig.Said refused = rig.ctl("learned", "--instance", "rs1");
        assertEquals("1 waymark: rs1 is stopped\n", refused.code() + " " + refused.err());
        rig.done("instance", "start", "rs1");
        assertTrue(rig.done("instance", "list").lines().get(2).startsWith("rs1 | running"));
    }

    @ParameterizedTest(name = "ctl {0}: exit code {1}, and {2}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "xyzzy~ 2~ Unmatched argument",
                "peer~ 2~ Which peer? `waymark ctl peers` lists them",
                "peer nva9~ 1~ there is no peer 'nva9'; there are nva1, nva2",
                "learned --prefix 10.0.0.1/8~ 2~ allowed is 10.0.0.0/8",
                "learned --longer~ 2~ --longer goes with --prefix",
                "learned --limit -1~ 2~ allowed is a whole number, 0 to",
                "learned --instance rs9~ 1~ there is no instance 'rs9'; there are rs0, rs1",
                "learned --prefix ::/0 --family ipv4-unicast~ 1~ ::/0 is no prefix of ipv4-unicast",
                "advertised~ 2~ Missing required parameter: 'PEER'",
                "reset soft nva1~ 2~ allowed is soft-in, soft-out, hard",
                "reset hard~ 2~ Give its name, or --all",
                "reset soft-in nva1 --text x~ 2~ --text goes with hard",
                "branch-to-branch maybe~ 2~ allowed is on, off",
                "preference bgp~ 2~ allowed is express-route, vpn-gateway, as-path",
                "drain~ 1~ drain wants an instance: rs0, rs1",
                "drain rs0 --after 5~ 2~ allowed is a whole number with a unit",
                "drain rs0 --after 2d~ 1~ drain.after",
                "network add 10.0.0.0/16~ 1~ is there twice",
                "peering add spoke1 10.1.2.3/16~ 2~ 10.1.2.3/16",
                "peering add spoke1 10.0.1.0/24 --next-hop 10.0.0.4~ 1~ 10.0.0.0/16",
                "peering remove spoke1~ 1~ there is no peering 'spoke1'",
                "effective nowhere~ 1~ there is no route table 'nowhere'",
                "network remove 10.7.0.0/16~ 1~ there is no network 10.7.0.0/16",
                "peer add name=nva3~ 1~ peer.nva3.address is missing; peer.nva3.asn is missing",
                "peer add name=a address=10.0.0.1 asn=65518~ 1~ reserved by Azure [ARS-12]",
                "peer add name=a address=10.0.0.1 asn=65003 colour=red~ 1~ is not a setting: allowed are name, address",
                "peer add name=a address=10.0.0.1 asn=65003 importPolicy=x~ 1~ allowed is accept-all",
                "peer add name=nva1 address=10.0.0.1 asn=65003~ 1~ nva1",
                "peer add foo~ 2~ 'foo' is no KEY=VALUE",
                "peer update nva1 holdTime=2s~ 1~ is not in 3s to",
                "peer update nva1 name=nva7~ 1~ peer.nva1.name is not a setting",
                "peer remove x~ 1~ there is no peer 'x'"
            })
    void refusals(String arguments, int code, String wanted) {
        CtlRig.Said said = rig.ctl(arguments.split(" ", -1));
        assertEquals(code, said.code(), said::toString);
        assertTrue(said.err().contains(wanted), said::toString);
        assertEquals("", said.out());
    }

    @Test
    @DisplayName("ARS-72: events are followed as JSON and as text until the server stops, which is the last")
    void events() throws Exception {
        try (ControlClient json = rig.client();
                ControlClient text = rig.client()) {
            json.send(CtlCommand.verb("events"));
            text.send(CtlCommand.verb("events").put("text", true));
            assertEquals("{\"type\":\"following\"}", json.receive());
            assertEquals("{\"type\":\"following\"}", text.receive());
            announcing();
            awaitLine(
                    json,
                    "\"kind\":\"routes-rejected\"",
                    "\"detail\":\"route map branches, rule no-default: dropped\"");
            awaitLine(
                    text,
                    "rs0: nva1 (127.0.0.2, AS 65001): 1 routes rejected, POLICY [ARS-60] "
                            + "(route map branches, rule no-default: dropped), such as [0.0.0.0/0]");
            rig.daemon.stop("enough");
            awaitLine(json, "Z\",\"kind\":\"server-stopped\"", "\"server\":\"hub\"");
            awaitLine(text, "\"text\":\"stopped\"");
            assertEquals("{\"type\":\"done\"}", json.receive());
        }
    }

    private static void awaitLine(ControlClient client, String... parts) throws IOException {
        String line = client.receive();
        while (line != null && !List.of(parts).stream().allMatch(line::contains)) {
            assertFalse(line.startsWith("{\"type\":\"done\""), () -> "no line with " + List.of(parts));
            line = client.receive();
        }
        assertNotNull(line, () -> "no line with " + List.of(parts));
    }

    @Test
    @DisplayName("a server alone: no column for the instance; check and instance start are refused with the reason")
    void alone() throws Exception {
        rig.close();
        rig = new CtlRig(folder, """
                routerId: 127.0.0.1
                listen: 127.0.0.1:0
                localAddress: 127.0.0.1
                peers: {name: nva1, address: 127.0.0.2, asn: 65001, passive: true}
                """);
        NvaSpeaker nva = rig.connect("waymark", "nva1", "127.0.0.2", 65001);
        nva.announce(CtlRig.attributes("65001", "10.9.0.1"), "10.1.0.0/16");
        assertEquals(
                List.of(
                        "LOCAL ADDRESS | NETWORK | NEXT HOP | SOURCE PEER | ORIGIN | AS PATH | WEIGHT",
                        "127.0.0.1 | 10.1.0.0/16 | 10.9.0.1 | 127.0.0.2 | EBgp | 65001 | 32768",
                        "1 route"),
                rig.await(said -> said.out().contains("1 route"), "learned").lines());
        assertTrue(rig.ctl("check").err().contains("this server is one instance"));
        assertTrue(rig.ctl("instance", "stop", "waymark").err().contains("starts and stops with the program"));
        rig.done("drain", "--after", "5m");
        rig.done("resume");
    }

    @Test
    @DisplayName("no server: exit code 1, and what to do")
    void noServer() {
        rig.close();
        CtlRig.Said said = rig.ctl("peers");
        assertEquals(1, said.code());
        assertTrue(said.err().contains("no server answers at "), said::err);
        assertTrue(said.err().contains("WAYMARK_SOCKET"), said::err);
    }
}
