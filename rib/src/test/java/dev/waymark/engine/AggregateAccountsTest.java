package dev.waymark.engine;

import static dev.waymark.engine.AggregateRig.OTHER;
import static dev.waymark.engine.AggregateRig.P1;
import static dev.waymark.engine.AggregateRig.P2;
import static dev.waymark.engine.AggregateRig.P3;
import static dev.waymark.engine.AggregateRig.WIDE;
import static dev.waymark.engine.AggregateRig.via;
import static dev.waymark.engine.AggregateRig.widens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RouteCounts;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What accounts and limits know of aggregates and their contributors. */
class AggregateAccountsTest {
    @Test
    @DisplayName("ARS-71: contributors are accepted routes of the peer, the aggregate is no announcement")
    void accounts() {
        AggregateRig rig = AggregateRig.inbound(widens(), "a");
        rig.announce(rig.a, P1, P2, OTHER);
        rig.announce(rig.a, P1);
        rig.withdraw(rig.a, P2);
        RouteCounts counts = rig.counts(rig.a);
        assertEquals(4, counts.announced());
        assertEquals(4, counts.accepted());
        assertEquals(2, counts.acceptedNow());
        assertEquals(1, counts.replaced());
        assertEquals(1, counts.removed());
        assertTrue(counts.isBalanced());
        assertEquals(2, rig.counts(rig.b).advertisedNow());
    }

    @Test
    @DisplayName("ARS-20: the route limit counts what the peer announces, not what becomes of it")
    void routeLimitCountsContributors() {
        AggregateRig rig = new AggregateRig(
                RouteServerConfig.azure().limits(limits -> limits.withRouteLimit(Optional.of(RouteLimit.of(3)))),
                widens(),
                widens(),
                "a",
                "");
        rig.announce(rig.a, P1, P2, P3);
        assertTrue(rig.a.isConnected);
        rig.announce(rig.a, OTHER);
        assertEquals(false, rig.a.isConnected);
        assertEquals(
                3, rig.net.events(ServerEvent.RouteLimitExceeded.class).get(0).incoming() - 1);
        assertEquals(Map.of(), rig.table());
    }

    @Test
    @DisplayName("ARS-27: the total limit counts the aggregate, not the contributors; it waits for room")
    void totalLimitCountsAggregates() {
        AggregateRig rig = new AggregateRig(
                RouteServerConfig.azure().limits(limits -> limits.withTotalPrefixes(2)), widens(), widens(), "a", "");
        rig.announce(rig.a, P1, P2, P3, OTHER);
        assertEquals(2, rig.table().size());
        rig.withdraw(rig.a, P1, P2, P3);
        rig.announce(rig.b, P1);
        assertEquals(List.of(P1, OTHER), List.copyOf(rig.table().keySet()));
        rig.announce(rig.a, P1, P2);
        assertEquals(List.of(P1, OTHER), List.copyOf(rig.table().keySet()));
        assertEquals(
                List.of(WIDE),
                rig.net.events(ServerEvent.RoutesRejected.class).get(0).sample());
        rig.withdraw(rig.a, OTHER);
        assertEquals(Map.of(P1, via(rig.b), WIDE, via(rig.a)), rig.table());
        assertEquals(2, rig.counts(rig.a).acceptedNow());
    }

    @Test
    @DisplayName("ARS-62: an aggregate of thousands goes with the last of them and leaves no row behind")
    void manyContributorsInOneUpdate() {
        AggregateRig rig = AggregateRig.inbound(widens(), "a");
        List<IpPrefix> many = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            many.add(IpPrefix.ofIpv4Bits((20 << 24) + (i << 8), 24));
        }
        Collections.reverse(many);
        rig.net.say(rig.a, rig.a.announce(rig.path(rig.a), many));
        rig.net.settle();
        assertEquals(Map.of(WIDE, via(rig.a)), rig.table());
        assertEquals(3_000, rig.counts(rig.a).acceptedNow());
        rig.net.say(rig.a, rig.a.withdraw(many.subList(0, 2_999)));
        rig.net.settle();
        assertEquals(Map.of(WIDE, via(rig.a)), rig.table());
        rig.net.say(rig.a, rig.a.withdraw(many.subList(2_999, 3_000)));
        rig.net.settle();
        assertEquals(Map.of(), rig.table());
        rig.checkNothingIsLeft();
    }
}
