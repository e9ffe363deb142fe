package dev.waymark.bgp.codec;

import java.util.Arrays;

/**
 * A set of the prefixes of one list, so that a message which withdraws and announces many prefixes is not compared
 * pair by pair. Reused. Confined to one thread.
 */
final class PrefixSet {

    private static final int MIN_SLOTS = 64;

    private final long seed;
    private int[] slots = new int[MIN_SLOTS]; // index + 1, 0 for a free slot
    private NlriList list = new NlriList(dev.waymark.api.net.AddressFamily.IPV4_UNICAST);

    PrefixSet(long seed) {
        this.seed = seed;
    }

    void fill(NlriList prefixes) {
        list = prefixes;
        int wanted = Math.max(MIN_SLOTS, Integer.highestOneBit(Math.max(1, prefixes.size())) << 2);
        if (slots.length < wanted) {
            slots = new int[wanted];
        } else {
            Arrays.fill(slots, 0);
        }
        for (int i = 0; i < prefixes.size(); i++) {
            int slot = find(prefixes, i);
            if (slots[slot] == 0) {
                slots[slot] = i + 1;
            }
        }
    }

    boolean contains(NlriList other, int index) {
        return slots[find(other, index)] != 0;
    }

    private int find(NlriList other, int index) {
        long hash =
                BlockHash.mix(other.high(index) ^ seed, other.low(index) + other.length(index) ^ other.pathId(index));
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0 && !list.isSame(slots[slot] - 1, other, index)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
