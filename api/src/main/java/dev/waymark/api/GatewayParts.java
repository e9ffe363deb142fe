package dev.waymark.api;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.List;
import java.util.Optional;

/** A {@link VpnGateway} without its peers, which a configuration keeps once, in its list of peers. Immutable. */
record GatewayParts(
        String name, Asn asn, List<IpAddress> nextHops, List<IpPrefix> prefixes, List<IpPrefix> pointToSite) {

    static GatewayParts of(VpnGateway gateway) {
        return new GatewayParts(
                gateway.name(), gateway.asn(), gateway.nextHops(), gateway.prefixes(), gateway.pointToSite());
    }

    /** Returns the gateway with those of the peers that are its own; throws what is wrong with it then. */
    VpnGateway with(List<PeerConfig> peers) {
        List<PeerConfig> own = peers.stream()
                .filter(peer -> peer.gateway().equals(Optional.of(name)))
                .toList();
        return new VpnGateway(name, asn, own, nextHops, prefixes, pointToSite);
    }
}
