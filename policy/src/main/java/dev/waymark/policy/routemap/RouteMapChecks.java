package dev.waymark.policy.routemap;

import dev.waymark.api.AsnRange;
import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.RouteMapRestrictions;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Refuses maps that show by themselves that they would do what a server forbids (ARS-63). Stateless. */
final class RouteMapChecks {

    private static final String RULE = "ARS-63";

    private RouteMapChecks() {}

    static void check(RouteMap map, RouteServerConfig config) {
        RouteMapRestrictions restrictions = config.routeMapRestrictions();
        for (RouteMapRule rule : map.rules()) {
            String then = "routeMap." + map.name() + ".rule." + rule.name() + ".then.";
            for (RouteMapAction action : rule.actions()) {
                switch (action.kind()) {
                    case AS_PATH_ADD -> checkPrepend(then, action, restrictions);
                    case COMMUNITY_REMOVE -> checkRemove(then, action, restrictions);
                    case PREFIX_REPLACE -> {
                        if (restrictions.keepsNetworks()) {
                            checkAggregate(then, action, config);
                        }
                    }
                    case DROP, AS_PATH_REPLACE, COMMUNITY_REPLACE, COMMUNITY_ADD -> {}
                }
            }
            if (restrictions.keepsNetworks()
                    && !config.advertisedSpaces().isEmpty()
                    && !rule.drops()
                    && !rule.actions().isEmpty()) {
                checkNetworks(map, rule, config);
            }
        }
    }

    private static void checkPrepend(String then, RouteMapAction action, RouteMapRestrictions restrictions) {
        for (Asn asn : action.asns()) {
            Optional<AsnRange> range = restrictions.refusedPrepend(asn);
            if (range.isPresent()) {
                throw new ConfigurationException(
                        then + action.kind(),
                        asn + " is in " + range.get() + ", " + range.get().reason()
                                + "; use a number outside routeMapRestrictions.refusedPrepends",
                        RULE);
            }
        }
    }

    private static void checkRemove(String then, RouteMapAction action, RouteMapRestrictions restrictions) {
        for (Community community : restrictions.protectedCommunities()) {
            if (action.communities().contains(community)) {
                throw new ConfigurationException(
                        then + action.kind(),
                        community + " is protected; leave it out, or change routeMapRestrictions.protectedCommunities",
                        RULE);
            }
        }
    }

    /** An aggregate that is a network of the server's own, or inside one. */
    private static void checkAggregate(String then, RouteMapAction action, RouteServerConfig config) {
        IpPrefix aggregate = action.prefix().orElseThrow();
        for (NetworkSpace space : config.networks()) {
            if (space.prefix().contains(aggregate)) {
                throw new ConfigurationException(
                        then + action.kind(),
                        aggregate + " is " + (space.prefix().equals(aggregate) ? "" : "inside ") + space.prefix()
                                + ", a network of the server; use a prefix outside, or change"
                                + " routeMapRestrictions.keepsNetworks",
                        RULE);
            }
        }
    }

    /** A rule that names a network of the server's own and does more than drop it. */
    private static void checkNetworks(RouteMap map, RouteMapRule rule, RouteServerConfig config) {
        for (RouteMapCondition condition : rule.conditions()) {
            if (condition.kind() != RouteMapCondition.Kind.PREFIX_EQUALS) {
                continue;
            }
            Set<IpPrefix> listed = new HashSet<>(condition.prefixes());
            for (NetworkSpace space : config.advertisedSpaces()) {
                if (listed.contains(space.prefix())) {
                    throw new ConfigurationException(
                            "routeMap." + map.name() + ".rule." + rule.name() + ".match." + condition.kind(),
                            space.prefix() + " is a network of the server, which may be dropped, but not changed;"
                                    + " leave it out, or change routeMapRestrictions.keepsNetworks",
                            RULE);
                }
            }
        }
    }
}
