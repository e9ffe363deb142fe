package dev.waymark.policy.community;

import dev.waymark.api.route.Community;
import dev.waymark.api.route.LargeCommunity;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.policy.RouteMatcher;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes matchers on communities, standard and large. Stateless. */
public final class CommunityMatchers {

    /** Up to here each listed one is looked for in the route, which allocates nothing; above, the other way round. */
    private static final int SHORT_LIST = 8;

    private CommunityMatchers() {}

    /**
     * Matches routes that have every one of the given communities, and perhaps others.
     *
     * @param communities the communities; without one, every route matches
     * @return the matcher
     */
    public static RouteMatcher hasAll(Community... communities) {
        List<Community> list = List.of(communities);
        return (context, route) -> {
            for (int i = 0; i < list.size(); i++) {
                if (!route.attributes().hasCommunity(list.get(i))) {
                    return false;
                }
            }
            return true;
        };
    }

    /**
     * Matches routes that have at least one of the given communities. A long list costs no more than a short one.
     *
     * @param communities the communities; without one, no route matches
     * @return the matcher
     */
    public static RouteMatcher hasAny(Community... communities) {
        List<Community> list = List.of(communities);
        if (list.size() > SHORT_LIST) {
            Set<Community> set = Set.copyOf(list);
            return (context, route) -> hasAny(set, route.attributes().communities());
        }
        return (context, route) -> {
            for (int i = 0; i < list.size(); i++) {
                if (route.attributes().hasCommunity(list.get(i))) {
                    return true;
                }
            }
            return false;
        };
    }

    /**
     * Matches routes that have the given communities and no other; order and duplicates don't matter.
     *
     * @param communities the communities; without one, routes without a community match
     * @return the matcher
     */
    public static RouteMatcher hasExactly(Community... communities) {
        Set<Community> set = Set.copyOf(List.of(communities));
        return (context, route) -> set.equals(new HashSet<>(route.attributes().communities()));
    }

    /**
     * Matches routes that have every one of the given large communities, and perhaps others.
     *
     * @param communities the large communities; without one, every route matches
     * @return the matcher
     */
    public static RouteMatcher hasAll(LargeCommunity... communities) {
        List<LargeCommunity> list = List.of(communities);
        return (context, route) -> hasAll(route.attributes(), list);
    }

    /**
     * Matches routes that have at least one of the given large communities.
     *
     * @param communities the large communities; without one, no route matches
     * @return the matcher
     */
    public static RouteMatcher hasAny(LargeCommunity... communities) {
        List<LargeCommunity> list = List.of(communities);
        if (list.size() > SHORT_LIST) {
            Set<LargeCommunity> set = Set.copyOf(list);
            return (context, route) -> hasAny(set, route.attributes().largeCommunities());
        }
        return (context, route) -> {
            for (int i = 0; i < list.size(); i++) {
                if (route.attributes().hasLargeCommunity(list.get(i))) {
                    return true;
                }
            }
            return false;
        };
    }

    /**
     * Matches routes that have the given large communities and no other, in any order.
     *
     * @param communities the large communities; without one, routes without a large community match
     * @return the matcher
     */
    public static RouteMatcher hasExactly(LargeCommunity... communities) {
        Set<LargeCommunity> set = Set.copyOf(List.of(communities));
        return (context, route) -> set.equals(new HashSet<>(route.attributes().largeCommunities()));
    }

    private static boolean hasAll(PathAttributes attributes, List<LargeCommunity> communities) {
        for (int i = 0; i < communities.size(); i++) {
            if (!attributes.hasLargeCommunity(communities.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static <T> boolean hasAny(Set<T> listed, List<T> carried) {
        for (int i = 0; i < carried.size(); i++) {
            if (listed.contains(carried.get(i))) {
                return true;
            }
        }
        return false;
    }
}
