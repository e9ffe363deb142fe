package dev.waymark.api;

/** What a peer is to the virtual network (ARS-52): it decides who gets whose routes, and what is preferred. */
public enum PeerRole {
    /** A network virtual appliance, an external peer: firewall, SD-WAN box, router. */
    NVA,
    /** A VPN gateway; an internal peer. */
    VPN_GATEWAY,
    /** An ExpressRoute gateway; an internal peer. */
    EXPRESS_ROUTE_GATEWAY;

    /** Returns whether routes to and from peers of this role need branch-to-branch (ARS-52). */
    public boolean isGateway() {
        return this != NVA;
    }
}
