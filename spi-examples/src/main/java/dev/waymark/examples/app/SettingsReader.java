package dev.waymark.examples.app;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.CountingMode;
import dev.waymark.api.DecisionMode;
import dev.waymark.api.Deployment;
import dev.waymark.api.ExportSettings;
import dev.waymark.api.GatewaySettings;
import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.LimitAction;
import dev.waymark.api.LimitSettings;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteMapRestrictions;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.SelectionSettings;
import dev.waymark.api.SendLimit;
import dev.waymark.api.SessionSettings;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the sections that are plain values; the keys are the names that the API has. */
final class SettingsReader {
    /** What a file says of a limit: a limit, or that there shall be none. */
    record LimitChoice<L>(Optional<L> limit) {
        private static <L> LimitChoice<L> of(L limit) {
            return new LimitChoice<>(Optional.of(limit));
        }
    }

    private static final IpPrefix NO_SUBNET = IpPrefix.parse("0.0.0.0/0");

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
        LimitSettings received = routeLimit(section, "routeLimit", defaults.routeLimit())
                .map(chosen -> defaults.withRouteLimit(chosen.limit()))
                .orElse(defaults);
        LimitSettings both = sendLimit(section, "expressRouteSendLimit", defaults.expressRouteSendLimit())
                .map(chosen -> received.withExpressRouteSendLimit(chosen.limit()))
                .orElse(received);
        LimitSettings settings = section.change(both)
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
                .set("onPremisesAsn", SettingsReader::asnOrNone, ExportSettings::withOnPremisesAsn)
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

    static GatewaySettings gateways(Section section, GatewaySettings defaults) {
        GatewaySettings settings = section.change(defaults)
                .set("activeActive", Values::flag, GatewaySettings::withActiveActive)
                .set("vpnAsn", SettingsReader::asnOrNone, GatewaySettings::withVpnAsn)
                .get();
        section.end();
        return settings;
    }

    /** Reads where the server is deployed; empty, with a problem, if what must be there isn't. */
    static Optional<Deployment> deployment(Section section) {
        Optional<String> network = section.required(
                "virtualNetwork", text -> Deployment.of(text, NO_SUBNET).virtualNetwork());
        Optional<IpPrefix> subnet = section.required("subnet", IpPrefix::parse);
        Deployment deployment = section.change(Deployment.of(network.orElse("?"), subnet.orElse(NO_SUBNET)))
                .set("subnetName", text -> text, Deployment::withSubnetName)
                .set("hasRouteTable", Values::flag, Deployment::withRouteTable)
                .set("hasSecurityGroup", Values::flag, Deployment::withSecurityGroup)
                .set("isConnectedToHub", Values::flag, Deployment::withConnectedToHub)
                .get();
        section.end();
        return network.isPresent() && subnet.isPresent() ? Optional.of(deployment) : Optional.empty();
    }

    private static Optional<Asn> asnOrNone(String text) {
        return text.equals("none") ? Optional.empty() : Optional.of(Asn.parse(text));
    }

    /**
     * Reads a route limit: {@code none}, a number, or a section. Empty if the key is absent.
     *
     * @param defaults what a section changes
     */
    static Optional<LimitChoice<RouteLimit>> routeLimit(Section parent, String key, Optional<RouteLimit> defaults) {
        return limit(
                parent,
                key,
                section -> routeLimit(section, defaults),
                routes -> defaults.orElse(RouteLimit.of(1)).withRoutes(routes));
    }

    /** Reads a send limit in the same way. */
    static Optional<LimitChoice<SendLimit>> sendLimit(Section parent, String key, Optional<SendLimit> defaults) {
        return limit(
                parent,
                key,
                section -> sendLimit(section, defaults),
                routes -> defaults.orElse(SendLimit.of(1)).withRoutes(routes));
    }

    private static <L> Optional<LimitChoice<L>> limit(
            Section parent, String key, Function<Section, L> fromSection, IntFunction<L> fromNumber) {
        Node node = parent.take(key);
        if (node == null) {
            return Optional.empty();
        }
        if (node.getNodeType() == NodeType.MAPPING) {
            return parent.section(key).map(section -> LimitChoice.of(fromSection.apply(section)));
        }
        if (node instanceof ScalarNode scalar && scalar.getValue().equals("none")) {
            return Optional.of(new LimitChoice<>(Optional.empty()));
        }
        return parent.value(key, text -> {
            if (!text.matches("\\d+")) {
                throw Values.refused(text, "none, a number of routes, or a section that begins with routes:");
            }
            return LimitChoice.of(fromNumber.apply(Values.integer(text)));
        });
    }

    /** Reads what a peer's ADD-PATH section says. */
    static AddPathSettings addPath(Section section, AddPathSettings defaults) {
        AddPathSettings settings = section.change(defaults)
                .set("receive", Values::flag, AddPathSettings::withReceive)
                .set("send", Values::flag, AddPathSettings::withSend)
                .set("receivedPaths", Values::integer, AddPathSettings::withReceivedPaths)
                .set("sentPaths", Values::integer, AddPathSettings::withSentPaths)
                .get();
        section.end();
        return settings;
    }

    private static SendLimit sendLimit(Section section, Optional<SendLimit> defaults) {
        SendLimit limit = section.change(defaults.orElse(SendLimit.of(Integer.MAX_VALUE)))
                .set("routes", Values::integer, SendLimit::withRoutes)
                .set("action", Values.oneOf(LimitAction.class), SendLimit::withAction)
                .set("warningPercent", Values::integer, SendLimit::withWarningPercent)
                .get();
        if (defaults.isEmpty()) {
            section.required("routes", Values::integer);
        }
        section.end();
        return limit;
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
                .set("exemptsResends", Values::flag, RouteLimit::withExemptsResends)
                .get();
        if (defaults.isEmpty()) {
            section.required("routes", Values::integer);
        }
        section.end();
        return limit;
    }
}
