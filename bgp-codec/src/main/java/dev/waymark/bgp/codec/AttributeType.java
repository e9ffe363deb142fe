package dev.waymark.bgp.codec;

/** The attribute type codes that the codec treats in a way of their own. */
final class AttributeType {

    static final int ORIGIN = 1; // RFC 4271 §5.1.1
    static final int AS_PATH = 2; // RFC 4271 §5.1.2
    static final int NEXT_HOP = 3; // RFC 4271 §5.1.3
    static final int MED = 4; // RFC 4271 §5.1.4
    static final int LOCAL_PREF = 5; // RFC 4271 §5.1.5
    static final int ATOMIC_AGGREGATE = 6; // RFC 4271 §5.1.6
    static final int AGGREGATOR = 7; // RFC 4271 §5.1.7
    static final int COMMUNITIES = 8; // RFC 1997
    static final int ORIGINATOR_ID = 9; // RFC 4456 §8
    static final int CLUSTER_LIST = 10; // RFC 4456 §8
    static final int MP_REACH_NLRI = 14; // RFC 4760 §3
    static final int MP_UNREACH_NLRI = 15; // RFC 4760 §4
    static final int EXTENDED_COMMUNITIES = 16; // RFC 4360 §2
    static final int AS4_PATH = 17; // RFC 6793 §3
    static final int AS4_AGGREGATOR = 18; // RFC 6793 §3
    static final int IPV6_EXTENDED_COMMUNITIES = 25; // RFC 5701 §2
    static final int AIGP = 26; // RFC 7311 §3
    static final int BGP_LS = 29; // RFC 9552 §5.3
    static final int LARGE_COMMUNITY = 32; // RFC 8092 §3
    static final int OTC = 35; // RFC 9234 §5
    static final int PREFIX_SID = 40; // RFC 8669 §3

    /** Flags octet: the attribute is optional (RFC 4271 §4.3). */
    static final int FLAG_OPTIONAL = 0x80;

    /** Flags octet: the attribute is transitive. */
    static final int FLAG_TRANSITIVE = 0x40;

    /** Flags octet: somebody on the way did not know it. */
    static final int FLAG_PARTIAL = 0x20;

    /** Flags octet: the length field has two octets. */
    static final int FLAG_EXTENDED = 0x10;

    private AttributeType() {}
}
