package dev.waymark.examples.policy;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Route;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import dev.waymark.spi.RoutePolicy;
import dev.waymark.spi.contract.RoutePolicyContract;
import dev.waymark.spi.contract.SampleAttributes;
import java.util.List;

/** A route map is a policy like those of hosts. */
class RouteMapContractTest extends RoutePolicyContract {
    private static final IpPrefix DROPPED = IpPrefix.parse("192.0.2.0/24");

    @Override
    protected RoutePolicy create() {
        return RouteMap.of(
                "map",
                List.of(
                        RouteMapRule.builder("drop")
                                .when(RouteMapCondition.prefixEquals(List.of(DROPPED)))
                                .then(RouteMapAction.drop())
                                .build(),
                        RouteMapRule.builder("prepend")
                                .when(RouteMapCondition.asPathContains(List.of(Asn.of(65001))))
                                .then(RouteMapAction.asPathAdd(List.of(Asn.of(65010))))
                                .build(),
                        RouteMapRule.builder("same")
                                .then(RouteMapAction.communityRemove(List.of(Community.of(9, 9))))
                                .build()));
    }

    @Override
    protected List<Route> specialRoutes() {
        return List.of(new Route(DROPPED, SampleAttributes.of("65001", "10.0.0.1")));
    }
}
