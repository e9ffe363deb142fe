package dev.waymark.examples.metrics;

/** The numbers of one peer as JMX shows them, under Azure's names (ARS-73). */
public interface PeerMetricsMXBean {
    /** Returns BGP peer status: 1 while the session is established, else 0. */
    int getBgpPeerStatus();

    /** Returns count of routes learned from peer, as held now. */
    long getCountOfRoutesLearnedFromPeer();

    /** Returns count of routes advertised to peer, as held now. */
    long getCountOfRoutesAdvertisedToPeer();

    /** Returns the peer's address. */
    String getPeerAddress();

    /** Returns the peer's AS number. */
    long getPeerAsn();
}
