package dev.waymark.rib;

import java.util.Arrays;

/**
 * A sparse, growing array of {@code long} in pages of 2,048 entries (16 KB).
 *
 * <p>Every index from 0 holds a value; those never set hold the default. Pages that hold nothing but defaults don't
 * exist, and a page goes when its last other value does, so a rare column costs nothing and a table that shrinks gives
 * memory back. One such page is kept, so that a value that comes and goes allocates nothing. No array is ever doubled,
 * but for the first page, which starts small for the sake of small servers.
 *
 * <p>Confined to the engine loop.
 */
public final class LongColumn {
    private static final int SHIFT = 11;
    private static final int PAGE = 1 << SHIFT;
    private static final int MASK = PAGE - 1;
    private static final int FIRST = 64;
    private static final long[] NONE = {};

    private final long absent;
    private long[][] pages = {};
    /** How many values of each page aren't the default. */
    private int[] used = {};

    private long[] spare = NONE;

    /**
     * Makes an empty column.
     *
     * @param absent the default value
     */
    public LongColumn(long absent) {
        this.absent = absent;
    }

    /**
     * Returns the value at an index.
     *
     * @param index from 0; beyond the last set value, the default is returned
     */
    public long get(int index) {
        int page = index >>> SHIFT;
        if (page >= pages.length) {
            return absent;
        }
        long[] values = pages[page];
        int offset = index & MASK;
        return offset < values.length ? values[offset] : absent;
    }

    /**
     * Sets the value at an index; setting the default frees.
     *
     * @param index from 0; a negative one is refused with {@link IndexOutOfBoundsException}
     */
    public void set(int index, long value) {
        int page = index >>> SHIFT;
        int offset = index & MASK;
        if (page >= pages.length || offset >= pages[page].length) {
            if (value == absent) {
                return;
            }
            makeRoom(index);
        }
        long[] values = pages[page];
        long old = values[offset];
        values[offset] = value;
        if (old == absent) {
            if (value != absent) {
                used[page]++;
            }
        } else if (value == absent && --used[page] == 0) {
            free(page);
        }
    }

    /** Returns the octets that the arrays of this column hold, without their headers. */
    public long octets() {
        long entries = spare.length;
        for (long[] page : pages) {
            entries += page.length;
        }
        return entries * Long.BYTES + 8L * pages.length;
    }

    /**
     * Returns the first index, from a given one on, in a page that exists, or -1 if there is none. Whole pages of
     * defaults are skipped at the cost of one step each.
     *
     * @param from at least 0
     */
    int nextInPage(int from) {
        int index = from;
        while (index >>> SHIFT < pages.length) {
            if ((index & MASK) < pages[index >>> SHIFT].length) {
                return index;
            }
            index = ((index >>> SHIFT) + 1) << SHIFT;
        }
        return -1;
    }

    /** Sets every index to the default and frees all pages, the kept one too. */
    void clear() {
        pages = new long[0][];
        used = new int[0];
        spare = NONE;
    }

    private void makeRoom(int index) {
        if (index < 0) {
            throw new IndexOutOfBoundsException(index);
        }
        int page = index >>> SHIFT;
        if (page >= pages.length) {
            int old = pages.length;
            int length = Math.max(page + 1, old + (old >> 1));
            pages = Arrays.copyOf(pages, length);
            Arrays.fill(pages, old, length, NONE);
            used = Arrays.copyOf(used, length);
        }
        pages[page] = pageFor(page, (index & MASK) + 1);
    }

    private long[] pageFor(int page, int needed) {
        if (spare.length >= (page == 0 ? needed : PAGE)) {
            long[] old = pages[page];
            System.arraycopy(old, 0, spare, 0, old.length);
            long[] taken = spare;
            spare = NONE;
            return taken;
        }
        int from = pages[page].length;
        int length = page > 0 ? PAGE : Math.max(FIRST, Integer.highestOneBit(needed * 2 - 1));
        long[] values = Arrays.copyOf(pages[page], length);
        if (absent != 0) {
            Arrays.fill(values, from, length, absent);
        }
        return values;
    }

    private void free(int page) {
        if (pages[page].length >= spare.length) {
            spare = pages[page];
        }
        pages[page] = NONE;
    }
}
