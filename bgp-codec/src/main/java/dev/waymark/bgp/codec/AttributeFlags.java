package dev.waymark.bgp.codec;

/**
 * What an interned set of attributes is known for, as bits of {@link AttributeTable#flags}. Computed once, at first
 * sight, so that decisions need not look into the octets.
 */
public final class AttributeFlags {

    /** COMMUNITIES has NO_EXPORT (RFC 1997). */
    public static final int NO_EXPORT = 1;

    /** COMMUNITIES has NO_ADVERTISE (RFC 1997). */
    public static final int NO_ADVERTISE = 1 << 1;

    /** COMMUNITIES has NO_EXPORT_SUBCONFED (RFC 1997). */
    public static final int NO_EXPORT_SUBCONFED = 1 << 2;

    /** COMMUNITIES has GRACEFUL_SHUTDOWN (RFC 8326). */
    public static final int GRACEFUL_SHUTDOWN = 1 << 3;

    /** COMMUNITIES has BLACKHOLE (RFC 7999). */
    public static final int BLACKHOLE = 1 << 4;

    /** COMMUNITIES has LLGR_STALE (RFC 9494). */
    public static final int LLGR_STALE = 1 << 5;

    /** COMMUNITIES has NO_LLGR (RFC 9494). */
    public static final int NO_LLGR = 1 << 6;

    /** The server's own AS stands in AS_PATH (RFC 4271 §9.1.2). */
    public static final int OWN_AS_IN_PATH = 1 << 7;

    /** AS_PATH has an AS_SET or AS_CONFED_SET (RFC 9774). */
    public static final int HAS_AS_SET = 1 << 8;

    /** AS_PATH has a confederation segment (RFC 5065). */
    public static final int HAS_CONFEDERATION = 1 << 9;

    /** AS_PATH has no segment. */
    public static final int EMPTY_AS_PATH = 1 << 10;

    /** An AS number of AS_PATH or AGGREGATOR does not fit two octets (RFC 6793). */
    public static final int HAS_WIDE_AS = 1 << 11;

    /** MULTI_EXIT_DISC is there. */
    public static final int HAS_MED = 1 << 12;

    /** LOCAL_PREF is there. */
    public static final int HAS_LOCAL_PREF = 1 << 13;

    /** ONLY_TO_CUSTOMER is there (RFC 9234). */
    public static final int HAS_OTC = 1 << 14;

    /** AS4_PATH or AS4_AGGREGATOR is there as an attribute that nobody here reads (RFC 6793 §4.1). */
    public static final int HAS_OPAQUE_AS4 = 1 << 15;

    /** ORIGINATOR_ID or CLUSTER_LIST is there (RFC 4456). */
    public static final int IS_REFLECTED = 1 << 16;

    /** The next hop is an IPv6 address, kept beside the attributes (RFC 4760 §3). */
    public static final int IPV6_NEXT_HOP = 1 << 17;

    /** A link-local next hop is kept behind the global one (RFC 2545 §3). */
    public static final int LINK_LOCAL_NEXT_HOP = 1 << 18;

    private AttributeFlags() {}

    /** Returns the flag of a community, or 0. */
    static int ofCommunity(int bits) {
        if (bits >>> 16 != 0xffff) {
            return 0;
        }
        return switch (bits) {
            case 0xffff_ff01 -> NO_EXPORT;
            case 0xffff_ff02 -> NO_ADVERTISE;
            case 0xffff_ff03 -> NO_EXPORT_SUBCONFED;
            case 0xffff_0000 -> GRACEFUL_SHUTDOWN;
            case 0xffff_029a -> BLACKHOLE;
            case 0xffff_0006 -> LLGR_STALE;
            case 0xffff_0007 -> NO_LLGR;
            default -> 0;
        };
    }
}
