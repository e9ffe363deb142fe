package dev.waymark.api;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.List;

/**
 * A row of a route table's effective routes (ARS-41). What a destination really takes is the active row with the longest
 * prefix that contains it. Immutable.
 *
 * @param prefix the destination
 * @param source where the route comes from
 * @param nextHopKind where it leads
 * @param nextHops the addresses that share its traffic, in ascending order; empty where the kind has none
 * @param reason why it is used, or is not
 */
public record EffectiveRoute(
        IpPrefix prefix,
        EffectiveSource source,
        NextHopKind nextHopKind,
        List<IpAddress> nextHops,
        EffectiveReason reason) {
    /** Copies the list. */
    public EffectiveRoute {
        nextHops = List.copyOf(nextHops);
    }

    /** Returns whether it is used; Azure calls a route that is not {@code Invalid}. */
    public boolean isActive() {
        return reason.isActive();
    }
}
