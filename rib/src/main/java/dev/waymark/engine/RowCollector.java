package dev.waymark.engine;

import dev.waymark.rib.Bitmap;
import java.util.List;

/**
 * Gives rows to other prefixes once nothing refers to them: no path, no group's state, no next hops, and nobody is owed
 * them (DESIGN §9). Confined to the engine loop.
 */
final class RowCollector {
    private final List<FamilyRib> ribs;
    private final List<SinkFeed> sinks;

    RowCollector(List<FamilyRib> ribs, List<SinkFeed> sinks) {
        this.ribs = ribs;
        this.sinks = sinks;
    }

    /** Looks at rows that may be free, and frees those that are; returns how many it looked at. */
    int collect(int units) {
        int looked = 0;
        for (int i = 0; i < ribs.size(); i++) {
            looked += collect(ribs.get(i), i, Math.max(1, (units - looked) / (ribs.size() - i)));
        }
        return looked;
    }

    private int collect(FamilyRib rib, int familyIndex, int units) {
        if (!rib.hasCandidates()) {
            return 0;
        }
        Bitmap candidates = rib.maybeFree();
        int looked = 0;
        int row = candidates.isEmpty() ? -1 : candidates.nextSet(rib.collectCursor());
        while (row >= 0 && looked < units) {
            looked++;
            if (rib.paths().first(row) != 0) {
                candidates.clear(row);
            } else if (isFree(rib, familyIndex, row)) {
                candidates.clear(row);
                rib.prefixes().remove(row);
            }
            row = candidates.nextSet(row + 1);
        }
        rib.collected(row);
        return looked;
    }

    /** Something else happens, so that what was held when it was looked at may be free now. */
    void disturb() {
        ribs.forEach(FamilyRib::disturbCandidates);
    }

    /** Tells whether there are candidates that were not looked at; those that something holds wait for the turns to come. */
    boolean hasWork() {
        for (FamilyRib rib : ribs) {
            if (rib.hasCandidates()) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether so many rows wait that looking at them must not be put off. */
    boolean isOverdue() {
        for (FamilyRib rib : ribs) {
            if (rib.hasCandidates()
                    && Tidying.isOverdue(rib.maybeFree().count(), rib.prefixes().rowLimit())) {
                return true;
            }
        }
        return false;
    }

    private boolean isFree(FamilyRib rib, int familyIndex, int row) {
        if (rib.isDirty(row)
                || rib.cap().isWaiting(rib.family(), row)
                || rib.loc().nextHops(row) != 0) {
            return false;
        }
        for (UpdateGroup group : rib.groups()) {
            GroupAggregates aggregates = group.aggregates();
            if (!group.isEmpty(row) || (aggregates != null && aggregates.isUsed(row))) {
                return false;
            }
            for (Member member : group.members()) {
                if (member.owes(row)) {
                    return false;
                }
            }
        }
        for (SinkFeed sink : sinks) {
            if (sink.isOwed(familyIndex, row)) {
                return false;
            }
        }
        return true;
    }
}
