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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteView;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Aggregates that outbound route maps make: one route to a peer in place of many. */
class OutboundAggregatesTest {
    @Test
    @DisplayName(
            "ARS-60, ARS-62: an outbound aggregate replaces its contributors for the peers of that map; choice, sinks"
                    + " and other peers keep them")
    void onlyTowardsItsPeers() {
        AggregateRig rig = AggregateRig.outbound(widens(), "c");
        rig.announce(
                rig.a, rig.path(rig.a).edit().addCommunity(Community.of(1, 1)).build(), P1);
        rig.announce(rig.b, rig.path(rig.b).edit().origin(Origin.EGP).build(), P2, OTHER);
        assertEquals(Map.of(P1, via(rig.a), P2, via(rig.b), OTHER, via(rig.b)), rig.table());
        assertEquals(List.of(P2, OTHER), List.copyOf(rig.a.routes.keySet()));
        assertEquals(List.of(P1), List.copyOf(rig.b.routes.keySet()));
        assertEquals(List.of(WIDE, OTHER), List.copyOf(rig.c.routes.keySet()));
        PathAttributes aggregate = held(rig.c, WIDE);
        assertEquals(Origin.EGP, aggregate.origin());
        assertEquals(AsPath.parse("65515"), aggregate.asPath());
        assertEquals(List.of(), aggregate.communities());
        assertTrue(aggregate.atomicAggregate());
        assertEquals(Optional.of(new Aggregator(Asn.of(65515), IpAddress.parse("10.0.0.4"))), aggregate.aggregator());
        assertEquals(rig.a.address, aggregate.nextHop());
        assertEquals(List.of(WIDE, OTHER), rig.prefixes(RouteView.ADVERTISED, rig.c));
    }

    @Test
    @DisplayName("ARS-70: the routes that a peer is sent as parts of an aggregate are visible, with their sources")
    void partsAreVisible() {
        AggregateRig rig = AggregateRig.outbound(widens(), "ac");
        rig.announce(rig.a, P1);
        rig.announce(rig.b, P2, OTHER);
        List<RouteEntry> parts = rig.view(RouteView.ADVERTISED_CONTRIBUTORS, rig.c);
        assertEquals(List.of(P1, P2), rig.prefixes(RouteView.ADVERTISED_CONTRIBUTORS, rig.c));
        assertTrue(parts.stream().allMatch(part -> part.aggregate().equals(Optional.of(WIDE))));
        assertEquals(
                List.of("a", "b"),
                parts.stream()
                        .map(part -> part.sourcePeer().orElseThrow().name())
                        .sorted()
                        .toList());
        assertEquals(List.of(P2), rig.prefixes(RouteView.ADVERTISED_CONTRIBUTORS, rig.a));
        assertEquals(List.of(), rig.prefixes(RouteView.ADVERTISED_CONTRIBUTORS, rig.b));
        assertEquals(List.of(), rig.view(RouteQuery.of(RouteView.CONTRIBUTORS)));
    }

    @Test
    @DisplayName(
            "ARS-34, ARS-62: a peer is sent no aggregate of its own routes alone; of those of many, the peer of the"
                    + " next hop gets one that is made without its own")
    void neverBackToItsSource() {
        AggregateRig rig = AggregateRig.outbound(widens(), "abc");
        rig.announce(rig.a, rig.path(rig.a).edit().origin(Origin.INCOMPLETE).build(), P1);
        assertEquals(Map.of(), rig.a.routes);
        assertEquals(rig.a.address, held(rig.b, WIDE).nextHop());
        rig.announce(rig.b, P2);
        assertEquals(rig.b.address, held(rig.a, WIDE).nextHop());
        assertEquals(Origin.IGP, held(rig.a, WIDE).origin());
        assertEquals(rig.a.address, held(rig.b, WIDE).nextHop());
        assertEquals(Origin.INCOMPLETE, held(rig.c, WIDE).origin());
        rig.withdraw(rig.a, P1);
        assertEquals(Map.of(), rig.b.routes);
        assertEquals(rig.b.address, held(rig.c, WIDE).nextHop());
        assertEquals(Origin.IGP, held(rig.c, WIDE).origin());
    }

