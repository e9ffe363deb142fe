package dev.waymark.policy.routemap;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Route;
import dev.waymark.policy.TestAttributes;
import dev.waymark.policy.TestRoutes;
import dev.waymark.policy.routemap.RouteMapRule.Next;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Parts of maps and routes from text, values separated by blanks. */
final class MapText {

    private MapText() {}

    static List<IpPrefix> prefixes(String text) {
        return values(text, IpPrefix::parse);
    }

    static List<Asn> asns(String text) {
        return values(text, Asn::parse);
    }

    static List<Community> communities(String text) {
        return values(text, Community::parse);
    }

    /** Reads a condition such as {@code prefixEquals 10.0.0.0/8 10.1.0.0/16}. */
    static RouteMapCondition condition(String text) {
        String values = text.substring(text.indexOf(' ') + 1).strip();
        RouteMapCondition.Kind kind = Stream.of(RouteMapCondition.Kind.values())
                .filter(known -> text.startsWith(known + " "))
                .findFirst()
                .orElseThrow();
        return switch (kind) {
            case PREFIX_EQUALS -> RouteMapCondition.prefixEquals(prefixes(values));
            case PREFIX_CONTAINS -> RouteMapCondition.prefixContains(prefixes(values));
            case COMMUNITY_EQUALS -> RouteMapCondition.communityEquals(communities(values));
            case COMMUNITY_CONTAINS -> RouteMapCondition.communityContains(communities(values));
            case COMMUNITY_EXACT -> RouteMapCondition.communityExact(communities(values));
            case AS_PATH_EQUALS -> RouteMapCondition.asPathEquals(asns(values));
            case AS_PATH_CONTAINS -> RouteMapCondition.asPathContains(asns(values));
        };
    }

    /** Reads an action such as {@code asPathAdd 65001 65001}. */
    static RouteMapAction action(String text) {
        String values = text.substring(text.indexOf(' ') + 1).strip();
        RouteMapAction.Kind kind = Stream.of(RouteMapAction.Kind.values())
                .filter(known -> text.startsWith(known + " "))
                .findFirst()
                .orElseThrow();
        return switch (kind) {
            case DROP -> RouteMapAction.drop();
            case PREFIX_REPLACE -> RouteMapAction.prefixReplace(IpPrefix.parse(values));
            case AS_PATH_REPLACE -> RouteMapAction.asPathReplace(asns(values));
            case AS_PATH_ADD -> RouteMapAction.asPathAdd(asns(values));
            case COMMUNITY_REPLACE -> RouteMapAction.communityReplace(communities(values));
            case COMMUNITY_REMOVE -> RouteMapAction.communityRemove(communities(values));
            case COMMUNITY_ADD -> RouteMapAction.communityAdd(communities(values));
        };
    }

    /** Returns a rule of parts, conditions and actions, such as {@code asPathAdd 65001}, and of what follows. */
    static RouteMapRule rule(String name, Next next, String... parts) {
        RouteMapRule.Builder rule = RouteMapRule.builder(name).next(next);
        for (String part : parts) {
            boolean isCondition =
                    Stream.of(RouteMapCondition.Kind.values()).anyMatch(kind -> part.startsWith(kind + " "));
            if (isCondition) {
                rule.when(condition(part));
            } else {
                rule.then(action(part));
            }
        }
        return rule.build();
    }

    static RouteMap map(RouteMapRule... rules) {
        return RouteMap.of("map", List.of(rules));
    }

    static Route route(String prefix, String path, String communities) {
        return TestRoutes.route(
                prefix,
                TestAttributes.ofPath(path)
                        .edit()
                        .communities(communities(communities))
                        .build());
    }

    private static <V> List<V> values(String text, Function<String, V> parser) {
        return Arrays.stream(text.split(" ", -1))
                .filter(value -> !value.isEmpty())
                .map(parser)
                .toList();
    }
}
