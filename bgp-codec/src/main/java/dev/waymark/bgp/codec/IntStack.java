package dev.waymark.bgp.codec;

import java.util.Arrays;

/**
 * A stack of numbers in pages of 16 KB, the first of which begins with 256 octets; pages that fall empty are kept for the next
 * time, one of them.
 */
final class IntStack {

    private static final int SHIFT = 12;
    private static final int PAGE = 1 << SHIFT;
    private static final int FIRST_PAGE = 64;

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
            pages[page] = new int[page == 0 ? FIRST_PAGE : PAGE];
            pageCount = page + 1;
        } else if (page == 0 && size == pages[0].length) {
            pages[0] = Arrays.copyOf(pages[0], 4 * size);
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
