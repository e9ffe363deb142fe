package dev.waymark.examples.app;

import dev.waymark.api.CountingMode;
import dev.waymark.api.DecisionMode;
import dev.waymark.api.ExportSettings;
import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.LimitAction;
import dev.waymark.api.LimitSettings;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteMapRestrictions;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.SelectionSettings;
import dev.waymark.api.SessionSettings;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.route.Community;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the sections that are plain values; the keys are the names that the API has. */
final class SettingsReader {
    /** What a file says of a route limit: a limit, or that there shall be none. */
    record LimitChoice(Optional<RouteLimit> limit) {
        private static LimitChoice of(RouteLimit limit) {
            return new LimitChoice(Optional.of(limit));
        }
    }

    private SettingsReader() {}

    static SessionSettings session(Section section, SessionSettings defaults) {
        SessionSettings settings = section.change(defaults)
                .setList(
                        "families",
                        AddressFamily::parse,
                        (session, families) -> session.withFamilies(new LinkedHashSet<>(families)))
                .set("fourOctetAsn", Values::flag, SessionSettings::withFourOctetAsn)
                .set("holdTime", Values::duration, SessionSettings::withHoldTime)
                .set("zeroHoldTimeAllowed", Values::flag, SessionSettings::withZeroHoldTimeAllowed)
                .set("openTimeout", Values::duration, SessionSettings::withOpenTimeout)
                .set("establishTimeout", Values::duration, SessionSettings::withEstablishTimeout)
                .set("connectRetry", Values::duration, SessionSettings::withConnectRetry)
                .set("idleHoldAtMost", Values::duration, SessionSettings::withIdleHoldAtMost)
                .set("enhancedRouteRefresh", Values::flag, SessionSettings::withEnhancedRouteRefresh)
                .set("enforceFirstAs", Values::flag, SessionSettings::withEnforceFirstAs)
                .set("allowAsSet", Values::flag, SessionSettings::withAllowAsSet)
                .set("maxAsPathHops", Values::integer, SessionSettings::withMaxAsPathHops)
                .set("maxCommunities", Values::integer, SessionSettings::withMaxCommunities)
                .set(
                        "extendedMessages",
                        Values::flag,
                        (session, value) ->
                                session.withExtensions(session.extensions().withExtendedMessages(value)))
                .set(
                        "extendedNextHop",
                        Values::flag,
                        (session, value) ->
                                session.withExtensions(session.extensions().withExtendedNextHop(value)))
                .set(
                        "routeServerRole",
                        Values::flag,
                        (session, value) ->
                                session.withExtensions(session.extensions().withRouteServerRole(value)))
                .set(
                        "refreshStaleTime",
                        Values::duration,
                        (session, value) ->
                                session.withExtensions(session.extensions().withRefreshStaleTime(value)))
                .get();
        SessionSettings restarting = section.section("gracefulRestart")
                .map(found -> settings.withExtensions(settings.extensions()
                        .withGracefulRestart(
                                gracefulRestart(found, settings.extensions().gracefulRestart()))))
                .orElse(settings);
        section.end();
        return restarting;
    }

    private static GracefulRestartSettings gracefulRestart(Section section, GracefulRestartSettings defaults) {
        GracefulRestartSettings settings = section.change(defaults)
                .set("enabled", Values::flag, GracefulRestartSettings::withEnabled)
                .set("restartTimeAtMost", Values::duration, GracefulRestartSettings::withRestartTimeAtMost)
                .set("staleTime", Values::duration, GracefulRestartSettings::withStaleTime)
                .set("afterNotifications", Values::flag, GracefulRestartSettings::withAfterNotifications)
                .set("longLived", Values::flag, GracefulRestartSettings::withLongLived)
                .set("longLivedAtMost", Values::duration, GracefulRestartSettings::withLongLivedAtMost)
                .get();
        section.end();
        return settings;
    }

