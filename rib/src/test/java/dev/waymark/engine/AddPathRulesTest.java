package dev.waymark.engine;

import static dev.waymark.engine.AddPathRig.BOTH;
import static dev.waymark.engine.AddPathRig.TEN;
import static dev.waymark.engine.AddPathRig.held;
import static dev.waymark.engine.AddPathRig.ids;
import static dev.waymark.engine.AddPathRig.path;
import static dev.waymark.engine.AggregateRig.WIDE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.CountingMode;
import dev.waymark.api.LimitAction;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteView;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Limits, policies and aggregates where peers have several paths of a prefix (RFC 7911): each acts on paths. */
class AddPathRulesTest {
    private static final PathAttributes ONE = path("65001", "10.0.1.1");
    private static final PathAttributes TWO = path("65001 65100", "10.0.1.11");
    private static final IpPrefix OTHER = IpPrefix.parse("10.8.0.0/16");
    private static final IpPrefix P1 = AggregateRig.P1;
    private static final IpPrefix P2 = AggregateRig.P2;

    private static AddPathRig rig(UnaryOperator<PeerConfig.Builder> peers) {
        return new AddPathRig(RouteServerConfig.standard().requirePolicy(false), BOTH, "abc", peers);
    }

    @Test
    @DisplayName("ARS-20: for the route limit each path is a route, whatever its prefix")
    void limitCountsPaths() {
        AddPathRig rig = rig(peer -> peer.routeLimit(RouteLimit.of(4)));
        for (int id = 1; id <= 4; id++) {
            rig.announce(rig.a, id, path("65001 " + (65100 + id), "10.0.1.1"));
        }
        assertTrue(rig.a.isConnected);
        assertEquals(4, rig.b.paths.size());
        rig.announce(rig.a, 5, ONE);
        assertFalse(rig.a.isConnected);
        assertEquals(
                4,
                rig.net.events(ServerEvent.RouteLimitExceeded.class).get(0).snapshot()
                        + rig.net
                                .events(ServerEvent.RouteLimitExceeded.class)
                                .get(0)
                                .incoming()
                        - 1);
        assertEquals(Map.of(), rig.b.paths);
    }

