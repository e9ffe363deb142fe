package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.LimitAction;
import dev.waymark.api.NetworkPeering;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteTable;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What adding a peering does to the sessions of NVAs, and to their route limit (ARS-43, ARS-44). */
class PeeringResetTest {
    private static final Set<AddressFamily> BOTH = Set.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST);
    private static final PathAttributes PATH = RouteExchangeTest.path("65001 64000", "10.0.1.1");
    private static final IpPrefix SPOKE = IpPrefix.parse("10.1.0.0/16");
    private static final NetworkChange ADD = new NetworkChange.AddPeering(NetworkPeering.of("spoke", SPOKE));

    private final Speaker nva = Speaker.of("nva", 65001, "10.0.1.1");
    private final Speaker old = Speaker.of("old", 65002, "10.0.1.2");
    private final Speaker gateway = Speaker.of("er", 65515, "10.0.1.3");

    private CoreHarness start(UnaryOperator<RouteServerConfigBuilder> change) {
        old.canRefresh = false;
        gateway.isInternal = true;
        RouteServerConfigBuilder config = RouteExchangeTest.azure(nva, old)
                .peer(PeerConfigs.of(gateway)
                        .role(PeerRole.EXPRESS_ROUTE_GATEWAY)
                        .build());
        CoreHarness net = new CoreHarness(change.apply(config).build());
        for (Speaker speaker : List.of(nva, old, gateway)) {
            net.connect(speaker);
        }
        return net;
    }

    private static void change(CoreHarness net, NetworkChange change) {
        net.call(new Command.ChangeNetwork(change));
        net.settle();
    }

    private static List<IpPrefix> prefixes(int count) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prefixes.add(IpPrefix.ofIpv4Bits((20 << 24) + (i << 8), 24));
        }
        return prefixes;
    }

    private void announce(CoreHarness net, int count) {
        net.say(nva, nva.announce(PATH, prefixes(count)));
        net.settle();
        net.advance(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("ARS-43: adding a peering sends each NVA that can refresh one ROUTE-REFRESH, and the session stays")
    void asksForRoutes() {
        CoreHarness net = start(config -> config);
        change(net, ADD);
        assertEquals(
                List.of(RouteRefreshMessage.of(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.REQUEST)),
                nva.refreshes);
        assertTrue(nva.isConnected);
        assertEquals(List.of(), gateway.refreshes, "NVAs only");
        assertTrue(gateway.isConnected);
        ServerEvent.RefreshSent event =
                net.events(ServerEvent.RefreshSent.class).get(0);
        assertEquals("virtual-network peering spoke was added", event.cause());
    }

    @Test
    @DisplayName("ARS-43: one ROUTE-REFRESH per negotiated family")
    void asksInEveryFamily() {
        Speaker dual = new Speaker("dual", 65001, "10.0.1.1", true, BOTH);
        Speaker single = new Speaker("single", 65002, "10.0.1.2", true, Set.of(AddressFamily.IPV6_UNICAST));
        CoreHarness net = new CoreHarness(RouteServerConfig.standard()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .requirePolicy(false)
                .peer(PeerConfigs.of(dual).build())
                .peer(PeerConfigs.of(single).build())
                .build());
        net.connect(dual);
        net.connect(single);
        change(net, ADD);
        assertEquals(
                List.of(
                        RouteRefreshMessage.of(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.REQUEST),
                        RouteRefreshMessage.of(AddressFamily.IPV6_UNICAST, RouteRefreshMessage.REQUEST)),
                dual.refreshes);
        assertEquals(
                List.of(RouteRefreshMessage.of(AddressFamily.IPV6_UNICAST, RouteRefreshMessage.REQUEST)),
                single.refreshes);
    }

    @Test
    @DisplayName(
            "ARS-43: an NVA without route refresh is reset hard with Cease/4, and its session may come again at once")
    void resetsHard() {
        CoreHarness net = start(config -> config);
        change(net, ADD);
        assertFalse(old.isConnected);
        NotificationMessage cease = old.notifications.get(0);
        assertEquals("6/4", cease.code() + "/" + cease.subcode());
        net.connect(old);
        assertTrue(old.isConnected);
        assertEquals(Set.of(SPOKE), old.routes.keySet());
    }

    @Test
    @DisplayName("ARS-43: a peering without the flag resets as well; nothing else of the virtual network does")
    void onlyAddingPeerings() {
        CoreHarness net = start(config -> config);
        NetworkPeering spoke = NetworkPeering.of("spoke", SPOKE).withUsesRemoteGateway(false);
        change(net, new NetworkChange.AddPeering(spoke));
        assertEquals(1, nva.refreshes.size());
        net.connect(old);
        net.call(new Command.AddNetwork(NetworkSpace.of(IpPrefix.parse("10.0.0.0/16"))));
        change(net, new NetworkChange.UpdatePeering(spoke.withUsesRemoteGateway(true)));
        change(net, new NetworkChange.AddServiceEndpoint(IpPrefix.parse("192.0.2.0/24")));
        change(net, new NetworkChange.AddTable(RouteTable.of("t")));
        change(net, new NetworkChange.RemovePeering("spoke"));
        assertEquals(1, nva.refreshes.size());
        assertTrue(old.isConnected);
    }

    @Test
    @DisplayName("ARS-44: a peer above limit/2 is torn down by its resend when a peering is added")
    void resendCountsAgain() {
        CoreHarness net = start(config -> config);
        announce(net, 2_001);
        change(net, ADD);
        assertTrue(nva.isConnected, "nothing was sent again yet");
        net.say(nva, nva.announce(PATH, prefixes(2_001)));
        net.settle();
        assertFalse(nva.isConnected);
        assertEquals(
                "6/1",
                nva.notifications.get(0).code() + "/" + nva.notifications.get(0).subcode());
        assertEquals(1, net.events(ServerEvent.RouteLimitExceeded.class).size());
    }

    @Test
    @DisplayName("ARS-44: a peer with no more than the safe maximum, limit/2, sends all again and stays")
    void safeMaximumStays() {
        assertEquals(2_000, RouteLimit.of(4_000).safeMaximum());
        assertEquals(2_000, RouteLimit.of(4_001).safeMaximum());
        assertEquals(4_000, RouteLimit.of(4_000).withExemptsResends(true).safeMaximum());
        CoreHarness net = start(config -> config);
        announce(net, 2_000);
        change(net, ADD);
        net.say(nva, nva.announce(PATH, prefixes(2_000)));
        net.settle();
        assertTrue(nva.isConnected);
        assertEquals(0, net.events(ServerEvent.SafeMaximumPassed.class).size());
    }

    @Test
    @DisplayName("ARS-44: a warning when a peer passes limit/2, once, and again after it was below")
    void warns() {
        CoreHarness net = start(config -> config);
        announce(net, 2_000);
        assertEquals(List.of(), net.events(ServerEvent.SafeMaximumPassed.class));
        net.say(nva, nva.announce(PATH, prefixes(2_001).subList(2_000, 2_001)));
        net.advance(Duration.ofSeconds(10));
        announce(net, 10);
        ServerEvent.SafeMaximumPassed expected = new ServerEvent.SafeMaximumPassed(
                PeerConfigs.of(nva).build().identity(), AddressFamily.IPV4_UNICAST, 2_001, 2_000, 4_000);
        assertEquals(List.of(expected), net.events(ServerEvent.SafeMaximumPassed.class));
        net.say(nva, nva.withdraw(prefixes(1)));
        net.settle();
        announce(net, 1);
        assertEquals(List.of(expected, expected), net.events(ServerEvent.SafeMaximumPassed.class));
    }

    private static RouteServerConfigBuilder exempting(RouteServerConfigBuilder config) {
        RouteLimit limit = RouteLimit.of(4_000).withExemptsResends(true);
        return config.limits(limits -> limits.withRouteLimit(Optional.of(limit)));
    }

    @Test
    @DisplayName(
            "ARS-44: with resends exempt, a peer with 4,000 routes sends all again and stays, as often as it is asked")
    void exemptResend() {
        CoreHarness net = start(PeeringResetTest::exempting);
        announce(net, 4_000);
        assertEquals(List.of(), net.events(ServerEvent.SafeMaximumPassed.class), "there is nothing to warn of");
        for (int i = 0; i < 3; i++) {
            IpPrefix space = IpPrefix.ofIpv4Bits((10 << 24) + ((i + 1) << 16), 16);
            change(net, new NetworkChange.AddPeering(NetworkPeering.of("spoke" + i, space)));
            announce(net, 4_000);
            assertTrue(nva.isConnected);
        }
        announce(net, 1);
        assertFalse(nva.isConnected, "what was not asked for counts: 4,000 and 1");
    }

    @Test
    @DisplayName("ARS-44: exempt are only routes that were there: new ones in the resend count")
    void newRoutesInTheResendCount() {
        CoreHarness net = start(PeeringResetTest::exempting);
        announce(net, 3_999);
        change(net, ADD);
        net.say(nva, nva.announce(PATH, prefixes(4_000)));
        net.settle();
        assertTrue(nva.isConnected);
        net.say(nva, nva.announce(PATH, prefixes(4_001)));
        net.settle();
        assertFalse(nva.isConnected);
        ServerEvent.RouteLimitExceeded event =
                net.events(ServerEvent.RouteLimitExceeded.class).get(0);
        assertEquals(Map.of("held", 3_999L, "limit", 4_000L), Map.of("held", event.snapshot(), "limit", (long)
                event.limit()));
    }

    @Test
    @DisplayName("ARS-23, ARS-44: with DISCARD_NEW an exempt resend is taken whole, and the new route in it refused")
    void discardsNewRoutesInTheResend() {
        RouteLimit limit = RouteLimit.of(1_500).withExemptsResends(true).withAction(LimitAction.DISCARD_NEW);
        CoreHarness net = start(config -> config.limits(limits -> limits.withRouteLimit(Optional.of(limit))));
        announce(net, 1_500);
        change(net, ADD);
        PathAttributes changed = RouteExchangeTest.path("65001 64001", "10.0.1.1");
        net.say(nva, nva.announce(changed, prefixes(1_501)));
        net.settle();
        assertTrue(nva.isConnected);
        net.connect(old);
        assertEquals(1_501, old.routes.size(), "1,500 and the peering's space");
        assertEquals(changed, old.routes.get(prefixes(1_500).get(1_499)));
    }

    @Test
    @DisplayName("ARS-44, RFC 7313 §4: with enhanced refresh the exemption ends with the end of the refresh")
    void endsWithTheRefresh() {
        nva.isEnhanced = true;
        CoreHarness net = start(config -> exempting(config).session(session -> session.withEnhancedRouteRefresh(true)));
        announce(net, 4_000);
        change(net, ADD);
        net.say(nva, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.BEGIN));
        announce(net, 4_000);
        net.say(nva, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.END));
        net.settle();
        assertTrue(nva.isConnected);
        change(net, new NetworkChange.AddPeering(NetworkPeering.of("second", IpPrefix.parse("10.2.0.0/16"))));
        net.say(nva, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.BEGIN));
        net.say(nva, nva.announce(PATH, prefixes(10)));
        net.say(nva, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.END));
        net.settle();
        assertTrue(nva.isConnected, "a resend may be a short one: 10 are left");
        announce(net, 3_991);
        assertFalse(nva.isConnected, "10 held and 3,991 that nobody asked for");
    }
}
