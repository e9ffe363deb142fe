package dev.waymark.rib;

/**
 * Numbers for rows and records: always the lowest free one, so that the same operations give the same numbers and a
 * table that shrinks empties its last pages.
 *
 * <p>Confined to the engine loop.
 */
final class RowIds {
    /** How far one release lowers the limit at most, so that its cost is bounded. */
    private static final int SHRINK_STEPS = 64;

    private final int first;
    private final Bitmap free = new Bitmap();
    /** No number below this one is free. */
    private int lowest;

    private int limit;

    RowIds(int first) {
        this.first = first;
        this.lowest = first;
        this.limit = first;
    }

    /** Takes the lowest free number. */
    int take() {
        if (free.isEmpty()) {
            return limit++;
        }
        int id = free.nextSet(lowest);
        free.clear(id);
        lowest = id + 1;
        return id;
    }

    /** Gives a taken number back. */
    void release(int id) {
        if (id < first || id >= limit || !free.set(id)) {
            throw new AssertionError("not in use: " + id);
        }
        lowest = Math.min(lowest, id);
        if (size() == 0) {
            free.clearAll();
            limit = first;
            return;
        }
        for (int step = 0; step < SHRINK_STEPS && free.clear(limit - 1); step++) {
            limit--;
        }
    }

    boolean isTaken(int id) {
        return id >= first && id < limit && !free.get(id);
    }

    /** Returns a number above all that are taken; it comes down as the highest are given back. */
    int limit() {
        return limit;
    }

    int size() {
        return limit - first - free.count();
    }

    long octets() {
        return free.octets();
    }
}
