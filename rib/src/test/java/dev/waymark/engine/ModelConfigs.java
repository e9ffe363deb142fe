package dev.waymark.engine;

import dev.waymark.api.GatewaySettings;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.Asn;
import dev.waymark.api.route.Community;
import dev.waymark.engine.model.MapSpec;
import dev.waymark.engine.model.Model;
import dev.waymark.engine.model.PeerSpec;
import dev.waymark.engine.model.Setup;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says to the product what a history of {@link dev.waymark.engine.model.Model} says in plain values. */
final class ModelConfigs {
    private ModelConfigs() {}

    static RouteServerConfig server(Setup setup) {
        RouteServerConfigBuilder builder = setup.isAzure() ? RouteServerConfig.azure() : RouteServerConfig.standard();
        builder.gateways(any -> GatewaySettings.standard()); // the model's gateways have one instance each
        builder.localAddress(Setup.OWN_ADDRESS);
        if (!setup.isAzure()) {
            builder.localAddress(Setup.OWN_IPV6_ADDRESS);
        }
        Duration stale = Duration.ofMillis(Model.STALE_MILLIS);
        return builder.limits(limits -> limits.withUnfinishedPerAddress(100)
                        .withAcceptBurst(1_000)
                        .withTotalPrefixes(setup.totalPrefixes())
                        .withAttributeSetsPerRoute(0)
                        .withRouteLimit(setup.routeLimit()))
                .session(session -> session.withExtensions(session.extensions().withRefreshStaleTime(stale)))
                .selection(selection -> selection
                        .withMode(setup.mode())
                        .withMaxNextHops(setup.maxNextHops())
                        .withPerClientBest(setup.perClientBest())
                        .withPreference(setup.preference()))
                .export(export -> export.withBranchToBranch(setup.branchToBranch())
                        .withHonourNoExport(setup.honourNoExport())
                        .withNextHopSelf(setup.nextHopSelf())
                        .withPrependLocalAs(setup.prependLocalAs()))
                .requirePolicy(setup.requirePolicy())
                .build();
    }

    static PeerConfig peer(PeerSpec spec, boolean isEnabled) {
        PeerConfig.Builder builder = PeerConfig.builder(spec.name(), spec.address(), Asn.of(spec.asn()))
                .role(spec.role())
                .passive(true)
                .enabled(isEnabled)
                .pointToSite(spec.pointToSite());
        spec.prependLocalAs().ifPresent(builder::prependLocalAs);
        spec.enforceFirstAs().ifPresent(builder::enforceFirstAs);
        spec.limit().ifPresent(builder::routeLimit);
        spec.importMap().ifPresent(map -> builder.importPolicy(map(map)));
        spec.exportMap().ifPresent(map -> builder.exportPolicy(map(map)));
        return builder.build();
    }

    static RouteMap map(MapSpec spec) {
        List<RouteMapRule> rules = new ArrayList<>();
        for (MapSpec.Rule each : spec.rules()) {
            RouteMapRule.Builder rule = RouteMapRule.builder("r" + rules.size());
            each.conditions().forEach(condition -> rule.when(condition(condition)));
            action(each).ifPresent(rule::then);
            rules.add(rule.next(each.terminates() ? RouteMapRule.Next.TERMINATE : RouteMapRule.Next.CONTINUE)
                    .build());
        }
        return RouteMap.of(spec.name(), rules);
    }

    private static RouteMapCondition condition(MapSpec.Condition condition) {
        List<Long> numbers = condition.numbers();
        return switch (condition.kind()) {
            case PREFIX_EQUALS -> RouteMapCondition.prefixEquals(condition.prefixes());
            case PREFIX_CONTAINS -> RouteMapCondition.prefixContains(condition.prefixes());
            case COMMUNITY_EQUALS -> RouteMapCondition.communityEquals(communities(numbers));
            case COMMUNITY_CONTAINS -> RouteMapCondition.communityContains(communities(numbers));
            case COMMUNITY_EXACT -> RouteMapCondition.communityExact(communities(numbers));
            case AS_PATH_EQUALS -> RouteMapCondition.asPathEquals(asns(numbers));
            case AS_PATH_CONTAINS -> RouteMapCondition.asPathContains(asns(numbers));
        };
    }

    private static Optional<RouteMapAction> action(MapSpec.Rule rule) {
        List<Long> values = rule.values();
        return switch (rule.action()) {
            case NOTHING -> Optional.empty();
            case DROP -> Optional.of(RouteMapAction.drop());
            case AS_PATH_ADD -> Optional.of(RouteMapAction.asPathAdd(asns(values)));
            case AS_PATH_REPLACE -> Optional.of(RouteMapAction.asPathReplace(asns(values)));
            case COMMUNITY_ADD -> Optional.of(RouteMapAction.communityAdd(communities(values)));
            case COMMUNITY_REMOVE -> Optional.of(RouteMapAction.communityRemove(communities(values)));
            case COMMUNITY_REPLACE -> Optional.of(RouteMapAction.communityReplace(communities(values)));
        };
    }

    private static List<Community> communities(List<Long> numbers) {
        return numbers.stream()
                .map(number -> Community.of((int) (number >> 16), (int) (number & 0xffff)))
                .toList();
    }

    private static List<Asn> asns(List<Long> numbers) {
        return numbers.stream().map(Asn::of).toList();
    }
}
