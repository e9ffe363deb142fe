package dev.waymark.examples.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.examples.nva.NvaSpeaker;
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

/** What {@code waymark ctl} shows of the routes and peers of a pair that runs. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ResourceLock(Resources.SYSTEM_OUT)
class CtlViewsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    @DisplayName(
            "ARS-70: learned shows Azure's columns: local address, network, next hop, source peer, origin, AS path, weight")
    void learned() {
        rig.announcing();
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
        rig.announcing();
        rig.connect("rs0", "nva2", "127.0.0.3", 65002);
        assertEquals("3 routes", CtlRig.last(rig.done("received", "nva1")));
        assertEquals("2 routes", CtlRig.last(rig.done("accepted")));
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
        assertEquals("0 routes", CtlRig.last(rig.done("learned", "--instance", "rs1")));
    }

    @Test
    @DisplayName("filters: a prefix alone, those inside it, so many rows; counts say whether there is more")
    void filters() {
        rig.announcing();
        assertEquals("1 route", CtlRig.last(rig.done("learned", "--prefix", "10.1.0.0/16")));
        assertEquals("2 routes", CtlRig.last(rig.done("learned", "--prefix", "10.0.0.0/8", "--longer")));
        assertEquals("0 routes", CtlRig.last(rig.done("learned", "--prefix", "10.0.0.0/8")));
        assertEquals(
                "2 routes; there are more, --limit leaves them out", CtlRig.last(rig.done("learned", "--limit", "2")));
        assertEquals("3 routes", CtlRig.last(rig.done("learned", "--limit", "3")));
        assertEquals("0 routes", CtlRig.last(rig.done("learned", "--family", "ipv6-unicast")));
    }

    @Test
    @DisplayName("ARS-74: peers with state and counts; one with all its numbers; how a session ended")
    void peers() {
        NvaSpeaker nva = rig.announcing();
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
}
