package dev.waymark.engine;

import dev.waymark.rib.SlotRows;

/** Removes what a lost session left and nobody announced again (RFC 4724 §4.2). Confined to the engine loop. */
final class RestartSweep implements Job {
    private final FamilyRib rib;
    private final SessionFamily family;
    private final StaleRoutes stale;
    private final SlotRows rows;

    RestartSweep(FamilyRib rib, int slot, SessionFamily family, StaleRoutes stale) {
        this.rib = rib;
        this.family = family;
        this.stale = stale;
        this.rows = new SlotRows(rib.prefixes(), rib.paths(), slot, 0);
    }

    @Override
    public int run(int units) {
        int left = units;
        while (left > 0 && !isDone()) {
            left = rows.advance(left);
            if (left >= 0) {
                sweep(rows.row());
            }
        }
        return Math.max(1, units - Math.max(left, 0));
    }

    private void sweep(int row) {
        int next;
        for (int path = rows.path(); path != 0; path = next) {
            next = rows.next(path);
            if (stale.has(path)) {
                Importer.remove(rib, family, row, rib.paths().remove(row, path));
            }
        }
    }

    /** The slot may have got another owner by then, but only after the last stale route was removed by somebody. */
    @Override
    public boolean isDone() {
        return stale.left() == 0 || rows.isDone();
    }

    @Override
    public void finished() {
        family.swept(stale);
    }
}
