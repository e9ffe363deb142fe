package dev.waymark.engine;

import dev.waymark.rib.PathChange;
import dev.waymark.rib.SlotSweep;

/** Removes the routes of a living session that a refresh did not renew (RFC 7313 §4). Confined to the engine loop. */
final class StaleSweep implements Job {
    private final FamilyRib rib;
    private final Session session;
    private final SlotSweep sweep;

    StaleSweep(FamilyRib rib, Session session, SlotSweep sweep) {
        this.rib = rib;
        this.session = session;
        this.sweep = sweep;
    }

    @Override
    public int run(int units) {
        SessionFamily family = session.family(rib.family());
        if (family != null) {
            sweep.setNewest(family.generation()); // the next refresh may have begun already
        }
        return Math.max(1, sweep.run(units, this::removed));
    }

    private void removed(PathChange before) {
        SessionFamily family = session.family(rib.family());
        if (family != null) {
            Importer.remove(rib, family, before.row(), before);
        }
    }

    @Override
    public boolean isDone() {
        return sweep.isDone() || !session.isAlive();
    }
}
