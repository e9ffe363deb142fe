package dev.waymark.rib;

/**
 * A step of the decision: it keeps the candidates with the lowest key. Also the reason why another path lost.
 */
public enum DecisionStep {
    /** Routes with LLGR_STALE are the least preferred, before anything else is compared (RFC 9494 §4.3). */
    LONG_LIVED_STALE,
    /** The source class that the routing preference puts first (ARS-30, ARS-31). */
    PREFERENCE,
    /** The highest LOCAL_PREF (RFC 4271 §9.1.2). */
    LOCAL_PREF,
    /** The shortest AS_PATH (ARS-30, RFC 4271 §9.1.2.2(a)). */
    AS_PATH_LENGTH,
    /** The lowest ORIGIN (RFC 4271 §9.1.2.2(b)). */
    ORIGIN,
    /** The lowest MULTI_EXIT_DISC among paths of the same neighbouring AS (RFC 4271 §9.1.2.2(c)). */
    MED,
    /** External before internal (RFC 4271 §9.1.2.2(d)). */
    EXTERNAL,
    /** The lowest interior cost to the next hop (RFC 4271 §9.1.2.2(e)). */
    INTERIOR_COST,
    /** The lowest ORIGINATOR_ID, or where there is none BGP identifier (RFC 4271 §9.1.2.2(f), RFC 4456 §9). */
    IDENTIFIER,
    /** The shortest CLUSTER_LIST (RFC 4456 §9). */
    CLUSTER_LIST,
    /** The lowest peer address (RFC 4271 §9.1.2.2(g)). */
    PEER_ADDRESS
}
