package dev.waymark.examples.app;

import static dev.waymark.examples.app.RefusedPeers.azure;
import static dev.waymark.examples.app.RefusedPeers.built;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.LimitSettings;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteView;
import dev.waymark.api.SelectionSettings;
import dev.waymark.api.SendLimit;
import dev.waymark.api.SessionSettings;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** What the rules forbid of settings (ARS-13 to 16, 20 to 27, 32, 55), queries (ARS-70) and route maps (ARS-60 to 63). */
final class RefusedSettings {
    private static final RouteLimit LIMIT = RouteLimit.of(4_000);

    private RefusedSettings() {}

    static Stream<Refused> all() {
        return Stream.of(sessions(), limits(), routeLimits(), routeMaps(), restrictedMaps())
                .flatMap(cases -> cases);
    }

    private static Stream<Refused> sessions() {
        SessionSettings azure = SessionSettings.azure();
        return Stream.of(
                built("ARS-13", "localAsn", azure().localAsn(Asn.of(70_000)), "§asn: 70000"),
                new Refused(
                        "ARS-15",
                        "session.families",
                        () -> azure.withFamilies(Set.<AddressFamily>of()),
                        "session: {families: §[]}"),
                new Refused(
                        "ARS-14",
                        "session.holdTime",
                        () -> azure.withHoldTime(Duration.ofSeconds(2)),
                        "session:\n  holdTime: §2s\n"),
                new Refused(
                        "ARS-14",
                        "session.holdTime",
                        () -> azure.withHoldTime(Duration.ZERO),
                        "session:\n  holdTime: §0s\n"),
                new Refused(
                        "ARS-14",
                        "session.holdTime",
                        () -> azure.withHoldTime(Duration.ofSeconds(65_536)),
                        "session:\n  holdTime: §65536s\n"));
    }

    private static Stream<Refused> limits() {
        LimitSettings azure = LimitSettings.azure();
        SendLimit send = SendLimit.of(1_000);
        return Stream.of(
                new Refused(
                        "ARS-16", "limits.maxPeers", () -> azure.withMaxPeers(32_001), "limits: {maxPeers: §32001}"),
                new Refused("ARS-27", "limits.totalPrefixes", () -> azure.withTotalPrefixes(-1), ""),
                new Refused("ARS-27", "limits.maxNetworks", () -> azure.withMaxNetworks(-1), ""),
                new Refused(
                        "ARS-32",
                        "selection.maxNextHops",
                        () -> SelectionSettings.azure().withMaxNextHops(1_025),
                        "selection: {maxNextHops: §1025}"),
                new Refused(
                        "ARS-55",
                        "sendLimit.routes",
                        () -> send.withRoutes(0),
                        "limits: {expressRouteSendLimit: {routes: §0}}"),
                new Refused(
                        "ARS-23",
                        "sendLimit.warningPercent",
                        () -> send.withWarningPercent(101),
                        "limits: {expressRouteSendLimit: {warningPercent: §101}}"),
                new Refused(
                        "ERROR-HANDLING 9",
                        "addPath.receivedPaths",
                        () -> AddPathSettings.off().withReceivedPaths(0),
                        "peers: [{name: a, address: 10.0.0.5, asn: 65001, addPath: {receivedPaths: §0}}]"),
                new Refused(
                        "ARS-34",
                        "addPath.sentPaths",
                        () -> AddPathSettings.off().withSentPaths(1_001),
                        "peers: [{name: a, address: 10.0.0.5, asn: 65001, addPath: {sentPaths: §1001}}]"),
                new Refused("ARS-70", "query.peer", () -> RouteQuery.of(RouteView.ADVERTISED), ""));
    }

    private static Stream<Refused> routeLimits() {
        return Stream.of(
                routeLimit("ARS-20", "routes", () -> LIMIT.withRoutes(0), "§0"),
                routeLimit("ARS-23", "warningPercent", () -> LIMIT.withWarningPercent(0), "§0"),
                routeLimit("ARS-23", "warningPercent", () -> LIMIT.withWarningPercent(101), "§101"),
                routeLimit("ARS-21", "quietTime", () -> LIMIT.withQuietTime(Duration.ZERO), "§0s"),
                routeLimit("ARS-21", "maximumAge", () -> LIMIT.withMaximumAge(Duration.ZERO), "§0s"),
                routeLimit("ARS-24", "restartAfter", () -> LIMIT.withRestartAfter(Duration.ofDays(2)), "§2d"),
                routeLimit("ARS-24", "restartAtMost", () -> LIMIT.withRestartAtMost(Duration.ofDays(2)), "§2d"),
                new Refused(
                        "ARS-20",
                        "routeLimit.routes",
                        () -> LIMIT.withRoutes(0),
                        "peers: [{name: a, address: 10.0.0.5, asn: 65001, routeLimit: §0}]"));
    }

    private static Refused routeLimit(String rule, String key, Executable java, String value) {
        return new Refused(rule, "routeLimit." + key, java, "limits:\n  routeLimit:\n    " + key + ": " + value + "\n");
    }

