package dev.waymark.policy.routemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.policy.TestAttributes;
import dev.waymark.policy.TestRoutes;
import dev.waymark.policy.routemap.RouteMapRule.Next;
import dev.waymark.spi.PolicyVerdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps decide as a loop over lists does that reads like ARS-60 to 62; rules beyond 64 so that more than one word is needed. */
class RouteMapModelTest {

    private final List<Asn> asnsOfAll =
            IntStream.range(0, 6).mapToObj(i -> Asn.of(65000 + i)).toList();

    @ParameterizedTest(name = "ARS-60: seed {0}: 50 maps of 150 rules, 100 routes through each")
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithTheModel(long seed) {
        Random random = new Random(seed);
        int dropped = 0;
        int changed = 0;
        int aggregated = 0;
        int notWider = 0;
        for (int i = 0; i < 50; i++) {
            List<RouteMapRule> rules = new ArrayList<>();
            for (int j = 0; j < 150; j++) {
                rules.add(rule("r" + j, random));
            }
            RouteMap map = RouteMap.of("map", rules);
            PathAttributes attributes = attributes(random);
            for (int j = 0; j < 100; j++) {
                // runs of routes share their attributes, as those of one UPDATE do
                attributes = random.nextInt(3) == 0 ? attributes(random) : attributes;
                Route route = new Route(prefix(random), attributes);
                String expected = model(rules, route);
                PolicyVerdict verdict = map.evaluate(TestRoutes.IMPORT, route);
                PathAttributes after = verdict.attributes().orElse(route.attributes());
                String to = verdict.aggregate().map(prefix -> prefix + " ").orElse("");
                assertEquals(expected, verdict.isAccepted() ? to + text(after) : verdict.reason(), route::toString);
                notWider += verdict.isNotWider() ? 1 : 0;
                aggregated += verdict.aggregate().isPresent() ? 1 : 0;
                dropped += verdict.isAccepted() ? 0 : 1;
                changed += verdict.attributes().isPresent() ? 1 : 0;
            }
        }
        assertTrue(aggregated > 50 && notWider > 50, aggregated + " aggregated, " + notWider + " not wider");
        assertTrue(dropped > 500 && changed > 500, dropped + " dropped, " + changed + " changed: both happen often");
    }

    private static String text(PathAttributes attributes) {
        return attributes.asPath() + " " + attributes.communities();
    }

    private static String model(List<RouteMapRule> rules, Route route) {
        List<Asn> path = new ArrayList<>(route.attributes().asPath().asns());
        List<Community> communities = new ArrayList<>(route.attributes().communities());
        IpPrefix prefix = route.prefix();
        boolean isAggregated = false;
        for (RouteMapRule rule : rules) {
            IpPrefix now = prefix;
            boolean matches = rule.conditions().stream().allMatch(c -> model(c, now, path, communities));
            if (!matches) {
                continue;
            }
            for (RouteMapAction action : rule.actions()) {
                switch (action.kind()) {
                    case DROP -> {
                        return "route map map, rule " + rule.name() + ": dropped";
                    }
                    case PREFIX_REPLACE -> {
                        IpPrefix wider = action.prefix().orElseThrow();
                        if (!wider.contains(prefix)) {
                            return "route map map, rule " + rule.name() + ": " + wider + " does not contain " + prefix;
                        }
                        prefix = wider;
                        isAggregated = true;
                        path.clear();
                        communities.clear();
                    }
                    case AS_PATH_REPLACE -> {
                        path.clear();
                        path.addAll(action.asns());
                    }
                    case AS_PATH_ADD -> path.addAll(0, action.asns());
                    case COMMUNITY_REPLACE -> {
                        communities.clear();
                        communities.addAll(action.communities());
                    }
                    case COMMUNITY_REMOVE -> communities.removeAll(action.communities());
                    case COMMUNITY_ADD ->
                        action.communities().stream()
                                .filter(community -> !communities.contains(community))
                                .forEach(communities::add);
                }
            }
            if (rule.next() == Next.TERMINATE) {
                break;
            }
        }
        return (isAggregated ? prefix + " " : "") + AsPath.ofSequence(path) + " " + communities;
    }

