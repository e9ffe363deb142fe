package dev.waymark.rib;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A sparse, growing array of references in pages of 1,024 entries; what was never set is null. A page that holds nothing goes,
 * so a rare column costs nothing. Confined to the engine loop.
 *
 * @param <T> what it holds
 */
final class RefColumn<T> {
    private static final int SHIFT = 10;
    private static final int PAGE = 1 << SHIFT;

    private static final @Nullable Object[] NONE = {};

    private @Nullable Object[][] pages = {};
    private int[] used = {};

    /** Returns what is at an index from 0, or null. */
    @SuppressWarnings("unchecked") // only set() writes, and it takes nothing else
    @Nullable
    T get(int index) {
        int page = index >>> SHIFT;
        int offset = index & (PAGE - 1);
        return page < pages.length && offset < pages[page].length ? (T) pages[page][offset] : null;
    }

    /** Sets what is at an index; null frees. */
    void set(int index, @Nullable T value) {
        int page = index >>> SHIFT;
        if (value == null && (page >= pages.length || pages[page].length == 0)) {
            return;
        }
        makeRoom(page);
        @Nullable Object[] values = pages[page];
        int offset = index & (PAGE - 1);
        used[page] += (value == null ? 0 : 1) - (values[offset] == null ? 0 : 1);
        values[offset] = value;
        if (used[page] == 0) {
            pages[page] = NONE;
        }
    }

    /** Forgets everything. */
    void clear() {
        pages = new @Nullable Object[0][];
        used = new int[0];
    }

    private void makeRoom(int page) {
        int before = pages.length;
        if (page >= before) {
            int length = Math.max(page + 1, before * 2);
            pages = Arrays.copyOf(pages, length);
            used = Arrays.copyOf(used, length);
            Arrays.fill(pages, before, length, NONE);
        }
        if (pages[page].length == 0) {
            pages[page] = new @Nullable Object[PAGE];
        }
    }
}
