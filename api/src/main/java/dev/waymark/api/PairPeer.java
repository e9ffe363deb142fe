package dev.waymark.api;

import java.util.Map;

/**
 * A peer of a {@link RouteServerPair} at one moment. Immutable.
 *
 * @param config what the host configured, on both instances
 * @param instances the peer on each instance that runs, by the instance's name
 */
public record PairPeer(PeerConfig config, Map<String, PeerSnapshot> instances) {
    /** Copies the map. */
    public PairPeer {
        instances = Map.copyOf(instances);
    }

    /** Returns where its sessions stand, taken together. */
    public PairPeerState state() {
        return PairPeerState.of(instances.values());
    }
}
