package dev.waymark.bgp.session;

/** Why a peer rests in Idle; each reason has a growth of its own in {@link IdleHold}. */
public enum IdleHoldReason {
    /** An error of the peer or of the network (ERROR-HANDLING 7). */
    ERROR,
    /** A limit was passed, of routes or of memory (ARS-24); may wait for the operator. */
    LIMIT
}
