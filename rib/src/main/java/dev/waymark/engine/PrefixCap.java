package dev.waymark.engine;

import dev.waymark.api.RejectReason;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.PathChange;
import dev.waymark.rib.TotalLimit;
import dev.waymark.rib.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies the limit on a server's distinct prefixes (ARS-27): an accepted route beyond it is stored as rejected, and tried
 * again, oldest prefix first, when there is room. Without a limit it costs nothing. Confined to the engine loop.
 */
final class PrefixCap {
    private static final byte OVER = Verdict.of(RejectReason.TOTAL_LIMIT);

    private final Slots slots;
    private final @Nullable TotalLimit total;

    /** Makes a cap of as many prefixes; 0: none. */
    PrefixCap(int limit, Slots slots) {
        this.slots = slots;
        total = limit == 0 ? null : new TotalLimit(limit);
    }

    /** Returns the verdict for a route that import judged: rejected where there is no room for its prefix. */
    byte admit(FamilyRib rib, int row, byte verdict) {
        boolean isOver = total != null && verdict == Verdict.ACCEPTED && !total.tryCount(rib.family(), row);
        return isOver ? OVER : verdict;
    }

    /** A row has an accepted route: those of other peers that wait for room go in with it. */
    void admitted(FamilyRib rib, int row) {
        if (total != null) {
            admitRow(rib, row);
        }
    }

    /** A row lost an accepted or a waiting route. */
    void released(FamilyRib rib, int row) {
        if (total == null) {
            return;
        }
        AdjRibIn paths = rib.paths();
        boolean isAccepted = false;
        boolean isWaiting = false;
        for (int path = paths.first(row); path != 0; path = paths.next(path)) {
            isAccepted |= paths.slot(path) != Slots.OWN && paths.isAccepted(path);
            isWaiting |= paths.verdict(path) == OVER;
        }
        if (!isAccepted) {
            total.uncount(rib.family(), row);
        }
        if (!isWaiting) {
            total.forget(rib.family(), row);
        }
    }

    void addOwn(AddressFamily family, int row) {
        if (total != null) {
            total.countOwn(family, row);
        }
    }

    void removeOwn(AddressFamily family, int row) {
        if (total != null) {
            total.uncountOwn(family, row);
        }
    }

    /** Returns whether a row's prefix waits for room. */
    boolean isWaiting(AddressFamily family, int row) {
        return total != null && total.isWaiting(family, row);
    }

    /** Returns whether {@link #retry} would let something in. */
    boolean hasWork() {
        return total != null && total.hasRoom();
    }

    /** Lets waiting prefixes in while there is room, oldest first; returns how many it tried. */
    int retry(List<FamilyRib> ribs, int units) {
        int tried = 0;
        while (total != null && tried < units && total.hasRoom()) {
            AddressFamily family = total.nextFamily();
            int row = total.next();
            for (FamilyRib rib : ribs) {
                if (rib.family() == family) {
                    admitRow(rib, row);
                }
            }
            tried++;
        }
        return tried;
    }

    private void admitRow(FamilyRib rib, int row) {
        AdjRibIn paths = rib.paths();
        for (int path = paths.first(row); path != 0; path = paths.next(path)) {
            Session session = slots.session(paths.slot(path));
            SessionFamily family = session == null ? null : session.family(rib.family());
            if (paths.verdict(path) == OVER && admit(rib, row, Verdict.ACCEPTED) != OVER) {
                PathChange before = paths.reevaluate(row, path, paths.effective(path), Verdict.ACCEPTED);
                if (family != null && !Slots.isAggregate(before.slot())) { // a static prefix has no account
                    family.recordReevaluated(before, Verdict.ACCEPTED);
                }
                rib.markDirty(row);
            }
        }
        released(rib, row);
    }
}
