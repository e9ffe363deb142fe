package dev.waymark.rib;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contributor table: which routes are parts of which aggregate, and which aggregates have to be made anew (ARS-62, DESIGN §3).
 *
 * <p>A member, a path or a row, is part of one aggregate or none. An aggregate is named by a row and a slot. Where there are
 * none, the table costs nothing. Confined to the engine loop.
 */
public final class Contributors {
    /** What {@link #row} returns for what is no part of an aggregate. */
    public static final int NONE = -1;

    private final IntColumn rows = new IntColumn(NONE);
    private final ShortColumn slots = new ShortColumn((short) 0);
    private final LongColumn kinds = new LongColumn(0);
    private final Map<Long, Aggregate> aggregates = new HashMap<>(); // looked up only, never walked
    private final Map<Integer, Integer> targets = new HashMap<>(); // by row: how many aggregates
    private final Deque<Aggregate> changed = new ArrayDeque<>();
    private int size;

    /** Makes an empty table. */
    public Contributors() {}

    /**
     * Makes a member part of an aggregate, in place of what it was a part of before.
     *
     * @param member the number of a path or row, from 0
     * @param row the row of the aggregate's prefix
     * @param slot the peer's slot, or 0 where the routes of many peers contribute
     * @param kind what it brings: equal kinds count as one; above 0
     */
    public void put(int member, int row, int slot, long kind) {
        int oldRow = rows.get(member);
        if (oldRow == row && (slots.get(member) & 0xffff) == slot && kinds.get(member) == kind) {
            return;
        }
        Aggregate target = aggregates.get(key(row, slot));
        if (target == null) {
            target = new Aggregate(row, slot);
            aggregates.put(key(row, slot), target);
            targets.merge(row, 1, Integer::sum);
        }
        if (target.add(kind)) {
            change(target);
        }
        remove(member);
        rows.set(member, row);
        slots.set(member, (short) slot);
        kinds.set(member, kind);
        size++;
    }

    /** Makes a member no part of an aggregate any more, if it is one. */
    public void remove(int member) {
        int row = rows.get(member);
        if (row == NONE) {
            return;
        }
        Aggregate source = aggregates.get(key(row, slots.get(member) & 0xffff));
        if (source == null) {
            throw new AssertionError("no aggregate at row " + row);
        }
        if (source.remove(kinds.get(member))) {
            change(source);
        }
        rows.set(member, NONE);
        slots.set(member, (short) 0);
        kinds.set(member, 0);
        size--;
    }

    /** Returns the row of the aggregate that a member is part of, or {@link #NONE}. */
    public int row(int member) {
        return rows.get(member);
    }

    /** Returns what a member brings, 0 if it is no part of an aggregate. */
    public long kind(int member) {
        return kinds.get(member);
    }

    /** Tells whether a row is that of an aggregate, or was at the last {@link #poll}. */
    public boolean isTarget(int row) {
        return size + changed.size() > 0 && targets.containsKey(row);
    }

    /** Has an aggregate made anew, if there is one. */
    public void touch(int row, int slot) {
        Aggregate target = aggregates.get(key(row, slot));
        if (target != null) {
            change(target);
        }
    }

    /** Tells whether there is neither a contributor nor an aggregate that has to be made anew. */
    public boolean isEmpty() {
        return size + changed.size() == 0;
    }

    /** Returns an aggregate, or null if there is none. */
    public @Nullable Aggregate find(int row, int slot) {
        return aggregates.get(key(row, slot));
    }

    /** Returns how many aggregates have to be made anew. */
    public int changedCount() {
        return changed.size();
    }

    /**
     * Returns the aggregate that changed first of those that have to be made anew, and forgets that it has to be; null if none
     * has. One that is empty is forgotten whole.
     */
    public @Nullable Aggregate poll() {
        Aggregate next = changed.poll();
        if (next != null) {
            next.isChanged = false;
            if (next.isEmpty()) {
                aggregates.remove(key(next.row(), next.slot()));
                targets.computeIfPresent(next.row(), (row, count) -> count == 1 ? null : count - 1);
            }
        }
        return next;
    }

    private void change(Aggregate aggregate) {
        if (!aggregate.isChanged) {
            aggregate.isChanged = true;
            changed.add(aggregate);
        }
    }

    private static long key(int row, int slot) {
        return (long) row << 16 | slot;
    }
}
