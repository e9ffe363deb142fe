package dev.waymark.engine;

import dev.waymark.rib.GroupChanges;
import dev.waymark.rib.GroupRib;
import dev.waymark.rib.PathList;
import dev.waymark.rib.PathRib;
import org.jspecify.annotations.Nullable;

/** Gives back the attribute sets that a group without members still refers to. Confined to the engine loop. */
final class GroupDissolution implements Job {
    private final int rowLimit;
    private final GroupRib group;
    private final GroupChanges unread;
    private final @Nullable GroupAggregates aggregates;
    private final UpdateGroup whole;
    private int row;

    GroupDissolution(FamilyRib rib, UpdateGroup group) {
        this.rowLimit = rib.prefixes().rowLimit(); // later it may be lower: rows are recycled without asking this group
        this.whole = group;
        this.group = group.rib();
        this.unread = group.changes();
        this.aggregates = group.aggregates();
    }

    @Override
    public int run(int units) {
        PathRib paths = whole.paths();
        int start = row;
        int end = (int) Math.min(rowLimit, (long) row + units);
        for (; row < end; row++) {
            if (paths != null) {
                paths.set(row, PathList.EMPTY);
                whole.parts().remove(whole, row);
            } else {
                group.set(row, 0, Slots.OWN, 0, Slots.OWN, unread);
                if (aggregates != null) {
                    aggregates.remove(row);
                }
            }
        }
        unread.clear();
        if (paths != null) {
            paths.clearChanges();
        }
        return Math.max(1, row - start);
    }

    @Override
    public boolean isDone() {
        PathRib paths = whole.paths();
        boolean isEmpty = paths == null ? group.isEmpty() : paths.isEmpty();
        return row >= rowLimit || (isEmpty && (aggregates == null || aggregates.isEmpty()));
    }
}
