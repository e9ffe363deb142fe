package dev.waymark.engine;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.Aggregator;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.RawAttribute;
import dev.waymark.bgp.codec.WireAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes one route of many, reckoned from the rules alone. */
final class AggregateModel {
    private AggregateModel() {}

    /** Makes one route of many (ARS-62, RFC 4271 9.2.2.2). */
    static PathAttributes merged(RouteServerConfig config, List<PathAttributes> all) {
        PathAttributes first = all.get(0);
        Origin origin = all.stream()
                .map(PathAttributes::origin)
                .max(Comparator.comparingInt(Origin::code))
                .orElseThrow();
        IpAddress nextHop = all.stream()
                .map(PathAttributes::nextHop)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        List<Asn> path = new ArrayList<>(first.asPath().asns());
        for (PathAttributes each : all) {
            List<Asn> other = each.asPath().asns();
            while (path.size() > other.size() || !other.subList(0, path.size()).equals(path)) {
                path.remove(path.size() - 1);
            }
        }
        List<Community> communities = first.communities();
        if (all.stream().anyMatch(each -> !each.communities().equals(first.communities()))) {
            communities = all.stream()
                    .flatMap(each -> each.communities().stream())
                    .distinct()
                    .sorted()
                    .toList();
        }
        AttributesEdit edit = WireAttributes.of(origin, AsPath.ofSequence(path), nextHop)
                .edit()
                .communities(communities)
                .atomicAggregate(true)
                .aggregator(new Aggregator(
                        config.localAsn(),
                        IpAddress.ofIpv4Bits(config.routerId().bits())));
        for (int type : List.of(4, 5, 99)) { // MULTI_EXIT_DISC, LOCAL_PREF, and what nobody knows
            Set<Optional<RawAttribute>> values = new HashSet<>();
            all.forEach(each -> values.add(each.attribute(type)));
            if (values.size() == 1) {
                values.iterator().next().ifPresent(edit::raw);
            }
        }
        return edit.build();
    }
}
