package dev.waymark.api;

/** What a reset of a peer does (ARS-74). */
public enum ResetKind {
    /** Asks the peer to send its routes again: ROUTE-REFRESH (RFC 2918), or a hard reset of a peer that has no such capability. */
    SOFT_IN,
    /** Sends the peer all its routes again; the session stays. */
    SOFT_OUT,
    /** Ends the session with Cease/4 (RFC 4486) and lets it start again. */
    HARD
}
