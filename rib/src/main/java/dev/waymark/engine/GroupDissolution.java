package dev.waymark.engine;

import dev.waymark.rib.GroupChanges;
import dev.waymark.rib.GroupRib;
import org.jspecify.annotations.Nullable;

/** Gives back the attribute sets that a group without members still refers to. Confined to the engine loop. */
final class GroupDissolution implements Job {
    private final int rowLimit;
    private final GroupRib group;
    private final GroupChanges unread;
    private final @Nullable GroupAggregates aggregates;
    private int row;

    GroupDissolution(FamilyRib rib, UpdateGroup group) {
        this.rowLimit = rib.prefixes().rowLimit(); // later it may be lower: rows are recycled without asking this group
        this.group = group.rib();
        this.unread = group.changes();
        this.aggregates = group.aggregates();
    }

    @Override
    public int run(int units) {
        int start = row;
        int end = (int) Math.min(rowLimit, (long) row + units);
        for (; row < end; row++) {
            group.set(row, 0, Slots.OWN, 0, Slots.OWN, unread);
            if (aggregates != null) {
                aggregates.remove(row);
            }
        }
        unread.clear();
        return Math.max(1, row - start);
    }

    @Override
    public boolean isDone() {
        return row >= rowLimit || (group.isEmpty() && (aggregates == null || aggregates.isEmpty()));
    }
}
