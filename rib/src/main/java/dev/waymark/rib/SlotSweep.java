package dev.waymark.rib;

import java.util.function.Consumer;

/**
 * Removes paths of one peer slot from an {@link AdjRibIn}, a bounded number of rows at a time: all of them after the
 * session's end, or those that a route refresh did not renew (RFC 7313 §4).
 *
 * <p>Rows that are added or announced to while the job runs are handled right: a path that the sweep must not take has the
 * generation to keep. Confined to the engine loop.
 */
public final class SlotSweep {
    private static final int ALL = -1;

    private final PrefixTable prefixes;
    private final AdjRibIn paths;
    private final int slot;
    private final int keptGeneration;
    private int cursor;

    private SlotSweep(PrefixTable prefixes, AdjRibIn paths, int slot, int keptGeneration) {
        this.prefixes = prefixes;
        this.paths = paths;
        this.slot = slot;
        this.keptGeneration = keptGeneration;
    }

    /** Makes a sweep of all paths of a slot. The slot must get no new ones. */
    public static SlotSweep ofAll(PrefixTable prefixes, AdjRibIn paths, int slot) {
        return new SlotSweep(prefixes, paths, slot, ALL);
    }

    /**
     * Makes a sweep of a slot's paths of other generations.
     *
     * @param keptGeneration the generation whose paths stay, 0 to 255
     */
    public static SlotSweep ofStale(PrefixTable prefixes, AdjRibIn paths, int slot, int keptGeneration) {
        return new SlotSweep(prefixes, paths, slot, keptGeneration & 0xff);
    }

    /**
     * Goes on with the sweep.
     *
     * @param units how many rows to look at, at most
     * @param removed gets what was removed, path by path; it may remove the row, and must not keep its argument
     * @return how many rows were looked at
     */
    public int run(int units, Consumer<PathChange> removed) {
        int start = cursor;
        int end = (int) Math.min((long) start + units, prefixes.rowLimit());
        while (cursor < end) {
            int row = cursor++;
            int path = paths.find(row, slot);
            if (path != 0 && (keptGeneration == ALL || paths.generation(path) != keptGeneration)) {
                removed.accept(paths.withdraw(row, slot));
            }
        }
        return cursor - start;
    }

    /** Tells whether every row has been looked at. */
    public boolean isDone() {
        return cursor >= prefixes.rowLimit();
    }

    /** Returns the slot that is swept. */
    public int slot() {
        return slot;
    }
}
