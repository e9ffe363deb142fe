package dev.waymark.policy.routemap;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a rule does with a route (ARS-62). A rule has at most one action of each kind and performs them in the order of
 * {@link Kind}, however they were given. Immutable.
 */
public final class RouteMapAction {

    /** The most AS numbers of an action: what one segment of an AS path holds (RFC 4271 §4.3). */
    public static final int MAX_ASNS = 255;

    /** The most communities that an action puts on a route: what a message of 4,096 octets holds beside little else. */
    public static final int MAX_COMMUNITIES = 1_000;

    /** The kinds of actions, in the order in which a rule performs them. */
    public enum Kind {
        /** The route is refused, and the map ends. */
        DROP("drop"),
        /** The route becomes part of an aggregate: its prefix is replaced by a wider one, its communities and AS path go. */
        PREFIX_REPLACE("prefixReplace"),
        /** The AS path becomes the listed AS numbers; none listed: it becomes empty. */
        AS_PATH_REPLACE("asPathReplace"),
        /** The listed AS numbers are put before the AS path, in their order: the first is the nearest then. */
        AS_PATH_ADD("asPathAdd"),
        /** The communities become the listed ones; none listed: they go. */
        COMMUNITY_REPLACE("communityReplace"),
        /** The listed communities go. */
        COMMUNITY_REMOVE("communityRemove"),
        /** The listed communities come behind the others, as far as the route doesn't have them. */
        COMMUNITY_ADD("communityAdd");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Returns the name of the kind in parameters and files, such as {@code asPathAdd}. */
        @Override
        public String toString() {
            return text;
        }
    }

    private static final RouteMapAction DROP = new RouteMapAction(Kind.DROP, Optional.empty(), List.of(), List.of());

    private final Kind kind;
    private final Optional<IpPrefix> prefix;
    private final List<Asn> asns;
    private final List<Community> communities;

    private RouteMapAction(Kind kind, Optional<IpPrefix> prefix, List<Asn> asns, List<Community> communities) {
        this.kind = kind;
        this.prefix = prefix;
        this.asns = asns;
        this.communities = communities;
    }

    /**
     * Refuses the route and ends the map.
     *
     * @return the action
     */
    public static RouteMapAction drop() {
        return DROP;
    }

    /**
     * Makes the route part of an aggregate: all routes of a peer, or on export to a peer, that get one prefix become one route,
     * which is there as long as one of them is. Their communities and AS paths go, so that the path is the server's own number
     * alone where it is sent to another AS; other actions of this and later rules can put new ones there, and later rules see the
     * new prefix. How the one route is made of many, {@link dev.waymark.spi.PolicyVerdict#acceptAs} says.
     *
     * <p>Only widening is allowed. A rule that names prefixes which aren't inside is refused; a route that turns out not to be
     * inside is rejected.
     *
     * @param prefix the prefix to put in place of those it contains
     * @return the action
     */
    public static RouteMapAction prefixReplace(IpPrefix prefix) {
        return new RouteMapAction(Kind.PREFIX_REPLACE, Optional.of(prefix), List.of(), List.of());
    }

    /**
     * Replaces the AS path.
     *
     * @param asns up to {@value #MAX_ASNS} AS numbers, the nearest first; none for the empty path
     * @return the action
     * @throws dev.waymark.api.ConfigurationException when there are too many or one is 0
     */
    public static RouteMapAction asPathReplace(List<Asn> asns) {
        return ofAsns(Kind.AS_PATH_REPLACE, asns, 0);
    }

    /**
     * Puts AS numbers before the AS path.
     *
     * @param asns 1 to {@value #MAX_ASNS} AS numbers, the nearest first
     * @return the action
     * @throws dev.waymark.api.ConfigurationException when there are none or too many or one is 0
     */
    public static RouteMapAction asPathAdd(List<Asn> asns) {
        return ofAsns(Kind.AS_PATH_ADD, asns, 1);
    }

    /**
     * Replaces the communities; protected ones that the route has stay (ARS-63).
     *
     * @param communities up to {@value #MAX_COMMUNITIES} communities; none to remove the attribute
     * @return the action
     * @throws dev.waymark.api.ConfigurationException when there are too many
     */
    public static RouteMapAction communityReplace(Collection<Community> communities) {
        return ofCommunities(Kind.COMMUNITY_REPLACE, communities, 0, MAX_COMMUNITIES);
    }

    /**
     * Removes the listed communities that the route has.
     *
     * @param communities 1 to {@value RouteMapCondition#MAX_VALUES} communities
     * @return the action
     * @throws dev.waymark.api.ConfigurationException when there are none or too many
     */
    public static RouteMapAction communityRemove(Collection<Community> communities) {
        return ofCommunities(Kind.COMMUNITY_REMOVE, communities, 1, RouteMapCondition.MAX_VALUES);
    }

    /**
     * Adds the listed communities that the route doesn't have.
     *
     * @param communities 1 to {@value #MAX_COMMUNITIES} communities
     * @return the action
     * @throws dev.waymark.api.ConfigurationException when there are none or too many
     */
    public static RouteMapAction communityAdd(Collection<Community> communities) {
        return ofCommunities(Kind.COMMUNITY_ADD, communities, 1, MAX_COMMUNITIES);
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
     * Returns the prefix to put in place of others.
     *
     * @return the prefix; empty where the kind has none
     */
    public Optional<IpPrefix> prefix() {
        return prefix;
    }

    /**
     * Returns the listed AS numbers.
     *
     * @return an immutable list, the nearest first; empty where the kind has none
     */
    public List<Asn> asns() {
        return asns;
    }

    /**
     * Returns the listed communities.
     *
     * @return an immutable list, in the order in which they were given; empty where the kind has none
     */
    public List<Community> communities() {
        return communities;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof RouteMapAction action
                        && kind == action.kind
                        && prefix.equals(action.prefix)
                        && asns.equals(action.asns)
                        && communities.equals(action.communities));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * kind.hashCode() + prefix.hashCode()) + asns.hashCode()) + communities.hashCode();
    }

    /** Returns the kind and the values. */
    @Override
    public String toString() {
        return switch (kind) {
            case DROP -> kind.toString();
            case PREFIX_REPLACE -> kind + " " + prefix.orElseThrow();
            case AS_PATH_REPLACE, AS_PATH_ADD -> kind + " " + asns;
            case COMMUNITY_REPLACE, COMMUNITY_REMOVE, COMMUNITY_ADD -> kind + " " + communities;
        };
    }

    private static RouteMapAction ofAsns(Kind kind, List<Asn> asns, int least) {
        String parameter = "routeMap.then." + kind;
        List<Asn> list = RouteMapValues.list(parameter, asns, least, MAX_ASNS, "ARS-62");
        RouteMapValues.require(
                !list.contains(Asn.ZERO), parameter, "0 is no AS number; use 1 to 4294967295", "RFC 7607 2");
        return new RouteMapAction(kind, Optional.empty(), list, List.of());
    }

    private static RouteMapAction ofCommunities(Kind kind, Collection<Community> communities, int least, int most) {
        String parameter = "routeMap.then." + kind;
        List<Community> list = RouteMapValues.list(parameter, communities, least, most, "ARS-62");
        return new RouteMapAction(kind, Optional.empty(), List.of(), list);
    }
}
