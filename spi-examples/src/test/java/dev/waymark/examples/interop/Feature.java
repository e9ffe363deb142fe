package dev.waymark.examples.interop;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a BGP speaker can offer in its OPEN; the last is nothing that Waymark advertises. */
enum Feature {
    FOUR_OCTET_AS,
    ROUTE_REFRESH,
    ENHANCED_REFRESH,
    EXTENDED_MESSAGES,
    EXTENDED_NEXT_HOP,
    ROLE,
    IPV4,
    IPV6,
    GRACEFUL_RESTART,
    LONG_LIVED_GRACEFUL_RESTART,
    ADD_PATH;

    /** Returns all but these. */
    static Set<Feature> allBut(Feature... without) {
        Set<Feature> features = EnumSet.allOf(Feature.class);
        Stream.of(without).forEach(features::remove);
        return features;
    }

    /** Returns these but those. */
    static Set<Feature> without(Set<Feature> features, Feature... without) {
        return features.stream()
                .filter(feature -> !Set.of(without).contains(feature))
                .collect(Collectors.toUnmodifiableSet());
    }
}
