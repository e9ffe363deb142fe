package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.LimitAction;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteView;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.rib.SendCap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All features at once, by chance: peers that restart (RFC 4724, RFC 9494), policies that make aggregates (ARS-62), send limits
 * (ARS-55), static prefixes of gateways (ARS-53), limits, drains, changes of policy in the middle of everything. No model says
 * what must come of it; what is checked are things that must hold whatever it is. Accounts are audited after each input
 * (ARS-71). {@code -Dwaymark.sim.runs=N} makes it longer, {@code -Dwaymark.sim.first=N} begins at another seed.
 */
class MixedFeaturesTest {
    private static final int PEERS = 6;
    private static final int RESTS = 4;

    static LongStream seeds() {
        long first = Long.getLong("waymark.sim.first", 1);
        return LongStream.range(first, first + Long.getLong("waymark.sim.runs", 100));
    }

    @ParameterizedTest(
            name = "seed {0}: all features together come to rest, say what they hold, and leave nothing behind")
    @MethodSource("seeds")
    void featuresGoTogether(long seed) {
        SimWorld world = new SimWorld(new Random(seed), PEERS, true, SimSetup.Kind.MIXED);
        watchCaps(world);
        MixedHistory history = new MixedHistory(world);
        for (int i = 0; i < RESTS; i++) {
            world.net.units = world.random.nextBoolean() ? 1 + world.random.nextInt(30) : CoreHarness.UNITS;
            history.live(world.random.nextInt(120));
            history.rest();
            check(world);
            Map<String, String> before = holdings(world);
            history.redoAll();
            assertEquals("", difference(before, holdings(world)), "after all was judged, chosen and exported again");
        }
        history.live(world.random.nextInt(60));
        history.end();
        RecyclingTest.assertEmpty(world);
    }

    /** What a peer holds never grows beyond a limit with DISCARD_NEW, not even while it lags or the limit is changed. */
    private static void watchCaps(SimWorld world) {
        CoreHarness.StepObserver others = world.net.observer;
        Map<Member, Integer> last = new HashMap<>();
        world.net.observer = (now, input, outputs) -> {
            others.stepped(now, input, outputs);
            for (FamilyRib rib : world.net.core.tables().ribs()) {
                for (UpdateGroup group : rib.groups()) {
                    for (Member member : group.members()) {
                        int held = member.held();
                        Integer before = last.put(member, held);
                        SendCap cap = group.cap();
                        boolean isOver = cap != null && cap.action() == LimitAction.DISCARD_NEW && held > cap.limit();
                        assertTrue(!isOver || (before != null && held <= before), "more than the send limit");
                    }
                }
            }
        };
    }

    private static void check(SimWorld world) {
        for (SimPeer peer : world.upPeers()) {
            checkPeer(world, peer);
        }
        for (AddressFamily family : world.config.session().families()) {
            page(world, RouteQuery.of(RouteView.CONTRIBUTORS).withFamily(family));
            page(world, RouteQuery.of(RouteView.SELECTED).withFamily(family));
        }
        Map<IpPrefix, List<IpAddress>> programmed = new TreeMap<>();
        for (AddressFamily family : world.config.session().families()) {
            for (RouteEntry entry :
                    page(world, RouteQuery.of(RouteView.PROGRAMMED).withFamily(family))) {
                programmed.put(entry.prefix(), entry.nextHops());
            }
        }
        for (int sink : world.sinks) {
            assertEquals(programmed, world.net.sinks.getOrDefault(sink, Map.of()), "sink " + sink);
        }
    }

    private static void checkPeer(SimWorld world, SimPeer peer) {
        Speaker speaker = peer.speaker;
        assertEquals(0, speaker.idleWithdrawals, peer.name() + " was told to forget what it did not have");
        assertEquals(0, speaker.sameAnnouncements, peer.name() + " was told the same again");
        Session session = new SimChecks(world).sessionOf(peer);
        for (AddressFamily family : world.familiesOf(peer)) {
            String where = peer.name() + " " + family;
            assertEquals(1, speaker.endOfRibs.getOrDefault(family, 0), "End-of-RIB of " + where);
            Map<Speaker.PathKey, PathAttributes> shown = new TreeMap<>();
            for (RouteEntry entry : page(world, view(RouteView.ADVERTISED, peer, family))) {
                assertEquals(speaker.takesPathIds, entry.pathId().isPresent(), "whether there are several paths");
                shown.put(new Speaker.PathKey(entry.prefix(), entry.pathId().orElse(0)), entry.attributes());
            }
            assertEquals(shown, heldBy(speaker, family), "what " + where + " holds");
            SessionFamily account = Objects.requireNonNull(session.family(family));
            assertEquals(shown.size(), PeerViews.advertised(account), "advertised to " + where);
            for (RouteView each : List.of(
                    RouteView.RECEIVED, RouteView.ACCEPTED, RouteView.REJECTED, RouteView.ADVERTISED_CONTRIBUTORS)) {
                page(world, view(each, peer, family));
            }
            UpdateGroup group = Objects.requireNonNull(account.group());
            SendCap cap = group.cap();
            List<RouteEntry> heldBack = page(world, view(RouteView.HELD_BACK, peer, family));
            assertTrue(heldBack.isEmpty() || cap != null, "held back without a limit from " + where);
            if (cap != null && cap.action() == LimitAction.DISCARD_NEW) {
                assertTrue(shown.size() <= cap.limit(), "more than the send limit of " + where);
                assertTrue(
                        cap.waiting() == 0 || shown.size() == cap.limit(),
                        "a route waits though there is room: " + where);
            }
        }
    }

    private static Map<Speaker.PathKey, PathAttributes> heldBy(Speaker speaker, AddressFamily family) {
        Map<Speaker.PathKey, PathAttributes> held = new TreeMap<>();
        speaker.routesOf(family).forEach((prefix, route) -> held.put(new Speaker.PathKey(prefix, 0), route));
        speaker.paths.forEach((key, route) -> {
            if (key.prefix().family() == family) {
                held.put(key, route);
            }
        });
        return held;
    }

    private static RouteQuery view(RouteView view, SimPeer peer, AddressFamily family) {
        return RouteQuery.of(view, peer.name()).withFamily(family);
    }

    private static List<RouteEntry> page(SimWorld world, RouteQuery query) {
        List<RouteEntry> entries = new ArrayList<>();
        OptionalInt next = OptionalInt.of(0);
        while (next.isPresent()) {
            RoutePage page = (RoutePage) world.net.call(new Command.Page(query, next.getAsInt(), 7));
            entries.addAll(page.entries());
            next = page.next();
        }
        return entries;
    }

    private static Map<String, String> holdings(SimWorld world) {
        Map<String, String> all = new TreeMap<>();
        for (SimPeer peer : world.upPeers()) {
            peer.speaker.routes.forEach((prefix, route) -> all.put(peer.name() + " " + prefix, route.toString()));
            peer.speaker.paths.forEach((key, route) -> all.put(peer.name() + " " + key, route.toString()));
        }
        for (int sink : world.sinks) {
            world.net
                    .sinks
                    .getOrDefault(sink, Map.of())
                    .forEach((prefix, hops) -> all.put(sink + " " + prefix, hops + ""));
        }
        return all;
    }

    private static String difference(Map<String, String> before, Map<String, String> after) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        StringBuilder text = new StringBuilder();
        for (String key : keys) {
            String was = String.valueOf(before.get(key));
            String is = String.valueOf(after.get(key));
            if (!was.equals(is)) {
                text.append(String.format("%s: %.90s -> %.90s; ", key, was, is));
            }
        }
        return text.toString();
    }
}
