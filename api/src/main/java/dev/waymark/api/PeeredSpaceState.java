package dev.waymark.api;

/** What comes of an address space of a peered virtual network. Each state names the rule it comes from. */
public enum PeeredSpaceState {
    /** It is advertised to every peer, and a system route wins over BGP routes inside it. */
    ADVERTISED("ARS-40"),
    /** The peering doesn't use the remote gateway: the system route is all. */
    NOT_ADVERTISED("ARS-41"),
    /** The server speaks no IPv6: the space is only listed, the network's IPv4 spaces work. */
    IPV6_UNSUPPORTED("ARS-15");

    private final String rule;

    PeeredSpaceState(String rule) {
        this.rule = rule;
    }

    /** Returns the rule behind the state. */
    public String rule() {
        return rule;
    }
}
