package dev.waymark.policy.asn;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.net.Asn;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.AsPathSegment.Kind;
import dev.waymark.policy.RouteMatcher;
import java.util.List;
import java.util.Set;

/** Makes matchers on the AS_PATH. Stateless. */
public final class AsPathMatchers {

    /** Up to here each listed number is looked for in the path, which allocates nothing; above, the other way round. */
    private static final int SHORT_LIST = 8;

    private AsPathMatchers() {}

    /**
     * Matches routes with one of the given AS numbers anywhere in the path. A long list costs no more than a short one.
     *
     * @param asns the AS numbers
     * @return the matcher
     */
    public static RouteMatcher contains(Asn... asns) {
        List<Asn> list = List.of(asns);
        if (list.size() > SHORT_LIST) {
            Set<Asn> set = Set.copyOf(list);
            return (context, route) -> hasAny(set, route.attributes().asPath().asns());
        }
        return (context, route) -> {
            for (int i = 0; i < list.size(); i++) {
                if (route.attributes().asPathContains(list.get(i))) {
                    return true;
                }
            }
            return false;
        };
    }

    /**
     * Matches routes whose whole path is the given one.
     *
     * @param path the path
     * @return the matcher
     */
    public static RouteMatcher equalTo(AsPath path) {
        return (context, route) -> path.equals(route.attributes().asPath());
    }

    /**
     * Matches routes whose nearest AS is one of the given ones.
     *
     * @param asns the AS numbers
     * @return the matcher; never matches a path without a nearest AS, see {@link AsPath#firstAsn()}
     */
    public static RouteMatcher firstAsn(Asn... asns) {
        Set<Asn> set = Set.copyOf(List.of(asns));
        return (context, route) ->
                route.attributes().asPath().firstAsn().filter(set::contains).isPresent();
    }

    /**
     * Matches routes that one of the given ASes originated.
     *
     * @param asns the AS numbers
     * @return the matcher; never matches a path without an origin, see {@link AsPath#originAsn()}
     */
    public static RouteMatcher originAsn(Asn... asns) {
        Set<Asn> set = Set.copyOf(List.of(asns));
        return (context, route) ->
                route.attributes().asPath().originAsn().filter(set::contains).isPresent();
    }

    /**
     * Matches routes whose path is longer than a limit, as selection counts (RFC 4271 §9.1.2.2(a)).
     *
     * @param length the greatest length that isn't matched, at least 0
     * @return the matcher
     * @throws ConfigurationException when it is negative
     */
    public static RouteMatcher longerThan(int length) {
        if (length < 0) {
            throw new ConfigurationException("longerThan.length", length + " is negative; use 0 or more", "");
        }
        return (context, route) -> route.attributes().asPathLength() > length;
    }

    /**
     * Matches routes with a private AS number anywhere in the path (RFC 6996 §5).
     *
     * @return the matcher
     */
    public static RouteMatcher containsPrivate() {
        return (context, route) -> RemovePrivateAs.hasPrivate(route.attributes().asPath());
    }

    /**
     * Matches routes with an AS_SET or AS_CONFED_SET in the path, which RFC 9774 deprecates.
     *
     * @return the matcher
     */
    public static RouteMatcher containsSet() {
        return (context, route) -> {
            AsPath path = route.attributes().asPath();
            return path.contains(Kind.AS_SET) || path.contains(Kind.AS_CONFED_SET);
        };
    }

    private static boolean hasAny(Set<Asn> listed, List<Asn> carried) {
        for (int i = 0; i < carried.size(); i++) {
            if (listed.contains(carried.get(i))) {
                return true;
            }
        }
        return false;
    }
}
