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
    private static final int NO_DUMP = -1;

    private final Bitmap owed = new Bitmap();
    private final Bitmap held = new Bitmap();
    private int cursor;
    /** Whether {@link #next} has been at the end since a dump began. */
    private boolean wrapped;
    /** The row behind the last one of the dump that is on the way. */
    private int dumpEnd = NO_DUMP;

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

    /**
     * Begins a dump: {@link #next} goes from row 0 on, and an end marker is due once it has passed all rows of now.
     *
     * @param rowLimit a number above all rows
     */
    public void beginDump(int rowLimit) {
        cursor = 0;
        wrapped = false;
        dumpEnd = rowLimit;
    }

    /** Tells whether a dump is on the way and nothing is owed any more below the rows that it began with. */
    public boolean isDumpComplete() {
        if (dumpEnd == NO_DUMP || wrapped) {
            return dumpEnd != NO_DUMP;
        }
        int next = owed.nextSet(cursor);
        return next < 0 || next >= dumpEnd;
    }

    /** Ends the dump: its end marker is queued. */
    public void endDump() {
        dumpEnd = NO_DUMP;
    }

    /** Tells whether nothing is owed and no dump is on the way. */
    public boolean isSettled() {
        return owed.isEmpty() && dumpEnd == NO_DUMP;
    }

    /** Forgets what is owed and frees the memory; a dump that is on the way is then complete. */
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
