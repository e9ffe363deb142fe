package dev.waymark.bgp.codec;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Path attributes as canonical octets, which an {@link AttributeTable} may share: ascending types, four-octet AS numbers,
 * an IPv6 next hop behind the attributes. Values are read out of the octets when asked for. Immutable and thread-safe.
 */
public final class WireAttributes implements PathAttributes {

    private final byte[] octets;
    private final int attributesLength;

    WireAttributes(byte[] octets, int attributesLength) {
        this.octets = octets;
        this.attributesLength = attributesLength;
    }

    /**
     * Returns the attributes of a route that begins here.
     *
     * @param origin its ORIGIN
     * @param asPath its AS_PATH
     * @param nextHop its next hop
     * @return the attributes, which {@link #edit()} can add others to
     */
    public static WireAttributes of(Origin origin, AsPath asPath, IpAddress nextHop) {
        return new WireAttributesEdit()
                .origin(origin)
                .asPath(asPath)
                .nextHop(nextHop)
                .build();
    }

    /**
     * Returns attributes as canonical octets.
     *
     * @param attributes attributes of any implementation
     * @return the same object if it is canonical already
     */
    static WireAttributes of(PathAttributes attributes) {
        if (attributes instanceof WireAttributes wire) {
            return wire;
        }
        WireAttributesEdit edit = new WireAttributesEdit();
        edit.nextHop(attributes.nextHop());
        for (RawAttribute attribute : attributes.attributes()) {
            edit.raw(attribute);
        }
        return edit.build();
    }

    @Override
    public Origin origin() {
        int at = find(AttributeType.ORIGIN);
        return Origin.fromCode(octets[AttributeOctets.value(octets, at)]).orElseThrow();
    }

    @Override
    public AsPath asPath() {
        int at = find(AttributeType.AS_PATH);
        return AsPath.ofOctets(octets, AttributeOctets.value(octets, at), AttributeOctets.length(octets, at));
    }

    @Override
    public IpAddress nextHop() {
        if (attributesLength < octets.length) {
            return IpAddress.ofIpv6Bits(Wire.i64(octets, attributesLength), Wire.i64(octets, attributesLength + 8));
        }
        int at = find(AttributeType.NEXT_HOP);
        return IpAddress.ofIpv4Bits(Wire.i32(octets, AttributeOctets.value(octets, at)));
    }

    /**
     * Returns the link-local next hop that came behind the global one (RFC 2545 §3).
     *
     * @return the address, or empty when there is only one next hop
     */
    public Optional<IpAddress> linkLocalNextHop() {
        int at = attributesLength + 16;
        return at >= octets.length
                ? Optional.empty()
                : Optional.of(IpAddress.ofIpv6Bits(Wire.i64(octets, at), Wire.i64(octets, at + 8)));
    }

    /**
     * Returns these attributes with a link-local next hop behind the global one (RFC 2545 §3).
     *
     * @param linkLocal an IPv6 address
     * @return new attributes
     * @throws IllegalArgumentException when the address, or the next hop that is there, isn't IPv6
     */
    public WireAttributes withLinkLocalNextHop(IpAddress linkLocal) {
        if (linkLocal.isIpv4() || attributesLength == octets.length) {
            throw new IllegalArgumentException(
                    "link-local next hop " + linkLocal + " needs to be IPv6, behind an IPv6 next hop (RFC 2545 §3)");
        }
        byte[] extended = Arrays.copyOf(octets, attributesLength + 32);
        System.arraycopy(linkLocal.toBytes(), 0, extended, attributesLength + 16, 16);
        return new WireAttributes(extended, attributesLength);
    }

    @Override
    public OptionalLong med() {
        return number(AttributeType.MED);
    }

    @Override
    public OptionalLong localPref() {
        return number(AttributeType.LOCAL_PREF);
    }

    @Override
    public boolean atomicAggregate() {
        return find(AttributeType.ATOMIC_AGGREGATE) >= 0;
    }

    @Override
    public Optional<Aggregator> aggregator() {
        int at = find(AttributeType.AGGREGATOR);
        if (at < 0) {
            return Optional.empty();
        }
        int value = AttributeOctets.value(octets, at);
        return Optional.of(
                new Aggregator(Asn.ofBits(Wire.i32(octets, value)), IpAddress.ofIpv4Bits(Wire.i32(octets, value + 4))));
    }

    @Override
    public List<Community> communities() {
        int at = find(AttributeType.COMMUNITIES);
        if (at < 0) {
            return List.of();
        }
        List<Community> communities = new ArrayList<>();
        for (int i = AttributeOctets.value(octets, at); i < AttributeOctets.next(octets, at); i += 4) {
            communities.add(new Community(Wire.i32(octets, i)));
        }
        return Collections.unmodifiableList(communities);
    }

