package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares a simulation at rest with what the rules say. */
final class SimChecks {
    private final SimWorld world;

    SimChecks(SimWorld world) {
        this.world = world;
    }

    /** Checks what every peer and every sink holds against the model. */
    void checkRoutes() {
        ReferenceModel model = new ReferenceModel(world);
        for (SimPeer peer : world.upPeers()) {
            assertSame(model.sentTo(peer), peer.speaker.routes, "what " + peer.name() + " holds");
        }
        Map<IpPrefix, List<IpAddress>> programmed = model.programmed();
        for (int sink : world.sinks) {
            assertEquals(programmed, world.net.sinks.getOrDefault(sink, Map.of()), "sink " + sink);
        }
    }

    /** Checks what holds whatever the routes are: gauges, markers, no message in vain. */
    void checkSessions() {
        for (SimPeer peer : world.upPeers()) {
            checkSession(peer);
        }
    }

    private void checkSession(SimPeer peer) {
        Speaker speaker = peer.speaker;
        assertEquals(0, speaker.idleWithdrawals, peer.name() + " was told to forget what it did not have");
        assertEquals(0, speaker.sameAnnouncements, peer.name() + " was told the same again");
        assertEquals(Set.of(), speaker.unrefreshed, peer.name() + " asked and was not told again");
        Session session = sessionOf(peer);
        for (AddressFamily family : world.familiesOf(peer)) {
            String where = peer.name() + " " + family;
            assertEquals(1, speaker.endOfRibs.getOrDefault(family, 0), "End-of-RIB of " + where);
            SessionFamily account = Objects.requireNonNull(session.family(family));
            assertEquals(speaker.routesOf(family).size(), PeerViews.advertised(account), "advertised to " + where);
            assertEquals(
                    peer.announced.getOrDefault(family, 0L),
                    account.account().snapshot(0).announced(),
                    "announced by " + where);
        }
    }

    Session sessionOf(SimPeer peer) {
        Peer inside = world.net.core.tables().peers().byName(peer.name());
        return Objects.requireNonNull(Objects.requireNonNull(inside).session());
    }

    private static void assertSame(
            Map<IpPrefix, PathAttributes> expected, Map<IpPrefix, PathAttributes> actual, String what) {
        if (expected.equals(actual)) {
            return;
        }
        Map<IpPrefix, String> differences = new TreeMap<>();
        expected.forEach((prefix, attributes) -> {
            if (!attributes.equals(actual.get(prefix))) {
                differences.put(prefix, "must be " + text(attributes) + " but is " + text(actual.get(prefix)));
            }
        });
        actual.forEach((prefix, attributes) -> {
            if (!expected.containsKey(prefix)) {
                differences.put(prefix, "must not be there but is " + text(attributes));
            }
        });
        throw new AssertionError(what + ": " + differences);
    }

    private static String text(@Nullable Object attributes) {
        String text = String.valueOf(attributes);
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }
}
