package dev.waymark.rib;

import java.util.Arrays;

/**
 * From prefix to row: extendible hashing over segments of open addressing.
 *
 * <p>A directory maps the top bits of a hash to a segment, an {@code int[]} with linear probing. A full segment of 4,096
 * slots splits in two, so no step moves more than one segment's entries (about 3,500) and nothing but the directory,
 * one reference per segment, ever doubles. An entry is a row number plus 1 with 6 bits of the hash above it: most slots of
 * other prefixes are passed without a look at their keys. Removal moves later entries back (no tombstones), and sparse
 * neighbours merge.
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
    /** Behind its slots, a segment has its count of entries, and how many top bits of the hash they share. */
    private static final int EXTRA = 2;

    private static final int BATCH = 32;

    private final PrefixKeys keys;
    private int[][] directory = {newSegment(FIRST_SLOTS, 0)};
    private int depth;
    /** Where the last search that found nothing ended. */
    private int vacancy;
    /** The array that the last split left over. */
    private int[] spare = new int[0];

    private final long[] hashes = new long[BATCH];

    PrefixIndex(PrefixKeys keys) {
        this.keys = keys;
    }

    /** Returns the row of a key, or -1. */
    int find(long hash, long high, long low, int length) {
        int[] segment = segment(hash);
        int mask = mask(segment);
        int tag = tag(hash);
        int at = (int) hash & mask;
        for (int entry = segment[at]; entry != 0; entry = segment[at]) {
            if ((entry & ~ROW_MASK) == tag && keys.matches(row(entry), high, low, length)) {
                return row(entry);
            }
            at = (at + 1) & mask;
        }
        vacancy = at;
        return -1;
    }

    /** Reads where a search begins, and nothing that depends on what stands there. */
    int touch(long hash) {
        int[] segment = segment(hash);
        return segment[(int) hash & mask(segment)];
    }

    /** Adds a row for the key that {@link #find} has just looked for in vain. */
    void insertMissing(long hash, int row) {
        int[] segment = segment(hash);
        int entry = tag(hash) | (row + 1);
        if (used(segment) < mask(segment) * 27 / 32) {
            segment[vacancy] = entry;
            segment[segment.length - EXTRA]++;
            return;
        }
        do {
            grow(segment, hash);
            segment = segment(hash);
        } while (used(segment) >= mask(segment) * 27 / 32);
        put(segment, hash, entry);
    }

    /** Removes a row; its key must still be in the columns. */
    void remove(long hash, int row) {
        int[] segment = segment(hash);
        int mask = mask(segment);
        int hole = (int) hash & mask;
        while (row(segment[hole]) != row) {
            hole = (hole + 1) & mask;
        }
        int at = (hole + 1) & mask;
        while (segment[at] != 0) {
            int home = (int) keys.hash(row(segment[at])) & mask;
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                segment[hole] = segment[at];
                hole = at;
            }
            at = (at + 1) & mask;
        }
        segment[hole] = 0;
        segment[segment.length - EXTRA]--;
        if (used(segment) <= mask / 8) {
            shrink(segment, hash);
        }
    }

    /** Forgets everything at once. */
    void clear() {
        directory = new int[][] {newSegment(FIRST_SLOTS, 0)};
        depth = 0;
        spare = new int[0];
    }

    long octets() {
        long octets = 8L * directory.length + 4L * spare.length;
        for (int i = 0; i < directory.length; i += 1 << (depth - depth(directory[i]))) {
            octets += 4L * directory[i].length;
        }
        return octets;
    }

    private int[] segment(long hash) {
        return directory[directoryIndex(hash, depth)];
    }

    private void grow(int[] segment, long hash) {
        if (mask(segment) < SEGMENT_SLOTS - 1 || depth(segment) == MAX_DEPTH) {
            resize(segment, hash, (mask(segment) + 1) * 2);
        } else {
            split(segment, hash);
        }
    }

    private void split(int[] segment, long hash) {
        int newDepth = depth(segment) + 1;
        if (newDepth > depth) {
            doubleDirectory();
        }
        int half = 1 << (depth - newDepth);
        int start = directoryIndex(hash, newDepth - 1) << (depth - newDepth + 1);
        int[] lower = spare.length == segment.length ? spare : newSegment(SEGMENT_SLOTS, 0);
        lower[lower.length - 1] = newDepth;
        Arrays.fill(directory, start, start + half, lower);
        Arrays.fill(directory, start + half, start + 2 * half, newSegment(SEGMENT_SLOTS, newDepth));
        reinsert(segment);
        Arrays.fill(segment, 0);
        spare = segment;
    }

    private void doubleDirectory() {
        int[][] doubled = new int[directory.length * 2][];
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] = directory[i >> 1];
        }
        directory = doubled;
        depth++;
    }

    private void shrink(int[] segment, long hash) {
        int itsDepth = depth(segment);
        if (itsDepth == 0) {
            if (mask(segment) >= FIRST_SLOTS) {
                resize(segment, hash, (mask(segment) + 1) / 2);
            }
            return;
        }
        int span = 1 << (depth - itsDepth);
        int buddyStart = (directoryIndex(hash, itsDepth) ^ 1) * span;
        int[] buddy = directory[buddyStart];
        if (depth(buddy) == itsDepth && used(buddy) + used(segment) <= MERGE_BELOW) {
            Arrays.fill(directory, buddyStart, buddyStart + span, segment);
            segment[segment.length - 1]--;
            reinsert(buddy);
        }
    }

    private void resize(int[] segment, long hash, int slots) {
        int itsDepth = depth(segment);
        int span = 1 << (depth - itsDepth);
        int start = directoryIndex(hash, itsDepth) * span;
        Arrays.fill(directory, start, start + span, newSegment(slots, itsDepth));
        reinsert(segment);
    }

    /** Puts the entries of a segment where they belong now; a few at a time, so that the waits for their keys overlap. */
    private void reinsert(int[] from) {
        int end = from.length - EXTRA;
        for (int start = 0; start < end; start += BATCH) {
            int count = Math.min(BATCH, end - start);
            for (int i = 0; i < count; i++) {
                int row = row(from[start + i]);
                hashes[i] = keys.hash(Math.max(row, 0));
            }
            for (int i = 0; i < count; i++) {
                if (from[start + i] != 0) {
                    put(segment(hashes[i]), hashes[i], from[start + i]);
                }
            }
        }
    }

    private static void put(int[] segment, long hash, int entry) {
        int mask = mask(segment);
        int at = (int) hash & mask;
        while (segment[at] != 0) {
            at = (at + 1) & mask;
        }
        segment[at] = entry;
        segment[segment.length - EXTRA]++;
    }

    private static int[] newSegment(int slots, int depth) {
        int[] segment = new int[slots + EXTRA];
        segment[slots + 1] = depth;
        return segment;
    }

    private static int mask(int[] segment) {
        return segment.length - EXTRA - 1;
    }

    private static int used(int[] segment) {
        return segment[segment.length - EXTRA];
    }

    private static int depth(int[] segment) {
        return segment[segment.length - 1];
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
}
