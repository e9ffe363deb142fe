package dev.waymark.spi.contract;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.Aggregator;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.ExtendedCommunity;
import dev.waymark.api.route.LargeCommunity;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.RawAttribute;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Path attributes as plain values, for tests of policies without a codec. Immutable.
 *
 * @param origin the ORIGIN
 * @param asPath the AS_PATH
 * @param nextHop the next hop, of either family
 * @param med the MULTI_EXIT_DISC
 * @param localPref the LOCAL_PREF
 * @param atomicAggregate whether ATOMIC_AGGREGATE is there
 * @param aggregator the AGGREGATOR
 * @param communities the COMMUNITIES
 * @param largeCommunities the LARGE_COMMUNITY attribute
 * @param extendedCommunities the EXTENDED COMMUNITIES
 * @param others attributes of other types, by type
 */
public record SampleAttributes(
        Origin origin,
        AsPath asPath,
        IpAddress nextHop,
        OptionalLong med,
        OptionalLong localPref,
        boolean atomicAggregate,
        Optional<Aggregator> aggregator,
        List<Community> communities,
        List<LargeCommunity> largeCommunities,
        List<ExtendedCommunity> extendedCommunities,
        Map<Integer, RawAttribute> others)
        implements PathAttributes {
    private static final int WELL_KNOWN = RawAttribute.TRANSITIVE;
    private static final int OPTIONAL_TRANSITIVE = RawAttribute.OPTIONAL | RawAttribute.TRANSITIVE;

    /** Copies the collections. */
    public SampleAttributes {
        communities = List.copyOf(communities);
        largeCommunities = List.copyOf(largeCommunities);
        extendedCommunities = List.copyOf(extendedCommunities);
        others = Map.copyOf(others);
    }

    /** Returns attributes with ORIGIN IGP and what every route has; {@link #edit()} adds to them. */
    public static SampleAttributes of(AsPath asPath, IpAddress nextHop) {
        return new SampleAttributes(
                Origin.IGP,
                asPath,
                nextHop,
                OptionalLong.empty(),
                OptionalLong.empty(),
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    /** Returns attributes from text: {@code of("65001 65002", "10.0.0.1")}. */
    public static SampleAttributes of(String asPath, String nextHop) {
        return of(AsPath.parse(asPath), IpAddress.parse(nextHop));
    }

    @Override
    public boolean hasCommunity(Community community) {
        return communities.contains(community);
    }

    @Override
    public boolean hasLargeCommunity(LargeCommunity community) {
        return largeCommunities.contains(community);
    }

    @Override
    public int asPathLength() {
        return asPath.length();
    }

    @Override
    public boolean asPathContains(Asn asn) {
        return asPath.contains(asn);
    }

    @Override
    public Optional<RawAttribute> attribute(int type) {
        return attributes().stream()
                .filter(attribute -> attribute.type() == type)
                .findFirst();
    }

    @Override
    public List<RawAttribute> attributes() {
        Stream.Builder<RawAttribute> all = Stream.builder();
        all.add(RawAttribute.of(1, WELL_KNOWN, new byte[] {(byte) origin.code()}));
        all.add(RawAttribute.of(2, WELL_KNOWN, asPath.toOctets()));
        if (nextHop.isIpv4()) {
            all.add(RawAttribute.of(3, WELL_KNOWN, nextHop.toBytes()));
        }
        med.ifPresent(value -> all.add(RawAttribute.of(4, RawAttribute.OPTIONAL, fourOctets(value))));
        localPref.ifPresent(value -> all.add(RawAttribute.of(5, WELL_KNOWN, fourOctets(value))));
        if (atomicAggregate) {
            all.add(RawAttribute.of(6, WELL_KNOWN, new byte[0]));
        }
        aggregator.ifPresent(value -> all.add(RawAttribute.of(7, OPTIONAL_TRANSITIVE, octets(value))));
        if (!communities.isEmpty()) {
            ByteBuffer octets = ByteBuffer.allocate(4 * communities.size());
            communities.forEach(community -> octets.putInt(community.bits()));
            all.add(RawAttribute.of(8, OPTIONAL_TRANSITIVE, octets.array()));
        }
        if (!extendedCommunities.isEmpty()) {
            ByteBuffer octets = ByteBuffer.allocate(8 * extendedCommunities.size());
            extendedCommunities.forEach(community -> octets.putLong(community.bits()));
            all.add(RawAttribute.of(16, OPTIONAL_TRANSITIVE, octets.array()));
        }
        if (!largeCommunities.isEmpty()) {
            ByteBuffer octets = ByteBuffer.allocate(12 * largeCommunities.size());
            largeCommunities.forEach(community -> octets.putInt(community.globalAdministrator())
                    .putInt(community.data1())
                    .putInt(community.data2()));
            all.add(RawAttribute.of(32, OPTIONAL_TRANSITIVE, octets.array()));
        }
        others.values().forEach(all::add);
        return all.build().sorted(Comparator.comparingInt(RawAttribute::type)).toList();
    }

    @Override
    public AttributesEdit edit() {
        return new SampleAttributesEdit(this);
    }

    private static byte[] fourOctets(long value) {
        return ByteBuffer.allocate(4).putInt((int) value).array();
    }

    private static byte[] octets(Aggregator value) {
        byte[] address = value.address().toBytes();
        return ByteBuffer.allocate(4 + address.length)
                .putInt(value.asn().bits())
                .put(address)
                .array();
    }
}
