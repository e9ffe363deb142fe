package dev.waymark.engine;

import dev.waymark.api.PeerIdentity;
import dev.waymark.spi.ServerMetrics;

/** Lets two instances call one binding, one call at a time. Thread-safe. */
final class SharedMetrics implements ServerMetrics {
    private final ServerMetrics binding;

    SharedMetrics(ServerMetrics binding) {
        this.binding = binding;
    }

    @Override
    public synchronized void recordPeerStatus(String instance, PeerIdentity peer, int status) {
        binding.recordPeerStatus(instance, peer, status);
    }

    @Override
    public synchronized void recordRoutesLearned(String instance, PeerIdentity peer, long routes) {
        binding.recordRoutesLearned(instance, peer, routes);
    }

    @Override
    public synchronized void recordRoutesAdvertised(String instance, PeerIdentity peer, long routes) {
        binding.recordRoutesAdvertised(instance, peer, routes);
    }
}
