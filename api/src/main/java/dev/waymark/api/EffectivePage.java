package dev.waymark.api;

import java.util.List;
import java.util.OptionalLong;

/**
 * A piece of a route table's effective routes, longest prefixes first. Immutable.
 *
 * @param revision grows with every change of the tables
 * @param routes the rows; may be empty though more follow
 * @param next where the next piece starts; empty at the end
 */
public record EffectivePage(long revision, List<EffectiveRoute> routes, OptionalLong next) {
    /** Copies the list. */
    public EffectivePage {
        routes = List.copyOf(routes);
    }
}
