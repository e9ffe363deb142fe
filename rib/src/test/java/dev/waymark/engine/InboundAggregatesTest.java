package dev.waymark.engine;

import static dev.waymark.engine.AggregateRig.OTHER;
import static dev.waymark.engine.AggregateRig.P1;
import static dev.waymark.engine.AggregateRig.P2;
import static dev.waymark.engine.AggregateRig.P3;
import static dev.waymark.engine.AggregateRig.WIDE;
import static dev.waymark.engine.AggregateRig.held;
import static dev.waymark.engine.AggregateRig.via;
import static dev.waymark.engine.AggregateRig.widens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteView;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Aggregator;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Aggregates that inbound route maps make: one route of one peer in place of many. */
class InboundAggregatesTest {
    private static final Aggregator OWN = new Aggregator(Asn.of(65515), IpAddress.parse("10.0.0.4"));

    @Test
    @DisplayName("ARS-62: routes with one new prefix become one route; COMMUNITY and AS_PATH go, ATOMIC_AGGREGATE and"
            + " AGGREGATOR come, the own AS number stands before the path where it goes to another AS")
    void manyBecomeOne() {
        AggregateRig rig = AggregateRig.inbound(widens(), "a");
        PathAttributes sent =
                rig.path(rig.a).edit().addCommunity(Community.of(1, 1)).build();
        rig.announce(rig.a, sent, P1, P2, OTHER);
        assertEquals(List.of(WIDE, OTHER), List.copyOf(rig.b.routes.keySet()));
        assertEquals(sent, held(rig.b, OTHER));
        PathAttributes aggregate = held(rig.b, WIDE);
        assertEquals(AsPath.parse("65515"), aggregate.asPath());
        assertEquals(List.of(), aggregate.communities());
        assertTrue(aggregate.atomicAggregate());
        assertEquals(Optional.of(OWN), aggregate.aggregator());
        assertEquals(rig.a.address, aggregate.nextHop());
        assertEquals(Map.of(WIDE, via(rig.a), OTHER, via(rig.a)), rig.table());
        assertEquals(Map.of(), rig.a.routes); // never sent to the peer it came from
    }

    @Test
    @DisplayName("ARS-62, ARS-70: contributors stay in the received and accepted views and name their aggregate;"
            + " a view lists them; the aggregate is what is selected")
    void contributorsAreVisible() {
        AggregateRig rig = AggregateRig.inbound(widens(), "a");
        rig.announce(rig.a, P1, P2, OTHER);
        rig.announce(rig.b, P3);
        assertEquals(List.of(P1, P2, OTHER), rig.prefixes(RouteView.RECEIVED, rig.a));
        assertEquals(List.of(P1, P2, OTHER), rig.prefixes(RouteView.ACCEPTED, rig.a));
        assertEquals(List.of(), rig.prefixes(RouteView.REJECTED, rig.a));
        for (RouteEntry entry : rig.view(RouteView.RECEIVED, rig.a)) {
            assertEquals(rig.path(rig.a), entry.attributes());
            assertEquals(entry.prefix().equals(OTHER) ? Optional.empty() : Optional.of(WIDE), entry.aggregate());
        }
        assertEquals(List.of(P1, P2), rig.prefixes(RouteView.CONTRIBUTORS, rig.a));
        assertEquals(List.of(), rig.prefixes(RouteView.CONTRIBUTORS, rig.b));
        assertEquals(
                2, rig.view(RouteQuery.of(RouteView.CONTRIBUTORS).within(WIDE)).size());
        assertEquals(
                List.of(WIDE, P3, OTHER),
                rig.view(RouteQuery.of(RouteView.SELECTED)).stream()
                        .map(RouteEntry::prefix)
                        .sorted()
                        .toList());
    }

