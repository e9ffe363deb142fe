package dev.waymark.examples.interop;

import java.util.Set;

/**
 * What a daemon's own tool says about the capabilities of its session with the route server.
 *
 * @param advertised what it has advertised
 * @param received what it has received
 */
record Shown(Set<Feature> advertised, Set<Feature> received) {
    Shown {
        advertised = Set.copyOf(advertised);
        received = Set.copyOf(received);
    }
}
