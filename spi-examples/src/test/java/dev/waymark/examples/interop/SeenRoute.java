package dev.waymark.examples.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A route as a daemon's own tool prints it, in one form for all of them. Immutable.
 *
 * @param prefix the prefix
 * @param asPath the AS numbers, first one first
 * @param nextHop the next hop
 * @param med the MULTI_EXIT_DISC, 0 if there is none: not every tool tells them apart
 * @param communities as {@code 65011:1}
 * @param largeCommunities as {@code 65011:1:2}
 * @param unknown attributes that the daemon doesn't know, and ONLY_TO_CUSTOMER, as type and value: {@code 99:0102}
 */
record SeenRoute(
        String prefix,
        List<Long> asPath,
        String nextHop,
        long med,
        Set<String> communities,
        Set<String> largeCommunities,
        Set<String> unknown) {
    SeenRoute {
        asPath = List.copyOf(asPath);
        communities = Set.copyOf(communities);
        largeCommunities = Set.copyOf(largeCommunities);
        unknown = Set.copyOf(unknown);
    }

    /** Returns what others are to see of a route that an NVA sends. */
    static SeenRoute of(Site sender, SentRoute route) {
        List<Long> asPath = new ArrayList<>(List.of(sender.asn()));
        asPath.addAll(route.behind());
        return new SeenRoute(
                route.prefix(),
                asPath,
                sender.nextHop(route),
                route.med(),
                Set.copyOf(route.communities()),
                Set.copyOf(route.largeCommunities()),
                Set.copyOf(route.unknown()));
    }

    /** Returns the route as a tool shows it that doesn't show unknown attributes. */
    SeenRoute withoutUnknown() {
        return new SeenRoute(prefix, asPath, nextHop, med, communities, largeCommunities, Set.of());
    }

    /** Returns the route with these attributes that the daemon doesn't know. */
    SeenRoute withUnknown(String... attributes) {
        return new SeenRoute(prefix, asPath, nextHop, med, communities, largeCommunities, Set.of(attributes));
    }

    /** Returns ONLY_TO_CUSTOMER as type and value. */
    static String onlyToCustomer(long asn) {
        return "35:%08x".formatted(asn);
    }

    /** Returns the route with this AS_PATH. */
    SeenRoute withAsPath(Long... asns) {
        return new SeenRoute(prefix, List.of(asns), nextHop, med, communities, largeCommunities, unknown);
    }
}
