package dev.waymark.rib;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Adj-RIB-Out that the members of one update group with ADD-PATH share (RFC 7911), for one address family: per row, the paths
 * that may be sent. Beside it are the changes of the current flush. What a member was sent follows from a row's {@link PathList};
 * members that lag keep the difference in {@link MemberPaths}.
 *
 * <p>The table holds references to the attribute sets it names. Confined to the engine loop.
 */
public final class PathRib {
    private final AttributeRefs refs;
    private final int most;
    private final RefColumn<PathList> rows = new RefColumn<>();
    private final Bitmap isChanged = new Bitmap();
    private final List<Change> changes = new ArrayList<>();
    /** How many rows have a list. */
    private int used;

    private int size;
    /** By slot: how many paths the peer is sent more than one that no path came from; mostly negative, or zero. */
    private int[] differences = new int[8];

    /**
     * What a flush tells.
     *
     * @param row the row
     * @param before its paths when the last flush ended; of their attributes those are valid until the end of the turn
     */
    public record Change(int row, PathList before) {}

    /**
     * Makes an empty table.
     *
     * @param refs where references to attribute sets are counted
     * @param most how many paths of a row each member is sent, 1 or more
     */
    public PathRib(AttributeRefs refs, int most) {
        this.refs = refs;
        this.most = most;
    }

    /** Returns how many paths of a row each member is sent at most. */
    public int most() {
        return most;
    }

    /** Returns the paths of a row. */
    public PathList get(int row) {
        @Nullable PathList list = rows.get(row);
        return list == null ? PathList.EMPTY : list;
    }

    /** Sets the paths of a row, and notes what was there when the last flush ended. */
    public void set(int row, PathList list) {
        PathList before = get(row);
        if (before.equals(list)) {
            return;
        }
        if (isChanged.set(row)) {
            changes.add(new Change(row, before));
        }
        for (int i = 0; i < list.size(); i++) {
            refs.retain(list.attributes(i));
        }
        for (int i = 0; i < before.size(); i++) {
            refs.release(before.attributes(i));
        }
        count(before, -1);
        count(list, 1);
        rows.set(row, list.size() == 0 ? null : list);
    }

    /** Returns the rows that changed since the last flush, each once, in order. */
    public List<Change> changes() {
        return changes;
    }

    /** Ends a flush: everyone was told all changes, or is owed them. */
    public void clearChanges() {
        for (int i = 0; i < changes.size(); i++) {
            isChanged.clear(changes.get(i).row());
        }
        changes.clear();
    }

    /** Tells whether there are no paths at all. */
    public boolean isEmpty() {
        return used == 0;
    }

    /** Tells whether a row has no paths, now and at the end of the last flush. */
    public boolean isEmpty(int row) {
        return rows.get(row) == null && !isChanged.get(row);
    }

    /** Returns how many paths a member that doesn't lag was sent, once the changes are flushed. */
    public int sentCount(int slot) {
        return size + (slot < differences.length ? differences[slot] : 0);
    }

    /** Copies another table's rows; this one must be empty. */
    public void copy(PathRib from, int rowLimit) {
        for (int row = 0; row < rowLimit; row++) {
            set(row, from.get(row));
        }
        clearChanges();
    }

    private void count(PathList list, int sign) {
        if (list.size() == 0) {
            return;
        }
        used += sign;
        int forAll = 0;
        for (int i = 0; i < list.size(); i++) {
            forAll += list.target(i) == PathList.ALL ? 1 : 0;
        }
        int shared = Math.min(most, forAll);
        size += sign * shared;
        for (int i = 0; i < list.size(); i++) {
            int slot = exception(list, i);
            if (isFirst(list, i, slot)) {
                add(slot, sign * (list.count(slot, most) - shared));
            }
        }
    }

    /** Returns the slot for which a path makes a difference: the source that is not sent it, or the only one that is. */
    private static int exception(PathList list, int index) {
        return list.target(index) == PathList.ALL ? list.source(index) : list.target(index);
    }

    private static boolean isFirst(PathList list, int index, int slot) {
        for (int i = 0; i < index; i++) {
            if (exception(list, i) == slot) {
                return false;
            }
        }
        return true;
    }

    private void add(int slot, int paths) {
        if (slot >= differences.length) {
            differences = Arrays.copyOf(differences, Math.max(slot + 1, differences.length * 2));
        }
        differences[slot] += paths;
    }
}
