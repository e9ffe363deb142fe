package dev.waymark.rib;

/**
 * What the decision compares of an attribute set, by attribute id. The engine puts the attribute table behind it. Called on
 * the engine loop; must not allocate.
 */
public interface PathMetrics {
    /** Returns the AS_PATH length: an AS_SET counts 1, confederation segments 0 (RFC 4271 §9.1.2.2(a), RFC 5065 §5.3). */
    int asPathLength(int attributes);

    /** Returns the ORIGIN code: 0 IGP, 1 EGP, 2 INCOMPLETE (RFC 4271 §4.3). */
    int origin(int attributes);

    /** Returns MULTI_EXIT_DISC, 0 to 2^32-1; 0 if there is none (RFC 4271 §9.1.2.2(c)). */
    long med(int attributes);

    /** Returns the neighbouring AS, the first of the AS_PATH, as bits; 0 for an empty path. */
    int firstAs(int attributes);

    /** Returns LOCAL_PREF, 0 to 2^32-1, or the degree of preference that stands for it. */
    long localPref(int attributes);

    /** Tells whether the next hop can be reached; by default every one can (ARS-33). */
    default boolean isReachable(int attributes) {
        return true;
    }

    /** Tells whether LLGR_STALE is among the communities (RFC 9494 §4.3); asked only where long-lived restart is on. */
    default boolean isLongLivedStale(int attributes) {
        return false;
    }

    /** Returns the interior cost to the next hop, the same for all by default (RFC 4271 §9.1.2.2(e)). */
    default int interiorCost(int attributes) {
        return 0;
    }

    /** Returns ORIGINATOR_ID as bits, 0 if there is none (RFC 4456 §9). */
    default int originatorId(int attributes) {
        return 0;
    }

    /** Returns how many identifiers CLUSTER_LIST holds, 0 if there is none (RFC 4456 §9). */
    default int clusterListLength(int attributes) {
        return 0;
    }
}
