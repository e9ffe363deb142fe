package dev.waymark.examples.decode;

/** The attribute types that have a name of their own in JSON, and how they are called. Stateless. */
final class AttributeNames {
    static final int ORIGIN = 1;
    static final int AS_PATH = 2;
    static final int NEXT_HOP = 3;
    static final int MED = 4;
    static final int LOCAL_PREF = 5;
    static final int ATOMIC_AGGREGATE = 6;
    static final int AGGREGATOR = 7;
    static final int COMMUNITIES = 8;
    static final int ORIGINATOR_ID = 9;
    static final int CLUSTER_LIST = 10;
    static final int MP_REACH_NLRI = 14;
    static final int MP_UNREACH_NLRI = 15;
    static final int EXTENDED_COMMUNITIES = 16;
    static final int IPV6_EXTENDED_COMMUNITIES = 25;
    static final int LARGE_COMMUNITIES = 32;
    static final int ONLY_TO_CUSTOMER = 35;

    private AttributeNames() {}

    /** Returns the name that people know a type by. */
    static String of(int type) {
        return switch (type) {
            case ORIGIN -> "ORIGIN";
            case AS_PATH -> "AS_PATH";
            case NEXT_HOP -> "NEXT_HOP";
            case MED -> "MULTI_EXIT_DISC";
            case LOCAL_PREF -> "LOCAL_PREF";
            case ATOMIC_AGGREGATE -> "ATOMIC_AGGREGATE";
            case AGGREGATOR -> "AGGREGATOR";
            case COMMUNITIES -> "COMMUNITIES";
            case ORIGINATOR_ID -> "ORIGINATOR_ID";
            case CLUSTER_LIST -> "CLUSTER_LIST";
            case MP_REACH_NLRI -> "MP_REACH_NLRI";
            case MP_UNREACH_NLRI -> "MP_UNREACH_NLRI";
            case EXTENDED_COMMUNITIES -> "EXTENDED COMMUNITIES";
            case 17 -> "AS4_PATH";
            case 18 -> "AS4_AGGREGATOR";
            case IPV6_EXTENDED_COMMUNITIES -> "IPv6 EXTENDED COMMUNITIES";
            case 26 -> "AIGP";
            case 29 -> "BGP-LS";
            case LARGE_COMMUNITIES -> "LARGE_COMMUNITY";
            case ONLY_TO_CUSTOMER -> "ONLY_TO_CUSTOMER";
            case 40 -> "PREFIX-SID";
            default -> "attribute " + type;
        };
    }
}
