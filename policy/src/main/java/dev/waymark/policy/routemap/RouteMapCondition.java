package dev.waymark.policy.routemap;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import java.util.Collection;
import java.util.List;

/**
 * What a route must be like for a rule to apply (ARS-61). Lists may have up to a million entries; a route is looked up
 * in all lists of a map at once, by hash. Immutable.
 */
public final class RouteMapCondition {

    /** The most values of a condition. */
    public static final int MAX_VALUES = 1_000_000;

    /** The kinds of conditions. */
    public enum Kind {
        /** The prefix is one of the listed ones. */
        PREFIX_EQUALS("prefixEquals", 1),
        /** The prefix is one of the listed ones or inside one. */
        PREFIX_CONTAINS("prefixContains", 1),
        /** The route has every listed community, and perhaps others. */
        COMMUNITY_EQUALS("communityEquals", 1),
        /** The route has at least one of the listed communities. */
        COMMUNITY_CONTAINS("communityContains", 1),
        /** The route has the listed communities and no other, in any order; none listed: it has none. */
        COMMUNITY_EXACT("communityExact", 0),
        /** The whole AS path is the listed AS numbers, in order and not in sets; none listed: it is empty. */
        AS_PATH_EQUALS("asPathEquals", 0),
        /** At least one of the listed AS numbers stands in the AS path. */
        AS_PATH_CONTAINS("asPathContains", 1);

        private final String text;
        private final int least;

        Kind(String text, int least) {
            this.text = text;
            this.least = least;
        }

        /** Returns the name of the kind in parameters and files, such as {@code prefixEquals}. */
        @Override
        public String toString() {
            return text;
        }
    }

    private final Kind kind;
    private final List<?> values;
    private final List<IpPrefix> prefixes;
    private final int[] numbers;

    private RouteMapCondition(Kind kind, List<?> values, List<IpPrefix> prefixes, int[] numbers) {
        this.kind = kind;
        this.values = values;
        this.prefixes = prefixes;
        this.numbers = numbers;
    }

    /**
     * Matches routes whose prefix is one of the listed ones.
     *
     * @param prefixes 1 to {@value #MAX_VALUES} prefixes of either family
     * @return the condition
     * @throws dev.waymark.api.ConfigurationException when there are none or too many
     */
    public static RouteMapCondition prefixEquals(Collection<IpPrefix> prefixes) {
        return ofPrefixes(Kind.PREFIX_EQUALS, prefixes);
    }

    /**
     * Matches routes whose prefix is one of the listed ones or inside one.
     *
     * @param prefixes 1 to {@value #MAX_VALUES} prefixes of either family
     * @return the condition
     * @throws dev.waymark.api.ConfigurationException when there are none or too many
     */
    public static RouteMapCondition prefixContains(Collection<IpPrefix> prefixes) {
        return ofPrefixes(Kind.PREFIX_CONTAINS, prefixes);
    }

    /**
     * Matches routes that have every listed community, and perhaps others.
     *
     * @param communities 1 to {@value #MAX_VALUES} communities
     * @return the condition
     * @throws dev.waymark.api.ConfigurationException when there are none or too many
     */
    public static RouteMapCondition communityEquals(Collection<Community> communities) {
        return ofCommunities(Kind.COMMUNITY_EQUALS, communities);
    }

    /**
     * Matches routes that have at least one of the listed communities.
     *
     * @param communities 1 to {@value #MAX_VALUES} communities
     * @return the condition
     * @throws dev.waymark.api.ConfigurationException when there are none or too many
     */
    public static RouteMapCondition communityContains(Collection<Community> communities) {
        return ofCommunities(Kind.COMMUNITY_CONTAINS, communities);
    }

    /**
     * Matches routes that have the listed communities and no other; order and duplicates don't matter.
     *
     * @param communities up to {@value #MAX_VALUES} communities; none for routes without a community
     * @return the condition
     * @throws dev.waymark.api.ConfigurationException when there are too many
     */
    public static RouteMapCondition communityExact(Collection<Community> communities) {
        return ofCommunities(Kind.COMMUNITY_EXACT, communities);
    }

    /**
     * Matches routes whose whole AS path is the listed AS numbers in this order. A path with a set never matches.
     *
     * @param asns up to {@value #MAX_VALUES} AS numbers, the nearest first; none for the empty path
     * @return the condition
     * @throws dev.waymark.api.ConfigurationException when there are too many
     */
    public static RouteMapCondition asPathEquals(List<Asn> asns) {
        return ofAsns(Kind.AS_PATH_EQUALS, asns);
    }

    /**
     * Matches routes with at least one of the listed AS numbers anywhere in the AS path.
     *
     * @param asns 1 to {@value #MAX_VALUES} AS numbers
     * @return the condition
     * @throws dev.waymark.api.ConfigurationException when there are none or too many
     */
    public static RouteMapCondition asPathContains(Collection<Asn> asns) {
        return ofAsns(Kind.AS_PATH_CONTAINS, asns);
    }

    /**
     * Returns the kind.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the listed values: {@link IpPrefix}, {@link Community} or {@link Asn}, as the kind says.
     *
     * @return an immutable list, in the order in which they were given
     */
    public List<?> values() {
        return values;
    }

    /** Returns the prefixes; none where the condition is about something else. */
    List<IpPrefix> prefixes() {
        return prefixes;
    }

    /** Returns the communities or AS numbers as they were given; not to be written to. */
    int[] numbers() {
        return numbers;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof RouteMapCondition condition
                        && kind == condition.kind
                        && values.equals(condition.values));
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + values.hashCode();
    }

    /** Returns the kind and the values; of many, how many there are. */
    @Override
    public String toString() {
        return kind + " " + (values.size() > 16 ? values.size() + " values" : values);
    }

    private static RouteMapCondition ofPrefixes(Kind kind, Collection<IpPrefix> prefixes) {
        List<IpPrefix> list = checked(kind, prefixes);
        return new RouteMapCondition(kind, list, list, new int[0]);
    }

    private static RouteMapCondition ofCommunities(Kind kind, Collection<Community> communities) {
        List<Community> list = checked(kind, communities);
        int[] bits = list.stream().mapToInt(Community::bits).toArray();
        return new RouteMapCondition(kind, list, List.of(), bits);
    }

    private static RouteMapCondition ofAsns(Kind kind, Collection<Asn> asns) {
        List<Asn> list = checked(kind, asns);
        return new RouteMapCondition(
                kind, list, List.of(), list.stream().mapToInt(Asn::bits).toArray());
    }

    private static <V> List<V> checked(Kind kind, Collection<V> values) {
        return RouteMapValues.list("routeMap.match." + kind, values, kind.least, MAX_VALUES, "ARS-61");
    }
}
