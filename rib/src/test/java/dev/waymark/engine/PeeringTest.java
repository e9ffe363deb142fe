package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.NetworkPeering;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerRole;
import dev.waymark.api.PeeredSpaceState;
import dev.waymark.api.PeeringSnapshot;
import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.codec.WireAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Peered virtual networks and service endpoints: what peers and sinks get of them (ARS-15, ARS-40, ARS-41, ARS-45). */
class PeeringTest {
    private static final IpPrefix HUB = IpPrefix.parse("10.0.0.0/16");
    private static final IpPrefix SPOKE = IpPrefix.parse("10.1.0.0/16");
    private static final IpPrefix SPOKE_TOO = IpPrefix.parse("10.2.0.0/16");
    private static final IpPrefix SPOKE_IPV6 = IpPrefix.parse("2001:db8:1::/48");
    private static final IpPrefix INSIDE = IpPrefix.parse("10.1.2.0/24");
    private static final IpPrefix AROUND = IpPrefix.parse("10.0.0.0/8");
    private static final IpPrefix ELSEWHERE = IpPrefix.parse("172.16.0.0/16");
    private static final IpAddress NVA = IpAddress.parse("10.0.1.1");

    private final Speaker nva = Speaker.of("nva", 65001, "10.0.1.1");
    private final Speaker other = Speaker.of("other", 65002, "10.0.1.2");
    private final Speaker gateway = Speaker.of("er", 65515, "10.0.1.3");
    private final CoreHarness net = start(config -> config);

    private CoreHarness start(UnaryOperator<RouteServerConfigBuilder> change) {
        gateway.isInternal = true;
        RouteServerConfigBuilder config = RouteExchangeTest.azure(nva, other)
                .network(NetworkSpace.of(HUB))
                .peer(PeerConfigs.of(gateway)
                        .role(PeerRole.EXPRESS_ROUTE_GATEWAY)
                        .build());
        CoreHarness started = new CoreHarness(change.apply(config).build());
        started.observer = new AccountAudit(started.core.tables());
        started.call(new Command.AttachSink(1, "all"));
        for (Speaker speaker : List.of(nva, other, gateway)) {
            started.connect(speaker);
        }
        return started;
    }

    private Object change(NetworkChange change) {
        Object result = net.call(new Command.ChangeNetwork(change));
        net.settle();
        return result;
    }

