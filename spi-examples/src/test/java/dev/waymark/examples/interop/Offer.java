package dev.waymark.examples.interop;

import java.util.Set;

/**
 * What a daemon is configured to offer the route server; without one it has its own defaults, and IPv4.
 *
 * @param features what it offers
 * @param role its role, where it offers one (RFC 9234)
 * @param isStrict whether it insists on a role of the other side
 */
record Offer(Set<Feature> features, String role, boolean isStrict) {
    Offer {
        features = Set.copyOf(features);
    }

    static Offer of(Set<Feature> features) {
        return new Offer(features, "rs-client", false);
    }

    Offer withRole(String value) {
        return new Offer(features, value, isStrict);
    }

    Offer strict() {
        return new Offer(features, role, true);
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }
}
