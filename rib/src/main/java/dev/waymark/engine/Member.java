package dev.waymark.engine;

import dev.waymark.rib.MemberLag;

/** One session's place in an update group: what it is owed, and which end markers. Confined to the engine loop. */
final class Member {
    private final Session session;
    private final MemberLag lag;
    private final IntList changes = new IntList();
    private boolean owesEndOfRib = true;
    private boolean owesEndOfRefresh;
    private boolean owesAnotherRefresh;
    private boolean isDumping;

    Member(Session session, UpdateGroup group) {
        this.session = session;
        this.lag = new MemberLag(session.slot(), group.rib());
    }

    Session session() {
        return session;
    }

    int slot() {
        return session.slot();
    }

    /** Returns how what the member was sent differs from what the group says. */
    MemberLag lag() {
        return lag;
    }

    /** Returns the changes of the current flush that concern this member alone, by index. */
    IntList privateChanges() {
        return changes;
    }

    /** Owes the member everything that the group holds now (a late joiner). */
    void join(int rowLimit) {
        lag.join(rowLimit);
        isDumping = true;
    }

    /** Owes the member once more everything that it holds (RFC 2918 §4). */
    void refresh(int rowLimit) {
        lag.refresh(rowLimit);
        isDumping = true;
        owesEndOfRefresh = true;
        owesAnotherRefresh = false;
    }

    /** Notes that the peer asked again while a refresh was on the way; many such requests are one (ERROR-HANDLING 9). */
    void refreshAgain() {
        owesAnotherRefresh = true;
    }

    /** Returns whether the peer asked again while a refresh was on the way. */
    boolean owesAnotherRefresh() {
        return owesAnotherRefresh;
    }

    /** Returns whether a walk that was begun by {@link #join} or {@link #refresh} has not been ended yet. */
    boolean isDumping() {
        return isDumping;
    }

    void endDump() {
        lag.endDump();
        isDumping = false;
    }

    /** Returns whether End-of-RIB is still to be sent (RFC 4724 §2). */
    boolean owesEndOfRib() {
        return owesEndOfRib;
    }

    void paidEndOfRib() {
        owesEndOfRib = false;
    }

    /** Returns whether the end of a refresh is still to be marked (RFC 7313 §4). */
    boolean owesEndOfRefresh() {
        return owesEndOfRefresh;
    }

    void paidEndOfRefresh() {
        owesEndOfRefresh = false;
    }
}
