package dev.waymark.api;

/** Where a route of a virtual network's route table leads, as Azure names it. */
public enum NextHopKind {
    /** A virtual appliance, by its address. */
    VIRTUAL_APPLIANCE,
    /** What BGP says: the next hops of the route. */
    VIRTUAL_NETWORK_GATEWAY,
    /** The virtual network itself. */
    VIRTUAL_NETWORK,
    /** A peered virtual network. */
    VIRTUAL_NETWORK_PEERING,
    /** A service, through a service endpoint of the virtual network. */
    SERVICE_ENDPOINT,
    /** The internet. */
    INTERNET,
    /** Nowhere: what is sent there is dropped. */
    NONE
}
