package dev.waymark.engine;

import static dev.waymark.engine.RestartRig.FOUR;
import static dev.waymark.engine.RestartRig.IPV4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteView;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Peers that change, or go and come again, while what they left is still there. */
class ChangedPeersTest {
    private static PeerConfig.Builder away(RestartRig rig) {
        return PeerConfig.builder("a", rig.a.address, rig.a.asn).passive(true);
    }

    @Test
    @DisplayName(
            "ARS-8, RFC 9234 §5: no routes are kept of a peer that gets another role while it is away; they were judged by the old")
    void otherRole() {
        RestartRig rig = new RestartRig(GracefulRestartSettings.on()).filled();
        rig.lose();
        assertEquals(Set.copyOf(FOUR), rig.seen(IPV4));
        rig.net.call(new Command.UpdatePeer(
                away(rig).role(PeerRole.EXPRESS_ROUTE_GATEWAY).build()));
        rig.net.settle();
        assertEquals(Set.of(), rig.seen(IPV4));
        assertEquals(0, rig.held(IPV4));
    }

    @Test
    @DisplayName("ARS-8: what needs no new session changes while the peer is away, and its routes are kept")
    void sameRole() {
        RestartRig rig = new RestartRig(GracefulRestartSettings.on()).filled();
        rig.lose();
        rig.net.call(new Command.UpdatePeer(away(rig).prependLocalAs(true).build()));
        rig.net.settle();
        assertEquals(Set.copyOf(FOUR), rig.seen(IPV4));
        assertTrue(rig.learned(IPV4).stream().allMatch(RouteEntry::isStale));
    }

    @Test
    @DisplayName(
            "RFC 4724 §4.2, ARS-70: an aggregate of stale routes is shown as stale, until one of the peer's comes again")
    void staleAggregate() {
        RestartRig rig = new RestartRig(GracefulRestartSettings.on()).filled();
        rig.net.call(new Command.UpdatePeer(away(rig)
                .importPolicy(RouteMap.of(
                        "widens",
                        List.of(RouteMapRule.builder("widen")
                                .when(RouteMapCondition.prefixContains(List.of(IpPrefix.parse("10.0.0.0/8"))))
                                .then(RouteMapAction.prefixReplace(IpPrefix.parse("10.0.0.0/8")))
                                .build())))
                .build()));
        rig.net.settle();
        assertFalse(aggregate(rig).isStale());
        rig.lose();
        assertTrue(aggregate(rig).isStale());
        rig.back();
        assertTrue(aggregate(rig).isStale());
        rig.announce(rig.path, FOUR.subList(0, 1));
        assertFalse(aggregate(rig).isStale());
    }

    private static RouteEntry aggregate(RestartRig rig) {
        RouteQuery query = RouteQuery.of(RouteView.SELECTED);
        return ((RoutePage) rig.net.call(new Command.Page(query, 0, 10_000)))
                .entries().stream()
                        .filter(entry -> entry.prefix().equals(IpPrefix.parse("10.0.0.0/8")))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    @DisplayName("ARS-34, ARS-74: a peer that is removed and added again is never sent what is left of its own routes")
    void removedAndAdded() {
        Speaker a = Speaker.of("a", 65001, "10.0.1.1");
        Speaker b = Speaker.of("b", 65002, "10.0.1.2");
        CoreHarness net = new CoreHarness(RouteServerConfig.azure()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .peer(PeerConfigs.of(a).build())
                .peer(PeerConfigs.of(b).build())
                .build());
        net.connect(a);
        net.connect(b);
        List<IpPrefix> many = IntStream.range(0, 3_000)
                .mapToObj(i -> IpPrefix.ofIpv4Bits((20 << 24) + (i << 8), 24))
                .toList();
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), many));
        net.say(b, b.announce(RouteExchangeTest.path("65002", "10.0.1.2"), List.of(IpPrefix.parse("30.0.0.0/8"))));
        net.settle();
        assertEquals(3_000, b.routes.size());

        net.units = 64; // a sweep takes many turns
        net.call(new Command.RemovePeer("a"));
        net.call(new Command.AddPeer(PeerConfigs.of(a).build()));
        net.accept(a);
        for (int i = 0; i < 12; i++) {
            net.feed(new Input.Turn(64));
            assertEquals(Set.of(), own(a), "in turn " + i);
        }
        assertEquals(SessionState.ESTABLISHED, net.peer("a").state());
        assertTrue(net.core.tables().ribs().get(0).paths().size() > 1, "the sweep was over too soon to show anything");
        net.settle();
        assertEquals(Set.of(IpPrefix.parse("30.0.0.0/8")), a.routes.keySet());
        assertEquals(0, a.idleWithdrawals);
        assertEquals(Set.of(), b.routes.keySet());
    }

    private static Set<IpPrefix> own(Speaker a) {
        return a.routes.keySet().stream()
                .filter(prefix -> !prefix.equals(IpPrefix.parse("30.0.0.0/8")))
                .collect(Collectors.toSet());
    }
}
