package dev.waymark.engine;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Route;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Policies that make aggregates of {@link SimRoutes}' prefixes: most are route maps, one is not. */
enum SimAggregates implements RoutePolicy {
    /** All that is inside, the aggregate itself too. */
    TEN(replaces("in 10.0.0.0/12", "10.0.0.0/12"), replaces("in 2001:db8::/32", "2001:db8::/32")),
    /** Some prefixes, so that others and one that is the aggregate stand beside it. */
    SOME(
            replaces("10.1.0.0/16 10.2.0.0/16 10.3.0.0/16", "10.0.0.0/14"),
            replaces("10.100.0.0/16 10.100.1.0/24 10.101.0.0/16", "10.96.0.0/11"),
            replaces("2001:db8:1::/48 2001:db8:2::/48", "2001:db8::/46")),
    /** One aggregate whose parts are not alike. */
    UNLIKE(
            replaces("10.1.0.0/16 10.4.0.0/16", "10.0.0.0/12", RouteMapAction.asPathAdd(asns(64900, 64901))),
            replaces(
                    "10.2.0.0/16 10.5.0.0/16",
                    "10.0.0.0/12",
                    RouteMapAction.asPathAdd(asns(64900, 64902)),
                    RouteMapAction.communityAdd(List.of(Community.of(65001, 9)))),
            replaces("10.3.0.0/16", "10.0.0.0/12", RouteMapAction.communityAdd(List.of(Community.of(65001, 3))))),
    /** Whatever there is, but what it doesn't contain is refused. */
    NARROW(replaces("", "10.0.0.0/9")),
    /** Everything into what may be announced as it is. */
    DEFAULT(replaces("in 0.0.0.0/0", "0.0.0.0/0"), replaces("in ::/0", "::/0")),
    /** No map: it leaves AS paths and what else there is. */
    PLAIN;

    @SuppressWarnings("ImmutableEnumChecker") // maps and a method: none has a state
    private final RoutePolicy policy;

    SimAggregates(RouteMapRule... rules) {
        List<RouteMapRule> named = new ArrayList<>();
        for (RouteMapRule rule : rules) {
            named.add(new RouteMapRule(
                    "r" + named.size(), rule.conditions(), rule.actions(), RouteMapRule.Next.TERMINATE));
        }
        policy = rules.length == 0 ? SimAggregates::widened : RouteMap.of(name(), named);
    }

    @Override
    public PolicyVerdict evaluate(PolicyContext context, Route route) {
        return policy.evaluate(context, route);
    }

    private static PolicyVerdict widened(PolicyContext context, Route route) {
        IpPrefix prefix = route.prefix();
        if (prefix.length() < 2 || (prefix.high() >>> 48) % 5 == 0) {
            return PolicyVerdict.accept();
        }
        IpPrefix wider = IpPrefix.ofMasked(prefix.address(), prefix.length() - 2);
        return PolicyVerdict.acceptAs(
                wider, route.attributes().edit().communities(List.of()).build());
    }

    private static List<Asn> asns(long... numbers) {
        return java.util.Arrays.stream(numbers).mapToObj(Asn::of).toList();
    }

    private static RouteMapRule replaces(String matched, String by, RouteMapAction... others) {
        RouteMapRule.Builder rule = RouteMapRule.builder("r").then(RouteMapAction.prefixReplace(IpPrefix.parse(by)));
        Stream.of(others).forEach(rule::then);
        if (matched.startsWith("in ")) {
            rule.when(RouteMapCondition.prefixContains(List.of(IpPrefix.parse(matched.substring(3)))));
        } else if (!matched.isEmpty()) {
            rule.when(RouteMapCondition.prefixEquals(
                    Stream.of(matched.split(" ", -1)).map(IpPrefix::parse).toList()));
        }
        return rule.build();
    }
}