    @Test
    @DisplayName(
            "ARS-62: an aggregate lives as long as it has a contributor; one that comes or goes without a change of"
                    + " its attributes is no news")
    void livesWithItsContributors() {
        AggregateRig rig = AggregateRig.inbound(widens(), "a");
        rig.announce(rig.a, P1);
        int told = rig.b.updates;
        rig.announce(rig.a, P2, P3);
        rig.withdraw(rig.a, P1);
        assertEquals(told, rig.b.updates);
        rig.withdraw(rig.a, P2);
        assertEquals(List.of(WIDE), List.copyOf(rig.b.routes.keySet()));
        rig.withdraw(rig.a, P3);
        assertEquals(Map.of(), rig.b.routes);
        assertEquals(Map.of(), rig.table());
        rig.announce(rig.a, P3);
        assertEquals(Map.of(WIDE, via(rig.a)), rig.table());
        rig.net.kill(rig.a);
        rig.net.settle();
        assertEquals(Map.of(), rig.b.routes);
        rig.reconnect(rig.a);
        rig.announce(rig.a, P1);
        assertEquals(Map.of(WIDE, via(rig.a)), rig.table());
    }

    /** Three routes that differ in everything; what comes of them must be the same in every order of arrival. */
    @Test
    @DisplayName(
            "RFC 4271 §9.2.2.2: the worst ORIGIN, the lowest next hop, MULTI_EXIT_DISC where all agree; whatever the order")
    void attributesOfAll() {
        List<List<Integer>> orders = List.of(
                List.of(0, 1, 2),
                List.of(0, 2, 1),
                List.of(1, 0, 2),
                List.of(1, 2, 0),
                List.of(2, 0, 1),
                List.of(2, 1, 0));
        for (List<Integer> order : orders) {
            AggregateRig rig = AggregateRig.inbound(widens(), "a");
            List<PathAttributes> sent = List.of(
                    rig.path(rig.a).edit().med(7).origin(Origin.EGP).build(),
                    rig.path(rig.a)
                            .edit()
                            .med(7)
                            .nextHop(IpAddress.parse("9.0.0.9"))
                            .build(),
                    rig.path(rig.a)
                            .edit()
                            .med(7)
                            .origin(Origin.INCOMPLETE)
                            .nextHop(IpAddress.parse("200.0.0.1"))
                            .build());
            for (int i : order) {
                rig.announce(rig.a, sent.get(i), List.of(P1, P2, P3).get(i));
            }
            PathAttributes all = held(rig.b, WIDE);
            assertEquals(Origin.INCOMPLETE, all.origin());
            assertEquals(IpAddress.parse("9.0.0.9"), all.nextHop());
            assertEquals(OptionalLong.of(7), all.med());
            rig.withdraw(rig.a, P3);
            assertEquals(Origin.EGP, held(rig.b, WIDE).origin());
            rig.announce(rig.a, sent.get(1).edit().med(8).build(), P2);
            assertEquals(OptionalLong.empty(), held(rig.b, WIDE).med());
            rig.withdraw(rig.a, P2);
            assertEquals(sent.get(0).nextHop(), held(rig.b, WIDE).nextHop());
            assertEquals(OptionalLong.of(7), held(rig.b, WIDE).med());
            rig.announce(rig.a, rig.path(rig.a), P1);
            assertEquals(Origin.IGP, held(rig.b, WIDE).origin());
        }
    }

    @Test
    @DisplayName("ARS-62: other actions of the map act on the aggregate; later rules see the new prefix")
    void otherActions() {
        RouteMap map = RouteMap.of(
                "map",
                List.of(
                        RouteMapRule.builder("widen")
                                .when(RouteMapCondition.prefixContains(List.of(WIDE)))
                                .then(RouteMapAction.asPathAdd(List.of(Asn.of(100))))
                                .then(RouteMapAction.prefixReplace(WIDE))
                                .build(),
                        RouteMapRule.builder("tag")
                                .when(RouteMapCondition.prefixEquals(List.of(WIDE)))
                                .when(RouteMapCondition.asPathEquals(List.of(Asn.of(100))))
                                .then(RouteMapAction.communityAdd(List.of(Community.of(5, 5))))
                                .build(),
                        RouteMapRule.builder("never")
                                .when(RouteMapCondition.prefixEquals(List.of(P1)))
                                .then(RouteMapAction.drop())
                                .build()));
        AggregateRig rig = AggregateRig.inbound(map, "a");
        rig.announce(rig.a, P1, P2);
        assertEquals(AsPath.parse("65515 100"), held(rig.b, WIDE).asPath());
        assertEquals(List.of(Community.of(5, 5)), held(rig.b, WIDE).communities());
        assertEquals(2, rig.view(RouteView.CONTRIBUTORS, rig.a).size());
    }

