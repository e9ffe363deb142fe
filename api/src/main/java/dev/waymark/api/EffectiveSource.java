package dev.waymark.api;

/**
 * Where an effective route comes from, in the order in which routes of one prefix win (ARS-41): a constant beats all below it.
 * The three kinds of address spaces beat BGP routes inside them, too.
 */
public enum EffectiveSource {
    /** The operator: {@link RouteTable#routes}. */
    USER_DEFINED,
    /** An address space of the table's own virtual network. */
    VIRTUAL_NETWORK,
    /** An address space of a network that is peered with the table's. */
    VIRTUAL_NETWORK_PEERING,
    /** A service endpoint. */
    SERVICE_ENDPOINT,
    /** Peers of the route server. */
    BGP,
    /** What Azure puts into every table: {@code 0.0.0.0/0} to the internet, private ranges to nowhere. */
    DEFAULT;

    /** Returns whether it is an address space, inside which no route from BGP is used. */
    public boolean isSpace() {
        return this == VIRTUAL_NETWORK || this == VIRTUAL_NETWORK_PEERING || this == SERVICE_ENDPOINT;
    }
}
