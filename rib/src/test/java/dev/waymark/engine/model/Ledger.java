package dev.waymark.engine.model;

import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteCounts;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What one session's account of one family must say (ARS-71). */
final class Ledger {
    private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    long accepted;
    long treatedAsWithdraw;
    long ignored;
    long refusedByLimit;
    long withdrawn;
    long admitted;
    long evicted;
    long replaced;
    long removed;

    void arrived(Optional<RejectReason> verdict) {
        if (verdict.isEmpty()) {
            accepted++;
        } else {
            rejected.merge(verdict.get(), 1L, Long::sum);
        }
    }

    RouteCounts counts(long acceptedNow, long rejectedNow, long advertisedNow) {
        long refused = rejected.values().stream().mapToLong(Long::longValue).sum();
        return new RouteCounts(
                accepted + refused + treatedAsWithdraw + ignored + refusedByLimit,
                accepted,
                rejected,
                treatedAsWithdraw,
                ignored,
                0,
                refusedByLimit,
                withdrawn,
                admitted,
                evicted,
                replaced,
                removed,
                acceptedNow,
                rejectedNow,
                0,
                advertisedNow);
    }
}
