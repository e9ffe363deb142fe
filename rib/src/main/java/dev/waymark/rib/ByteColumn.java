package dev.waymark.rib;

import java.util.Arrays;

/**
 * A sparse, growing array of {@code byte} in pages of 16,384 entries (16 KB).
 *
 * <p>Every index from 0 holds a value; those never set hold the default. Pages that hold nothing but defaults don't
 * exist, and a page goes when its last other value does, so a rare column costs nothing and a table that shrinks gives
 * memory back. One such page is kept, so that a value that comes and goes allocates nothing. No array is ever doubled,
 * but for the first page, which starts small for the sake of small servers.
 *
 * <p>Confined to the engine loop.
 */
public final class ByteColumn {
    private static final int SHIFT = 14;
    private static final int PAGE = 1 << SHIFT;
    private static final int MASK = PAGE - 1;
    private static final int FIRST = 64;
    private static final byte[] NONE = {};

    private final byte absent;
    private byte[][] pages = {};
    /** How many values of each page aren't the default. */
    private int[] used = {};

    private byte[] spare = NONE;

    /**
     * Makes an empty column.
     *
     * @param absent the default value
     */
    public ByteColumn(byte absent) {
        this.absent = absent;
    }

    /**
     * Returns the value at an index.
     *
     * @param index from 0; beyond the last set value, the default is returned
     */
    public byte get(int index) {
        int page = index >>> SHIFT;
        if (page >= pages.length) {
            return absent;
        }
        byte[] values = pages[page];
        int offset = index & MASK;
        return offset < values.length ? values[offset] : absent;
    }

    /**
     * Sets the value at an index; setting the default frees.
     *
     * @param index from 0; a negative one is refused with {@link IndexOutOfBoundsException}
     */
    public void set(int index, byte value) {
        int page = index >>> SHIFT;
        int offset = index & MASK;
        if (page >= pages.length || offset >= pages[page].length) {
            if (value == absent) {
                return;
            }
            makeRoom(index);
        }
        byte[] values = pages[page];
        byte old = values[offset];
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
        for (byte[] page : pages) {
            entries += page.length;
        }
        return entries * Byte.BYTES + 8L * pages.length;
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

    private byte[] pageFor(int page, int needed) {
        if (spare.length >= (page == 0 ? needed : PAGE)) {
            byte[] old = pages[page];
            System.arraycopy(old, 0, spare, 0, old.length);
            byte[] taken = spare;
            spare = NONE;
            return taken;
        }
        int from = pages[page].length;
        int length = page > 0 ? PAGE : Math.max(FIRST, Integer.highestOneBit(needed * 2 - 1));
        byte[] values = Arrays.copyOf(pages[page], length);
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
