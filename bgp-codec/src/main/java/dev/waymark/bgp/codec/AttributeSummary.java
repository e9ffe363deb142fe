package dev.waymark.bgp.codec;

/** What the columns of a table hold about one set of attributes, while it is being validated. Reused. */
final class AttributeSummary {
    /** Bits of {@link AttributeFlags}. */
    int flags;

    /** ORIGIN, 0 to 2. */
    int origin;

    /** AS_PATH length as RFC 4271 §9.1.2.2(a) counts it. */
    int asPathLength;

    /** The first AS of the first segment that isn't a confederation's, 0 when that isn't an AS_SEQUENCE. */
    int firstAs;

    /** MULTI_EXIT_DISC as an unsigned number, 0 when it is missing. */
    int med;

    /** NEXT_HOP, 0 when the next hop is IPv6. */
    int nextHop;

    /** Communities of all kinds. */
    int communities;

    void clear() {
        flags = 0;
        origin = 0;
        asPathLength = 0;
        firstAs = 0;
        med = 0;
        nextHop = 0;
        communities = 0;
    }
}
