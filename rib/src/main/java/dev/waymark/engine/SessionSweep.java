package dev.waymark.engine;

import dev.waymark.rib.PathChange;
import dev.waymark.rib.SlotSweep;
import java.util.ArrayList;
import java.util.List;

/** Removes all routes of a session that is gone, family by family, and frees its slot. Confined to the engine loop. */
final class SessionSweep implements Job {
    private final Membership membership;
    private final Session session;
    private final List<FamilyRib> ribs = new ArrayList<>();
    private final List<SlotSweep> sweeps = new ArrayList<>();
    private int current;

    SessionSweep(List<FamilyRib> all, Membership membership, Session session) {
        this.membership = membership;
        this.session = session;
        for (FamilyRib rib : all) {
            if (session.family(rib.family()) != null) {
                ribs.add(rib);
                sweeps.add(SlotSweep.ofAll(rib.prefixes(), rib.paths(), session.slot()));
            }
        }
    }

    @Override
    public int run(int units) {
        int looked = sweeps.get(current).run(units, this::removed);
        while (current < sweeps.size() && isSwept(current)) {
            current++;
        }
        return Math.max(1, looked);
    }

    /** A sweep is over when every row has been seen, or as soon as the account is empty. */
    private boolean isSwept(int index) {
        SessionFamily family = session.family(ribs.get(index).family());
        return sweeps.get(index).isDone() || (family != null && family.account().storedNow() == 0);
    }

    private void removed(PathChange before) {
        FamilyRib rib = ribs.get(current);
        SessionFamily family = session.family(rib.family());
        if (family != null) {
            Importer.remove(rib, family, before.row(), before);
        }
    }

    @Override
    public boolean isDone() {
        return current >= sweeps.size();
    }

    @Override
    public void finished() {
        membership.swept(session);
    }
}
