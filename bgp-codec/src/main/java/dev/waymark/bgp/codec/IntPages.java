package dev.waymark.bgp.codec;

import java.util.Arrays;

/**
 * A column of numbers that grows by pages of 16 KB; a page without a number other than zero isn't there until one is
 * set. Confined to one thread.
 */
final class IntPages {

    private static final int SHIFT = 12;
    private static final int MASK = (1 << SHIFT) - 1;
    private static final int[] NONE = new int[0];

    private int[][] pages = {};
    private int pageCount;

    int get(int index) {
        int page = index >>> SHIFT;
        return page < pages.length && pages[page].length != 0 ? pages[page][index & MASK] : 0;
    }

    void set(int index, int value) {
        int page = index >>> SHIFT;
        if (page >= pages.length) {
            int old = pages.length;
            pages = Arrays.copyOf(pages, Math.max(page + 1, old + (old >>> 1)));
            Arrays.fill(pages, old, pages.length, NONE);
        }
        if (pages[page].length == 0) {
            if (value == 0) {
                return;
            }
            pages[page] = new int[MASK + 1];
            pageCount++;
        }
        pages[page][index & MASK] = value;
    }

    /** Returns the octets that the pages take. */
    long octets() {
        return (4L * pageCount) << SHIFT;
    }
}
