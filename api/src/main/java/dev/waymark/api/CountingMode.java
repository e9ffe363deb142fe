package dev.waymark.api;

/** What a {@link RouteLimit} counts (ARS-20 to ARS-23). */
public enum CountingMode {
    /**
     * Routes held when the batch of UPDATEs began, plus every announcement since. 2,001 routes and the same 2,001 again
     * are 4,002: over a limit of 4,000.
     */
    CURRENT_PLUS_INCOMING,
    /** Distinct prefixes held from the peer, rejected ones included; with ADD-PATH (RFC 7911), each path of a prefix. */
    DISTINCT_PREFIXES,
    /** Distinct prefixes that import policy accepted; with ADD-PATH, each path of a prefix. */
    DISTINCT_ACCEPTED_PREFIXES
}
