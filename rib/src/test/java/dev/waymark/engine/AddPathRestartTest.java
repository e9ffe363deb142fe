package dev.waymark.engine;

import static dev.waymark.engine.AddPathRig.BOTH;
import static dev.waymark.engine.AddPathRig.held;
import static dev.waymark.engine.AddPathRig.ids;
import static dev.waymark.engine.AddPathRig.path;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteView;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Graceful restart of a peer that has several paths of a prefix (RFC 4724, RFC 7911): each path is stale, or not, by itself. */
class AddPathRestartTest {
    private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
    private static final PathAttributes ONE = path("65001", "10.0.1.1");
    private static final PathAttributes TWO = path("65001 65100", "10.0.1.11");
    private static final PathAttributes THREE = path("65001 65100 65101", "10.0.1.12");

    private final AddPathRig rig = new AddPathRig(
            RestartRig.withRestart(
                            RouteServerConfig.standard(),
                            GracefulRestartSettings.on().withLongLived(true))
                    .requirePolicy(false),
            BOTH,
            "bc",
            peer -> peer);

    @BeforeEach
    void begin() {
        rig.net.kill(rig.a);
        come(true);
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, TWO);
        rig.announce(rig.a, 3, THREE);
        endOfRib();
        rig.b.updates = 0;
    }

    private void come(boolean withAddPath) {
        List<Capability> capabilities = new ArrayList<>(RestartRig.restart(120, true, IPV4));
        capabilities.add(RestartRig.longLived(600, true, IPV4));
        rig.a.extras = capabilities;
        rig.a.holdTimeSeconds = 0;
        rig.a.offersAddPath(withAddPath, withAddPath);
        rig.a.sendsPathIds = withAddPath;
        rig.a.takesPathIds = withAddPath;
        rig.reconnect(rig.a);
    }

    private void lose() {
        rig.net.kill(rig.a);
        rig.net.settle();
    }

    private void endOfRib() {
        rig.net.say(rig.a, Speaker.endOfRib(IPV4));
        rig.net.settle();
    }

    @Test
    @DisplayName("RFC 4724 §4.2: what a peer announces again is kept, path by path; the rest goes with its End-of-RIB")
    void sweepsPathsThatStayStale() {
        Set<Long> before = ids(rig.b);
        lose();
        assertEquals(
                3,
                rig.view(RouteView.RECEIVED, rig.a).stream()
                        .filter(RouteEntry::isStale)
                        .count());
        assertEquals(3, rig.counts(rig.a).staleNow());
        come(true);
        rig.announce(rig.a, 2, TWO);
        assertEquals(2, rig.counts(rig.a).staleNow());
        assertEquals(
                List.of(2L),
                rig.view(RouteView.RECEIVED, rig.a).stream()
                        .filter(entry -> !entry.isStale())
                        .map(entry -> entry.pathId().orElseThrow())
                        .toList());
        assertEquals(before, ids(rig.b));
        assertEquals(0, rig.b.updates, "nobody was told anything");
        endOfRib();
        assertEquals(List.of("65001 65100"), held(rig.b));
        assertEquals(1, rig.counts(rig.a).acceptedNow());
    }

    @Test
    @DisplayName(
            "RFC 7911 §3: after its restart a peer may use other identifiers; what is stale doesn't count against it")
    void otherIdentifiers() {
        for (int id = 4; id <= 16; id++) {
            rig.announce(rig.a, id, path("65001 " + (65100 + id), "10.0.1.1"));
        }
        lose();
        come(true);
        for (int id = 101; id <= 116; id++) {
            rig.announce(rig.a, id, path("65001 " + (65100 + id), "10.0.1.1"));
        }
        assertEquals(0, rig.counts(rig.a).extraPaths());
        endOfRib();
        assertEquals(16, rig.counts(rig.a).acceptedNow());
        assertEquals(16, rig.b.paths.size());
        assertEquals(0, rig.b.idleWithdrawals);
    }

    @Test
    @DisplayName("RFC 4724 §4.2: a peer that comes back without ADD-PATH: nothing is kept that it could not name")
    void comesBackWithout() {
        lose();
        come(false);
        PathAttributes alone = path("65001 65109", "10.0.1.1");
        rig.net.say(rig.a, rig.a.announce(alone, AddPathRig.TEN));
        rig.net.settle();
        assertEquals(List.of("65001 65109"), held(rig.b));
        assertEquals(1, rig.counts(rig.a).acceptedNow());
        assertEquals(Map.of(AddPathRig.TEN, alone), rig.d.routes);
    }

    @Test
    @DisplayName("RFC 9494 §4.2: every stale path is tagged once the long-lived time runs, and goes with its end")
    void longLived() {
        lose();
        rig.net.advance(Duration.ofSeconds(121));
        assertEquals(List.of(), held(rig.b), "it doesn't know LLGR (RFC 9494 §4.3)");
        assertEquals(3, rig.counts(rig.a).acceptedNow());
        come(true);
        rig.announce(rig.a, 3, THREE);
        assertEquals(List.of("65001 65100 65101"), held(rig.b));
        rig.net.advance(Duration.ofSeconds(601));
        assertEquals(1, rig.counts(rig.a).acceptedNow());
    }
}
