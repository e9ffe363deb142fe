package dev.waymark.api;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules that VPN gateways must meet in a configuration, each with its own error (ARS-53). */
final class GatewayChecks {
    private static final String RULE = "ARS-53";

    private GatewayChecks() {}

    static void check(RouteServerConfig config) {
        Set<String> names = new HashSet<>();
        config.peers().forEach(peer -> names.add(peer.name()));
        Map<String, VpnGateway> gateways = new HashMap<>();
        for (VpnGateway gateway : config.vpnGateways()) {
            Checks.require(
                    names.add(gateway.name()),
                    "vpnGateway." + gateway.name(),
                    "is there twice; names of gateways and peers are unique",
                    RULE);
            gateways.put(gateway.name(), gateway);
            checkGateway(config, gateway);
        }
        for (PeerConfig peer : config.peers()) {
            checkPeer(config, gateways, peer);
        }
    }

    private static void checkPeer(RouteServerConfig config, Map<String, VpnGateway> gateways, PeerConfig peer) {
        Optional<String> gateway = peer.gateway();
        VpnGateway whole = gateway.map(gateways::get).orElse(null);
        Checks.require(
                gateway.isEmpty() || whole != null,
                "peer." + peer.name() + ".gateway",
                "there is no VPN gateway '" + gateway.orElse("") + "'",
                RULE);
        Checks.require(
                whole == null || whole.pointToSite().equals(peer.pointToSite()),
                "peer." + peer.name() + ".pointToSite",
                "is not that of its gateway; change it there",
                RULE);
        Checks.require(
                peer.role() != PeerRole.VPN_GATEWAY
                        || gateway.isPresent()
                        || !config.gateways().activeActive(),
                "peer." + peer.name(),
                "is a VPN gateway with one instance; give both to a VpnGateway, or turn gateways.activeActive off",
                RULE);
    }

    private static void checkGateway(RouteServerConfig config, VpnGateway gateway) {
        String parameter = "vpnGateway." + gateway.name();
        config.gateways()
                .vpnAsn()
                .ifPresent(asn -> Checks.require(
                        gateway.asn().equals(asn),
                        parameter + ".asn",
                        gateway.asn() + " is not " + asn + ", which gateways.vpnAsn asks for",
                        RULE));
        boolean isActiveActive = config.gateways().activeActive();
        int peers = gateway.peers().size();
        Checks.require(
                !isActiveActive || peers == 0 || peers == GatewaySettings.INSTANCES,
                parameter + ".peers",
                "has " + peers + "; an active-active gateway has " + GatewaySettings.INSTANCES,
                RULE);
        Checks.require(
                !isActiveActive || peers > 0 || gateway.nextHops().size() == GatewaySettings.INSTANCES,
                parameter + ".nextHops",
                "has " + gateway.nextHops().size() + "; an active-active gateway has " + GatewaySettings.INSTANCES,
                RULE);
        for (IpAddress nextHop : gateway.nextHops()) {
            Checks.require(
                    NetworkChecks.isUsable(nextHop),
                    parameter + ".nextHops",
                    nextHop + " can't be a next hop",
                    "ARS-33");
        }
        for (IpPrefix prefix : gateway.staticPrefixes()) {
            checkPrefix(config, gateway, prefix);
        }
    }

    private static void checkPrefix(RouteServerConfig config, VpnGateway gateway, IpPrefix prefix) {
        AddressFamily family = prefix.family();
        String parameter = "vpnGateway." + gateway.name() + ".prefixes";
        Checks.require(
                config.session().families().contains(family),
                parameter,
                prefix + ": " + family + " is not among session.families "
                        + config.session().families(),
                "ARS-15");
        List<IpAddress> nextHops = gateway.nextHops(family);
        Checks.require(!nextHops.isEmpty(), parameter, prefix + " has no next hop of its family", RULE);
    }
}
