package dev.waymark.engine;

/**
 * How many octets are on the way to one peer: emitted and not yet taken by its transport. Routes wait for room; keepalives
 * and NOTIFICATIONs don't. Confined to the engine loop.
 */
final class SendWindow {
    private final int limitOctets;
    private long unsentOctets;

    SendWindow(int limitOctets) {
        this.limitOctets = limitOctets;
    }

    /** Returns whether there is room for as many octets; an empty window takes anything. */
    boolean hasRoom(int octets) {
        return unsentOctets == 0 || unsentOctets + octets <= limitOctets;
    }

    /** Returns how many octets may be emitted now; an empty window takes any one more. */
    long roomOctets() {
        return Math.max(limitOctets - unsentOctets, unsentOctets == 0 ? 1 : 0);
    }

    /** Returns whether so much has been taken that a peer that was cut off may go on. */
    boolean isHalfFree() {
        return unsentOctets <= limitOctets / 2;
    }

    /** Counts octets that were emitted. */
    void recordSent(int octets) {
        unsentOctets += octets;
    }

    /** Counts octets that the transport took. */
    void recordTaken(long octets) {
        unsentOctets -= octets;
        assert unsentOctets >= 0 : unsentOctets;
    }

    /** Returns the octets emitted and not taken. */
    long unsentOctets() {
        return unsentOctets;
    }
}
