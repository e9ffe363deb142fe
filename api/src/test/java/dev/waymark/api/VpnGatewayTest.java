package dev.waymark.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a VPN gateway must be to be configured (ARS-53). */
class VpnGatewayTest {
    private static final Asn AZURE = Asn.of(65515);

    private static RouteServerConfigBuilder azure() {
        return RouteServerConfig.azure().localAddress(IpAddress.parse("10.0.0.4"));
    }

    private static RouteServerConfigBuilder standard() {
        return RouteServerConfig.standard().localAddress(IpAddress.parse("10.0.0.4"));
    }

    private static PeerConfig peer(int number, Asn asn) {
        return PeerConfig.builder("vpn" + number, IpAddress.parse("10.0.1." + number), asn)
                .build();
    }

    private static VpnGateway bgp(Asn asn, int peers) {
        VpnGateway.Builder builder = VpnGateway.builder("vpn", asn);
        for (int i = 1; i <= peers; i++) {
            builder.peer(peer(i, asn));
        }
        return builder.build();
    }

    private static VpnGateway.Builder statics(int nextHops) {
        VpnGateway.Builder builder = VpnGateway.builder("vpn", AZURE).prefixes(List.of(IpPrefix.parse("10.3.0.0/16")));
        for (int i = 1; i <= nextHops; i++) {
            builder.nextHop(IpAddress.parse("10.0.1." + i));
        }
        return builder;
    }

    private static void assertRefused(String parameter, Executable build) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, build);
        assertEquals(parameter, refused.parameter());
        assertEquals("ARS-53", refused.rule());
    }

    @Test
    @DisplayName("ARS-53: in azure a VPN gateway has two peers, no more and no less")
    void activeActive() {
        assertEquals(2, azure().vpnGateway(bgp(AZURE, 2)).build().peers().size());
        assertRefused(
                "vpnGateway.vpn.peers", () -> azure().vpnGateway(bgp(AZURE, 1)).build());
        assertRefused(
                "vpnGateway.vpn.peers", () -> azure().vpnGateway(bgp(AZURE, 3)).build());
    }

    @Test
    @DisplayName("ARS-53: in azure a VPN gateway that is a peer alone is one with one peer")
    void peerAlone() {
        PeerConfig alone = peer(1, AZURE).toBuilder().role(PeerRole.VPN_GATEWAY).build();
        assertRefused("peer.vpn1", () -> azure().peer(alone).build());
        assertEquals(1, standard().peer(alone).build().peers().size());
    }

    @Test
    @DisplayName("ARS-53: in azure a VPN gateway has ASN 65515, and so have its peers")
    void asn() {
        Asn other = Asn.of(65001);
        assertRefused(
                "vpnGateway.vpn.asn", () -> azure().vpnGateway(bgp(other, 2)).build());
        VpnGateway.Builder mixed =
                VpnGateway.builder("vpn", AZURE).peer(peer(1, AZURE)).peer(peer(2, other));
        assertRefused("vpnGateway.vpn.peers", mixed::build);
        azure().gateways(rules -> rules.withVpnAsn(java.util.Optional.empty()))
                .vpnGateway(bgp(other, 2))
                .build();
    }

    @Test
    @DisplayName("ARS-53: with BGP off it has static prefixes, by way of two next hops in azure")
    void bgpOff() {
        VpnGateway gateway =
                statics(2).pointToSite(List.of(IpPrefix.parse("172.16.0.0/24"))).build();
        assertEquals(List.of(gateway), azure().vpnGateway(gateway).build().vpnGateways());
        assertEquals(
                "[10.3.0.0/16, 172.16.0.0/24]",
                gateway.staticPrefixes().toString(),
                "point-to-site ones are static too");
        assertRefused(
                "vpnGateway.vpn.nextHops",
                () -> azure().vpnGateway(statics(1).build()).build());
        assertRefused("vpnGateway.vpn", () -> statics(0).build());
    }

    @Test
    @DisplayName("ARS-53: standard asks for neither two instances nor an ASN")
    void standardAsksForNothing() {
        assertEquals(
                1, standard().vpnGateway(bgp(Asn.of(65001), 1)).build().peers().size());
        assertEquals(
                1,
                standard().vpnGateway(statics(1).build()).build().vpnGateways().size());
    }

    @Test
    @DisplayName(
            "ARS-53: static prefixes need a next hop of their family, a family that is spoken, and a usable next hop")
    void prefixes() {
        VpnGateway six =
                statics(2).prefixes(List.of(IpPrefix.parse("2001:db8::/32"))).build();
        assertThrows(ConfigurationException.class, () -> azure().vpnGateway(six).build());
        assertRefused(
                "vpnGateway.vpn.prefixes", () -> standard().vpnGateway(six).build());
        VpnGateway loopback = statics(1).nextHop(IpAddress.parse("127.0.0.1")).build();
        ConfigurationException refused = assertThrows(
                ConfigurationException.class, () -> azure().vpnGateway(loopback).build());
        assertEquals("ARS-33", refused.rule());
        assertRefused(
                "vpnGateway.vpn.nextHops",
                () -> statics(1).nextHop(IpAddress.parse("10.0.1.1")).build());
    }

    @Test
    @DisplayName("ARS-53: names are unique, and a peer belongs to a gateway that is there")
    void names() {
        assertRefused(
                "vpnGateway.vpn",
                () -> azure().vpnGateway(statics(2).build())
                        .vpnGateway(statics(2).build())
                        .build());
        PeerConfig stray = peer(1, AZURE).toBuilder()
                .role(PeerRole.VPN_GATEWAY)
                .gateway("nowhere")
                .build();
        assertRefused("peer.vpn1.gateway", () -> azure().peer(stray).build());
        assertRefused(
                "peer.vpn1.gateway", () -> stray.toBuilder().role(PeerRole.NVA).build());
    }

    @Test
    @DisplayName("ARS-53: its peers have the role and the point-to-site prefixes of the gateway")
    void peersAreOfTheGateway() {
        List<IpPrefix> clients = List.of(IpPrefix.parse("172.16.0.0/24"));
        VpnGateway gateway = bgp(AZURE, 2).toBuilder().pointToSite(clients).build();
        RouteServerConfig config = azure().vpnGateway(gateway).build();
        for (PeerConfig peer : config.peers()) {
            assertEquals(PeerRole.VPN_GATEWAY, peer.role());
            assertEquals(clients, peer.pointToSite());
        }
        assertEquals(List.of(gateway), config.vpnGateways());
        PeerConfig changed =
                config.peers().get(0).toBuilder().pointToSite(List.of()).build();
        assertRefused(
                "peer.vpn1.pointToSite",
                () -> config.toBuilder().removePeer("vpn1").peer(changed).build());
        assertRefused(
                "vpnGateway.vpn.peers",
                () -> config.toBuilder().removePeer("vpn1").build());
        assertTrue(config.toBuilder().removeVpnGateway("vpn").build().peers().isEmpty());
    }
}