    @Test
    @DisplayName("ARS-22: a batch's snapshot is one less for each of its paths that is withdrawn, and for no other")
    void snapshotKnowsPaths() {
        AddPathRig rig = rig(peer -> peer.routeLimit(RouteLimit.of(5)));
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, TWO);
        rig.net.advance(Duration.ofSeconds(5)); // the batch ends: the next begins with a snapshot of 2
        rig.announce(rig.a, 3, path("65001 65103", "10.0.1.1"));
        rig.withdraw(rig.a, 3); // came in this batch
        rig.withdraw(rig.a, 1); // 1 + 1
        rig.announce(rig.a, 4, path("65001 65104", "10.0.1.1"));
        rig.announce(rig.a, 5, path("65001 65105", "10.0.1.1"));
        rig.announce(rig.a, 6, path("65001 65106", "10.0.1.1")); // 1 + 4
        assertTrue(rig.a.isConnected);
        rig.announce(rig.a, 7, path("65001 65107", "10.0.1.1"));
        assertFalse(rig.a.isConnected);
    }

    @Test
    @DisplayName(
            "ARS-23: where distinct prefixes count, each of their paths does; what is over is refused, what is held replaced")
    void distinctPathsCount() {
        AddPathRig rig = rig(peer -> peer.routeLimit(
                RouteLimit.of(2).withMode(CountingMode.DISTINCT_PREFIXES).withAction(LimitAction.DISCARD_NEW)));
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, TWO);
        rig.announce(rig.a, 2, path("65001 65102", "10.0.1.1"));
        rig.announce(rig.a, 3, TWO);
        assertEquals(List.of("65001", "65001 65102"), held(rig.b));
        assertEquals(1, rig.counts(rig.a).refusedByLimit());
        rig.withdraw(rig.a, 1);
        rig.announce(rig.a, 3, TWO);
        assertEquals(List.of("65001 65100", "65001 65102"), held(rig.b));
    }

    @Test
    @DisplayName("ARS-27: the limit on all prefixes counts prefixes; one keeps its place until its last path goes")
    void totalLimitCountsPrefixes() {
        AddPathRig rig = new AddPathRig(
                RouteServerConfig.standard().requirePolicy(false).limits(limits -> limits.withTotalPrefixes(1)),
                BOTH,
                "ab",
                peer -> peer);
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, TWO);
        rig.net.say(rig.a, rig.a.announcePath(ONE, 1, OTHER));
        rig.net.say(rig.a, rig.a.announcePath(TWO, 2, OTHER));
        rig.net.settle();
        assertEquals(List.of("65001", "65001 65100"), held(rig.b));
        assertEquals(2, rig.view(RouteView.REJECTED, rig.a).size());
        rig.withdraw(rig.a, 1);
        assertEquals(2, rig.counts(rig.a).rejectedNow());
        rig.withdraw(rig.a, 2);
        assertEquals(
                Set.of(OTHER),
                Set.copyOf(rig.b.paths.keySet().stream()
                        .map(Speaker.PathKey::prefix)
                        .toList()));
        assertEquals(2, rig.b.paths.size());
    }

    @Test
    @DisplayName(
            "ARS-64: a new import policy judges each stored path; ARS-70: rejected ones are shown with their identifiers")
    void policyJudgesPaths() {
        AddPathRig rig = rig(peer -> peer);
        rig.announce(rig.a, 1, ONE);
        rig.announce(
                rig.a,
                2,
                TWO.edit().origin(dev.waymark.api.route.Origin.INCOMPLETE).build());
        rig.net.call(new Command.SetPolicy(true, Optional.of(AddPathPolicy.IGP)));
        rig.net.settle();
        assertEquals(List.of("65001"), held(rig.b));
        List<RouteEntry> rejected = rig.view(RouteView.REJECTED, rig.a);
        assertEquals(1, rejected.size());
        assertEquals(2, rejected.get(0).pathId().orElseThrow());
        assertEquals(Optional.of(RejectReason.POLICY), rejected.get(0).rejectReason());
        assertEquals(1, rig.counts(rig.a).evicted());
        rig.net.call(new Command.SetPolicy(true, Optional.empty()));
        rig.net.settle();
        assertEquals(List.of("65001", "65001 65100"), held(rig.b));
    }

    @Test
    @DisplayName("TRAPS 2: an export policy that newly refuses a path withdraws that one, and nothing is told twice")
    void exportPolicyJudgesPaths() {
        AddPathRig rig = rig(peer -> peer);
        rig.announce(rig.a, 1, ONE);
        rig.announce(
                rig.a,
                2,
                TWO.edit().origin(dev.waymark.api.route.Origin.INCOMPLETE).build());
        Set<Long> before = ids(rig.c);
        rig.net.call(new Command.UpdatePeer(PeerConfigs.of(rig.b)
                .addPath(BOTH)
                .exportPolicy(AddPathPolicy.IGP)
                .build()));
        rig.net.settle();
        assertEquals(List.of("65001"), held(rig.b));
        assertEquals(List.of("65001", "65001 65100"), held(rig.c));
        rig.net.call(new Command.UpdatePeer(PeerConfigs.of(rig.b).addPath(BOTH).build()));
        rig.net.settle();
        assertEquals(before, ids(rig.b), "in whichever group, a path has one identifier");
        assertEquals(0, rig.b.idleWithdrawals);
        assertEquals(0, rig.c.sameAnnouncements);
    }

    @Test
    @DisplayName("ARS-62: each path of a prefix is a part of an inbound aggregate, which goes with the last")
    void inboundAggregateOfPaths() {
        AddPathRig rig = rig(peer -> peer.importPolicy(AggregateRig.widens()));
        rig.net.say(rig.a, rig.a.announcePath(ONE, 1, P1));
        rig.net.say(rig.a, rig.a.announcePath(TWO, 2, P1));
        rig.net.settle();
        assertEquals(Set.of(WIDE), prefixes(rig.b));
        List<RouteEntry> parts = rig.view(RouteView.CONTRIBUTORS, rig.a);
        assertEquals(2, parts.size());
        rig.net.say(rig.a, rig.a.withdrawPath(1, P1));
        rig.net.settle();
        assertEquals(Set.of(WIDE), prefixes(rig.b));
        assertEquals(Set.of(WIDE), rig.d.routes.keySet());
        rig.net.say(rig.a, rig.a.withdrawPath(2, P1));
        rig.net.settle();
        assertEquals(Set.of(), prefixes(rig.b));
    }

    @Test
    @DisplayName(
            "ARS-62: an outbound aggregate takes in each path that the policy puts there, and is one path with the others")
    void outboundAggregateOfPaths() {
        AddPathRig rig = rig(peer -> peer.exportPolicy(AggregateRig.widens(P1, P2)));
        rig.net.say(rig.a, rig.a.announcePath(ONE, 1, P1));
        rig.net.say(rig.a, rig.a.announcePath(TWO, 2, P1, OTHER));
        rig.net.settle();
        assertEquals(Set.of(WIDE, OTHER), prefixes(rig.b));
        assertEquals(Set.of(), prefixes(rig.a), "no aggregate of its own routes alone");
        assertEquals(
                List.of(WIDE, OTHER),
                List.copyOf(rig.d.routes.keySet()).stream()
                        .sorted(java.util.Comparator.reverseOrder())
                        .toList());
        PathAttributes aggregate = rig.b.paths.entrySet().stream()
                .filter(entry -> entry.getKey().prefix().equals(WIDE))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        assertTrue(aggregate.atomicAggregate());
        assertEquals(
                P1, rig.view(RouteView.ADVERTISED_CONTRIBUTORS, rig.b).get(0).prefix());

        rig.net.say(rig.b, rig.b.announcePath(path("65002", "10.0.1.2"), 1, P2, WIDE));
        rig.net.settle();
        assertEquals(
                2,
                rig.c.paths.keySet().stream()
                        .filter(key -> key.prefix().equals(WIDE))
                        .count(),
                "both");
        assertEquals(2, rig.a.paths.size(), "b's route, and the aggregate of b's alone");
        rig.net.say(rig.a, rig.a.withdrawPath(1, P1));
        rig.net.say(rig.a, rig.a.withdrawPath(2, P1));
        rig.net.say(rig.b, rig.b.withdrawPath(1, P2));
        rig.net.settle();
        assertEquals(
                1,
                rig.c.paths.keySet().stream()
                        .filter(key -> key.prefix().equals(WIDE))
                        .count());
        rig.net.kill(rig.a);
        rig.net.kill(rig.b);
        rig.net.settle();
        for (int i = 0; i < 10; i++) {
            rig.net.feed(new Input.Turn(CoreHarness.UNITS));
        }
        assertEquals(0, rig.net.core.tables().ribs().get(0).prefixes().size(), "rows that are left");
        assertEquals(0, rig.net.core.tables().attributes().size(), "attributes that are left");
    }

    private static Set<IpPrefix> prefixes(Speaker speaker) {
        return Set.copyOf(
                speaker.paths.keySet().stream().map(Speaker.PathKey::prefix).toList());
    }

    @Test
    @DisplayName("ARS-4: while draining every path has GRACEFUL_SHUTDOWN, under the identifier that it had")
    void drainsPaths() {
        AddPathRig rig = rig(peer -> peer);
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, TWO);
        Set<Long> before = ids(rig.b);
        rig.net.call(new Command.Drain("maintenance", Duration.ofMinutes(1)));
        rig.net.settle();
        assertEquals(before, ids(rig.b));
        assertTrue(rig.b.paths.values().stream()
                .allMatch(each -> each.hasCommunity(dev.waymark.api.route.Community.GRACEFUL_SHUTDOWN)));
        rig.net.call(new Command.Resume());
        rig.net.settle();
        assertEquals(Set.of(ONE, TWO), Set.copyOf(rig.b.paths.values()));
        assertEquals(TEN, rig.b.paths.keySet().iterator().next().prefix());
    }
}
