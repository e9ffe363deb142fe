package dev.waymark.rib;

/**
 * A walk over the rows for which one peer slot has a path, in ascending order, a bounded number of rows at a time: for views
 * in pages and for jobs that judge stored routes anew.
 *
 * <p>The table may change between two steps: rows behind the walk are not visited again, those before it as they are then.
 * Confined to the engine loop.
 */
public final class SlotRows {
    private final PrefixTable prefixes;
    private final AdjRibIn paths;
    private final int slot;
    private int next;
    private int row = -1;
    private int path;

    /**
     * Begins a walk.
     *
     * @param fromRow where to begin: 0, or one more than the last row of the page before
     */
    public SlotRows(PrefixTable prefixes, AdjRibIn paths, int slot, int fromRow) {
        this.prefixes = prefixes;
        this.paths = paths;
        this.slot = slot;
        this.next = fromRow;
    }

    /**
     * Goes to the next row.
     *
     * @param units how many rows to look at, at most
     * @return how many rows of the units are left, or -1 if none was found: the units are spent, or the walk is done
     */
    public int advance(int units) {
        int end = (int) Math.min((long) next + units, prefixes.rowLimit());
        for (int left = units - 1; next < end; left--) {
            row = next++;
            path = paths.find(row, slot);
            if (path != 0) {
                return left;
            }
        }
        return -1;
    }

    /** Returns the row that the walk is at. */
    public int row() {
        return row;
    }

    /** Returns a path of the slot for that row, the first of them in the row's chain. */
    public int path() {
        return path;
    }

    /** Returns another path of the slot for the row of one of its paths, or 0 at the end of the chain. */
    public int next(int after) {
        int next = paths.next(after);
        while (next != 0 && paths.slot(next) != slot) {
            next = paths.next(next);
        }
        return next;
    }

    /** Tells whether every row has been looked at. */
    public boolean isDone() {
        return next >= prefixes.rowLimit();
    }
}
