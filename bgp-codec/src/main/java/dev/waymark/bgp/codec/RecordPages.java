package dev.waymark.bgp.codec;

import java.util.Arrays;

/**
 * Numbered records: a few ints and an array of octets each, in pages of about 16 KB, the first of which begins with an eighth
 * of that. Numbers begin at 1; a freed number is given out again before a new one, those of the first pages first, and a page
 * without records goes. The ints of a record stand side by side, so that reading several of them costs one cache line. Confined
 * to one thread.
 */
final class RecordPages {

    /** Ints of a record. */
    static final int STRIDE = 8;

    private static final int SHIFT = 9;
    private static final int PAGE = 1 << SHIFT;
    private static final int MASK = PAGE - 1;
    private static final int FIRST_PAGE = 64; // records of the first page at first: a small table stays small
    private static final byte[] FREE = {};
    private static final int[] NO_INTS = {};
    private static final byte[][] NO_OCTETS = {};

    private int[][] ints = {};
    private byte[][][] octets = {};
    /** By page: how many records are in use; record 0 always is. */
    private int[] used = {};
    /** By page: the place of a free record plus 1, which holds that of the next; 0 at the end. */
    private int[] firstFree = {};

    /** The last page that went, so that a record that comes and goes allocates nothing. */
    private int[] spareInts = NO_INTS;

    private byte[][] spareOctets = NO_OCTETS;
    private int pageCount;
    private int heldPages;
    /** No page below this one has a free record. */
    private int roomFrom;

    private int limit = 1;
    private int size;

    /** Returns the number of records in use. */
    int size() {
        return size;
    }

    /** Returns a number above all that were ever in use. */
    int limit() {
        return limit;
    }

    /** Returns the octets that the pages take, without the arrays of octets themselves. */
    long pageOctets() {
        int missing = pageCount == 0 ? 0 : PAGE - octets[0].length;
        return ((long) (heldPages + (spareInts.length == 0 ? 0 : 1)) * PAGE - missing) * (4 * STRIDE + 4);
    }

    int get(int number, int field) {
        return ints[number >>> SHIFT][(number & MASK) * STRIDE + field];
    }

    void set(int number, int field, int value) {
        ints[number >>> SHIFT][(number & MASK) * STRIDE + field] = value;
    }

    int add(int number, int field, int difference) {
        return ints[number >>> SHIFT][(number & MASK) * STRIDE + field] += difference;
    }

    /** Returns the ints of a record's page, for who sets many of them; they begin at {@link #placeInPage}. */
    int[] page(int number) {
        return ints[number >>> SHIFT];
    }

    static int placeInPage(int number) {
        return (number & MASK) * STRIDE;
    }

    byte[] octets(int number) {
        return octets[number >>> SHIFT][number & MASK];
    }

    @SuppressWarnings("ReferenceEquality") // FREE is told from content by being that one array
    boolean isUsed(int number) {
        return number > 0 && number < limit && octets[number >>> SHIFT] != NO_OCTETS && octets(number) != FREE;
    }

    /** Takes a free number, in the first page that has one; its ints are zero. */
    int allocate(byte[] content) {
        if (pageCount == 1 && used[0] == octets[0].length && used[0] < PAGE) {
            growFirstPage();
        }
        int page = roomFrom;
        while (page < pageCount && used[page] == PAGE) {
            page++;
        }
        roomFrom = page;
        if (page == pageCount) {
            addPage();
        } else if (used[page] == 0) {
            fill(page);
        }
        int place = firstFree[page] - 1;
        int at = place * STRIDE;
        firstFree[page] = ints[page][at];
        Arrays.fill(ints[page], at, at + STRIDE, 0);
        octets[page][place] = content;
        used[page]++;
        size++;
        int number = page << SHIFT | place;
        limit = Math.max(limit, number + 1);
        return number;
    }

    /** Gives a number back; a page without any in use goes, but for the first. */
    void free(int number) {
        int page = number >>> SHIFT;
        int place = number & MASK;
        octets[page][place] = FREE;
        ints[page][place * STRIDE] = firstFree[page];
        firstFree[page] = place + 1;
        roomFrom = Math.min(roomFrom, page);
        size--;
        if (--used[page] == 0) {
            spareInts = ints[page];
            spareOctets = octets[page];
            ints[page] = NO_INTS;
            octets[page] = NO_OCTETS;
            heldPages--;
        }
    }

    private void growFirstPage() {
        int old = octets[0].length;
        int records = Math.min(PAGE, 4 * old);
        ints[0] = Arrays.copyOf(ints[0], records * STRIDE);
        octets[0] = Arrays.copyOf(octets[0], records);
        Arrays.fill(octets[0], old, records, FREE);
        listFree(0, old, records);
        roomFrom = 0;
    }

    private void addPage() {
        if (pageCount == ints.length) {
            int capacity = Math.max(4, pageCount + (pageCount >>> 1));
            ints = Arrays.copyOf(ints, capacity);
            octets = Arrays.copyOf(octets, capacity);
            used = Arrays.copyOf(used, capacity);
            firstFree = Arrays.copyOf(firstFree, capacity);
        }
        fill(pageCount);
        pageCount++;
    }

    /** Gives a page its arrays, with all records free in ascending order. */
    private void fill(int page) {
        int first = page == 0 ? 1 : 0;
        int records = page == 0 ? FIRST_PAGE : PAGE;
        if (spareInts.length == 0) {
            ints[page] = new int[records * STRIDE];
            octets[page] = new byte[records][];
            Arrays.fill(octets[page], FREE);
        } else {
            ints[page] = spareInts;
            octets[page] = spareOctets;
            spareInts = NO_INTS;
            spareOctets = NO_OCTETS;
        }
        listFree(page, first, records);
        used[page] = first;
        heldPages++;
    }

    /** Makes the places of a page from one to before another the only free ones, in ascending order. */
    private void listFree(int page, int from, int to) {
        for (int place = from; place < to; place++) {
            ints[page][place * STRIDE] = place + 1 < to ? place + 2 : 0;
        }
        firstFree[page] = from + 1;
    }
}
