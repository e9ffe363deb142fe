package dev.waymark.engine;

import dev.waymark.rib.Bitmap;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one family that a lost session left (RFC 4724 §4.2), as far as nothing has come in their place. Nothing is
 * written to them when the session goes: they are the slot's paths to which nothing has happened since, and a bit is set for the
 * number of each to which something did; a number that is used again stands for a path of now. So keeping a million routes costs nothing until they are announced again.
 *
 * <p>When a session is lost while routes of the one before are still stale, the newer object has the older one behind it until
 * those have been swept. What is stale in the older is stale in the newer too. Confined to the engine loop.
 */
final class StaleRoutes {
    /** How far the restart is. */
    enum Phase {
        /** The peer is away, within its restart time. */
        AWAY,
        /** The restart time is over, and the long-lived stale time is not (RFC 9494 §4.2). */
        LONG_LIVED,
        /** The routes are being removed. */
        ENDING
    }

    private final Bitmap renewed = new Bitmap();
    private final long longLivedNanos;
    private @Nullable StaleRoutes older;
    private Phase phase = Phase.AWAY;
    private long left;
    private long deadlineNanos;
    private long longLivedUntilNanos;
    private boolean isBack;

    /**
     * Takes what a session leaves.
     *
     * @param routes how many they are
     * @param longLivedNanos how long they may be kept after the restart time; 0: not at all
     * @param older what is stale already, or null
     */
    StaleRoutes(long routes, long longLivedNanos, @Nullable StaleRoutes older) {
        this.left = routes;
        this.longLivedNanos = longLivedNanos;
        this.older = pruned(older, false);
    }

    /** Returns what still matters of older objects: those whose routes are being removed, and the newest that is long-lived. */
    private static @Nullable StaleRoutes pruned(@Nullable StaleRoutes some, boolean hasLongLived) {
        if (some == null) {
            return null;
        }
        boolean isWanted = some.phase == Phase.LONG_LIVED && !hasLongLived;
        @Nullable StaleRoutes rest = pruned(some.older, hasLongLived || isWanted);
        if (isWanted || some.phase == Phase.ENDING) {
            some.older = rest;
            return some;
        }
        some.phase = Phase.ENDING;
        return rest;
    }

    /** Returns whether the long-lived stale time runs for these routes, or for some of them that are older. */
    boolean hasLongLived() {
        return phase == Phase.LONG_LIVED || (older != null && older.hasLongLived());
    }

    /** Returns whether a path of the slot is stale. */
    boolean has(int path) {
        return !renewed.get(path);
    }

    /** Returns whether it has been stale for longer than the restart time, so that it carries LLGR_STALE. */
    boolean isLongLived(int path) {
        for (StaleRoutes some = this; some != null; some = some.older) {
            if (some.phase == Phase.LONG_LIVED && some.has(path)) {
                return true;
            }
        }
        return false;
    }

    /** A path was announced or is gone; returns whether it existed and was stale. */
    boolean renew(int path, boolean existed) {
        if (older != null) {
            older.renew(path, existed);
        }
        boolean was = renewed.set(path) && existed;
        if (was) {
            left--;
        }
        return was;
    }

    /** Forgets an older object, all of whose routes are gone. */
    void forget(StaleRoutes gone) {
        if (older == gone) {
            older = gone.older;
        } else if (older != null) {
            older.forget(gone);
        }
    }

    /** Returns how many routes are still stale. */
    long left() {
        return left;
    }

    Phase phase() {
        return phase;
    }

    /** Returns how long they may be kept after the restart time; 0: not at all. */
    long longLivedNanos() {
        return longLivedNanos;
    }

    /** Returns when the time runs out that runs now. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Lets a time run; not beyond the long-lived stale time, if that runs for what is older. */
    void runUntil(long nanos) {
        deadlineNanos = nanos;
        for (StaleRoutes some = this; some != null; some = some.older) {
            if (some.phase == Phase.LONG_LIVED && nanos - some.longLivedUntilNanos > 0) {
                deadlineNanos = some.longLivedUntilNanos;
            }
        }
    }

    /** The restart time is over: the long-lived stale time runs. */
    void beginLongLived(long nowNanos) {
        runUntil(nowNanos + longLivedNanos);
        longLivedUntilNanos = deadlineNanos;
        phase = Phase.LONG_LIVED;
    }

    /** Returns whether the peer has a session again. */
    boolean isBack() {
        return isBack;
    }

    /** The peer has a session again: it may take until then to its End-of-RIB. */
    void back(long untilNanos) {
        isBack = true;
        runUntil(untilNanos);
    }

    /** From now on they are removed. */
    void end() {
        phase = Phase.ENDING;
    }
}
