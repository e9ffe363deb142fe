package dev.waymark.bgp.codec;

import java.util.Arrays;

/** A stack of numbers in pages of 16 KB; pages that fall empty are kept for the next time, one of them. */
final class IntStack {

    private static final int SHIFT = 12;
    private static final int PAGE = 1 << SHIFT;

    private int[][] pages = {};
    private int size;
    private int pageCount;

    int size() {
        return size;
    }

    void push(int value) {
        int page = size >>> SHIFT;
        if (page >= pageCount) {
            if (page >= pages.length) {
                pages = Arrays.copyOf(pages, Math.max(4, page + (page >>> 1) + 1));
            }
            pages[page] = new int[PAGE];
            pageCount = page + 1;
        }
        pages[page][size++ & PAGE - 1] = value;
    }

    int pop() {
        size--;
        int page = size >>> SHIFT;
        int value = pages[page][size & PAGE - 1];
        if (page + 2 < pageCount) {
            pages[--pageCount] = new int[0]; // keep one page above the one in use
        }
        return value;
    }
}