    @Test
    @DisplayName("ARS-62: an outbound aggregate goes with its last contributor, and with the session of its peer")
    void livesWithItsContributors() {
        AggregateRig rig = AggregateRig.outbound(widens(), "c");
        rig.announce(rig.a, P1, P2);
        rig.withdraw(rig.a, P1);
        assertEquals(List.of(WIDE), List.copyOf(rig.c.routes.keySet()));
        int told = rig.c.updates;
        rig.announce(rig.a, P1, P3);
        assertEquals(told, rig.c.updates);
        rig.withdraw(rig.a, P1, P2, P3);
        assertEquals(Map.of(), rig.c.routes);
        rig.announce(rig.a, P1);
        rig.announce(rig.b, P2);
        rig.net.kill(rig.a);
        rig.net.settle();
        assertEquals(rig.b.address, held(rig.c, WIDE).nextHop());
        rig.net.kill(rig.b);
        rig.net.settle();
        assertEquals(Map.of(), rig.c.routes);
        rig.checkNothingIsLeft();
    }

    @Test
    @DisplayName(
            "ARS-62: a route of exactly the aggregate's prefix that leaves by itself comes before the aggregate; its own"
                    + " source gets the aggregate of the others' routes")
    void ordinaryRouteFirst() {
        AggregateRig rig = AggregateRig.outbound(widens(P1, P2), "bc");
        rig.announce(rig.a, P1);
        rig.announce(rig.b, WIDE);
        assertEquals(rig.path(rig.b), held(rig.c, WIDE));
        assertEquals(rig.a.address, held(rig.b, WIDE).nextHop());
        assertTrue(held(rig.b, WIDE).atomicAggregate());
        rig.withdraw(rig.b, WIDE);
        assertEquals(rig.a.address, held(rig.c, WIDE).nextHop());
        assertTrue(held(rig.c, WIDE).atomicAggregate());
        rig.announce(rig.b, WIDE);
        rig.withdraw(rig.a, P1);
        assertEquals(rig.path(rig.b), held(rig.c, WIDE));
        assertEquals(Map.of(), rig.b.routes);
    }

    @Test
    @DisplayName("ARS-51: what NO_ADVERTISE keeps here contributes to no outbound aggregate")
    void noAdvertise() {
        AggregateRig rig = AggregateRig.outbound(widens(), "c");
        PathAttributes quiet =
                rig.path(rig.a).edit().addCommunity(Community.NO_ADVERTISE).build();
        rig.announce(rig.a, quiet, P1);
        assertEquals(Map.of(), rig.c.routes);
        rig.announce(rig.b, P2);
        assertEquals(rig.b.address, held(rig.c, WIDE).nextHop());
        assertEquals(List.of(P2), rig.prefixes(RouteView.ADVERTISED_CONTRIBUTORS, rig.c));
    }

    @Test
    @DisplayName("ARS-62: only widening: a route that the new prefix does not contain is not sent")
    void onlyWider() {
        RouteMap map = RouteMap.of(
                "map",
                List.of(RouteMapRule.builder("all")
                        .then(RouteMapAction.prefixReplace(WIDE))
                        .build()));
        AggregateRig rig = AggregateRig.outbound(map, "c");
        rig.announce(rig.a, P1, OTHER);
        assertEquals(List.of(WIDE), List.copyOf(rig.c.routes.keySet()));
        assertEquals(List.of(P1, OTHER), List.copyOf(rig.b.routes.keySet()));
    }