    private static boolean model(
            RouteMapCondition condition, IpPrefix prefix, List<Asn> path, List<Community> communities) {
        List<?> listed = condition.values();
        return switch (condition.kind()) {
            case PREFIX_EQUALS -> listed.contains(prefix);
            case PREFIX_CONTAINS -> listed.stream().anyMatch(value -> ((IpPrefix) value).contains(prefix));
            case COMMUNITY_EQUALS -> communities.containsAll(listed);
            case COMMUNITY_CONTAINS -> listed.stream().anyMatch(communities::contains);
            case COMMUNITY_EXACT -> new HashSet<>(communities).equals(new HashSet<>(listed));
            case AS_PATH_EQUALS -> path.equals(listed);
            case AS_PATH_CONTAINS -> listed.stream().anyMatch(path::contains);
        };
    }

    private RouteMapRule rule(String name, Random random) {
        RouteMapRule.Builder rule = RouteMapRule.builder(name);
        List<RouteMapCondition> conditions = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            conditions.add(condition(random));
        }
        conditions.forEach(rule::when);
        IpPrefix some = prefix(random);
        IpPrefix wider = IpPrefix.ofMasked(some.address(), random.nextInt(some.length() + 1) / 2);
        boolean isAllInside = conditions.stream()
                .flatMap(condition -> condition.values().stream())
                .allMatch(value -> !(value instanceof IpPrefix listed) || wider.contains(listed));
        if (isAllInside && random.nextInt(8) == 0) {
            rule.then(RouteMapAction.prefixReplace(wider));
        }
        if (random.nextInt(8) == 0) {
            return new RouteMapRule(name, conditions, List.of(RouteMapAction.drop()), Next.TERMINATE);
        }
        if (random.nextInt(3) == 0) {
            rule.then(RouteMapAction.asPathReplace(some(random, 0, () -> asn(random))));
        }
        if (random.nextInt(3) == 0) {
            rule.then(RouteMapAction.asPathAdd(some(random, 1, () -> asn(random))));
        }
        if (random.nextInt(3) == 0) {
            // as a set: a model that keeps what was given twice would say nothing about the map
            rule.then(RouteMapAction.communityReplace(new HashSet<>(some(random, 0, () -> community(random)))));
        }
        if (random.nextInt(3) == 0) {
            rule.then(RouteMapAction.communityRemove(some(random, 1, () -> community(random))));
        }
        if (random.nextInt(3) == 0) {
            rule.then(RouteMapAction.communityAdd(some(random, 1, () -> community(random))));
        }
        return rule.next(random.nextInt(20) == 0 ? Next.TERMINATE : Next.CONTINUE)
                .build();
    }

    private RouteMapCondition condition(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> RouteMapCondition.prefixEquals(many(random, () -> prefix(random)));
            case 1 -> RouteMapCondition.prefixContains(some(random, 1, () -> prefix(random)));
            case 2 -> RouteMapCondition.communityEquals(some(random, 1, () -> community(random)));
            case 3 -> RouteMapCondition.communityContains(some(random, 1, () -> community(random)));
            case 4 -> RouteMapCondition.communityExact(some(random, 0, () -> community(random)));
            case 5 -> RouteMapCondition.asPathEquals(some(random, 0, () -> asn(random)));
            default -> RouteMapCondition.asPathContains(some(random, 1, () -> asn(random)));
        };
    }

    private PathAttributes attributes(Random random) {
        return TestAttributes.ofPath("")
                .edit()
                .asPath(AsPath.ofSequence(some(random, 0, () -> asn(random))))
                .communities(new HashSet<>(some(random, 0, () -> community(random))))
                .build();
    }

    private Asn asn(Random random) {
        return asnsOfAll.get(random.nextInt(asnsOfAll.size()));
    }

    private static Community community(Random random) {
        return Community.of(random.nextBoolean() ? 65535 : 0, random.nextInt(3));
    }

    /** A prefix out of few bits, so that prefixes nest and repeat; around the border of the halves in IPv6. */
    private static IpPrefix prefix(Random random) {
        int length = random.nextInt(9);
        if (random.nextBoolean()) {
            return IpPrefix.ofMasked(IpAddress.ofIpv4Bits(random.nextInt(1 << 8) << 24), length);
        }
        long low = (long) random.nextInt(1 << 4) << 60;
        return IpPrefix.ofMasked(IpAddress.ofIpv6Bits(random.nextInt(1 << 4), low), 60 + length);
    }

    private static <V> List<V> some(Random random, int least, Supplier<V> value) {
        return IntStream.range(0, least + random.nextInt(3))
                .mapToObj(i -> value.get())
                .toList();
    }

    private static <V> List<V> many(Random random, Supplier<V> value) {
        return IntStream.range(0, 1 + random.nextInt(200))
                .mapToObj(i -> value.get())
                .toList();
    }
}
