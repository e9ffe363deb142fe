package dev.waymark.api.route;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.List;

/**
 * The latest state of one prefix for a route sink. Immutable.
 *
 * @param prefix the prefix
 * @param nextHops the distinct next hops that share its traffic, in ascending order; empty: the prefix is gone
 */
public record RouteChange(IpPrefix prefix, List<IpAddress> nextHops) {
    /** Copies the list. */
    public RouteChange {
        nextHops = List.copyOf(nextHops);
    }

    /** Returns whether the prefix is gone. */
    public boolean isWithdrawal() {
        return nextHops.isEmpty();
    }
}
