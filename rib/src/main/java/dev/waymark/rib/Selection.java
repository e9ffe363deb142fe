package dev.waymark.rib;

import java.util.Arrays;

/**
 * What {@link DecisionProcess} chose for one row: the path to advertise and the paths to program. Overwritten by the next
 * decision. Confined to the engine loop.
 */
public final class Selection {
    private int[] paths = new int[8];
    private int size;

    /** Makes an empty selection. */
    public Selection() {}

    /** Tells whether the row has no candidate. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Returns the path to advertise (ARS-34), 0 if there is no candidate. */
    public int best() {
        return size == 0 ? 0 : paths[0];
    }

    /** Returns how many paths are to be programmed (ARS-32). */
    public int size() {
        return size;
    }

    /**
     * Returns one of the paths to program: the best first, the others by BGP identifier, then by peer address.
     *
     * @param index 0 to {@link #size()} - 1
     */
    public int path(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return paths[index];
    }

    void clear() {
        size = 0;
    }

    void add(int path) {
        if (size == paths.length) {
            paths = Arrays.copyOf(paths, size * 2);
        }
        paths[size++] = path;
    }
}
