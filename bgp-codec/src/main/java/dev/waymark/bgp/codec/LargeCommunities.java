package dev.waymark.bgp.codec;

import java.util.Arrays;

/**
 * Finds and removes repeated large communities (RFC 8092 §3), in time that grows with their number and no faster.
 * Reused. Confined to one thread.
 */
final class LargeCommunities {

    private static final int OCTETS = 12;
    private static final int FEW = 8;

    private final long seed;
    private byte[] distinct = {};
    private int distinctLength;
    private int[] slots = {}; // index + 1, 0 for a free slot

    LargeCommunities(long seed) {
        this.seed = seed;
    }

    /** The communities without repetitions, when {@link #hasRepeated} was true. */
    byte[] distinct() {
        return distinct;
    }

    int distinctLength() {
        return distinctLength;
    }

    /** Tells whether a community is there twice, and if so, collects the distinct ones in their order. */
    boolean hasRepeated(byte[] buf, int from, int length) {
        int count = length / OCTETS;
        if (count <= FEW ? isDistinct(buf, from, count) : isDistinctByHash(buf, from, count)) {
            return false;
        }
        collect(buf, from, count);
        return true;
    }

    private static boolean isDistinct(byte[] buf, int from, int count) {
        for (int i = 1; i < count; i++) {
            for (int j = 0; j < i; j++) {
                if (isSame(buf, from + i * OCTETS, buf, from + j * OCTETS)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isDistinctByHash(byte[] buf, int from, int count) {
        clearSlots(count);
        for (int i = 0; i < count; i++) {
            int slot = find(buf, from + i * OCTETS, buf, from);
            if (slots[slot] != 0) {
                return false;
            }
            slots[slot] = i + 1;
        }
        return true;
    }

    private void collect(byte[] buf, int from, int count) {
        clearSlots(count);
        if (distinct.length < count * OCTETS) {
            distinct = new byte[count * OCTETS];
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int slot = find(buf, from + i * OCTETS, distinct, 0);
            if (slots[slot] == 0) {
                System.arraycopy(buf, from + i * OCTETS, distinct, kept * OCTETS, OCTETS);
                slots[slot] = ++kept;
            }
        }
        distinctLength = kept * OCTETS;
    }

    private void clearSlots(int count) {
        int wanted = Integer.highestOneBit(Math.max(FEW, count)) << 2;
        if (slots.length < wanted) {
            slots = new int[wanted];
        } else {
            Arrays.fill(slots, 0);
        }
    }

    /** Returns the slot of a community among those at {@code from}, or the free one where it belongs. */
    private int find(byte[] buf, int at, byte[] others, int from) {
        int mask = slots.length - 1;
        int slot = (int) BlockHash.mix(Wire.i64(buf, at) ^ seed, Wire.i32(buf, at + 8) ^ ~seed) & mask;
        while (slots[slot] != 0 && !isSame(buf, at, others, from + (slots[slot] - 1) * OCTETS)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static boolean isSame(byte[] a, int atA, byte[] b, int atB) {
        return Wire.i64(a, atA) == Wire.i64(b, atB) && Wire.i32(a, atA + 8) == Wire.i32(b, atB + 8);
    }
}
