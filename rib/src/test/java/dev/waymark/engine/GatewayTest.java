package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.RawAttribute;
import dev.waymark.bgp.codec.WireAttributes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Gateways beside NVAs: who gets whose routes, and what they look like then (ARS-52, ARS-52a, RFC 4456). */
class GatewayTest {
    private static final int OWN_AS = 65515;
    private static final int ORIGINATOR_ID = 9;
    private static final int CLUSTER_LIST = 10;
    private static final IpPrefix NVA_ROUTE = IpPrefix.parse("10.1.0.0/16");
    private static final IpPrefix ER_ROUTE = IpPrefix.parse("10.2.0.0/16");
    private static final IpPrefix S2S_ROUTE = IpPrefix.parse("10.3.0.0/16");
    private static final IpPrefix P2S_SPACE = IpPrefix.parse("172.16.0.0/16");
    private static final IpPrefix P2S_ROUTE = IpPrefix.parse("172.16.7.0/24");
    private static final IpPrefix VNET = IpPrefix.parse("10.200.0.0/16");

    private final Speaker nva = Speaker.of("nva", 65001, "10.0.1.1");
    private final Speaker er = gateway("er", "10.0.1.2");
    private final Speaker vpn1 = gateway("vpn1", "10.0.1.3");
    private final Speaker vpn2 = gateway("vpn2", "10.0.1.4");
    private final CoreHarness net = new CoreHarness(RouteServerConfig.azure()
            .localAddress(IpAddress.parse("10.0.0.4"))
            .network(new NetworkSpace(VNET, Optional.empty()))
            .peer(peer(nva, PeerRole.NVA).build())
            .peer(peer(er, PeerRole.EXPRESS_ROUTE_GATEWAY).build())
            .vpnGateway(vpn(List.of(P2S_SPACE)))
            .build());

    private VpnGateway vpn(List<IpPrefix> pointToSite) {
        return VpnGateway.builder("vpn", Asn.of(OWN_AS))
                .peer(peer(vpn1, PeerRole.NVA).build())
                .peer(peer(vpn2, PeerRole.NVA).build())
                .pointToSite(pointToSite)
                .build();
    }

    private static Speaker gateway(String name, String address) {
        Speaker speaker = Speaker.of(name, OWN_AS, address);
        speaker.isInternal = true;
        return speaker;
    }

    private static PeerConfig.Builder peer(Speaker speaker, PeerRole role) {
        return PeerConfig.builder(speaker.name, speaker.address, speaker.asn)
                .role(role)
                .passive(true);
    }

    private static PathAttributes onPremises(String asPath, String nextHop) {
        return WireAttributes.of(Origin.IGP, AsPath.parse(asPath), IpAddress.parse(nextHop))
                .edit()
                .localPref(100)
                .build();
    }

    @BeforeEach
    void connectAndAnnounce() {
        for (Speaker speaker : List.of(nva, er, vpn1, vpn2)) {
            net.connect(speaker);
        }
        net.say(nva, nva.announce(RouteExchangeTest.path("65001", "10.0.1.1"), NVA_ROUTE));
        net.say(er, er.announce(onPremises("12076 64600", "10.0.1.2"), ER_ROUTE));
        net.say(vpn1, vpn1.announce(onPremises("64700", "10.0.1.3"), S2S_ROUTE));
        net.say(vpn1, vpn1.announce(onPremises("", "10.0.1.3"), P2S_ROUTE, P2S_SPACE));
        net.settle();
    }

    private void setBranchToBranch(boolean on) {
        net.call(new Command.SetBranchToBranch(on));
        net.settle();
    }

    private void updateAll() {
        for (Speaker speaker : List.of(nva, er, vpn1, vpn2)) {
            speaker.updates = 0;
            speaker.received.clear();
        }
    }

    @Test
    @DisplayName(
            "ARS-52: without branch-to-branch NVAs and gateways exchange nothing, and the virtual network goes to all")
    void offByDefault() {
        for (Speaker speaker : List.of(nva, er, vpn1, vpn2)) {
            assertEquals(Set.of(VNET), speaker.routes.keySet(), speaker.name);
        }
    }

