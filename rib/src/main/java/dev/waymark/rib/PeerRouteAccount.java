package dev.waymark.rib;

import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteCounts;
import java.util.EnumMap;
import java.util.Map;

/**
 * The numbers of one session's routes in one address family; nothing else writes them (ARS-71). Where routes are kept over a
 * lost session (RFC 4724 §4.2), the account goes on in the next one, and tells which of them are stale.
 *
 * <p>Counters only grow, gauges are exact, and between any two calls they balance: see {@link #checkBalance}. A session
 * that ends keeps its account until its last route is swept. Confined to the engine loop.
 */
public final class PeerRouteAccount {
    private final long[] arrivedRejected = new long[RejectReason.values().length + 1];
    private long announced;
    private long accepted;
    private long rejected;
    private long treatedAsWithdraw;
    private long ignored;
    private long extraPaths;
    private long refusedByLimit;
    private long withdrawn;
    private long admitted;
    private long evicted;
    private long replaced;
    private long removed;
    private long rejectedReplaced;
    private long rejectedRemoved;
    private long acceptedNow;
    private long rejectedNow;
    private long staleAccepted;
    private long staleRejected;

    /** Makes an account with nothing in it. */
    public PeerRouteAccount() {}

    /**
     * Records an announced prefix that was stored, duplicates each time.
     *
     * @param verdict what import said
     * @param before what {@link AdjRibIn#announce} found
     */
    public void recordAnnounced(byte verdict, PathChange before) {
        announced++;
        if (before.wasAccepted()) {
            replaced++;
            acceptedNow--;
        } else if (before.existed()) {
            rejectedReplaced++;
            rejectedNow--;
        }
        if (Verdict.isAccepted(verdict)) {
            accepted++;
            acceptedNow++;
        } else {
            rejected++;
            arrivedRejected[verdict]++;
            rejectedNow++;
        }
    }

    /** Records announced prefixes of an UPDATE that was treated as withdraw (RFC 7606 §2). */
    public void recordTreatedAsWithdraw(int prefixes) {
        announced += prefixes;
        treatedAsWithdraw += prefixes;
    }

    /** Records announced prefixes without effect: of a family that wasn't negotiated, or not unicast. */
    public void recordIgnored(int prefixes) {
        announced += prefixes;
        ignored += prefixes;
    }

    /** Records an announced path beyond those that a peer may have of one prefix (RFC 7911): it is ignored. */
    public void recordExtraPath() {
        recordIgnored(1);
        extraPaths++;
    }

    /** Records announced prefixes that a limit kept out (ARS-23). */
    public void recordRefusedByLimit(int prefixes) {
        announced += prefixes;
        refusedByLimit += prefixes;
    }

    /** Records prefixes that the peer withdrew, held or not. What goes with them is {@link #recordRemoved}. */
    public void recordWithdrawn(int prefixes) {
        withdrawn += prefixes;
    }

    /**
     * Records that a route is gone, for whatever reason: withdrawn, treated as withdraw, swept.
     *
     * @param before what {@link AdjRibIn#withdraw} found, perhaps nothing
     */
    public void recordRemoved(PathChange before) {
        if (before.wasAccepted()) {
            removed++;
            acceptedNow--;
        } else if (before.existed()) {
            rejectedRemoved++;
            rejectedNow--;
        }
    }

    /**
     * Records that a held route was judged anew, by another policy or because there is room again.
     *
     * @param verdict what import says now
     * @param before what {@link AdjRibIn#reevaluate} found
     */
    public void recordReevaluated(byte verdict, PathChange before) {
        boolean isAccepted = Verdict.isAccepted(verdict);
        if (isAccepted == before.wasAccepted()) {
            return;
        }
        if (isAccepted) {
            admitted++;
            acceptedNow++;
            rejectedNow--;
        } else {
            evicted++;
            acceptedNow--;
            rejectedNow++;
        }
    }

    /** Records that the session is lost and its routes are kept: all that are held are stale from now on. */
    public void recordStale() {
        staleAccepted = acceptedNow;
        staleRejected = rejectedNow;
    }

    /**
     * Records that a stale route is one no more: it was announced again, or is gone. Beside {@link #recordAnnounced} or
     * {@link #recordRemoved}.
     *
     * @param before the stale route as it was
     */
    public void recordRenewed(PathChange before) {
        if (before.wasAccepted()) {
            staleAccepted--;
        } else if (before.existed()) {
            staleRejected--;
        }
    }

    /**
     * Records that a stale route was judged anew, and is stale still. Beside {@link #recordReevaluated}.
     *
     * @param verdict what import says now
     * @param before what {@link AdjRibIn#reevaluate} found
     */
    public void recordStaleReevaluated(byte verdict, PathChange before) {
        recordRenewed(before);
        if (Verdict.isAccepted(verdict)) {
            staleAccepted++;
        } else {
            staleRejected++;
        }
    }

    /** Returns how many of the accepted routes are stale. */
    public long staleAccepted() {
        return staleAccepted;
    }

    /** Returns how many of the routes held are stale. */
    public long staleNow() {
        return staleAccepted + staleRejected;
    }

    /** Returns how many routes are held and accepted. */
    public long acceptedNow() {
        return acceptedNow;
    }

    /** Returns how many routes are held and rejected. */
    public long rejectedNow() {
        return rejectedNow;
    }

    /** Returns how many routes are held, accepted or not. */
    public long storedNow() {
        return acceptedNow + rejectedNow;
    }

    /**
     * Returns the numbers of this moment.
     *
     * @param advertisedNow the size of the peer's Adj-RIB-Out, see {@link MemberLag#held}
     */
    public RouteCounts snapshot(long advertisedNow) {
        Map<RejectReason, Long> byReason = new EnumMap<>(RejectReason.class);
        for (RejectReason reason : RejectReason.values()) {
            long count = arrivedRejected[Verdict.of(reason)];
            if (count > 0) {
                byReason.put(reason, count);
            }
        }
        return new RouteCounts(
                announced,
                accepted,
                byReason,
                treatedAsWithdraw,
                ignored,
                extraPaths,
                refusedByLimit,
                withdrawn,
                admitted,
                evicted,
                replaced,
                removed,
                acceptedNow,
                rejectedNow,
                staleNow(),
                advertisedNow);
    }

    /**
     * Checks the equations of ARS-71, and the one for rejected routes that follows from them.
     *
     * @param storedInTable how many routes of the session the Adj-RIB-In holds
     * @throws AssertionError if one doesn't hold, with all numbers
     */
    public void checkBalance(long storedInTable) {
        boolean holds = announced == accepted + rejected + treatedAsWithdraw + ignored + refusedByLimit
                && storedInTable == acceptedNow + rejectedNow
                && acceptedNow == accepted + admitted - replaced - removed - evicted
                && rejectedNow == rejected + evicted - admitted - rejectedReplaced - rejectedRemoved
                && acceptedNow >= staleAccepted
                && rejectedNow >= staleRejected
                && staleAccepted >= 0
                && staleRejected >= 0;
        if (!holds) {
            throw new AssertionError("stored in table " + storedInTable + ", " + snapshot(0));
        }
    }
}
