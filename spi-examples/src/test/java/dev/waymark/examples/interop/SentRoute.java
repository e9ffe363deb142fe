package dev.waymark.examples.interop;

import java.util.List;

/**
 * A route that a test has an NVA announce; the next hop is the NVA's own.
 *
 * @param prefix the prefix
 * @param behind the AS_PATH after the NVA's own AS number
 * @param med the MULTI_EXIT_DISC
 * @param communities as {@code 65011:1}
 * @param largeCommunities as {@code 65011:1:2}
 * @param unknown attributes that nobody knows, as type and value: {@code 99:0102}; ExaBGP alone can make them
 */
record SentRoute(
        String prefix,
        List<Long> behind,
        long med,
        List<String> communities,
        List<String> largeCommunities,
        List<String> unknown) {

    /** Returns a route with one more AS behind the NVA and a value of everything else, made from a number below 256. */
    static SentRoute full(String prefix, int number) {
        return new SentRoute(
                prefix,
                List.of(64777L),
                100 + number,
                List.of("650" + number + ":1", "65000:" + number),
                List.of("4200000000:" + number + ":7"),
                List.of());
    }

    /** Returns a route with nothing but a path. */
    static SentRoute plain(String prefix, Long... behind) {
        return new SentRoute(prefix, List.of(behind), 0, List.of(), List.of(), List.of());
    }

    /** Returns whether there is nothing to it but the prefix. */
    boolean isPlain() {
        return behind.isEmpty() && med == 0 && communities.isEmpty() && largeCommunities.isEmpty() && unknown.isEmpty();
    }

    SentRoute withCommunities(String... values) {
        return new SentRoute(prefix, behind, med, List.of(values), largeCommunities, unknown);
    }

    SentRoute withBehind(Long... asns) {
        return new SentRoute(prefix, List.of(asns), med, communities, largeCommunities, unknown);
    }

    SentRoute withUnknown(String... attributes) {
        return new SentRoute(prefix, behind, med, communities, largeCommunities, List.of(attributes));
    }
}
