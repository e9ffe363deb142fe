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
 * @param hasIpv6NextHop whether the next hop is the NVA's IPv6 one (RFC 8950 for an IPv4 prefix)
 */
record SentRoute(
        String prefix,
        List<Long> behind,
        long med,
        List<String> communities,
        List<String> largeCommunities,
        List<String> unknown,
        boolean hasIpv6NextHop) {

    /** Returns a route with one more AS behind the NVA and a value of everything else, made from a number below 256. */
    static SentRoute full(String prefix, int number) {
        return new SentRoute(
                prefix,
                List.of(64777L),
                100 + number,
                List.of("650" + number + ":1", "65000:" + number),
                List.of("4200000000:" + number + ":7"),
                List.of(),
                isIpv6(prefix));
    }

    /** Returns a route with nothing but a path. */
    static SentRoute plain(String prefix, Long... behind) {
        return new SentRoute(prefix, List.of(behind), 0, List.of(), List.of(), List.of(), isIpv6(prefix));
    }

    /** Returns whether there is nothing to it but the prefix and a next hop. */
    boolean isPlain() {
        return behind.isEmpty() && med == 0 && communities.isEmpty() && largeCommunities.isEmpty() && unknown.isEmpty();
    }

    SentRoute withCommunities(String... values) {
        return new SentRoute(prefix, behind, med, List.of(values), largeCommunities, unknown, hasIpv6NextHop);
    }

    SentRoute withBehind(Long... asns) {
        return new SentRoute(prefix, List.of(asns), med, communities, largeCommunities, unknown, hasIpv6NextHop);
    }

    SentRoute withUnknown(String... attributes) {
        return new SentRoute(prefix, behind, med, communities, largeCommunities, List.of(attributes), hasIpv6NextHop);
    }

    SentRoute withLargeCommunities(List<String> values) {
        return new SentRoute(prefix, behind, med, communities, values, unknown, hasIpv6NextHop);
    }

    SentRoute withIpv6NextHop() {
        return new SentRoute(prefix, behind, med, communities, largeCommunities, unknown, true);
    }

    /** Returns whether the prefix is an IPv6 one. */
    boolean isIpv6() {
        return isIpv6(prefix);
    }

    private static boolean isIpv6(String prefix) {
        return prefix.indexOf(':') >= 0;
    }
}