    @Override
    public boolean hasCommunity(Community community) {
        int at = find(AttributeType.COMMUNITIES);
        if (at >= 0) {
            for (int i = AttributeOctets.value(octets, at); i < AttributeOctets.next(octets, at); i += 4) {
                if (Wire.i32(octets, i) == community.bits()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public List<LargeCommunity> largeCommunities() {
        int at = find(AttributeType.LARGE_COMMUNITY);
        if (at < 0) {
            return List.of();
        }
        List<LargeCommunity> communities = new ArrayList<>();
        for (int i = AttributeOctets.value(octets, at); i < AttributeOctets.next(octets, at); i += 12) {
            communities.add(new LargeCommunity(Wire.i32(octets, i), Wire.i32(octets, i + 4), Wire.i32(octets, i + 8)));
        }
        return Collections.unmodifiableList(communities);
    }

    @Override
    public boolean hasLargeCommunity(LargeCommunity community) {
        int at = find(AttributeType.LARGE_COMMUNITY);
        if (at >= 0) {
            for (int i = AttributeOctets.value(octets, at); i < AttributeOctets.next(octets, at); i += 12) {
                if (Wire.i32(octets, i) == community.globalAdministrator()
                        && Wire.i32(octets, i + 4) == community.data1()
                        && Wire.i32(octets, i + 8) == community.data2()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public List<ExtendedCommunity> extendedCommunities() {
        int at = find(AttributeType.EXTENDED_COMMUNITIES);
        if (at < 0) {
            return List.of();
        }
        List<ExtendedCommunity> communities = new ArrayList<>();
        for (int i = AttributeOctets.value(octets, at); i < AttributeOctets.next(octets, at); i += 8) {
            communities.add(new ExtendedCommunity(Wire.i64(octets, i)));
        }
        return Collections.unmodifiableList(communities);
    }

    @Override
    public List<RawAttribute> attributes() {
        List<RawAttribute> attributes = new ArrayList<>();
        for (int at = 0; at < attributesLength; at = AttributeOctets.next(octets, at)) {
            attributes.add(raw(at));
        }
        return Collections.unmodifiableList(attributes);
    }

    @Override
    public Optional<RawAttribute> attribute(int type) {
        int at = find(type);
        return at < 0 ? Optional.empty() : Optional.of(raw(at));
    }

    @Override
    public int asPathLength() {
        int at = find(AttributeType.AS_PATH);
        return AsPathOctets.hops(octets, AttributeOctets.value(octets, at), AttributeOctets.length(octets, at));
    }

    @Override
    public boolean asPathContains(Asn asn) {
        int at = find(AttributeType.AS_PATH);
        return AsPathOctets.contains(
                octets, AttributeOctets.value(octets, at), AttributeOctets.length(octets, at), asn.bits());
    }

    @Override
    public AttributesEdit edit() {
        return new WireAttributesEdit(this);
    }

    /** Returns the octets themselves; not to be written to. */
    byte[] octets() {
        return octets;
    }

    /** Returns where the IPv6 next hop begins, or the end when there is none. */
    int attributesLength() {
        return attributesLength;
    }

    @SuppressWarnings("ReferenceEquality") // whether it is the same array is the question
    boolean isBackedBy(byte[] content) {
        return octets == content;
    }

    private int find(int type) {
        return AttributeOctets.find(octets, attributesLength, type);
    }

    private OptionalLong number(int type) {
        int at = find(type);
        return at < 0
                ? OptionalLong.empty()
                : OptionalLong.of(Integer.toUnsignedLong(Wire.i32(octets, AttributeOctets.value(octets, at))));
    }

    private RawAttribute raw(int at) {
        return RawAttribute.of(
                AttributeOctets.type(octets, at),
                octets[at] & 0xff,
                octets,
                AttributeOctets.value(octets, at),
                AttributeOctets.length(octets, at));
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof WireAttributes that
                        && attributesLength == that.attributesLength
                        && Arrays.equals(octets, that.octets));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Returns the attributes that most routes have as text, the others as {@link RawAttribute} writes them. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(96);
        text.append(origin())
                .append(", path [")
                .append(asPath())
                .append("], next hop ")
                .append(nextHop());
        for (int at = 0; at < attributesLength; at = AttributeOctets.next(octets, at)) {
            if (AttributeOctets.type(octets, at) > AttributeType.NEXT_HOP) {
                text.append(", ").append(raw(at));
            }
        }
        return text.toString();
    }
}
