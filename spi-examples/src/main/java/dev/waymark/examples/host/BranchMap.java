package dev.waymark.examples.host;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import java.util.List;

/** A route map on what an SD-WAN appliance announces. */
final class BranchMap {
    private BranchMap() {}

    static PeerConfig branch() {
        RouteMap map = RouteMap.of(
                "branches",
                List.of(
                        RouteMapRule.builder("no-default")
                                .when(RouteMapCondition.prefixEquals(List.of(IpPrefix.parse("0.0.0.0/0"))))
                                .then(RouteMapAction.drop())
                                .build(),
                        RouteMapRule.builder("backup")
                                .when(RouteMapCondition.prefixContains(List.of(IpPrefix.parse("10.20.0.0/16"))))
                                .when(RouteMapCondition.communityContains(List.of(Community.parse("65001:100"))))
                                .then(RouteMapAction.asPathAdd(List.of(Asn.of(64496), Asn.of(64496))))
                                .build()));
        return PeerConfig.builder("sdwan1", IpAddress.parse("10.0.2.4"), Asn.of(65001))
                .importPolicy(map)
                .build();
    }
}
