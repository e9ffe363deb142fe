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
    private int newestGeneration;
    private int cursor;

    private SlotSweep(PrefixTable prefixes, AdjRibIn paths, int slot, int keptGeneration) {
        this.prefixes = prefixes;
        this.paths = paths;
        this.slot = slot;
        this.keptGeneration = keptGeneration;
        this.newestGeneration = keptGeneration;
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
     * Says that other rounds have begun since: paths of the round to keep and of all later ones stay.
     *
     * @param generation the slot's generation of now, 0 to 255
     */
    public void setNewest(int generation) {
        newestGeneration = generation & 0xff;
    }

    /**
     * Goes on with the sweep.
     *
     * @param units how many rows to look at, at most
     * @param removed gets what was removed, path by path; it must not remove other paths, nor keep its argument
     * @return how many rows were looked at
     */
    public int run(int units, Consumer<PathChange> removed) {
        int start = cursor;
        int end = (int) Math.min((long) start + units, prefixes.rowLimit());
        while (cursor < end) {
            int row = cursor++;
            int next;
            for (int path = paths.first(row); path != 0; path = next) {
                next = paths.next(path);
                if (paths.slot(path) == slot && (keptGeneration == ALL || isStale(paths.generation(path)))) {
                    removed.accept(paths.remove(row, path));
                }
            }
        }
        return cursor - start;
    }

    /** Generations go round: one is kept if it is not behind the newest, counted from the first that is kept. */
    private boolean isStale(int generation) {
        return ((generation - keptGeneration) & 0xff) > ((newestGeneration - keptGeneration) & 0xff);
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
