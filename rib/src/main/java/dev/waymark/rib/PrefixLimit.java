package dev.waymark.rib;

import dev.waymark.api.CountingMode;
import dev.waymark.api.LimitAction;
import dev.waymark.api.RouteLimit;

/**
 * The route limit of one session and address family, with its batch rule (ARS-20 to ARS-24).
 *
 * <p>As Azure counts ({@link CountingMode#CURRENT_PLUS_INCOMING}): <em>routes held when the batch opened, plus every
 * announcement since</em>, must not exceed the limit. 2,001 routes and the same 2,001 again are 4,002. A batch opens with the
 * first announcement after a close. It closes after a quiet time without UPDATEs (1 s), at a maximum age (60 s), and when the
 * engine says so: End-of-RIB, EoRR, BoRR, our own ROUTE-REFRESH. So 3,990 held routes of which ten come again every six seconds
 * never pass 4,000, but eleven of them in one batch do.
 *
 * <p>For each UPDATE of the family the engine calls, in this order: {@link #recordUpdate}; {@link #recordRemoved} for each
 * withdrawn route; {@link #check}, before any route is applied; {@link #recordStored} for each announced route. Closing by
 * time is seen at the next UPDATE, which is when it matters, so there is no timer.
 *
 * <p>Where a peer sends several paths of a prefix (RFC 7911), each is a route. A session's limit is new with the session: its count starts at zero. Confined to the engine loop.
 */
public final class PrefixLimit {
    private final CountingMode mode;
    private final long limit;
    private final long warningLevel;
    private final long quietNanos;
    private final long maximumAgeNanos;
    private final boolean exemptsResends;
    private final boolean hasSafeMaximum;
    private final int safeMaximum;

    private boolean open;
    private long openedAt;
    private long lastUpdate;
    private long snapshot;
    private long incoming;
    /** How many of the last checked UPDATE's counted announcements fit. */
    private long room;

    /** How many announcements of routes that are held are not counted: those of a resend that was asked for. */
    private long exempt;
    /** How many of these were in the last checked UPDATE. */
    private long exempted;

    private boolean warned;
    private boolean exceeded;
    private boolean wasUnsafe;
    /**
     * Paths for which "was in the snapshot" and "is held and accepted" differ. Empty when a batch opens, when they are the
     * same, so that opening one costs nothing; a bit is set only for what the batch itself changed.
     */
    private final Bitmap changed = new Bitmap();

    /** Makes the limit of a new session. */
    public PrefixLimit(RouteLimit settings) {
        this.mode = settings.mode();
        this.limit = settings.routes();
        this.warningLevel = (limit * settings.warningPercent() + 99) / 100;
        this.quietNanos = settings.quietTime().toNanos();
        this.maximumAgeNanos = settings.maximumAge().toNanos();
        this.exemptsResends = settings.exemptsResends() && mode == CountingMode.CURRENT_PLUS_INCOMING;
        this.hasSafeMaximum = settings.countsResends() && settings.action() == LimitAction.TEAR_DOWN;
        this.safeMaximum = settings.safeMaximum();
    }

    /** Returns the routes of an account that this limit counts as held: those of this session, not what is kept of another. */
    public long heldOf(PeerRouteAccount account) {
        return switch (mode) {
            case CURRENT_PLUS_INCOMING, DISTINCT_ACCEPTED_PREFIXES -> account.acceptedNow() - account.staleAccepted();
            case DISTINCT_PREFIXES -> account.storedNow() - account.staleNow();
        };
    }

    /** Tells whether the routes that are held reach the level of the warning (ARS-23). */
    public boolean isWarned(PeerRouteAccount account) {
        return heldOf(account) >= warningLevel;
    }

    /** Tells whether a route that import judged so counts as a distinct prefix. */
    public boolean counts(byte verdict) {
        return mode != CountingMode.DISTINCT_ACCEPTED_PREFIXES || Verdict.isAccepted(verdict);
    }

    /** Notes an UPDATE of the family, whatever is in it. A batch that is too quiet or too old is closed. */
    public void recordUpdate(long nowNanos) {
        if (open && (nowNanos - lastUpdate >= quietNanos || nowNanos - openedAt >= maximumAgeNanos)) {
            close();
        }
        lastUpdate = nowNanos;
        exempted = 0;
    }

    /**
     * Notes that a route of the session is gone. If it was in the snapshot, the snapshot is one less (ARS-22).
     *
     * @param path its number, see {@link PathChange#path}
     * @param wasAccepted see {@link PathChange#wasAccepted}
     */
    public void recordRemoved(int path, boolean wasAccepted) {
        if (open && mode == CountingMode.CURRENT_PLUS_INCOMING && changed.clear(path) != wasAccepted) {
            snapshot--;
        }
    }

