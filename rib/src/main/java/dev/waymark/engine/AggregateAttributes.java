package dev.waymark.engine;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.Aggregator;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.AsPathSegment;
import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.RawAttribute;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.WireAttributes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes the attributes of an aggregate out of those of its parts (ARS-62, RFC 4271 §9.2.2.2). What comes out depends on the set of
 * parts alone.
 *
 * <ol>
 *   <li>ORIGIN: the worst: INCOMPLETE, then EGP, then IGP.
 *   <li>AS_PATH: what all begin with; route maps leave nothing of a path but what they put there.
 *   <li>Next hop: the lowest. RFC 4271 wants the aggregating speaker's own where they differ, but a route server forwards nothing.
 *   <li>COMMUNITIES: those of all, so that no restriction is lost (RFC 1997).
 *   <li>ATOMIC_AGGREGATE, and AGGREGATOR with the server's AS number and BGP identifier. Those of the parts go.
 *   <li>ONLY_TO_CUSTOMER: the lowest, if one has it, so that no leak goes unseen (RFC 9234 §5).
 *   <li>What belongs to the path that is no longer there goes: AS4_PATH, AS4_AGGREGATOR, ORIGINATOR_ID, CLUSTER_LIST.
 *   <li>All others, MULTI_EXIT_DISC and LOCAL_PREF too, stay where all parts have the same and go otherwise. RFC 4271 wants no
 *       aggregate of different MULTI_EXIT_DISCs; here the host said that it wants it.
 * </ol>
 *
 * Confined to the engine loop.
 */
final class AggregateAttributes {
    private static final int ORIGIN = 1;
    private static final int AS_PATH = 2;
    private static final int NEXT_HOP = 3;
    private static final int ATOMIC_AGGREGATE = 6;
    private static final int AGGREGATOR = 7;
    private static final int COMMUNITIES = 8;
    private static final int ORIGINATOR_ID = 9;
    private static final int CLUSTER_LIST = 10;
    private static final int AS4_PATH = 17;
    private static final int AS4_AGGREGATOR = 18;
    private static final int ONLY_TO_CUSTOMER = 35;
    /** What surely fits an attribute beside what else is in it. */
    private static final int MAX_COMMUNITIES = 16_000;

    private static final Comparator<WireAttributes> BY_NEXT_HOP = Comparator.comparing(WireAttributes::nextHop)
            .thenComparing(part -> part.linkLocalNextHop().orElse(part.nextHop()));

    private final Settings settings;
    private final AttributeTable attributes;

    AggregateAttributes(Settings settings, AttributeTable attributes) {
        this.settings = settings;
        this.attributes = attributes;
    }

    /**
     * Makes one set of attributes out of many.
     *
     * @param ids the parts, each once; at least one
     * @return the id of what comes out
     */
    int merge(IntList ids) {
        List<WireAttributes> parts = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            parts.add(attributes.view(ids.get(i)));
        }
        WireAttributes base = parts.stream().min(BY_NEXT_HOP).orElseThrow();
        AttributesEdit edit = base.edit()
                .origin(worst(parts))
                .asPath(commonStart(parts))
                .communities(all(parts))
                .atomicAggregate(true)
                .aggregator(new Aggregator(
                        settings.localAsn(),
                        IpAddress.ofIpv4Bits(settings.config().routerId().bits())));
        for (RawAttribute attribute : base.attributes()) {
            if (isOfOldPath(attribute.type()) || (isPlain(attribute.type()) && !isInAll(parts, attribute))) {
                edit.removeAttribute(attribute.type());
            }
        }
        parts.stream()
                .map(part -> part.attribute(ONLY_TO_CUSTOMER))
                .flatMap(Optional::stream)
                .min(Comparator.comparingLong(otc ->
                        Integer.toUnsignedLong(ByteBuffer.wrap(otc.octets()).getInt())))
                .ifPresent(edit::raw);
        return attributes.intern(edit.build());
    }

    private static boolean isPlain(int type) {
        return switch (type) {
            case ORIGIN, AS_PATH, NEXT_HOP, COMMUNITIES, ATOMIC_AGGREGATE, AGGREGATOR, ONLY_TO_CUSTOMER -> false;
            default -> true;
        };
    }

    private static boolean isOfOldPath(int type) {
        return type == ORIGINATOR_ID || type == CLUSTER_LIST || type == AS4_PATH || type == AS4_AGGREGATOR;
    }

    private static boolean isInAll(List<WireAttributes> parts, RawAttribute attribute) {
        return parts.stream().allMatch(part -> part.attribute(attribute.type()).equals(Optional.of(attribute)));
    }

    private static Origin worst(List<WireAttributes> parts) {
        return parts.stream()
                .map(WireAttributes::origin)
                .max(Comparator.comparingInt(Origin::code))
                .orElseThrow();
    }

    private static AsPath commonStart(List<WireAttributes> parts) {
        AsPath first = parts.get(0).asPath();
        if (parts.stream().allMatch(part -> part.asPath().equals(first))) {
            return first;
        }
        List<Asn> common = sequence(first);
        for (WireAttributes part : parts) {
            List<Asn> other = sequence(part.asPath());
            int same = 0;
            while (same < Math.min(common.size(), other.size())
                    && common.get(same).equals(other.get(same))) {
                same++;
            }
            common = common.subList(0, same);
        }
        return AsPath.ofSequence(common);
    }

    /** Returns the AS numbers of a path up to its first segment that is no sequence. */
    private static List<Asn> sequence(AsPath path) {
        List<Asn> asns = new ArrayList<>();
        for (AsPathSegment segment : path.segments()) {
            if (segment.kind() != AsPathSegment.Kind.AS_SEQUENCE) {
                break;
            }
            asns.addAll(segment.asns());
        }
        return asns;
    }

    /** Returns the communities of all parts: in their order where it is the same in all, otherwise ascending. */
    private static List<Community> all(List<WireAttributes> parts) {
        List<Community> first = parts.get(0).communities();
        if (parts.stream().allMatch(part -> part.communities().equals(first))) {
            return first;
        }
        TreeSet<Community> all = new TreeSet<>();
        parts.forEach(part -> all.addAll(part.communities()));
        List<Community> sorted = List.copyOf(all);
        return sorted.subList(
                Math.max(0, sorted.size() - MAX_COMMUNITIES), sorted.size()); // the well-known ones are last
    }
}