    @Test
    @DisplayName(
            "ARS-52: the table of who gets whose routes, branch-to-branch on, off, on: only the difference, no reset")
    void tableOfSourcesAndTargets() {
        for (int round = 0; round < 2; round++) {
            updateAll();
            setBranchToBranch(true);
            assertEquals(Set.of(VNET, ER_ROUTE, S2S_ROUTE, P2S_ROUTE, P2S_SPACE), nva.routes.keySet());
            assertEquals(Set.of(VNET, NVA_ROUTE, S2S_ROUTE), er.routes.keySet(), "no point-to-site for ExpressRoute");
            assertEquals(Set.of(VNET, NVA_ROUTE, ER_ROUTE), vpn1.routes.keySet());
            assertEquals(Set.of(VNET, NVA_ROUTE, ER_ROUTE), vpn2.routes.keySet(), "nothing from the same gateway");
            assertEquals(2, er.updates, "one for each attribute set that is new, and none for the virtual network");
            updateAll();
            setBranchToBranch(false);
            for (Speaker speaker : List.of(nva, er, vpn1, vpn2)) {
                assertEquals(Set.of(VNET), speaker.routes.keySet(), speaker.name);
                assertEquals(List.of(), speaker.notifications);
                assertEquals(0, speaker.idleWithdrawals);
            }
            assertEquals(2, er.updates, "a withdrawal of what came from each source");
        }
    }

    @Test
    @DisplayName("ARS-52a: a gateway's route goes to an NVA with the own AS in front and without LOCAL_PREF")
    void towardsNvas() {
        setBranchToBranch(true);
        PathAttributes sent = nva.routes.get(ER_ROUTE);
        assertEquals(AsPath.parse("65515 12076 64600"), sent == null ? null : sent.asPath());
        assertEquals(OptionalLong.empty(), sent == null ? null : sent.localPref());
        assertEquals(Optional.empty(), sent == null ? null : sent.attribute(ORIGINATOR_ID));
    }

    @Test
    @DisplayName("ARS-52a: an NVA's route goes to gateways with LOCAL_PREF 100 and nothing in front")
    void towardsGateways() {
        setBranchToBranch(true);
        PathAttributes expected = RouteExchangeTest.path("65001", "10.0.1.1")
                .edit()
                .localPref(100)
                .build();
        assertEquals(expected, er.routes.get(NVA_ROUTE));
        PathAttributes own = onPremises("", "10.0.0.4");
        assertEquals(own, er.routes.get(VNET), "own routes have an empty AS_PATH");
    }

    @Test
    @DisplayName(
            "RFC 4456 §8, ARS-52a: gateway to gateway is reflected with ORIGINATOR_ID and the own identifier as cluster")
    void reflection() {
        setBranchToBranch(true);
        assertArrayEquals(new byte[] {10, 0, 1, 3}, octets(er, S2S_ROUTE, ORIGINATOR_ID));
        assertArrayEquals(new byte[] {10, 0, 0, 4}, octets(er, S2S_ROUTE, CLUSTER_LIST));
        assertEquals(
                AsPath.parse("64700"), er.routes.getOrDefault(S2S_ROUTE, path()).asPath());

        RawAttribute originator = RawAttribute.of(ORIGINATOR_ID, RawAttribute.OPTIONAL, new byte[] {9, 9, 9, 9});
        RawAttribute clusters = RawAttribute.of(CLUSTER_LIST, RawAttribute.OPTIONAL, new byte[] {8, 8, 8, 8});
        PathAttributes reflected = onPremises("64700", "10.0.1.3")
                .edit()
                .raw(originator)
                .raw(clusters)
                .build();
        net.say(vpn1, vpn1.announce(reflected, S2S_ROUTE));
        net.settle();
        assertArrayEquals(new byte[] {9, 9, 9, 9}, octets(er, S2S_ROUTE, ORIGINATOR_ID));
        assertArrayEquals(new byte[] {10, 0, 0, 4, 8, 8, 8, 8}, octets(er, S2S_ROUTE, CLUSTER_LIST));
    }