    private void announce(IpPrefix... prefixes) {
        net.say(nva, nva.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefixes));
        net.settle();
    }

    private static PathAttributes own(String asPath, String nextHop) {
        return WireAttributes.of(Origin.IGP, AsPath.parse(asPath), IpAddress.parse(nextHop));
    }

    private PeeringSnapshot peering(String name) {
        RouteServerConfig now = (RouteServerConfig) net.call(new Command.Configuration());
        return PeeringSnapshot.of(now.peering(name).orElseThrow(), now);
    }

    @Test
    @DisplayName(
            "ARS-40: a peering's spaces go to every NVA with ORIGIN IGP, AS_PATH the own ASN and the instance's address")
    void advertisesSpaces() {
        change(new NetworkChange.AddPeering(NetworkPeering.of("spoke", SPOKE, SPOKE_TOO)));
        for (Speaker speaker : List.of(nva, other)) {
            assertEquals(Set.of(HUB, SPOKE, SPOKE_TOO), speaker.routes.keySet());
            assertEquals(own("65515", "10.0.0.4"), speaker.routes.get(SPOKE));
        }
        assertEquals(PeeredSpaceState.ADVERTISED, peering("spoke").spaces().get(SPOKE));
    }

    @Test
    @DisplayName("ARS-40: to an iBGP gateway a peering's space goes with an empty AS_PATH and LOCAL_PREF 100")
    void advertisesToGateways() {
        change(new NetworkChange.AddPeering(NetworkPeering.of("spoke", SPOKE)));
        PathAttributes expected = own("", "10.0.0.4").edit().localPref(100).build();
        assertEquals(expected, gateway.routes.get(SPOKE));
    }

    @Test
    @DisplayName(
            "ARS-40: the next hop is given per address space; another one replaces the route, and nothing is withdrawn")
    void nextHopPerSpace() {
        NetworkSpace first = new NetworkSpace(SPOKE, Optional.of(IpAddress.parse("10.0.0.9")));
        NetworkPeering spoke = new NetworkPeering("spoke", List.of(first, NetworkSpace.of(SPOKE_TOO)), true);
        change(new NetworkChange.AddPeering(spoke));
        assertEquals(own("65515", "10.0.0.9"), nva.routes.get(SPOKE));
        assertEquals(own("65515", "10.0.0.4"), nva.routes.get(SPOKE_TOO));
        nva.updates = 0;
        NetworkSpace moved = new NetworkSpace(SPOKE, Optional.of(IpAddress.parse("10.0.0.8")));
        change(new NetworkChange.UpdatePeering(spoke.withSpaces(List.of(moved, NetworkSpace.of(SPOKE_TOO)))));
        assertEquals(own("65515", "10.0.0.8"), nva.routes.get(SPOKE));
        assertEquals(1, nva.updates, "the other space is not sent again");
    }

    @Test
    @DisplayName(
            "ARS-40: a removed peering's spaces are withdrawn, and what an NVA announces inside them is programmed then")
    void withdrawsOnRemoval() {
        change(new NetworkChange.AddPeering(NetworkPeering.of("spoke", SPOKE)));
        announce(INSIDE);
        assertEquals(Map.of(), net.sinks.get(1));
        assertEquals(true, change(new NetworkChange.RemovePeering("spoke")));
        assertEquals(Set.of(HUB), nva.routes.keySet());
        assertEquals(Set.of(HUB, INSIDE), other.routes.keySet());
        assertEquals(Map.of(INSIDE, List.of(NVA)), net.sinks.get(1));
        assertEquals(false, change(new NetworkChange.RemovePeering("spoke")));
    }

    @Test
    @DisplayName(
            "ARS-41: a route equal to or inside a peered space is kept and listed, never programmed or re-advertised; a supernet is")
    void systemRoutesWin() {
        change(new NetworkChange.AddPeering(NetworkPeering.of("spoke", SPOKE)));
        announce(SPOKE, INSIDE, AROUND, ELSEWHERE);
        assertEquals(Map.of(AROUND, List.of(NVA), ELSEWHERE, List.of(NVA)), net.sinks.get(1));
        assertEquals(Set.of(HUB, SPOKE, AROUND, ELSEWHERE), other.routes.keySet());
        assertEquals(own("65515", "10.0.0.4"), other.routes.get(SPOKE), "the server's own, not the NVA's");
    }

    @Test
    @DisplayName("ARS-41: a peering without the flag is not advertised, and its spaces are system routes all the same")
    void withoutTheFlag() {
        NetworkPeering spoke = NetworkPeering.of("spoke", SPOKE).withUsesRemoteGateway(false);
        change(new NetworkChange.AddPeering(spoke));
        announce(SPOKE, INSIDE, ELSEWHERE);
        assertEquals(Set.of(HUB), nva.routes.keySet());
        assertEquals(Set.of(HUB, ELSEWHERE), other.routes.keySet());
        assertEquals(Map.of(ELSEWHERE, List.of(NVA)), net.sinks.get(1));
        assertEquals(PeeredSpaceState.NOT_ADVERTISED, peering("spoke").spaces().get(SPOKE));

        change(new NetworkChange.UpdatePeering(spoke.withUsesRemoteGateway(true)));
        assertEquals(Set.of(HUB, SPOKE), nva.routes.keySet());
        change(new NetworkChange.UpdatePeering(spoke));
        assertEquals(Set.of(HUB), nva.routes.keySet());
        assertEquals(List.of(), nva.refreshes.stream().skip(1).toList(), "changing a peering resets nothing");
    }

    @Test
    @DisplayName("ARS-41: a service endpoint's space is a system route, and never advertised")
    void serviceEndpoints() {
        announce(INSIDE, ELSEWHERE);
        assertEquals(
                Set.of(INSIDE, ELSEWHERE), net.sinks.getOrDefault(1, Map.of()).keySet());
        change(new NetworkChange.AddServiceEndpoint(SPOKE));
        assertEquals(Map.of(ELSEWHERE, List.of(NVA)), net.sinks.get(1));
        assertEquals(Set.of(HUB, ELSEWHERE), other.routes.keySet());
        assertEquals(true, change(new NetworkChange.RemoveServiceEndpoint(SPOKE)));
        assertEquals(
                Set.of(INSIDE, ELSEWHERE), net.sinks.getOrDefault(1, Map.of()).keySet());
        assertEquals(Set.of(HUB, INSIDE, ELSEWHERE), other.routes.keySet());
        assertEquals(false, change(new NetworkChange.RemoveServiceEndpoint(SPOKE)));
    }

    @Test
    @DisplayName("ARS-15: of a dual-stack peered network IPv4 works, and its IPv6 space is listed IPV6_UNSUPPORTED")
    void dualStackPeering() {
        change(new NetworkChange.AddPeering(NetworkPeering.of("spoke", SPOKE, SPOKE_IPV6)));
        assertEquals(Set.of(HUB, SPOKE), nva.routes.keySet());
        Map<IpPrefix, PeeredSpaceState> states = peering("spoke").spaces();
        assertEquals(Map.of(SPOKE, PeeredSpaceState.ADVERTISED, SPOKE_IPV6, PeeredSpaceState.IPV6_UNSUPPORTED), states);
        assertEquals("ARS-15", PeeredSpaceState.IPV6_UNSUPPORTED.rule());
    }

    @Test
    @DisplayName(
            "ARS-27: spaces of peerings are among the total of prefixes, and room that a removed one leaves is used")
    void countsForTheTotal() {
        CoreHarness small = start(config ->
                config.limits(limits -> limits.withTotalPrefixes(3)).peering(NetworkPeering.of("spoke", SPOKE)));
        small.say(nva, nva.announce(RouteExchangeTest.path("65001", "10.0.1.1"), ELSEWHERE, AROUND));
        small.settle();
        assertEquals(1, small.sinks.getOrDefault(1, Map.of()).size(), "two own spaces leave room for one");
        List<RejectReason> reasons = small.events(ServerEvent.RoutesRejected.class).stream()
                .map(ServerEvent.RoutesRejected::reason)
                .toList();
        assertEquals(List.of(RejectReason.TOTAL_LIMIT), reasons);
        small.call(new Command.ChangeNetwork(new NetworkChange.RemovePeering("spoke")));
        small.settle();
        assertEquals(
                Set.of(ELSEWHERE, AROUND), small.sinks.getOrDefault(1, Map.of()).keySet());
    }

    @Test
    @DisplayName(
            "ARS-45: route servers of peered networks exchange nothing: one with the same ASN finds no session, whatever it opens")
    void peeredRouteServers() {
        Speaker far = Speaker.of("far", 65515, "10.1.0.4");
        change(new NetworkChange.AddPeering(NetworkPeering.of("spoke", SPOKE)));
        net.connect(far);
        assertFalse(far.isConnected);
        Speaker disguised = Speaker.of("nva", 65515, "10.0.1.1");
        CoreHarness fresh = new CoreHarness(RouteExchangeTest.azure(nva).build());
        fresh.connect(disguised);
        assertFalse(disguised.isConnected, "Bad Peer AS (ARS-11)");
        assertEquals(2, disguised.notifications.get(0).code());
        assertEquals(2, disguised.notifications.get(0).subcode());
    }

    @Test
    @DisplayName(
            "ARS-45: no transit: what an NVA learned of another route server, with its AS 65515 in the path, is not passed on")
    void noTransit() {
        change(new NetworkChange.AddPeering(NetworkPeering.of("spoke", SPOKE)));
        net.say(nva, nva.announce(RouteExchangeTest.path("65001 65515 65003", "10.0.1.1"), ELSEWHERE));
        net.settle();
        assertFalse(other.routes.containsKey(ELSEWHERE));
        assertEquals(Map.of(), net.sinks.get(1));
        assertTrue(net.events(ServerEvent.RoutesRejected.class).stream()
                .anyMatch(event -> event.reason() == RejectReason.OWN_AS_IN_PATH));
    }
}
