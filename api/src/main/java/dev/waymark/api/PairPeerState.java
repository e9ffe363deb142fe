package dev.waymark.api;

/** State of a peer over the two instances of a {@link RouteServerPair} (ARS-3). */
public enum PairPeerState {
    /** Both instances have a session with it. */
    CONNECTED,
    /** One instance has a session with it: it is not redundant, and stops if that instance does. */
    DEGRADED,
    /** No instance has a session; at least one tries, or waits for the peer to connect. */
    CONNECTING,
    /** Nothing is tried: the peer is disabled, rests after an error, or the instances are stopped. */
    NOT_CONNECTED;

    /** Returns the state that two instances' sessions make. */
    static PairPeerState of(Iterable<PeerSnapshot> snapshots) {
        int established = 0;
        boolean isTrying = false;
        for (PeerSnapshot snapshot : snapshots) {
            established += snapshot.state() == SessionState.ESTABLISHED ? 1 : 0;
            isTrying |= snapshot.state() != SessionState.IDLE;
        }
        if (established > 0) {
            return established > 1 ? CONNECTED : DEGRADED;
        }
        return isTrying ? CONNECTING : NOT_CONNECTED;
    }
}
