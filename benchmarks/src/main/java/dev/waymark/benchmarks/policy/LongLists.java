package dev.waymark.benchmarks.policy;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Route maps with long lists, made from a seed. Stateless. */
public final class LongLists {
    private static final int SEED = 63;

    private LongLists() {}

    /**
     * Returns a map of rules that add a community each, their conditions in turn lists of prefixes (equal, containing), of
     * communities and of AS numbers. What is listed is drawn from everywhere, so that a route meets few of them.
     *
     * @param rules how many rules there are
     * @param entries how long each list is
     * @param changesAll whether one more rule, without a condition, changes every route
     */
    public static RouteMap map(int rules, int entries, boolean changesAll) {
        Random random = new Random(SEED);
        List<RouteMapRule> list = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            list.add(adding("rule-" + i, i).when(condition(i, entries, random)).build());
        }
        if (changesAll) {
            list.add(adding("all", rules).build());
        }
        return RouteMap.of("long-lists", list);
    }

    private static RouteMapRule.Builder adding(String name, int number) {
        return RouteMapRule.builder(name).then(RouteMapAction.communityAdd(List.of(Community.of(64_999, number))));
    }

    private static RouteMapCondition condition(int rule, int entries, Random random) {
        return switch (rule % 4) {
            case 0 -> RouteMapCondition.prefixEquals(prefixes(entries, random));
            case 1 -> RouteMapCondition.prefixContains(prefixes(entries, random));
            case 2 ->
                RouteMapCondition.communityContains(IntStream.range(0, entries)
                        .mapToObj(i -> Community.ofBits(random.nextInt()))
                        .toList());
            default ->
                RouteMapCondition.asPathContains(IntStream.range(0, entries)
                        .mapToObj(i -> Asn.of(400_000 + random.nextInt(10_000_000)))
                        .toList());
        };
    }

    /** Prefixes of 20 to 24 bits: few enough that most routes lie in none. */
    private static List<IpPrefix> prefixes(int entries, Random random) {
        return IntStream.range(0, entries)
                .mapToObj(i -> {
                    int length = 20 + random.nextInt(5);
                    return IpPrefix.ofIpv4Bits(random.nextInt() & -1 << (32 - length), length);
                })
                .toList();
    }
}
