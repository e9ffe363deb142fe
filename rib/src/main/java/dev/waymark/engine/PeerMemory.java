package dev.waymark.engine;

import dev.waymark.api.LimitSettings;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.rib.IntColumn;
import java.util.Arrays;

/**
 * What each session makes the server keep: its routes, and the attribute sets that it was the first to bring. A set that many
 * bring is kept once, and counts for one of them, so that the sum over all sessions is what is kept. Confined to the engine
 * loop; costs four octets an attribute set where a budget is set, and nothing elsewhere.
 */
final class PeerMemory {
    private static final int SLOT_BITS = 16;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

    private final AttributeTable attributes;
    private final boolean isOn;
    /** By attribute set: the session that brought it, as slot and round of the slot; 0 for nobody. */
    private final IntColumn owners = new IntColumn(0);

    private int[] rounds = new int[8];
    private long[] octets = new long[8];
    private int[] sets = new int[8];

    PeerMemory(AttributeTable attributes, LimitSettings limits) {
        this.attributes = attributes;
        boolean hasSetLimit = limits.attributeSetsPerRoute() > 0;
        this.isOn = hasSetLimit || limits.peerMemoryOctets() > 0 || limits.memoryOctets() > 0;
        if (isOn) {
            attributes.onFree(this::freed);
        }
    }

    /** Begins the account of a new session in a slot; what is left of an older one in the same slot counts for nobody. */
    void begin(int slot) {
        if (slot >= rounds.length) {
            int length = Math.max(slot + 1, rounds.length * 2);
            rounds = Arrays.copyOf(rounds, length);
            octets = Arrays.copyOf(octets, length);
            sets = Arrays.copyOf(sets, length);
        }
        rounds[slot] = (rounds[slot] + 1) & SLOT_MASK;
        octets[slot] = 0;
        sets[slot] = 0;
    }

    /** Notes that a session uses an attribute set. */
    void claim(int slot, int attribute) {
        if (!isOn || isCurrent(owners.get(attribute))) {
            return;
        }
        owners.set(attribute, rounds[slot] << SLOT_BITS | slot);
        octets[slot] += attributes.octets(attribute);
        sets[slot]++;
    }

    /** Returns the octets that a live session makes the server keep. */
    long octets(Session session) {
        long kept = octets[session.slot()];
        for (SessionFamily family : session.families()) {
            kept += family.account().storedNow() * LimitSettings.ROUTE_OCTETS;
        }
        return kept;
    }

    /** Returns the attribute sets that a live session was the first to bring. */
    int sets(Session session) {
        return sets[session.slot()];
    }

    private void freed(int attribute) {
        int owner = owners.get(attribute);
        if (owner == 0) {
            return;
        }
        if (isCurrent(owner)) {
            octets[owner & SLOT_MASK] -= attributes.octets(attribute);
            sets[owner & SLOT_MASK]--;
        }
        owners.set(attribute, 0);
    }

    private boolean isCurrent(int owner) {
        return owner != 0 && rounds[owner & SLOT_MASK] == owner >>> SLOT_BITS;
    }
}
