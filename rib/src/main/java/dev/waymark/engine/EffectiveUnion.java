package dev.waymark.engine;

import dev.waymark.api.EffectiveReason;
import dev.waymark.api.EffectiveRoute;
import dev.waymark.api.EffectiveSource;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.engine.EffectiveRanking.Contender;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Puts the effective routes of two instances together: a route from BGP has the next hops of both. For one thread. */
final class EffectiveUnion {
    private static final Comparator<IpPrefix> LONGEST_FIRST = Comparator.comparing(IpPrefix::family)
            .thenComparing(Comparator.comparingInt(IpPrefix::length).reversed())
            .thenComparing(Comparator.naturalOrder());

    private final int maxNextHops;
    private final Map<IpPrefix, Map<EffectiveSource, Contender>> byPrefix = new TreeMap<>(LONGEST_FIRST);

    /** Makes an empty union; at most as many next hops a prefix, 0 for no limit. */
    EffectiveUnion(int maxNextHops) {
        this.maxNextHops = maxNextHops;
    }

    /** Adds the routes of an instance. */
    void add(Stream<EffectiveRoute> routes) {
        routes.forEach(route -> byPrefix.computeIfAbsent(route.prefix(), unused -> new EnumMap<>(EffectiveSource.class))
                .merge(route.source(), contender(route), this::united));
    }

    private static Contender contender(EffectiveRoute route) {
        boolean isInside = route.reason() == EffectiveReason.INSIDE_SYSTEM_ROUTE;
        return new Contender(route.source(), route.nextHopKind(), route.nextHops(), isInside);
    }

    /** As {@link UnionRows} has it: the first instance's next hops, then those of the second while there is room. */
    private Contender united(Contender one, Contender other) {
        TreeSet<IpAddress> nextHops = new TreeSet<>(one.nextHops());
        for (IpAddress nextHop : other.nextHops()) {
            if (maxNextHops == 0 || nextHops.size() < maxNextHops) {
                nextHops.add(nextHop);
            }
        }
        return new Contender(one.source(), one.nextHopKind(), List.copyOf(nextHops), one.isInsideSpace());
    }

    /** Returns the routes of both, longest prefixes first. */
    Stream<EffectiveRoute> routes() {
        List<EffectiveRoute> all = new ArrayList<>();
        byPrefix.forEach((prefix, sources) -> all.addAll(EffectiveRanking.rank(prefix, List.copyOf(sources.values()))));
        return all.stream();
    }
}
