package dev.waymark.api.route;

import java.util.List;

/**
 * Changes for a route sink that belong together. Immutable.
 *
 * @param revision grows with every batch of a server
 * @param changes at most 4,096, no prefix twice
 */
public record RouteBatch(long revision, List<RouteChange> changes) {
    /** Copies the list. */
    public RouteBatch {
        changes = List.copyOf(changes);
    }
}
