package dev.waymark.policy;

import dev.waymark.api.PeerRole;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Origin;
import dev.waymark.spi.PolicyContext;
import java.util.List;
import java.util.Set;

/**
 * Makes matchers on the prefix, the peers and the plain attributes. For AS paths see
 * {@link dev.waymark.policy.asn.AsPathMatchers}, for communities
 * {@link dev.waymark.policy.community.CommunityMatchers}. Stateless.
 */
public final class RouteMatchers {

    private RouteMatchers() {}

    /**
     * Returns the matcher for every route.
     *
     * @return the matcher
     */
    public static RouteMatcher everything() {
        return (context, route) -> true;
    }

    /**
     * Matches routes whose prefix is in a set.
     *
     * @param set the set
     * @return the matcher
     */
    public static RouteMatcher prefixIn(PrefixSet set) {
        return (context, route) -> set.contains(route.prefix());
    }

    /**
     * Matches routes that are more specific than a network should announce.
     *
     * @param ipv4Length the longest IPv4 prefix that isn't matched, 0 to 32; 24 is usual between networks
     * @param ipv6Length the longest IPv6 prefix that isn't matched, 0 to 128; 48 is usual between networks
     * @return the matcher
     * @throws dev.waymark.api.ConfigurationException when one is out of range
     */
    public static RouteMatcher prefixLongerThan(int ipv4Length, int ipv6Length) {
        PolicyChecks.range("prefixLongerThan.ipv4Length", ipv4Length, 0, 32);
        PolicyChecks.range("prefixLongerThan.ipv6Length", ipv6Length, 0, 128);
        return (context, route) -> {
            IpPrefix prefix = route.prefix();
            return prefix.length() > (prefix.family() == AddressFamily.IPV4_UNICAST ? ipv4Length : ipv6Length);
        };
    }

    /**
     * Matches routes of an address family.
     *
     * @param family the family
     * @return the matcher
     */
    public static RouteMatcher family(AddressFamily family) {
        return (context, route) -> route.prefix().family() == family;
    }

    /**
     * Matches routes with one of the given origins.
     *
     * @param origins the origins
     * @return the matcher
     */
    public static RouteMatcher origin(Origin... origins) {
        Set<Origin> set = Set.copyOf(List.of(origins));
        return (context, route) -> set.contains(route.attributes().origin());
    }

    /**
     * Matches routes whose next hop lies in one of the given prefixes.
     *
     * @param prefixes the prefixes
     * @return the matcher
     */
    public static RouteMatcher nextHopIn(IpPrefix... prefixes) {
        List<IpPrefix> list = List.of(prefixes);
        return (context, route) -> {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i).contains(route.attributes().nextHop())) {
                    return true;
                }
            }
            return false;
        };
    }

    /**
     * Matches routes on their way into the server.
     *
     * @return the matcher
     */
    public static RouteMatcher onImport() {
        return (context, route) -> context.direction() == PolicyContext.Direction.IMPORT;
    }

    /**
     * Matches routes on their way to peers.
     *
     * @return the matcher
     */
    public static RouteMatcher onExport() {
        return (context, route) -> context.direction() == PolicyContext.Direction.EXPORT;
    }

    /**
     * Matches routes that a peer sent, as opposed to the server's own networks.
     *
     * @return the matcher
     */
    public static RouteMatcher fromPeer() {
        return (context, route) -> context.source().isPresent();
    }

    /**
     * Matches routes from peers with the given names.
     *
     * @param names the names of the peers
     * @return the matcher; never matches the server's own networks
     */
    public static RouteMatcher fromPeer(String... names) {
        Set<String> set = Set.copyOf(List.of(names));
        return (context, route) -> context.source().isPresent()
                && set.contains(context.source().get().name());
    }

    /**
     * Matches routes from peers with the given AS numbers.
     *
     * @param asns the AS numbers of the peers
     * @return the matcher; never matches the server's own networks
     */
    public static RouteMatcher fromAsn(Asn... asns) {
        Set<Asn> set = Set.copyOf(List.of(asns));
        return (context, route) -> context.source().isPresent()
                && set.contains(context.source().get().asn());
    }

    /**
     * Matches routes from peers with the given roles.
     *
     * @param roles the roles
     * @return the matcher; never matches the server's own networks
     */
    public static RouteMatcher fromRole(PeerRole... roles) {
        Set<PeerRole> set = Set.copyOf(List.of(roles));
        return (context, route) -> context.source().isPresent()
                && set.contains(context.source().get().role());
    }

    /**
     * Matches routes on their way to peers with the given roles.
     *
     * @param roles the roles
     * @return the matcher; never matches on import
     */
    public static RouteMatcher toRole(PeerRole... roles) {
        Set<PeerRole> set = Set.copyOf(List.of(roles));
        return (context, route) -> context.targetRole().isPresent()
                && set.contains(context.targetRole().get());
    }
}
