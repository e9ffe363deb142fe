package dev.waymark.engine;

import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.PathChange;
import dev.waymark.rib.SlotRows;
import dev.waymark.rib.Verdict;

/**
 * Marks what is kept beyond the restart time with LLGR_STALE, which makes it the least preferred, and removes what must not be
 * kept so long (RFC 9494 §4.2). Confined to the engine loop.
 */
final class LongLivedMarking implements Job {
    private final FamilyRib rib;
    private final int slot;
    private final SessionFamily family;
    private final StaleRoutes stale;
    private final LongLivedTag tag;
    private final SlotRows rows;

    LongLivedMarking(FamilyRib rib, int slot, SessionFamily family, StaleRoutes stale, LongLivedTag tag) {
        this.rib = rib;
        this.slot = slot;
        this.family = family;
        this.stale = stale;
        this.tag = tag;
        this.rows = new SlotRows(rib.prefixes(), rib.paths(), slot, 0);
    }

    @Override
    public int run(int units) {
        int left = units;
        while (left > 0 && !isDone()) {
            left = rows.advance(left);
            if (left >= 0) {
                mark(rows.row());
            }
        }
        return Math.max(1, units - Math.max(left, 0));
    }

    private void mark(int row) {
        int next;
        for (int path = rows.path(); path != 0; path = next) {
            next = rows.next(path);
            if (stale.has(path)) {
                mark(row, path);
            }
        }
    }

    private void mark(int row, int path) {
        AdjRibIn paths = rib.paths();
        if (tag.isForbidden(paths.received(path)) || tag.isForbidden(paths.effective(path))) {
            Importer.remove(rib, family, row, paths.remove(row, path));
            return;
        }
        byte verdict = paths.verdict(path);
        PathChange before = paths.reevaluate(row, path, tag.tagged(paths.effective(path)), verdict);
        family.recordReevaluated(before, verdict);
        if (verdict == Verdict.CONTRIBUTES) {
            ImportAggregates.changed(rib, slot, path);
        }
        if (before.wasAccepted()) {
            rib.markDirty(row);
        }
    }

    @Override
    public boolean isDone() {
        return stale.left() == 0 || stale.phase() != StaleRoutes.Phase.LONG_LIVED || rows.isDone();
    }
}
