package dev.waymark.rib;

import org.jspecify.annotations.Nullable;

/**
 * How what one member of an update group with ADD-PATH was sent differs from what the group says, as {@link MemberLag} for other
 * groups. Where that needs one bit for what a member holds, this needs the identifiers of the paths that it holds (RFC 7911 §5): the
 * list that was the row's when it fell behind.
 *
 * <p>Invariant, for every row: <em>not owed: what it was sent are the first paths of the group's list that are for it; owed: it
 * must be told, and holds paths with the identifiers of {@link #holds}.</em> Confined to the engine loop.
 */
public final class MemberPaths {
    private final int slot;
    private PathRib group;
    private final OwedRows owed = new OwedRows();
    private final RefColumn<PathList> held = new RefColumn<>();
    /** The sum over owed rows of the paths that the member holds, less those that the group has for it. */
    private int difference;

    /** Makes the state of a member that was sent all that the group was. A new member is not: see {@link #join}. */
    public MemberPaths(int slot, PathRib group) {
        this.slot = slot;
        this.group = group;
    }

    /** Tells whether nothing is owed and no dump is on the way. */
    public boolean isLive() {
        return owed.isSettled();
    }

    /** Returns the size of the member's Adj-RIB-Out: the paths that it holds (ARS-71). */
    public int held() {
        return group.sentCount(slot) + difference;
    }

    /** Tells whether a row is owed; such a row must not be recycled. */
    public boolean owes(int row) {
        return owed.isOwed(row);
    }

    /** Returns how many rows are owed. */
    public int owed() {
        return owed.size();
    }

    /**
     * Returns a list with the identifiers of what the member holds for a row.
     *
     * @param before what the row's list was, as far as this member was told or is owed
     */
    public PathList holds(int row, PathList before) {
        if (!owed.isOwed(row)) {
            return before;
        }
        @Nullable PathList list = held.get(row);
        return list == null ? PathList.EMPTY : list;
    }

    /** Notes a change that the member can't be told now. */
    public void missed(int row, PathList before, PathList after) {
        owe(row, before);
        difference += count(before) - count(after);
    }

    /**
     * Notes that the member is told a row's current state.
     *
     * @param reckoned the list that the difference was reckoned against: of a change that before it, else the current one
     */
    public void told(int row, PathList reckoned) {
        if (owed.isOwed(row)) {
            difference -= count(holds(row, PathList.EMPTY)) - count(reckoned);
            held.set(row, null);
            owed.settle(row);
            if (owed.isEmpty()) {
                owed.clear();
                held.clear();
            }
        }
    }

    /** Returns the next owed row, round and round in ascending order, or -1 if there is none. */
    public int nextOwed() {
        return owed.next();
    }

    /**
     * Makes this the state of a member that was sent nothing yet: it is owed every row that it may be sent, and a dump
     * begins that ends with End-of-RIB (RFC 4724 §2).
     *
     * @param rowLimit a number above all rows of the group
     */
    public void join(int rowLimit) {
        for (int row = 0; row < rowLimit; row++) {
            if (count(group.get(row)) > 0) {
                owed.mark(row, false);
            }
        }
        difference = -group.sentCount(slot);
        owed.beginDump(rowLimit);
    }

    /**
     * Owes the member every row that it holds, once more, and begins a dump that ends with EoRR (RFC 7313 §4).
     *
     * @param rowLimit a number above all rows of the group
     */
    public void refresh(int rowLimit) {
        for (int row = 0; row < rowLimit; row++) {
            PathList current = group.get(row);
            if (count(current) > 0) {
                owe(row, current);
            }
        }
        owed.beginDump(rowLimit);
    }

    /**
     * Moves the member to another group with as many paths a row: it is owed what differs.
     *
     * @param rowLimit a number above all rows of both groups
     */
    public void moveTo(PathRib other, int rowLimit) {
        int before = held();
        for (int row = 0; row < rowLimit; row++) {
            PathList current = group.get(row);
            if (!current.isSameFor(slot, group.most(), other.get(row))) {
                owe(row, current);
            }
        }
        group = other;
        difference = before - other.sentCount(slot);
    }

    /** Tells whether a dump is on the way and all rows that it began with have been told. */
    public boolean isDumpComplete() {
        return owed.isDumpComplete();
    }

    /** Ends the dump: its end marker is queued. */
    public void endDump() {
        owed.endDump();
    }

    private void owe(int row, PathList holds) {
        int count = count(holds);
        if (owed.mark(row, count > 0) && count > 0) {
            held.set(row, holds);
        }
    }

    private int count(PathList list) {
        return list.count(slot, group.most());
    }
}
