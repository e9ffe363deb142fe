package dev.waymark.rib;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The candidate paths of one row, with those that are still in the race in front. Reused. Confined to the engine loop.
 */
final class Candidates {
    private int[] paths = new int[8];
    /** For each path that is out of the race, the step at which it lost. */
    private DecisionStep[] lostAt = new DecisionStep[8];

    private int size;
    /** The first so many are still in the race. */
    private int racing;

    void clear() {
        size = 0;
        racing = 0;
    }

    void add(int path) {
        if (size == paths.length) {
            paths = Arrays.copyOf(paths, size * 2);
            lostAt = Arrays.copyOf(lostAt, size * 2);
        }
        paths[size++] = path;
    }

    int size() {
        return size;
    }

    int racing() {
        return racing;
    }

    int path(int index) {
        return paths[index];
    }

    /** Lets all candidates race anew. */
    void restart() {
        racing = size;
    }

    /** Takes a racing path out of the race. */
    void lose(int index, DecisionStep step) {
        racing--;
        swap(index, racing);
        lostAt[racing] = step;
    }

    /** Takes a path out for good. */
    void remove(int index) {
        swap(index, --size);
        racing = 0;
    }

    /** Returns the step at which a path lost, or null if it didn't. */
    @Nullable
    DecisionStep lostAt(int path) {
        for (int i = racing; i < size; i++) {
            if (paths[i] == path) {
                return lostAt[i];
            }
        }
        return null;
    }

    void swap(int one, int other) {
        int path = paths[one];
        paths[one] = paths[other];
        paths[other] = path;
        DecisionStep step = lostAt[one];
        lostAt[one] = lostAt[other];
        lostAt[other] = step;
    }
}