    private static Stream<Refused> routeMaps() {
        IpPrefix wide = IpPrefix.parse("10.0.0.0/8");
        RouteMapRule empty = RouteMapRule.builder("r").build();
        return Stream.of(
                new Refused("ARS-60", "routeMap.name", () -> RouteMap.of("", List.of()), "routeMaps: [{§name: ''}]"),
                new Refused(
                        "ARS-60",
                        "routeMap.m.rule.r",
                        () -> RouteMap.of("m", List.of(empty, empty)),
                        "routeMaps:\n  - name: m\n    rules:\n      - {name: r}\n      - §{name: r}\n"),
                new Refused(
                        "ARS-60",
                        "routeMap.rule.name",
                        () -> RouteMapRule.builder("a b").build(),
                        "routeMaps: [{name: m, rules: [{§name: a b}]}]"),
                new Refused(
                        "ARS-61",
                        "routeMap.match.prefixEquals",
                        () -> RouteMapCondition.prefixEquals(List.of()),
                        map("match: {prefixEquals: §[]}")),
                new Refused(
                        "ARS-62",
                        "routeMap.then.asPathAdd",
                        () -> RouteMapAction.asPathAdd(Collections.nCopies(10_000, Asn.of(100))),
                        map("then: {asPathAdd: §[" + "100, ".repeat(9_999) + "100]}")),
                new Refused(
                        "ARS-62",
                        "routeMap.then.communityRemove",
                        () -> RouteMapAction.communityRemove(List.of()),
                        map("then: {communityRemove: §[]}")),
                new Refused(
                        "ARS-62",
                        "routeMap.rule.r.then.asPathAdd",
                        () -> RouteMapRule.builder("r")
                                .then(RouteMapAction.asPathAdd(List.of(Asn.of(100))))
                                .then(RouteMapAction.asPathAdd(List.of(Asn.of(100))))
                                .build(),
                        ""),
                new Refused(
                        "ARS-62",
                        "routeMap.rule.r.then",
                        () -> RouteMapRule.builder("r")
                                .then(RouteMapAction.drop())
                                .then(RouteMapAction.asPathAdd(List.of(Asn.of(100))))
                                .build(),
                        map("§then: {drop: true, asPathAdd: 100}")),
                new Refused(
                        "ARS-62",
                        "routeMap.rule.r.next",
                        () -> RouteMapRule.builder("r")
                                .then(RouteMapAction.drop())
                                .next(RouteMapRule.Next.CONTINUE)
                                .build(),
                        map("then: {drop: true}, §next: continue")),
                new Refused(
                        "ARS-62",
                        "routeMap.rule.r.then.prefixReplace",
                        () -> RouteMapRule.builder("r")
                                .when(RouteMapCondition.prefixEquals(List.of(IpPrefix.parse("11.0.0.0/16"))))
                                .then(RouteMapAction.prefixReplace(wide))
                                .build(),
                        map("match: {prefixEquals: 11.0.0.0/16}, then: {§prefixReplace: 10.0.0.0/8}")));
    }

    private static Stream<Refused> restrictedMaps() {
        return Stream.of(
                restricted(
                        "then.asPathAdd",
                        RouteMapRule.builder("r").then(RouteMapAction.asPathAdd(List.of(Asn.of(65_001)))),
                        "then: {§asPathAdd: 65001}"),
                restricted(
                        "then.asPathAdd",
                        RouteMapRule.builder("r").then(RouteMapAction.asPathAdd(List.of(Asn.of(12_076)))),
                        "then: {§asPathAdd: 12076}"),
                restricted(
                        "then.communityRemove",
                        RouteMapRule.builder("r")
                                .then(RouteMapAction.communityRemove(List.of(Community.of(65517, 12001)))),
                        "then: {§communityRemove: 65517:12001}"),
                restricted(
                        "then.prefixReplace",
                        RouteMapRule.builder("r").then(RouteMapAction.prefixReplace(IpPrefix.parse("10.0.0.0/16"))),
                        "then: {§prefixReplace: 10.0.0.0/16}"),
                restricted(
                        "match.prefixEquals",
                        RouteMapRule.builder("r")
                                .when(RouteMapCondition.prefixEquals(List.of(IpPrefix.parse("10.0.0.0/16"))))
                                .then(RouteMapAction.asPathAdd(List.of(Asn.of(100)))),
                        "match: {§prefixEquals: 10.0.0.0/16}, then: {asPathAdd: 100}"));
    }

    private static Refused restricted(String part, RouteMapRule.Builder rule, String yaml) {
        RouteMap map = RouteMap.of("m", List.of(rule.build()));
        return built(
                "ARS-63",
                "routeMap.m.rule.r." + part,
                azure().localAddress(RefusedPeers.address(4))
                        .network(IpPrefix.parse("10.0.0.0/16"))
                        .importPolicy(map),
                map(yaml));
    }

    private static String map(String rule) {
        return "networks: {prefix: 10.0.0.0/16, nextHop: 10.0.0.4}\nrouteMaps:\n  - name: m\n    rules:\n      - {name: r, "
                + rule + "}\nimportPolicy: m\n";
    }
}