    static LimitSettings limits(Section section, LimitSettings defaults) {
        Optional<LimitChoice> choice = routeLimit(section, "routeLimit", defaults.routeLimit());
        LimitSettings settings = section.change(choice.map(chosen -> defaults.withRouteLimit(chosen.limit()))
                        .orElse(defaults))
                .set("maxPeers", Values::integer, LimitSettings::withMaxPeers)
                .set("totalPrefixes", Values::integer, LimitSettings::withTotalPrefixes)
                .set("maxNetworks", Values::integer, LimitSettings::withMaxNetworks)
                .set("unsentOctets", Values::octetsInt, LimitSettings::withUnsentOctets)
                .set("unfinishedPerAddress", Values::integer, LimitSettings::withUnfinishedPerAddress)
                .set("unfinished", Values::integer, LimitSettings::withUnfinished)
                .set("acceptBurst", Values::integer, LimitSettings::withAcceptBurst)
                .set("peerMemory", Values::octets, LimitSettings::withPeerMemoryOctets)
                .set("memory", Values::octets, LimitSettings::withMemoryOctets)
                .set("attributeSetsPerRoute", Values::integer, LimitSettings::withAttributeSetsPerRoute)
                .get();
        section.end();
        return settings;
    }

    static SelectionSettings selection(Section section, SelectionSettings defaults) {
        SelectionSettings settings = section.change(defaults)
                .set("mode", Values.oneOf(DecisionMode.class), SelectionSettings::withMode)
                .set("preference", Values.oneOf(RoutingPreference.class), SelectionSettings::withPreference)
                .set("maxNextHops", Values::integer, SelectionSettings::withMaxNextHops)
                .set("perClientBest", Values::flag, SelectionSettings::withPerClientBest)
                .get();
        section.end();
        return settings;
    }

    static ExportSettings export(Section section, ExportSettings defaults) {
        ExportSettings settings = section.change(defaults)
                .set("prependLocalAs", Values::flag, ExportSettings::withPrependLocalAs)
                .set("nextHopSelf", Values::flag, ExportSettings::withNextHopSelf)
                .set("honourNoExport", Values::flag, ExportSettings::withHonourNoExport)
                .set("branchToBranch", Values::flag, ExportSettings::withBranchToBranch)
                .get();
        section.end();
        return settings;
    }

    static RouteMapRestrictions routeMapRestrictions(Section section, RouteMapRestrictions defaults) {
        RouteMapRestrictions restrictions = section.change(defaults)
                .setList("refusedPrepends", Values::asnRange, RouteMapRestrictions::withRefusedPrepends)
                .setList("protectedCommunities", Community::parse, RouteMapRestrictions::withProtectedCommunities)
                .set("keepsNetworks", Values::flag, RouteMapRestrictions::withKeepsNetworks)
                .get();
        section.end();
        return restrictions;
    }

    /**
     * Reads a route limit: {@code none}, a number, or a section. Empty if the key is absent.
     *
     * @param defaults what a section changes
     */
    static Optional<LimitChoice> routeLimit(Section parent, String key, Optional<RouteLimit> defaults) {
        Node node = parent.take(key);
        if (node == null) {
            return Optional.empty();
        }
        if (node.getNodeType() == NodeType.MAPPING) {
            return parent.section(key).map(section -> LimitChoice.of(routeLimit(section, defaults)));
        }
        if (node instanceof ScalarNode scalar && scalar.getValue().equals("none")) {
            return Optional.of(new LimitChoice(Optional.empty()));
        }
        return parent.value(key, text -> LimitChoice.of(limit(text, defaults)));
    }

    private static RouteLimit limit(String text, Optional<RouteLimit> defaults) {
        if (!text.matches("\\d+")) {
            throw Values.refused(text, "none, a number of routes, or a section that begins with routes:");
        }
        return defaults.orElse(RouteLimit.of(1)).withRoutes(Values.integer(text));
    }

    private static RouteLimit routeLimit(Section section, Optional<RouteLimit> defaults) {
        RouteLimit limit = section.change(defaults.orElse(RouteLimit.of(Integer.MAX_VALUE)))
                .set("routes", Values::integer, RouteLimit::withRoutes)
                .set("mode", Values.oneOf(CountingMode.class), RouteLimit::withMode)
                .set("action", Values.oneOf(LimitAction.class), RouteLimit::withAction)
                .set("warningPercent", Values::integer, RouteLimit::withWarningPercent)
                .set("quietTime", Values::duration, RouteLimit::withQuietTime)
                .set("maximumAge", Values::duration, RouteLimit::withMaximumAge)
                .set("restartAfter", Values::duration, RouteLimit::withRestartAfter)
                .set("restartAtMost", Values::duration, RouteLimit::withRestartAtMost)
                .get();
        if (defaults.isEmpty()) {
            section.required("routes", Values::integer);
        }
        section.end();
        return limit;
    }
}
