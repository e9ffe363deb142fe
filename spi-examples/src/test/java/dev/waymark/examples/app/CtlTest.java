package dev.waymark.examples.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RoutingPreference;
import dev.waymark.examples.control.ControlClient;
import dev.waymark.examples.nva.NvaSpeaker;
import java.io.IOException;
import java.nio.file.Path;
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

/** What {@code waymark ctl} changes in a pair that runs, and follows. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ResourceLock(Resources.SYSTEM_OUT)
class CtlTest {
    @TempDir
    private Path folder;

    private CtlRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new CtlRig(folder, CtlRig.PAIR);
    }

    @AfterEach
    void stop() {
        rig.close();
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
        assertEquals("1 network", CtlRig.last(rig.done("network", "list")));
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
        rig.announcing();
        assertEquals("0 peerings", CtlRig.last(rig.done("peering", "list")));
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
        assertEquals("1 peering", CtlRig.last(rig.done("peering", "list")));
    }

    @Test
    @DisplayName(
            "ARS-2, ARS-3, ARS-4: instances are listed, stopped, started, drained; check tells what is not redundant")
    void instances() {
        rig.announcing();
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
        assertEquals("3 routes", CtlRig.last(without));
        CtlRig.Said refused = rig.ctl("learned", "--instance", "rs1");
        assertEquals("1 waymark: rs1 is stopped\n", refused.code() + " " + refused.err());
        rig.done("instance", "start", "rs1");
        assertTrue(rig.done("instance", "list").lines().get(2).startsWith("rs1 | running"));
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
            rig.announcing();
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
