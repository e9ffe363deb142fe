package dev.waymark.spi;

import dev.waymark.api.PeerIdentity;

/**
 * Takes the numbers that Azure names for a route server (ARS-73), with peer, peer type and instance as dimensions. Called
 * on an executor, one call at a time, when a number changed; quick changes are merged into the latest.
 */
public interface ServerMetrics {
    /** BGP peer status: 1 while the session is established, else 0. */
    default void recordPeerStatus(String instance, PeerIdentity peer, int status) {}

    /** Routes learned from the peer, as held now. */
    default void recordRoutesLearned(String instance, PeerIdentity peer, long routes) {}

    /** Routes advertised to the peer, as held now. */
    default void recordRoutesAdvertised(String instance, PeerIdentity peer, long routes) {}
}
