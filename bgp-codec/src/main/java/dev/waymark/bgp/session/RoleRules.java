package dev.waymark.bgp.session;

import dev.waymark.bgp.message.BgpRole;

/** What a role makes of ONLY_TO_CUSTOMER (RFC 9234 §5). AS numbers are unsigned 32-bit values. Stateless. */
public final class RoleRules {

    private RoleRules() {}

    /**
     * Tells whether a received route is a leak: it came from where no route with its ONLY_TO_CUSTOMER should come from.
     * Such a route isn't malformed, but not eligible.
     *
     * @param local what we are to the peer that sent the route
     * @param otc the value of the attribute, which is there
     * @param peerAs the peer's AS number
     * @return true for any value from a customer or a route server's client, and for another AS's from a peer
     */
    public static boolean isLeak(BgpRole local, int otc, int peerAs) {
        return switch (local) {
            case PROVIDER, RS -> true;
            case PEER -> otc != peerAs;
            case CUSTOMER, RS_CLIENT -> false;
        };
    }

    /**
     * Tells whether a received route without the attribute gets it, with the peer's AS number.
     *
     * @param local what we are to the peer that sent the route
     * @return true when it came from a provider, a route server or a peer
     */
    public static boolean addsOnImport(BgpRole local) {
        return local == BgpRole.CUSTOMER || local == BgpRole.RS_CLIENT || local == BgpRole.PEER;
    }

    /**
     * Tells whether a route without the attribute gets it on its way to a peer, with our AS number.
     *
     * @param local what we are to the peer that the route goes to
     * @return true when it goes to a customer, a route server's client or a peer
     */
    public static boolean addsOnExport(BgpRole local) {
        return local == BgpRole.PROVIDER || local == BgpRole.RS || local == BgpRole.PEER;
    }

    /**
     * Tells whether a route with the attribute must not go to a peer.
     *
     * @param local what we are to the peer that the route would go to
     * @return true when it would go to a provider, a route server or a peer
     */
    public static boolean stopsOnExport(BgpRole local) {
        return local == BgpRole.CUSTOMER || local == BgpRole.RS_CLIENT || local == BgpRole.PEER;
    }
}
