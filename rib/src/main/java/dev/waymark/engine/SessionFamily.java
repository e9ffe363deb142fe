package dev.waymark.engine;

import dev.waymark.api.LimitAction;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.rib.PathChange;
import dev.waymark.rib.PeerRouteAccount;
import dev.waymark.rib.PrefixLimit;
import dev.waymark.rib.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one session has in one family: its account, its limit, its place in an update group. Confined to the engine loop. */
final class SessionFamily {
    private final AddressFamily family;
    private final PeerRouteAccount account = new PeerRouteAccount();
    private @Nullable PrefixLimit limit;
    private LimitAction action = LimitAction.WARN;
    private @Nullable UpdateGroup group;
    private @Nullable Member member;
    private int generation;
    private boolean isRefreshing;
    private boolean hasRefreshed;
    private long refreshDueNanos;
    private @Nullable StaleRoutes stale;

    SessionFamily(AddressFamily family, Optional<RouteLimit> limit) {
        this.family = family;
        setLimit(limit);
    }

    AddressFamily family() {
        return family;
    }

    /** Returns the peer's numbers; what the session does to them goes through here only. */
    PeerRouteAccount account() {
        return account;
    }

    /** Returns the route limit, or null if there is none. */
    @Nullable
    PrefixLimit limit() {
        return limit;
    }

    /** The session is lost and its routes are kept: returns what tells them apart from those of the next (RFC 4724 §4.2). */
    StaleRoutes lost(long longLivedNanos) {
        StaleRoutes left = new StaleRoutes(account.storedNow(), longLivedNanos, stale);
        stale = left;
        account.recordStale();
        return left;
    }

    /** The peer's next session goes on with what this one left; its limit counts from 0 (ARS-24). */
    SessionFamily resume(Optional<RouteLimit> changed) {
        setLimit(changed);
        isRefreshing = false;
        hasRefreshed = false;
        return this;
    }

    /** What a lost session left has been removed or replaced, to the last route. */
    void swept(StaleRoutes gone) {
        if (stale == gone) {
            stale = null;
        } else if (stale != null) {
            stale.forget(gone);
        }
    }

    /** Returns whether a path of the slot is kept from a lost session. */
    boolean isStale(int path) {
        return stale != null && stale.has(path);
    }

    /** Tells whether nothing has come since the session before was lost. */
    boolean isAllStale() {
        return stale != null && stale.left() > 0 && stale.left() == account.storedNow();
    }

    /** Returns whether it is kept beyond the restart time (RFC 9494 §4.2). */
    boolean isLongLivedStale(int path) {
        return stale != null && stale.isLongLived(path);
    }

    /** Notes that something came in the place of a route, or that it is gone; returns whether it was stale. */
    boolean renew(PathChange before) {
        boolean was = stale != null && stale.renew(before.path(), before.existed());
        if (was) {
            account.recordRenewed(before);
        }
        return was;
    }

    /** Accounts for a route that was judged anew. */
    void recordReevaluated(PathChange before, byte verdict) {
        account.recordReevaluated(verdict, before);
        if (isStale(before.path())) {
            account.recordStaleReevaluated(verdict, before);
        } else if (limit != null) {
            limit.recordStored(before.path(), before.wasAccepted(), Verdict.isAccepted(verdict));
        }
    }

    /** Returns what happens when the limit is passed. */
    LimitAction limitAction() {
        return action;
    }

    /** Replaces the limit; the count goes on from the routes that are held. */
    void setLimit(Optional<RouteLimit> changed) {
        limit = changed.isPresent() ? new PrefixLimit(changed.get()) : null;
        action = changed.map(RouteLimit::action).orElse(LimitAction.WARN);
    }

    @Nullable
    UpdateGroup group() {
        return group;
    }

    @Nullable
    Member member() {
        return member;
    }

    void join(UpdateGroup joined, Member as) {
        group = joined;
        member = as;
    }

    void leave() {
        group = null;
        member = null;
    }

    /** Returns the refresh round that arriving routes belong to, 0 to 255. */
    int generation() {
        return generation;
    }

    /** Returns whether a refresh round has begun that has not ended. */
    boolean isRefreshing() {
        return isRefreshing;
    }

    /** Begins a refresh round (RFC 7313 §4): what is not announced again before its end goes. */
    void beginRefresh() {
        generation = (generation + 1) & 0xff;
        isRefreshing = true;
    }

    /** Ends a refresh round; returns whether one had begun. */
    boolean endRefresh() {
        boolean was = isRefreshing;
        isRefreshing = false;
        if (was && limit != null) {
            limit.endResend();
        }
        return was;
    }

    /** Returns whether the peer has been sent a refresh that it asked for. */
    boolean hasRefreshed() {
        return hasRefreshed;
    }

    /** Returns when the next refresh that the peer asks for may begin; meaningless before the first. */
    long refreshDueNanos() {
        return refreshDueNanos;
    }

    /** A refresh that the peer asked for begins. */
    void refreshed(long nextDueNanos) {
        hasRefreshed = true;
        refreshDueNanos = nextDueNanos;
    }

    /** The peer has sent all its routes once (RFC 4724 §2): the limit's batch is complete (ARS-21). */
    void endOfRib() {
        closeBatch();
    }

    /** The peer is asked for all its routes again. */
    void expectResend() {
        if (limit != null) {
            limit.expectResend(account.storedNow());
        }
    }

    /** Ends the batch that the route limit counts (ARS-21). */
    void closeBatch() {
        if (limit != null) {
            limit.close();
        }
    }
}
