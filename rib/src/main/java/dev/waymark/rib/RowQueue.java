package dev.waymark.rib;

/**
 * Keys in the order in which they came, each at most once; any of them can be taken out at the cost of one step. A linked
 * list in columns. Confined to the engine loop.
 */
final class RowQueue {
    private static final int NONE = 0;

    /** By key + 1: the neighbours, as key + 1. The ends of the list are at 0, which makes it a ring. */
    private final IntColumn after = new IntColumn(NONE);

    private final IntColumn before = new IntColumn(NONE);
    private final Bitmap members = new Bitmap();

    /** Adds a key at the end, unless it is there. */
    boolean add(int key) {
        if (!members.set(key)) {
            return false;
        }
        int last = before.get(0);
        link(last, key + 1);
        link(key + 1, 0);
        return true;
    }

    /** Takes a key out, if it is there. */
    boolean remove(int key) {
        if (!members.clear(key)) {
            return false;
        }
        link(before.get(key + 1), after.get(key + 1));
        after.set(key + 1, NONE);
        before.set(key + 1, NONE);
        return true;
    }

    boolean contains(int key) {
        return members.get(key);
    }

    /** Returns the key that came first of those that are there, or -1. */
    int first() {
        return after.get(0) - 1;
    }

    /** Returns the key that came after one that is there, or -1. */
    int next(int key) {
        return after.get(key + 1) - 1;
    }

    int size() {
        return members.count();
    }

    private void link(int one, int other) {
        after.set(one, other);
        before.set(other, one);
    }
}
