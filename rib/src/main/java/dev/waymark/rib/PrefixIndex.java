package dev.waymark.rib;

import java.util.Arrays;

/**
 * From prefix to row: extendible hashing over segments of open addressing.
 *
 * <p>A directory maps the top bits of a hash to a segment, an {@code int[]} with linear probing. A full segment of 4,096
 * slots splits in two, so no step moves more than one segment's entries (about 3,500) and nothing but the directory,
 * one reference per segment, ever doubles. An entry is a row number plus 1 with 6 bits of the hash above it: most slots of other
 * prefixes are passed without a look at their keys. Removal moves later entries back (no tombstones), and sparse neighbours
 * merge.
 *
 * <p>Row numbers come from outside: the hash, and so the seed, has no influence on them. Confined to the engine loop.
 */
final class PrefixIndex {
    private static final int ROW_BITS = 26;
    private static final int ROW_MASK = (1 << ROW_BITS) - 1;
    /** How many rows can be numbered. */
    static final int MAX_ROWS = ROW_MASK - 1;

    private static final int FIRST_SLOTS = 32;
    private static final int SEGMENT_SLOTS = 4096;
    private static final int MERGE_BELOW = SEGMENT_SLOTS * 3 / 8;
    private static final int MAX_DEPTH = 24;

    private final PrefixKeys keys;
    private Segment[] directory = {new Segment(new int[FIRST_SLOTS], 0)};
    private int depth;
    /** The array that the last split left over. */
    private int[] spare = new int[0];

    PrefixIndex(PrefixKeys keys) {
        this.keys = keys;
    }

    /** Returns the row of a key, or -1. */
    int find(long hash, long high, long low, int length) {
        int[] slots = directory[directoryIndex(hash, depth)].slots;
        int mask = slots.length - 1;
        int tag = tag(hash);
        int at = (int) hash & mask;
        for (int entry = slots[at]; entry != 0; entry = slots[at]) {
            if ((entry & ~ROW_MASK) == tag && keys.matches(row(entry), high, low, length)) {
                return row(entry);
            }
            at = (at + 1) & mask;
        }
        return -1;
    }

    /** Adds a row whose key isn't there yet. */
    void insert(long hash, int row) {
        Segment segment = directory[directoryIndex(hash, depth)];
        while (segment.used >= segment.slots.length * 27 / 32) {
            grow(segment, hash);
            segment = directory[directoryIndex(hash, depth)];
        }
        segment.put(hash, tag(hash) | (row + 1));
    }

    /** Removes a row; its key must still be in the columns. */
    void remove(long hash, int row) {
        Segment segment = directory[directoryIndex(hash, depth)];
        int[] slots = segment.slots;
        int mask = slots.length - 1;
        int hole = (int) hash & mask;
        while (row(slots[hole]) != row) {
            hole = (hole + 1) & mask;
        }
        int at = (hole + 1) & mask;
        while (slots[at] != 0) {
            int home = (int) keys.hash(row(slots[at])) & mask;
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                slots[hole] = slots[at];
                hole = at;
            }
            at = (at + 1) & mask;
        }
        slots[hole] = 0;
        segment.used--;
        shrink(segment, hash);
    }

    /** Forgets everything at once. */
    void clear() {
        directory = new Segment[] {new Segment(new int[FIRST_SLOTS], 0)};
        depth = 0;
        spare = new int[0];
    }

    long octets() {
        long octets = 8L * directory.length + 4L * spare.length;
        for (int i = 0; i < directory.length; i += 1 << (depth - directory[i].depth)) {
            octets += 4L * directory[i].slots.length;
        }
        return octets;
    }

    private void grow(Segment segment, long hash) {
        if (segment.slots.length < SEGMENT_SLOTS || segment.depth == MAX_DEPTH) {
            resize(segment, segment.slots.length * 2);
        } else {
            split(segment, hash);
        }
    }

    private void split(Segment segment, long hash) {
        if (segment.depth == depth) {
            doubleDirectory();
        }
        int[] old = segment.slots;
        Segment upper = new Segment(new int[SEGMENT_SLOTS], segment.depth + 1);
        int start = directoryIndex(hash, segment.depth) << (depth - segment.depth);
        int span = 1 << (depth - segment.depth);
        Arrays.fill(directory, start + span / 2, start + span, upper);
        segment.slots = spare.length == SEGMENT_SLOTS ? spare : new int[SEGMENT_SLOTS];
        segment.used = 0;
        segment.depth++;
        reinsert(old);
        Arrays.fill(old, 0);
        spare = old;
    }

    private void doubleDirectory() {
        Segment[] doubled = new Segment[directory.length * 2];
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] = directory[i >> 1];
        }
        directory = doubled;
        depth++;
    }

    private void shrink(Segment segment, long hash) {
        if (segment.used > segment.slots.length / 8) {
            return;
        }
        if (segment.depth == 0) {
            if (segment.slots.length > FIRST_SLOTS) {
                resize(segment, segment.slots.length / 2);
            }
            return;
        }
        int bit = depth - segment.depth;
        int buddyStart = (directoryIndex(hash, segment.depth) ^ 1) << bit;
        Segment buddy = directory[buddyStart];
        if (buddy.depth == segment.depth && buddy.used + segment.used <= MERGE_BELOW) {
            Arrays.fill(directory, buddyStart, buddyStart + (1 << bit), segment);
            segment.depth--;
            reinsert(buddy.slots);
        }
    }

    private void resize(Segment segment, int length) {
        int[] old = segment.slots;
        segment.slots = new int[length];
        segment.used = 0;
        reinsert(old);
    }

    private void reinsert(int[] entries) {
        for (int entry : entries) {
            if (entry != 0) {
                long hash = keys.hash(row(entry));
                directory[directoryIndex(hash, depth)].put(hash, entry);
            }
        }
    }

    private static int directoryIndex(long hash, int depth) {
        return (int) ((hash >>> 1) >>> (63 - depth));
    }

    private static int tag(long hash) {
        return (int) (hash >>> 12) << ROW_BITS;
    }

    private static int row(int entry) {
        return (entry & ROW_MASK) - 1;
    }

    private static final class Segment {
        int[] slots;
        int used;
        /** How many top bits of the hash all entries here share. */
        int depth;

        Segment(int[] slots, int depth) {
            this.slots = slots;
            this.depth = depth;
        }

        void put(long hash, int entry) {
            int mask = slots.length - 1;
            int at = (int) hash & mask;
            while (slots[at] != 0) {
                at = (at + 1) & mask;
            }
            slots[at] = entry;
            used++;
        }
    }
}