    @Test
    @DisplayName("ARS-62, ARS-32: aggregates of two peers share the traffic; one goes, the other stays")
    void equalCostOverAggregates() {
        AggregateRig rig = AggregateRig.inbound(widens(), "ab");
        rig.announce(rig.a, P1);
        rig.announce(rig.b, P2, P3);
        assertEquals(Map.of(WIDE, via(rig.a, rig.b)), rig.table());
        assertEquals(rig.a.address, held(rig.c, WIDE).nextHop());
        rig.withdraw(rig.a, P1);
        assertEquals(Map.of(WIDE, via(rig.b)), rig.table());
        assertEquals(rig.b.address, held(rig.c, WIDE).nextHop());
        assertEquals(List.of(WIDE), List.copyOf(rig.a.routes.keySet()));
    }

    @Test
    @DisplayName(
            "ARS-62: what a peer announces for exactly the aggregate's prefix is a route beside it; the aggregate's"
                    + " empty path is the shorter one")
    void ownAnnouncementBeside() {
        AggregateRig rig = AggregateRig.inbound(widens(P1, P2), "a");
        PathAttributes own =
                rig.path(rig.a).edit().nextHop(IpAddress.parse("10.0.1.77")).build();
        rig.announce(rig.a, own, WIDE);
        assertEquals(Map.of(WIDE, List.of(own.nextHop())), rig.table());
        rig.announce(rig.a, P1);
        assertEquals(Map.of(WIDE, via(rig.a)), rig.table());
        assertTrue(held(rig.b, WIDE).atomicAggregate());
        assertEquals(List.of(WIDE, P1), rig.prefixes(RouteView.ACCEPTED, rig.a));
        rig.withdraw(rig.a, P1);
        assertEquals(own, held(rig.b, WIDE));
        rig.announce(rig.a, P1, P2);
        rig.withdraw(rig.a, WIDE);
        assertTrue(held(rig.b, WIDE).atomicAggregate());
        assertEquals(Map.of(), rig.a.routes);
    }

    @Test
    @DisplayName("ARS-62: a peer's own announcement of the aggregate's prefix that the map matches is a contributor")
    void ownAnnouncementContributes() {
        AggregateRig rig = AggregateRig.inbound(widens(), "a");
        rig.announce(rig.a, WIDE);
        assertTrue(held(rig.b, WIDE).atomicAggregate());
        assertEquals(List.of(WIDE), rig.prefixes(RouteView.CONTRIBUTORS, rig.a));
        rig.announce(rig.a, P1);
        rig.withdraw(rig.a, WIDE);
        assertEquals(List.of(WIDE), List.copyOf(rig.b.routes.keySet()));
        rig.withdraw(rig.a, P1);
        assertEquals(Map.of(), rig.b.routes);
    }

    @Test
    @DisplayName("ARS-51: an aggregate with a contributor that has NO_ADVERTISE is programmed and sent to no peer")
    void noAdvertiseOfAContributor() {
        AggregateRig rig = AggregateRig.inbound(widens(), "a");
        rig.announce(rig.a, P1);
        assertEquals(1, rig.b.routes.size());
        rig.announce(
                rig.a,
                rig.path(rig.a).edit().addCommunity(Community.NO_ADVERTISE).build(),
                P2);
        assertEquals(Map.of(), rig.b.routes);
        assertEquals(Map.of(WIDE, via(rig.a)), rig.table());
        rig.announce(rig.a, P2);
        assertEquals(List.of(), held(rig.b, WIDE).communities());
    }

    @Test
    @DisplayName("ARS-25: a route with the own AS in its path is dropped before the map and contributes nothing")
    void loopsDoNotContribute() {
        AggregateRig rig = AggregateRig.inbound(widens(), "a");
        rig.announce(rig.a, RouteExchangeTest.path("65001 65515", "10.0.1.1"), P1);
        assertEquals(Map.of(), rig.table());
        assertEquals(
                Optional.of(RejectReason.OWN_AS_IN_PATH),
                rig.view(RouteView.REJECTED, rig.a).get(0).rejectReason());
    }

