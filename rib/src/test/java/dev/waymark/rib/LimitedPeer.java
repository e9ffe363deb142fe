package dev.waymark.rib;

import dev.waymark.api.LimitAction;
import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteLimit;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** A session that handles UPDATEs as the engine does: limit, account and table in the same order. Rows are the prefixes. */
final class LimitedPeer {
    private static final int SLOT = 1;
    private static final byte REJECTED = Verdict.of(RejectReason.POLICY);

    final AdjRibIn table = new AdjRibIn(new CountingRefs());
    final PeerRouteAccount account = new PeerRouteAccount();
    final PrefixLimit limit;
    private final RouteLimit settings;
    private final IntPredicate policy;
    private long nowNanos = Long.MAX_VALUE - 5_000_000_000L; // wraps early on
    boolean isTornDown;
    int warnings;
    int exceeded;

    LimitedPeer(RouteLimit settings, IntPredicate policy) {
        this.settings = settings;
        this.limit = new PrefixLimit(settings);
        this.policy = policy;
    }

    LimitedPeer(RouteLimit settings) {
        this(settings, row -> true);
    }

    void sleepMillis(long millis) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    void endOfRib() {
        limit.recordUpdate(nowNanos);
        limit.close();
    }

    /** Announces {@code count} rows from {@code first} in UPDATEs of at most 700 prefixes. */
    void announce(int first, int count) {
        for (int at = first; at < first + count && !isTornDown; at += 700) {
            update(
                    new int[0],
                    IntStream.range(at, Math.min(at + 700, first + count)).toArray());
        }
    }

    void withdraw(int first, int count) {
        update(IntStream.range(first, first + count).toArray(), new int[0]);
    }

    LimitOutcome update(int[] withdrawn, int[] announced) {
        limit.recordUpdate(nowNanos);
        account.recordWithdrawn(withdrawn.length);
        for (int row : withdrawn) {
            PathChange before = table.withdraw(row, SLOT);
            limit.recordRemoved(row, before.wasAccepted());
            account.recordRemoved(before);
        }
        if (announced.length == 0) {
            return LimitOutcome.WITHIN;
        }
        LimitOutcome outcome = check(announced);
        warnings += outcome == LimitOutcome.WARNING ? 1 : 0;
        exceeded += outcome == LimitOutcome.EXCEEDED ? 1 : 0;
        isTornDown = outcome.isExceeded() && settings.action() == LimitAction.TEAR_DOWN;
        for (int row : announced) {
            if (!isTornDown) {
                apply(row, outcome);
            }
        }
        account.checkBalance(table.size());
        return outcome;
    }

    /** A new policy verdict for a held route. */
    void reevaluate(int row, boolean accepts) {
        int path = table.find(row, SLOT);
        if (path != 0) {
            byte verdict = accepts ? Verdict.ACCEPTED : REJECTED;
            PathChange before = table.reevaluate(row, path, 1, verdict);
            limit.recordStored(row, before.wasAccepted(), accepts);
            account.recordReevaluated(verdict, before);
        }
    }

    private LimitOutcome check(int[] announced) {
        long held = limit.heldOf(account);
        int fresh = announced.length;
        if (limit.needsNewPrefixes(announced.length, held)) {
            Set<Integer> seen = new HashSet<>();
            for (int row : announced) {
                if (!isCounted(row)) {
                    seen.add(row);
                }
            }
            fresh = seen.size();
        }
        return limit.check(nowNanos, announced.length, fresh, held);
    }

    /** Whether a row counts as held already, or never will. */
    private boolean isCounted(int row) {
        int path = table.find(row, SLOT);
        return switch (settings.mode()) {
            case CURRENT_PLUS_INCOMING, DISTINCT_PREFIXES -> path != 0;
            case DISTINCT_ACCEPTED_PREFIXES -> (path != 0 && table.isAccepted(path)) || !policy.test(row);
        };
    }

    private void apply(int row, LimitOutcome outcome) {
        boolean discards = outcome.isExceeded() && settings.action() == LimitAction.DISCARD_NEW;
        if (discards && !limit.tryAdmit(table.find(row, SLOT) != 0)) {
            account.recordRefusedByLimit(1);
            return;
        }
        byte verdict = policy.test(row) ? Verdict.ACCEPTED : REJECTED;
        PathChange before = table.announce(row, SLOT, 1, 1, verdict, 0);
        limit.recordStored(row, before.wasAccepted(), verdict == Verdict.ACCEPTED);
        account.recordAnnounced(verdict, before);
    }
}
