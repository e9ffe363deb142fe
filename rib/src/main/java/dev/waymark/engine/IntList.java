package dev.waymark.engine;

import java.util.Arrays;

/** A growing list of ints, used again and again. Confined to the engine loop. */
final class IntList {
    private static final int KEPT = 1 << 16;

    private int[] values = new int[16];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Empties the list; what one burst made large does not stay large. */
    void clear() {
        size = 0;
        if (values.length > KEPT) {
            values = new int[16];
        }
    }

    void swapRemove(int index) {
        values[index] = values[--size];
    }
}
