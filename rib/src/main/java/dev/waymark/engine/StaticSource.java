package dev.waymark.engine;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.PeerRole;
import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.List;
import java.util.Optional;

/**
 * An instance of a VPN gateway as the source of static prefixes (ARS-53). It stands where a session would, so that its routes
 * are like learned ones in everything. Its BGP identifier is its IPv4 address, or the server's own if it has none. Immutable.
 *
 * @param identity the gateway's name and AS number, the instance's address
 */
record StaticSource(
        Optional<PeerIdentity> identity,
        IpAddress address,
        List<IpPrefix> pointToSite,
        boolean isExternal,
        int routerId)
        implements RouteSource {

    /** Makes the source of what goes by way of one next hop. */
    static StaticSource of(VpnGateway gateway, IpAddress nextHop, Settings settings) {
        return new StaticSource(
                Optional.of(new PeerIdentity(gateway.name(), nextHop, gateway.asn(), PeerRole.VPN_GATEWAY)),
                nextHop,
                gateway.pointToSite(),
                !gateway.asn().equals(settings.localAsn()),
                nextHop.isIpv4()
                        ? nextHop.ipv4Bits()
                        : settings.config().routerId().bits());
    }

    @Override
    public PeerRole role() {
        return PeerRole.VPN_GATEWAY;
    }

    @Override
    public boolean isEligible() {
        return true;
    }
}
