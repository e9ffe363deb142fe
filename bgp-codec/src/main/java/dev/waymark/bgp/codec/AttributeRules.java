package dev.waymark.bgp.codec;

/**
 * What the walk over attribute headers does with each attribute type, as a table of 256 octets: the Optional and
 * Transitive bits that a known type must have, and how it is handled. Immutable.
 */
final class AttributeRules {

    /** Not known here: kept as octets when optional and transitive. */
    static final int UNKNOWN = 0;

    /** Known: flags are checked, the value is validated at first sight. */
    static final int KNOWN = 1;

    /** Known, flags are checked, then dropped with whatever it holds. */
    static final int DISCARD = 2;

    /** Dropped without a look at flags or value. */
    static final int DISCARD_UNREAD = 3;

    /** MP_REACH_NLRI or MP_UNREACH_NLRI. */
    static final int MULTIPROTOCOL = 4;

    private static final int KIND = 0x07;
    private static final int FLAGS = AttributeType.FLAG_OPTIONAL | AttributeType.FLAG_TRANSITIVE;
    private static final int WELL_KNOWN = AttributeType.FLAG_TRANSITIVE;
    private static final int OPTIONAL = AttributeType.FLAG_OPTIONAL;
    private static final int OPTIONAL_TRANSITIVE = FLAGS;

    private static final int NEVER = 0x00ff; // mask 0, wanted 0xff
    private static final int EXACT = 0xef00; // every bit but Extended Length
    private static final int PARTIAL_OR_NOT = 0xcf00;

    private final byte[] rules = new byte[256];
    private final short[] plain = new short[256];

    AttributeRules(DecodeClass decodeClass) {
        boolean isExternal = decodeClass.external();
        set(AttributeType.ORIGIN, WELL_KNOWN | KNOWN);
        set(AttributeType.AS_PATH, WELL_KNOWN | KNOWN);
        set(AttributeType.NEXT_HOP, WELL_KNOWN | KNOWN);
        set(AttributeType.MED, OPTIONAL | KNOWN);
        set(AttributeType.LOCAL_PREF, WELL_KNOWN | (isExternal ? DISCARD : KNOWN));
        set(AttributeType.ATOMIC_AGGREGATE, WELL_KNOWN | KNOWN);
        set(AttributeType.AGGREGATOR, OPTIONAL_TRANSITIVE | KNOWN);
        set(AttributeType.COMMUNITIES, OPTIONAL_TRANSITIVE | KNOWN);
        set(AttributeType.ORIGINATOR_ID, OPTIONAL | (isExternal ? DISCARD : KNOWN));
        set(AttributeType.CLUSTER_LIST, OPTIONAL | (isExternal ? DISCARD : KNOWN));
        set(AttributeType.MP_REACH_NLRI, OPTIONAL | MULTIPROTOCOL);
        set(AttributeType.MP_UNREACH_NLRI, OPTIONAL | MULTIPROTOCOL);
        set(AttributeType.EXTENDED_COMMUNITIES, OPTIONAL_TRANSITIVE | KNOWN);
        if (decodeClass.localFourOctet()) {
            // Without the capability on our side both are unknown attributes, passed on (RFC 6793 §4.2.2).
            int kind = decodeClass.fourOctetSession() ? DISCARD_UNREAD : KNOWN;
            set(AttributeType.AS4_PATH, OPTIONAL_TRANSITIVE | kind);
            set(AttributeType.AS4_AGGREGATOR, OPTIONAL_TRANSITIVE | kind);
        }
        set(AttributeType.IPV6_EXTENDED_COMMUNITIES, OPTIONAL_TRANSITIVE | KNOWN);
        set(AttributeType.AIGP, OPTIONAL | (decodeClass.aigp() ? KNOWN : DISCARD_UNREAD));
        set(AttributeType.BGP_LS, OPTIONAL | DISCARD_UNREAD);
        set(AttributeType.LARGE_COMMUNITY, OPTIONAL_TRANSITIVE | KNOWN);
        set(AttributeType.OTC, OPTIONAL_TRANSITIVE | KNOWN);
        set(AttributeType.PREFIX_SID, OPTIONAL_TRANSITIVE | (isExternal ? DISCARD_UNREAD : KNOWN));
        for (int type : decodeClass.unwantedTypes()) {
            if (kind(rules[type & 0xff]) == UNKNOWN) {
                set(type & 0xff, DISCARD_UNREAD);
            }
        }
        for (int type = 0; type < plain.length; type++) {
            plain[type] = (short) plainRule(rules[type]);
        }
    }

    /** Returns the rule of an attribute type, for {@link #kind} and {@link #flags}. */
    int of(int type) {
        return rules[type];
    }

    /** Tells whether flags are, Extended Length aside, what the attribute is kept with: nothing to check or to change. */
    boolean isPlain(int type, int flags) {
        int rule = plain[type];
        return (flags & rule >>> 8 & 0xff) == (rule & 0xff);
    }

    static int kind(int rule) {
        return rule & KIND;
    }

    /** Returns the Optional and Transitive bits that a known type must have. */
    static int flags(int rule) {
        return rule & FLAGS;
    }

    /** Returns the flags octet that an attribute goes out with, Extended Length aside (RFC 4271 §4.3, §5). */
    static int canonicalFlags(int rule, int received) {
        if (kind(rule) == UNKNOWN) {
            return (received & FLAGS) | AttributeType.FLAG_PARTIAL;
        }
        int flags = flags(rule);
        return flags == OPTIONAL_TRANSITIVE ? flags | (received & AttributeType.FLAG_PARTIAL) : flags;
    }

    /** Returns why an attribute of a type is dropped without a look at its value. */
    static DecodeCondition discardCondition(int type) {
        return switch (type) {
            case AttributeType.LOCAL_PREF -> DecodeCondition.LOCAL_PREF_EXTERNAL;
            case AttributeType.ORIGINATOR_ID -> DecodeCondition.ORIGINATOR_ID_EXTERNAL;
            case AttributeType.CLUSTER_LIST -> DecodeCondition.CLUSTER_LIST_EXTERNAL;
            case AttributeType.AS4_PATH -> DecodeCondition.AS4_PATH_UNEXPECTED;
            case AttributeType.AS4_AGGREGATOR -> DecodeCondition.AS4_AGGREGATOR_UNEXPECTED;
            case AttributeType.AIGP -> DecodeCondition.AIGP_DISABLED;
            case AttributeType.BGP_LS -> DecodeCondition.BGP_LS;
            case AttributeType.PREFIX_SID -> DecodeCondition.PREFIX_SID_EXTERNAL;
            default -> DecodeCondition.UNWANTED_TYPE;
        };
    }

    private static int plainRule(int rule) {
        return switch (kind(rule)) {
            case KNOWN -> flags(rule) == OPTIONAL_TRANSITIVE ? PARTIAL_OR_NOT | flags(rule) : EXACT | flags(rule);
            case UNKNOWN -> EXACT | OPTIONAL_TRANSITIVE | AttributeType.FLAG_PARTIAL;
            default -> NEVER;
        };
    }

    private void set(int type, int rule) {
        rules[type] = (byte) rule;
    }
}
