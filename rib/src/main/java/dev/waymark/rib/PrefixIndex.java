package dev.waymark.rib;

import java.util.Arrays;

/**
 * From prefix to row: extendible hashing over segments of open addressing.
 *
 * <p>A directory maps the top bits of a hash to a segment, an {@code int[]} with linear probing. A full segment of 4,096
 * slots splits in two, so no step moves more than one segment's entries (about 3,500) and nothing but the directory,
 * one reference per segment, ever doubles. An entry is a row number plus 1 with 6 bits of the hash above it: most slots of
 * other prefixes are passed without a look at their keys. A removed entry leaves a mark where a search must go on; marks are
 * used again, go with an empty slot behind them, and a segment that is full of them is written anew. (Moving later entries
 * back instead means to read the keys of a whole cluster, about twenty of them in a full segment.) Sparse neighbours merge.
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
    /** Stands where an entry was removed: a tag without a row. */
    private static final int REMOVED = 1 << ROW_BITS;
    /** Behind its slots, a segment has its counts of marks and of entries, and how many top bits of the hash they share. */
    private static final int EXTRA = 3;

    private static final int MARKS = EXTRA;
    private static final int USED = 2;
    private static final int DEPTH = 1;

    private static final int BATCH = 32;

    private final PrefixKeys keys;
    private int[][] directory = {newSegment(FIRST_SLOTS, 0)};
    private int depth;
    /** Where an entry for what was searched last in vain would go. */
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
        int free = -1;
        for (int entry = segment[at]; entry != 0; entry = segment[at]) {
            if (entry == REMOVED) {
                free = free < 0 ? at : free;
            } else if ((entry & ~ROW_MASK) == tag && keys.matches(row(entry), high, low, length)) {
                return row(entry);
            }
            at = (at + 1) & mask;
        }
        vacancy = free < 0 ? at : free;
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
        if (segment[vacancy] == REMOVED) {
            segment[vacancy] = entry;
            count(segment, USED, 1);
            count(segment, MARKS, -1);
            return;
        }
        if (hasRoom(segment)) {
            segment[vacancy] = entry;
            count(segment, USED, 1);
            return;
        }
        do {
            grow(segment, hash);
            segment = segment(hash);
        } while (!hasRoom(segment));
        put(segment, hash, entry);
    }

    /** Removes a row. */
    void remove(long hash, int row) {
        int[] segment = segment(hash);
        int mask = mask(segment);
        int at = (int) hash & mask;
        while (row(segment[at]) != row) {
            at = (at + 1) & mask;
        }
        count(segment, USED, -1);
        if (segment[(at + 1) & mask] == 0) {
            segment[at] = 0;
            for (int before = (at - 1) & mask; segment[before] == REMOVED; before = (before - 1) & mask) {
                segment[before] = 0;
                count(segment, MARKS, -1);
            }
        } else {
            segment[at] = REMOVED;
            count(segment, MARKS, 1);
        }
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
        if (segment[segment.length - MARKS] > mask(segment) / 8) {
            resize(segment, hash, mask(segment) + 1);
        } else if (mask(segment) < SEGMENT_SLOTS - 1 || depth(segment) == MAX_DEPTH) {
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
        lower[lower.length - DEPTH] = newDepth;
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
            int start = Math.min(buddyStart, buddyStart ^ span);
            Arrays.fill(directory, start, start + 2 * span, newSegment(SEGMENT_SLOTS, itsDepth - 1));
            reinsert(segment);
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
                if (row(from[start + i]) >= 0) {
                    put(segment(hashes[i]), hashes[i], from[start + i]);
                }
            }
        }
    }

    private static void put(int[] segment, long hash, int entry) {
        int mask = mask(segment);
        int at = (int) hash & mask;
        while (row(segment[at]) >= 0) {
            at = (at + 1) & mask;
        }
        if (segment[at] == REMOVED) {
            count(segment, MARKS, -1);
        }
        segment[at] = entry;
        count(segment, USED, 1);
    }

    private static int[] newSegment(int slots, int depth) {
        int[] segment = new int[slots + EXTRA];
        segment[segment.length - DEPTH] = depth;
        return segment;
    }

    private static int mask(int[] segment) {
        return segment.length - EXTRA - 1;
    }

    /** Returns whether an entry can go where nothing was: searches end at empty slots only, so these must not get rare. */
    private static boolean hasRoom(int[] segment) {
        return used(segment) + segment[segment.length - MARKS] < mask(segment) * 27 / 32;
    }

    private static int used(int[] segment) {
        return segment[segment.length - USED];
    }

    private static void count(int[] segment, int what, int change) {
        segment[segment.length - what] += change;
    }

    private static int depth(int[] segment) {
        return segment[segment.length - DEPTH];
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
