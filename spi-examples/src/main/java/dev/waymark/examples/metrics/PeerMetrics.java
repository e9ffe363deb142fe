package dev.waymark.examples.metrics;

import dev.waymark.api.PeerIdentity;

/** The latest numbers of one peer. Written by one thread at a time, read by any. */
final class PeerMetrics implements PeerMetricsMXBean {
    private final PeerIdentity peer;
    private volatile int status;
    private volatile long learned;
    private volatile long advertised;

    PeerMetrics(PeerIdentity peer) {
        this.peer = peer;
    }

    void status(int value) {
        status = value;
    }

    void learned(long value) {
        learned = value;
    }

    void advertised(long value) {
        advertised = value;
    }

    @Override
    public int getBgpPeerStatus() {
        return status;
    }

    @Override
    public long getCountOfRoutesLearnedFromPeer() {
        return learned;
    }

    @Override
    public long getCountOfRoutesAdvertisedToPeer() {
        return advertised;
    }

    @Override
    public String getPeerAddress() {
        return peer.address().toString();
    }

    @Override
    public long getPeerAsn() {
        return peer.asn().value();
    }
}