    /**
     * Notes that a route of the session was stored, or judged anew.
     *
     * @param path its number, see {@link PathChange#path}
     * @param wasAccepted see {@link PathChange#wasAccepted}
     * @param isAccepted whether it is accepted now
     */
    public void recordStored(int path, boolean wasAccepted, boolean isAccepted) {
        if (open && mode == CountingMode.CURRENT_PLUS_INCOMING && wasAccepted != isAccepted && !changed.set(path)) {
            changed.clear(path);
        }
    }

    /** Closes the batch: at End-of-RIB, EoRR, BoRR and our own ROUTE-REFRESH to the peer (ARS-21). */
    public void close() {
        open = false;
        changed.clearAll();
    }

    /**
     * The peer is asked for all its routes again: the batch is closed, and where resends are exempt, as many announcements of
     * routes that it has are not counted (ARS-44).
     *
     * @param stored the routes that the session has, rejected ones included
     */
    public void expectResend(long stored) {
        close();
        exempt = exemptsResends ? stored : 0;
    }

    /** The peer says that it has sent all again (RFC 7313 §4): whatever comes now counts. */
    public void endResend() {
        exempt = 0;
    }

    /** Returns how many announcements of routes that are held will not be counted. */
    public long exempt() {
        return exempt;
    }

    /** Takes announcements of held routes as part of a resend that was asked for; before {@link #check}, which is not told of them. */
    public void recordExempted(long announcements) {
        exempt -= announcements;
        exempted = announcements;
    }

    /**
     * Tells whether a peer has just come to have more routes than it can send again without being torn down for it (ARS-44):
     * true once, and again only after it had no more than that.
     *
     * @param held see {@link #heldOf}
     */
    public boolean becameUnsafe(long held) {
        boolean isUnsafe = hasSafeMaximum && held > safeMaximum;
        boolean became = isUnsafe && !wasUnsafe;
        wasUnsafe = isUnsafe;
        return became;
    }

    /** Returns {@link RouteLimit#safeMaximum}. */
    public int safeMaximum() {
        return safeMaximum;
    }

    /**
     * Tells whether {@link #check} needs to know how many of an UPDATE's prefixes aren't held. If not, any number up to
     * {@code announced} will do: it is far from every level, or not what is counted.
     *
     * @param held see {@link #heldOf}
     */
    public boolean needsNewPrefixes(int announced, long held) {
        return mode != CountingMode.CURRENT_PLUS_INCOMING && held + announced >= Math.min(warningLevel, limit);
    }

    /**
     * Counts the announcements of an UPDATE, before any of them is applied.
     *
     * @param nowNanos the time of the UPDATE
     * @param announced how many prefixes it announces, duplicates each time; not called for treat-as-withdraw (ARS-22)
     * @param newPrefixes how many distinct ones of them are not held, as the mode counts; see {@link #needsNewPrefixes}
     * @param held the routes held after the UPDATE's withdrawals, see {@link #heldOf}
     */
    public LimitOutcome check(long nowNanos, int announced, int newPrefixes, long held) {
        if (mode != CountingMode.CURRENT_PLUS_INCOMING) {
            snapshot = held;
            incoming = 0;
        } else if (!open) {
            open = true;
            openedAt = nowNanos;
            snapshot = held;
            incoming = 0;
        }
        long before = snapshot + incoming;
        room = Math.max(0, limit - before);
        incoming += mode == CountingMode.CURRENT_PLUS_INCOMING ? announced : newPrefixes;
        return outcome(before, snapshot + incoming);
    }

    /**
     * Decides about one announcement of an UPDATE that passed the limit, with {@code DISCARD_NEW}: prefixes that aren't
     * held are refused once there is no room, those that are held are always replaced. Called for each, in order.
     *
     * @param isHeld whether the session has a route for the prefix
     */
    public boolean tryAdmit(boolean isHeld) {
        if (isHeld && mode != CountingMode.CURRENT_PLUS_INCOMING) {
            return true;
        }
        if (isHeld && exempted > 0) {
            exempted--;
            return true;
        }
        room--;
        return isHeld || room >= 0;
    }

    /**
     * Returns which announcement of the last checked UPDATE is the first over the limit, from 0: among all, or, where
     * distinct prefixes are counted, among the new ones.
     */
    public long firstOver() {
        return room;
    }

    /** Returns the routes held when the batch opened, less those withdrawn since. */
    public long snapshot() {
        return snapshot;
    }

    /** Returns the announcements of the batch, those of the last checked UPDATE included. */
    public long incoming() {
        return incoming;
    }

    /** Returns the limit. */
    public int limit() {
        return (int) limit;
    }

    /** A level that was reported is reported again only after the count has been below it. */
    private LimitOutcome outcome(long before, long counted) {
        boolean wasWarned = warned && before >= warningLevel;
        boolean wasExceeded = exceeded && before >= limit;
        warned = counted >= warningLevel;
        exceeded = counted > limit || wasExceeded;
        if (counted > limit) {
            return wasExceeded ? LimitOutcome.STILL_EXCEEDED : LimitOutcome.EXCEEDED;
        }
        return warned && !wasWarned ? LimitOutcome.WARNING : LimitOutcome.WITHIN;
    }
}
