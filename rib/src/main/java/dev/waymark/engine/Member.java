package dev.waymark.engine;

import dev.waymark.rib.MemberLag;
import dev.waymark.rib.MemberPaths;
import dev.waymark.rib.PathRib;
import org.jspecify.annotations.Nullable;

/** One session's place in an update group: what it is owed, and which end markers. Confined to the engine loop. */
final class Member {
    private final Session session;
    private final MemberLag lag;
    private final @Nullable MemberPaths paths;
    private final IntList changes = new IntList();
    private boolean owesEndOfRib = true;
    private boolean owesEndOfRefresh;
    private boolean owesAnotherRefresh;
    private boolean isDumping;

    Member(Session session, UpdateGroup group) {
        this.session = session;
        this.lag = new MemberLag(session.slot(), group.rib());
        PathRib several = group.paths();
        this.paths = several == null ? null : new MemberPaths(session.slot(), several);
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

    /** Returns how what the member was sent differs from what a group with {@link UpdateGroup#paths} says. */
    MemberPaths paths() {
        if (paths == null) {
            throw new AssertionError("no ADD-PATH");
        }
        return paths;
    }

    /** Returns whether nothing is owed and no dump is on the way. */
    boolean isLive() {
        return paths == null ? lag.isLive() : paths.isLive();
    }

    /** Returns how many rows are owed. */
    int owed() {
        return paths == null ? lag.owed() : paths.owed();
    }

    /** Returns whether a row is owed. */
    boolean owes(int row) {
        return paths == null ? lag.owes(row) : paths.owes(row);
    }

    /** Returns the size of the member's Adj-RIB-Out (ARS-71). */
    int held() {
        return paths == null ? lag.held() : paths.held();
    }

    /** Returns whether a dump is on the way and all rows that it began with have been told. */
    boolean isDumpComplete() {
        return paths == null ? lag.isDumpComplete() : paths.isDumpComplete();
    }

    /** Moves the member's state to another group of the same kind: it is owed what differs. */
    void moveTo(UpdateGroup target, int rowLimit) {
        PathRib several = target.paths();
        if (paths == null) {
            lag.moveTo(target.rib(), rowLimit);
        } else if (several != null) {
            paths.moveTo(several, rowLimit);
        } else {
            throw new AssertionError("ADD-PATH doesn't go while a session is up");
        }
    }

    /** Returns the changes of the current flush that concern this member alone, by index. */
    IntList privateChanges() {
        return changes;
    }

    /** Owes the member everything that the group holds now (a late joiner). */
    void join(int rowLimit) {
        if (paths == null) {
            lag.join(rowLimit);
        } else {
            paths.join(rowLimit);
        }
        isDumping = true;
    }

    /** Owes the member once more everything that it holds (RFC 2918 §4). */
    void refresh(int rowLimit) {
        if (paths == null) {
            lag.refresh(rowLimit);
        } else {
            paths.refresh(rowLimit);
        }
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
        if (paths == null) {
            lag.endDump();
        } else {
            paths.endDump();
        }
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
