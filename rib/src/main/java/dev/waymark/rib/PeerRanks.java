package dev.waymark.rib;

/**
 * What the decision compares of the peer that a path came from, by slot. Called on the engine loop; must not allocate.
 */
public interface PeerRanks {
    /** Tells whether paths of this slot may be chosen: false as soon as its session is gone. */
    boolean isEligible(int slot);

    /** Returns the rank of the peer's source class under the routing preference, the lowest first (ARS-31). */
    int preferenceRank(int slot);

    /** Tells whether the session is external (RFC 4271 §9.1.2.2(d)). */
    boolean isExternal(int slot);

    /** Returns the peer's BGP identifier as bits, compared unsigned. */
    int routerId(int slot);

    /** Compares the addresses of two peers; the same sign whenever asked, zero for the same address only. */
    int compareAddresses(int oneSlot, int otherSlot);
}