    @Test
    @DisplayName("RFC 4456 §8: ORIGINATOR_ID and CLUSTER_LIST are non-transitive and never leave the AS towards an NVA")
    void reflectionStaysInside() {
        setBranchToBranch(true);
        PathAttributes reflected = onPremises("64700", "10.0.1.3")
                .edit()
                .raw(RawAttribute.of(ORIGINATOR_ID, RawAttribute.OPTIONAL, new byte[] {9, 9, 9, 9}))
                .raw(RawAttribute.of(CLUSTER_LIST, RawAttribute.OPTIONAL, new byte[] {8, 8, 8, 8}))
                .build();
        net.say(vpn1, vpn1.announce(reflected, S2S_ROUTE));
        net.settle();
        assertEquals(RouteExchangeTest.path("65515 64700", "10.0.1.3"), nva.routes.get(S2S_ROUTE));
    }

    @Test
    @DisplayName("RFC 4456 §8: what comes back to us, by originator or cluster, is kept as rejected")
    void reflectionLoop() {
        setBranchToBranch(true);
        RawAttribute ours = RawAttribute.of(ORIGINATOR_ID, RawAttribute.OPTIONAL, new byte[] {10, 0, 0, 4});
        RawAttribute clusters =
                RawAttribute.of(CLUSTER_LIST, RawAttribute.OPTIONAL, new byte[] {8, 8, 8, 8, 10, 0, 0, 4});
        for (RawAttribute loop : List.of(ours, clusters)) {
            PathAttributes looped =
                    onPremises("64700", "10.0.1.3").edit().raw(loop).build();
            net.say(vpn1, vpn1.announce(looped, S2S_ROUTE));
            net.settle();
            assertEquals(Set.of(VNET, NVA_ROUTE), er.routes.keySet());
            net.say(vpn1, vpn1.announce(onPremises("64700", "10.0.1.3"), S2S_ROUTE));
            net.settle();
            assertEquals(Set.of(VNET, NVA_ROUTE, S2S_ROUTE), er.routes.keySet());
        }
        Collection<RejectReason> reasons = net.events(ServerEvent.RoutesRejected.class).stream()
                .map(ServerEvent.RoutesRejected::reason)
                .toList();
        assertEquals(List.of(RejectReason.REFLECTION_LOOP, RejectReason.REFLECTION_LOOP), reasons);
    }

    @Test
    @DisplayName("ARS-52: point-to-site prefixes changed at run time are withdrawn from ExpressRoute, or announced")
    void pointToSiteChanges() {
        setBranchToBranch(true);
        net.call(new Command.UpdateVpnGateway(vpn(List.of(S2S_ROUTE))));
        net.settle();
        assertEquals(Set.of(VNET, NVA_ROUTE, P2S_ROUTE, P2S_SPACE), er.routes.keySet());
        assertEquals(List.of(), vpn1.notifications);
    }

    @Test
    @DisplayName("ARS-52: point-to-site prefixes of anything but a VPN gateway are refused")
    void pointToSiteOfOthers() {
        PeerConfig.Builder wrong = PeerConfig.builder("x", IpAddress.parse("10.0.1.9"), Asn.of(65009))
                .pointToSite(List.of(P2S_SPACE));
        ConfigurationException refused = assertThrows(ConfigurationException.class, wrong::build);
        assertEquals("peer.x.pointToSite", refused.parameter());
    }

    private static PathAttributes path() {
        return RouteExchangeTest.path("65001", "10.0.1.1");
    }

    private static byte[] octets(Speaker speaker, IpPrefix prefix, int type) {
        return speaker.routes
                .getOrDefault(prefix, path())
                .attribute(type)
                .orElseThrow()
                .octets();
    }
}
