package dev.waymark.api;

import java.util.List;
import java.util.OptionalInt;

/**
 * A piece of a view. Immutable.
 *
 * @param revision grows with every change of the tables; equal revisions mean that nothing changed in between
 * @param entries the rows; may be empty though more follow
 * @param next where the next piece starts; empty at the end
 */
public record RoutePage(long revision, List<RouteEntry> entries, OptionalInt next) {
    /** Copies the list. */
    public RoutePage {
        entries = List.copyOf(entries);
    }
}