    @Test
    @DisplayName("ARS-62: only widening: a route that the new prefix does not contain is rejected with that reason")
    void onlyWider() {
        RouteMap map = RouteMap.of(
                "map",
                List.of(RouteMapRule.builder("tagged")
                        .when(RouteMapCondition.communityContains(List.of(Community.of(1, 1))))
                        .then(RouteMapAction.prefixReplace(WIDE))
                        .build()));
        AggregateRig rig = AggregateRig.inbound(map, "a");
        rig.announce(
                rig.a, rig.path(rig.a).edit().addCommunity(Community.of(1, 1)).build(), P1, OTHER);
        assertEquals(List.of(WIDE), List.copyOf(rig.b.routes.keySet()));
        RouteEntry rejected = rig.view(RouteView.REJECTED, rig.a).get(0);
        assertEquals(OTHER, rejected.prefix());
        assertEquals(Optional.of(RejectReason.AGGREGATE_NOT_WIDER), rejected.rejectReason());
        assertEquals("ARS-62", RejectReason.AGGREGATE_NOT_WIDER.rule());
        assertEquals(
                Map.of(RejectReason.AGGREGATE_NOT_WIDER, 1L), rig.counts(rig.a).rejected());
        assertEquals(1, rig.net.events(ServerEvent.RoutesRejected.class).size());
    }

    @Test
    @DisplayName(
            "ARS-64: a changed map judges contributors anew, in azure and with per-client best: other aggregate, no"
                    + " aggregate, dropped, and back, without a refresh")
    void changedMap() {
        for (boolean isAzure : List.of(true, false)) {
            AggregateRig rig = new AggregateRig(
                    isAzure ? RouteServerConfig.azure() : AggregateRig.standard(), widens(), widens(), "a", "");
            PeerConfig.Builder plain = PeerConfigs.of(rig.a);
            rig.announce(rig.a, P1, P2);
            rig.announce(rig.b, P3);
            assertEquals(List.of(WIDE, P3), List.copyOf(rig.c.routes.keySet()));
            rig.update(PeerConfigs.of(rig.a).importPolicy(widens(P2)));
            assertEquals(List.of(WIDE, P1, P3), List.copyOf(rig.c.routes.keySet()));
            IpPrefix narrower = IpPrefix.parse("20.0.0.0/12");
            RouteMap other = RouteMap.of(
                    "other",
                    List.of(RouteMapRule.builder("widen")
                            .when(RouteMapCondition.prefixContains(List.of(narrower)))
                            .then(RouteMapAction.prefixReplace(narrower))
                            .build()));
            rig.update(PeerConfigs.of(rig.a).importPolicy(other));
            assertEquals(List.of(narrower, P3), List.copyOf(rig.c.routes.keySet()));
            RouteMap drops = RouteMap.of(
                    "drops",
                    List.of(RouteMapRule.builder("drop")
                            .then(RouteMapAction.drop())
                            .build()));
            rig.update(PeerConfigs.of(rig.a).importPolicy(drops));
            assertEquals(List.of(P3), List.copyOf(rig.c.routes.keySet()));
            assertEquals(List.of(P3), List.copyOf(rig.table().keySet()));
            rig.update(plain);
            assertEquals(List.of(P1, P2, P3), List.copyOf(rig.c.routes.keySet()));
            rig.update(PeerConfigs.of(rig.a).importPolicy(widens()));
            assertEquals(List.of(WIDE, P3), List.copyOf(rig.c.routes.keySet()));
            assertEquals(2, rig.counts(rig.a).acceptedNow());
            assertEquals(List.of(), rig.a.refreshes);
        }
    }

    @Test
    @DisplayName("ARS-34, RFC 7947 §2.3: with per-client best the source of the best aggregate gets the other peer's")
    void perClientBest() {
        AggregateRig rig = new AggregateRig(AggregateRig.standard(), widens(), widens(), "ab", "");
        rig.announce(rig.a, P1);
        rig.announce(rig.b, P2);
        assertEquals(rig.a.address, held(rig.b, WIDE).nextHop());
        assertEquals(rig.b.address, held(rig.a, WIDE).nextHop());
        rig.announce(rig.a, WIDE); // inside, so one more contributor: nothing changes
        assertEquals(rig.b.address, held(rig.a, WIDE).nextHop());
        rig.withdraw(rig.b, P2);
        assertEquals(Map.of(), rig.a.routes);
    }
}