    @Test
    @DisplayName("ARS-64: a changed outbound map withdraws what it makes no longer, in azure and with per-client best")
    void changedMap() {
        for (boolean isAzure : List.of(true, false)) {
            AggregateRig rig = new AggregateRig(
                    isAzure ? RouteServerConfig.azure() : AggregateRig.standard(), widens(), widens(), "", "bc");
            rig.announce(rig.a, P1, P2, OTHER);
            assertEquals(List.of(WIDE, OTHER), List.copyOf(rig.c.routes.keySet()));
            rig.update(PeerConfigs.of(rig.c).exportPolicy(widens(P1)));
            assertEquals(List.of(WIDE, P2, OTHER), List.copyOf(rig.c.routes.keySet()));
            assertEquals(List.of(WIDE, OTHER), List.copyOf(rig.b.routes.keySet()));
            RouteMap drops = RouteMap.of(
                    "drops",
                    List.of(RouteMapRule.builder("drop")
                            .when(RouteMapCondition.prefixContains(List.of(WIDE)))
                            .then(RouteMapAction.drop())
                            .build()));
            rig.update(PeerConfigs.of(rig.c).exportPolicy(drops));
            assertEquals(List.of(OTHER), List.copyOf(rig.c.routes.keySet()));
            rig.update(PeerConfigs.of(rig.c));
            assertEquals(List.of(P1, P2, OTHER), List.copyOf(rig.c.routes.keySet()));
            rig.net.call(new Command.SetPolicy(false, Optional.of(widens())));
            rig.net.settle();
            assertEquals(List.of(WIDE, OTHER), List.copyOf(rig.c.routes.keySet()));
            rig.update(PeerConfigs.of(rig.b));
            assertEquals(List.of(WIDE, OTHER), List.copyOf(rig.b.routes.keySet()));
            assertEquals(Map.of(P1, via(rig.a), P2, via(rig.a), OTHER, via(rig.a)), rig.table());
        }
    }

    @Test
    @DisplayName(
            "ARS-34, ARS-62: with per-client best, the runner-up contributes to what the source of the best is sent")
    void perClientBest() {
        AggregateRig rig = new AggregateRig(AggregateRig.standard(), widens(), widens(), "", "abc");
        rig.announce(rig.a, P1);
        rig.announce(rig.b, RouteExchangeTest.path("65002 64999 64998", "10.0.1.2"), P1);
        assertEquals(rig.a.address, held(rig.c, WIDE).nextHop());
        assertEquals(rig.a.address, held(rig.b, WIDE).nextHop());
        assertEquals(rig.b.address, held(rig.a, WIDE).nextHop());
        rig.withdraw(rig.a, P1);
        assertEquals(Map.of(), rig.b.routes);
        assertEquals(rig.b.address, held(rig.a, WIDE).nextHop());
    }

    @Test
    @DisplayName("ARS-62: a peer that joins late gets the aggregate, one that leaves takes nothing with it")
    void lateJoiner() {
        AggregateRig rig = AggregateRig.outbound(widens(), "bc");
        rig.net.kill(rig.c);
        rig.announce(rig.a, P1, P2);
        rig.reconnect(rig.c);
        assertEquals(List.of(WIDE), List.copyOf(rig.c.routes.keySet()));
        rig.net.kill(rig.b);
        rig.net.kill(rig.c);
        rig.net.settle();
        rig.reconnect(rig.c);
        assertEquals(List.of(WIDE), List.copyOf(rig.c.routes.keySet()));
        assertFalse(rig.c.routes.containsKey(P1));
    }

    @Test
    @DisplayName(
            "ARS-63: azure leaves the server's networks out of outbound aggregates and refuses aggregates inside them;"
                    + " standard does neither")
    void ownNetworks() {
        NetworkSpace network = new NetworkSpace(P1, Optional.empty());
        AggregateRig azure = new AggregateRig(RouteServerConfig.azure().network(network), widens(), widens(), "", "c");
        azure.announce(azure.a, P2);
        assertEquals(List.of(WIDE, P1), List.copyOf(azure.c.routes.keySet()));
        assertEquals(azure.a.address, held(azure.c, WIDE).nextHop());
        NetworkSpace around = new NetworkSpace(IpPrefix.parse("16.0.0.0/4"), Optional.empty());
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> azure.net.call(new Command.AddNetwork(around)));
        assertEquals("ARS-63", refused.rule());
        AggregateRig standard = new AggregateRig(AggregateRig.standard().network(network), widens(), widens(), "", "c");
        standard.announce(standard.a, P2);
        assertEquals(List.of(WIDE), List.copyOf(standard.c.routes.keySet()));
        assertEquals(IpAddress.parse("10.0.0.4"), held(standard.c, WIDE).nextHop());
    }
}
