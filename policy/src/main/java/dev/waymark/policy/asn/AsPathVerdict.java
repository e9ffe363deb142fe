package dev.waymark.policy.asn;

/** What {@link AsPathChecks} found. */
public enum AsPathVerdict {
    /** Nothing is wrong with the path. */
    ELIGIBLE,
    /**
     * The own AS is in the path: the route is kept as rejected with
     * {@link dev.waymark.api.RejectReason#OWN_AS_IN_PATH}, the session stays (ARS-25, RFC 4271 §9.1.2).
     */
    OWN_AS_IN_PATH,
    /** AS 0 is in the path: the route counts as withdrawn (ARS-25, RFC 7607 §2). */
    AS_ZERO_IN_PATH
}
