package dev.waymark.api;

/** State of a BGP session, named as in RFC 4271 §8.2.2. */
public enum SessionState {
    /** Nothing is tried: the peer is disabled, or waits out its idle hold time. */
    IDLE,
    /** A connection is being opened. */
    CONNECT,
    /** Waits for the peer to connect, or for the next attempt. */
    ACTIVE,
    /** OPEN was sent, the peer's is awaited. */
    OPEN_SENT,
    /** OPENs were exchanged, the first KEEPALIVE is awaited. */
    OPEN_CONFIRM,
    /** Routes are exchanged. */
    ESTABLISHED
}
