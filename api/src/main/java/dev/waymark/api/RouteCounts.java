package dev.waymark.api;

import java.util.Map;

/**
 * A peer's numbers for one address family at one moment (ARS-71). Counters only grow during a session, and go on in the next
 * one where routes are kept by graceful restart; gauges, which end in {@code Now}, are exact. Two equations hold always: {@code announced = accepted + rejected + treatedAsWithdraw +
 * ignored + refusedByLimit}, and {@code acceptedNow = accepted + admitted - replaced - removed - evicted}.
 *
 * @param announced prefixes announced, each repetition counted
 * @param accepted of them, those that import accepted on arrival
 * @param rejected of them, those refused on arrival, by reason
 * @param treatedAsWithdraw of them, those in malformed UPDATEs (RFC 7606 §2)
 * @param ignored of them, those without effect: not unicast, not negotiated, or one path too many
 * @param extraPaths of the ignored, the paths beyond {@link AddPathSettings#receivedPaths} (RFC 7911)
 * @param refusedByLimit of them, those that a limit kept out
 * @param withdrawn prefixes withdrawn, whether they were held or not
 * @param admitted rejected routes that a change of policy let in
 * @param evicted accepted routes that a change of policy refused
 * @param replaced accepted routes that an announcement of the same prefix replaced
 * @param removed accepted routes that were withdrawn or went with the session
 * @param acceptedNow routes held and accepted
 * @param rejectedNow routes held and rejected
 * @param staleNow of the routes held, those kept from a session that was lost and not announced again since (RFC 4724 §4.2)
 * @param advertisedNow routes that the peer is sent: the size of its Adj-RIB-Out, each path counted
 */
public record RouteCounts(
        long announced,
        long accepted,
        Map<RejectReason, Long> rejected,
        long treatedAsWithdraw,
        long ignored,
        long extraPaths,
        long refusedByLimit,
        long withdrawn,
        long admitted,
        long evicted,
        long replaced,
        long removed,
        long acceptedNow,
        long rejectedNow,
        long staleNow,
        long advertisedNow) {

    /** Copies the map. */
    public RouteCounts {
        rejected = Map.copyOf(rejected);
    }

    /** Returns the routes refused on arrival, for whatever reason. */
    public long rejectedTotal() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the routes held, accepted or not. */
    public long storedNow() {
        return acceptedNow + rejectedNow;
    }

    /** Returns whether the equations of ARS-71 hold. */
    public boolean isBalanced() {
        return announced == accepted + rejectedTotal() + treatedAsWithdraw + ignored + refusedByLimit
                && acceptedNow == accepted + admitted - replaced - removed - evicted;
    }
}
