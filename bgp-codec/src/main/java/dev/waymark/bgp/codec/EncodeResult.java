package dev.waymark.bgp.codec;

/** Whether a set of attributes can be sent; if not, the route is not sent to that peer, and withdrawn from it. */
public enum EncodeResult {
    /** It can. */
    OK,
    /** The attributes leave no room for a prefix in the largest message that the peer takes (RFC 4271 §9.2). */
    TOO_LONG,
    /** The next hop's family does not go with the prefixes, and RFC 8950 wasn't negotiated. */
    NEXT_HOP_FAMILY
}
