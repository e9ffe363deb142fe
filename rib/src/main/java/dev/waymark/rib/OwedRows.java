package dev.waymark.rib;

/**
 * The rows whose latest state someone who lags is still to be told: two bits a row instead of a queue of changes.
 *
 * <p>Bit clear: he was told the current state. Bit set: he is owed it, and the second bit says whether he holds something
 * for the row, that is, whether a row that is gone needs a withdrawal. The state itself is read when it is told, so what
 * changed many times is told once. Peers ({@link MemberLag}) and sinks use the same two bits.
 *
 * <p>Confined to the engine loop.
 */
public final class OwedRows {
    private final Bitmap owed = new Bitmap();
    private final Bitmap held = new Bitmap();
    private int cursor;
    /** Whether {@link #next} has been at the end since it was rewound. */
    private boolean wrapped;

    /** Makes an empty set. */
    public OwedRows() {}

    /**
     * Notes that a row's state is owed.
     *
     * @param holds whether he was told something for the row; counts only if the row wasn't owed already
     * @return whether it wasn't owed already
     */
    public boolean mark(int row, boolean holds) {
        if (!owed.set(row)) {
            return false;
        }
        if (holds) {
            held.set(row);
        }
        return true;
    }

    /** Notes that a row's current state was told, or that there is nothing to tell. */
    public void settle(int row) {
        if (owed.clear(row)) {
            held.clear(row);
        }
        if (row == cursor) {
            // A row that changes all the time must not be told again before the others.
            cursor++;
        }
    }

    /** Tells whether a row is owed. */
    public boolean isOwed(int row) {
        return owed.get(row);
    }

    /** Tells whether a row is owed and he holds something for it. */
    public boolean holds(int row) {
        return held.get(row);
    }

    /** Tells whether nothing is owed. */
    public boolean isEmpty() {
        return owed.isEmpty();
    }

    /** Returns how many rows are owed. */
    public int size() {
        return owed.count();
    }

    /**
     * Returns the next row to tell, ascending from where the last call stopped and then from 0 again, or -1 if nothing is
     * owed.
     */
    public int next() {
        int row = owed.nextSet(cursor);
        if (row < 0) {
            wrapped = true;
            row = owed.nextSet(0);
        }
        cursor = Math.max(row, 0);
        return row;
    }

    /** Lets {@link #next} begin at row 0. */
    public void rewind() {
        cursor = 0;
        wrapped = false;
    }

    /** Tells whether {@link #next}, since it was rewound, has left nothing owed below a row. */
    public boolean hasPassed(int row) {
        if (wrapped) {
            return true;
        }
        int next = owed.nextSet(cursor);
        return next < 0 || next >= row;
    }

    /** Forgets everything and frees the memory. */
    public void clear() {
        owed.clearAll();
        held.clearAll();
        cursor = 0;
        wrapped = true;
    }

    /** Returns the octets that the arrays of this set hold, without their headers. */
    public long octets() {
        return owed.octets() + held.octets();
    }
}
