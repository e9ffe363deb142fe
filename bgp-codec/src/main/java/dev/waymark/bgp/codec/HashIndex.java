package dev.waymark.bgp.codec;

/**
 * An index from hashes to numbers above zero, in segments of at most 16 KB: open addressing inside a segment; a full
 * segment splits in two by the next bit of the hash, so that no array ever doubles and no insertion moves more than one
 * segment (extendible hashing). It gives its memory back when it is empty. A hash may have several numbers: the caller compares what they stand for.
 *
 * <pre>{@code
 * for (int at = index.first(hash); at >= 0; at = index.next(hash, at)) {
 *     if (isWanted(index.get(hash, at))) { ... }
 * }
 * }</pre>
 *
 * Confined to one thread.
 */
final class HashIndex {

    private static final int MIN_SLOTS = 16;
    private static final int SMALL_SLOTS = 256; // up to here a segment grows in fewer steps
    private static final int MAX_SLOTS = 2048;
    private static final int MAX_DEPTH = 16;

    private Segment[] directory = {new Segment(MIN_SLOTS, 0)};
    private int depth;
    private int size;
    private long slots = MIN_SLOTS;

    int size() {
        return size;
    }

    /** Returns the octets that the slots take. */
    long octets() {
        return 8 * slots;
    }

    /** Returns the position of the first number with a hash, or -1. */
    int first(int hash) {
        Segment segment = segment(hash);
        return segment.probe(hash, hash & segment.mask());
    }

    /** Returns the position of the next number with a hash, or -1. */
    int next(int hash, int position) {
        Segment segment = segment(hash);
        return segment.probe(hash, position + 1 & segment.mask());
    }

    /** Returns the number at a position that {@link #first} or {@link #next} returned for the hash. */
    int get(int hash, int position) {
        return (int) segment(hash).slots[position];
    }

    void insert(int hash, int number) {
        Segment segment = segment(hash);
        while (segment.size >= segment.slots.length - (segment.slots.length >>> 2)) {
            makeRoom(segment, hash);
            segment = segment(hash);
        }
        segment.put((long) hash << 32 | number);
        size++;
    }

    void remove(int hash, int number) {
        Segment segment = segment(hash);
        segment.remove((long) hash << 32 | number);
        if (--size == 0) {
            directory = new Segment[] {new Segment(MIN_SLOTS, 0)};
            depth = 0;
            slots = MIN_SLOTS;
        }
    }

    private Segment segment(int hash) {
        // Java shifts an int by the low five bits: with depth 0 the mask of one entry makes the index 0.
        return directory[hash >>> -depth & directory.length - 1];
    }

    private void makeRoom(Segment full, int hash) {
        if (full.slots.length < MAX_SLOTS || full.depth == MAX_DEPTH) {
            int capacity = full.slots.length * (full.slots.length < SMALL_SLOTS ? 4 : 2);
            slots += capacity - full.slots.length;
            full.resize(capacity);
            return;
        }
        if (full.depth == depth) {
            Segment[] doubled = new Segment[2 * directory.length];
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] = directory[i >>> 1];
            }
            directory = doubled;
            depth++;
        }
        int splitDepth = full.depth + 1;
        Segment zeros = new Segment(MAX_SLOTS, splitDepth);
        Segment ones = new Segment(MAX_SLOTS, splitDepth);
        for (long entry : full.slots) {
            if (entry != 0) {
                boolean bit = (int) (entry >>> 32) << full.depth < 0;
                (bit ? ones : zeros).put(entry);
            }
        }
        slots += MAX_SLOTS;
        int width = directory.length >>> splitDepth;
        int from = (hash >>> -splitDepth & (1 << splitDepth) - 1) >>> 1 << 1;
        for (int i = 0; i < width; i++) {
            directory[from * width + i] = zeros;
            directory[(from + 1) * width + i] = ones;
        }
    }

    /** One page of the index: the hash above, the number below, 0 for a free slot. */
    private static final class Segment {
        private final int depth;
        private long[] slots;
        private int size;

        Segment(int capacity, int depth) {
            slots = new long[capacity];
            this.depth = depth;
        }

        int mask() {
            return slots.length - 1;
        }

        int probe(int hash, int from) {
            int mask = slots.length - 1;
            int slot = from;
            while (true) {
                long entry = slots[slot];
                if (entry == 0) {
                    return -1;
                }
                if ((int) (entry >>> 32) == hash) {
                    return slot;
                }
                slot = slot + 1 & mask;
            }
        }

        void put(long entry) {
            int mask = slots.length - 1;
            int slot = (int) (entry >>> 32) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = entry;
            size++;
        }

        /** Removes an entry and moves those behind it back, so that no probe is ever longer than it must be. */
        void remove(long entry) {
            int mask = slots.length - 1;
            int hole = (int) (entry >>> 32) & mask;
            while (slots[hole] != entry) {
                if (slots[hole] == 0) {
                    throw new AssertionError("not in the index: " + Long.toHexString(entry));
                }
                hole = hole + 1 & mask;
            }
            for (int next = hole + 1 & mask; slots[next] != 0; next = next + 1 & mask) {
                int home = (int) (slots[next] >>> 32) & mask;
                if ((next - home & mask) >= (next - hole & mask)) {
                    slots[hole] = slots[next];
                    hole = next;
                }
            }
            slots[hole] = 0;
            size--;
        }

        void resize(int capacity) {
            long[] old = slots;
            slots = new long[capacity];
            size = 0;
            for (long entry : old) {
                if (entry != 0) {
                    put(entry);
                }
            }
        }
    }
}
