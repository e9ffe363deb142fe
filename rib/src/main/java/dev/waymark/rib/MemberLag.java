package dev.waymark.rib;

/**
 * How what one member of an update group was sent differs from what the group says: nothing for a member that keeps up, two
 * bits a row for one that lags. A slow or late peer holds up nobody and grows no queue.
 *
 * <p>Invariant, for every row: <em>not owed: what it was sent is {@code group.sentTo(slot, row)}; owed: it must be told,
 * and {@link OwedRows#holds} says whether it holds something for the row.</em> Octets that are queued count as sent.
 *
 * <p>During a flush, after {@link GroupRib#set}, the engine says of each change of each member one of: {@link #missed} (its
 * window is full), {@link #announced} or {@link #withdraws} (it takes the message), nothing (it takes the message and
 * {@link #isLive}). Between flushes, spare window goes to {@link #nextOwed} and {@link #take}.
 *
 * <p>Confined to the engine loop.
 */
public final class MemberLag {
    /** What {@link #take} returns when the row is to be withdrawn. */
    public static final int WITHDRAW = -1;
    /** What {@link #take} returns when there is nothing to send. */
    public static final int NOTHING = 0;

    private final int slot;
    private GroupRib group;
    private final OwedRows owed = new OwedRows();
    /** The sum over owed rows of (holds something ? 1 : 0) - (group has something for it ? 1 : 0). */
    private int difference;

    /**
     * Makes the state of a member that was sent all that the group was. A new member is not: see {@link #join}.
     *
     * @param slot the member's slot
     */
    public MemberLag(int slot, GroupRib group) {
        this.slot = slot;
        this.group = group;
    }

    /** Returns the member's state. */
    public MemberState state(boolean isWindowOpen) {
        if (!isWindowOpen) {
            return MemberState.BLOCKED;
        }
        return isLive() ? MemberState.LIVE : MemberState.FOLLOWING;
    }

    /** Tells whether nothing is owed and no dump is on the way. */
    public boolean isLive() {
        return owed.isSettled();
    }

    /** Returns the size of the member's Adj-RIB-Out: the rows for which it holds something (ARS-71). */
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
     * Notes a change that the member can't be told now.
     *
     * @param before what a member that doesn't lag was sent, see {@link GroupChanges#before}
     * @param after what it is to be sent
     */
    public void missed(int row, int before, int after) {
        if (before != after) {
            owed.mark(row, before != 0);
            difference += one(before) - one(after);
        }
    }

    /**
     * Notes that the member takes an announcement of a row's new state.
     *
     * @param before what a member that doesn't lag was sent, see {@link GroupChanges#before}
     */
    public void announced(int row, int before) {
        settle(row, before);
    }

    /**
     * Notes that a row has nothing for the member any more, and tells whether it must be sent a withdrawal.
     *
     * @param before what a member that doesn't lag was sent, see {@link GroupChanges#before}
     */
    public boolean withdraws(int row, int before) {
        boolean held = owed.isOwed(row) ? owed.holds(row) : before != 0;
        settle(row, before);
        return held;
    }

    /** Returns the next owed row, round and round in ascending order, or -1 if there is none. */
    public int nextOwed() {
        return owed.next();
    }

    /**
     * Takes an owed row to be sent now.
     *
     * @return the attribute id to announce, {@link #WITHDRAW}, or {@link #NOTHING}
     */
    public int take(int row) {
        int current = group.sentTo(slot, row);
        boolean withdraw = current == 0 && owed.holds(row);
        settle(row, current);
        return withdraw ? WITHDRAW : current;
    }

    /**
     * Makes this the state of a member that was sent nothing yet: it is owed every row that it may be sent, and a dump
     * begins that ends with End-of-RIB (RFC 4724 §2).
     *
     * @param rowLimit a number above all rows of the group
     */
    public void join(int rowLimit) {
        owed.clear();
        for (int row = 0; row < rowLimit; row++) {
            if (group.sentTo(slot, row) != 0) {
                owed.mark(row, false);
            }
        }
        difference = -owed.size();
        owed.beginDump(rowLimit);
    }

    /**
     * Owes the member every row that it holds, once more, and begins a dump that ends with EoRR (RFC 7313 §4).
     *
     * @param rowLimit a number above all rows of the group
     */
    public void refresh(int rowLimit) {
        for (int row = 0; row < rowLimit; row++) {
            if (group.sentTo(slot, row) != 0) {
                owed.mark(row, true);
            }
        }
        owed.beginDump(rowLimit);
    }

    /**
     * Moves the member to another group: it is owed what differs.
     *
     * @param rowLimit a number above all rows of both groups
     */
    public void moveTo(GroupRib other, int rowLimit) {
        int held = held();
        for (int row = 0; row < rowLimit; row++) {
            int before = group.sentTo(slot, row);
            if (before != other.sentTo(slot, row)) {
                owed.mark(row, before != 0);
            }
        }
        group = other;
        difference = held - other.sentCount(slot);
    }

    /** Tells whether a dump is on the way and all rows that it began with have been told. */
    public boolean isDumpComplete() {
        return owed.isDumpComplete();
    }

    /** Ends the dump: its end marker is queued. */
    public void endDump() {
        owed.endDump();
    }

    /** Returns the octets that the arrays of this state hold, without their headers. */
    public long octets() {
        return owed.octets();
    }

    /** The member is told a row's current state; {@code sent} is what the difference was reckoned against. */
    private void settle(int row, int sent) {
        if (owed.isOwed(row)) {
            difference -= (owed.holds(row) ? 1 : 0) - one(sent);
            owed.settle(row);
            if (owed.isEmpty()) {
                owed.clear();
            }
        }
    }

    private static int one(int attributes) {
        return attributes != 0 ? 1 : 0;
    }
}
