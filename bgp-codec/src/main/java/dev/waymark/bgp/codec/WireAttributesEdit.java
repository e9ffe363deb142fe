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
import dev.waymark.api.route.RawAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes canonical octets out of canonical octets and a few changes. Touches no table: what it builds is interned when
 * and if it is stored. Confined to one thread.
 */
final class WireAttributesEdit implements AttributesEdit {

    private static final int WELL_KNOWN = AttributeType.FLAG_TRANSITIVE;
    private static final int OPTIONAL = AttributeType.FLAG_OPTIONAL;
    private static final int OPTIONAL_TRANSITIVE = OPTIONAL | AttributeType.FLAG_TRANSITIVE;
    private static final int MAX_VALUE = 0xffff;
    private static final byte[] NONE = {};

    private final @Nullable WireAttributes original;
    private final ChangedAttributes changes = new ChangedAttributes();
    private byte[] nextHop = NONE; // 4, 16 or 32 octets

    /** Begins with nothing; ORIGIN, AS_PATH and next hop have to be set. */
    WireAttributesEdit() {
        original = null;
    }

    WireAttributesEdit(WireAttributes original) {
        this.original = original;
        byte[] octets = original.octets();
        nextHop = Arrays.copyOfRange(octets, original.attributesLength(), octets.length);
    }

    @Override
    public WireAttributesEdit origin(Origin origin) {
        return set(AttributeType.ORIGIN, WELL_KNOWN, new byte[] {(byte) origin.code()});
    }

    @Override
    public WireAttributesEdit nextHop(IpAddress address) {
        byte[] octets = address.toBytes();
        if (address.isIpv4()) {
            nextHop = NONE;
            return set(AttributeType.NEXT_HOP, WELL_KNOWN, octets);
        }
        boolean isSame = nextHop.length >= 16 && Arrays.equals(nextHop, 0, 16, octets, 0, 16);
        if (!isSame) {
            nextHop = octets; // a link-local address belongs to the global one that it came with
        }
        return remove(AttributeType.NEXT_HOP);
    }

    @Override
    public WireAttributesEdit med(long med) {
        return set(AttributeType.MED, OPTIONAL, number("med", med));
    }

    @Override
    public WireAttributesEdit removeMed() {
        return remove(AttributeType.MED);
    }

    @Override
    public WireAttributesEdit localPref(long localPref) {
        return set(AttributeType.LOCAL_PREF, WELL_KNOWN, number("localPref", localPref));
    }

    @Override
    public WireAttributesEdit removeLocalPref() {
        return remove(AttributeType.LOCAL_PREF);
    }

    @Override
    public WireAttributesEdit asPath(AsPath asPath) {
        return set(AttributeType.AS_PATH, WELL_KNOWN, asPath.toOctets());
    }

    @Override
    public WireAttributesEdit prepend(Asn asn, int times) {
        byte[] path = value(AttributeType.AS_PATH);
        return asPath(AsPath.ofOctets(path, 0, path.length).prepend(asn, times));
    }

    @Override
    public WireAttributesEdit communities(Collection<Community> communities) {
        byte[] octets = new byte[4 * communities.size()];
        int at = 0;
        for (Community community : communities) {
            Wire.put32(octets, at, community.bits());
            at += 4;
        }
        return setOrRemove(AttributeType.COMMUNITIES, octets);
    }

    @Override
    public WireAttributesEdit addCommunity(Community community) {
        byte[] old = value(AttributeType.COMMUNITIES);
        for (int at = 0; at < old.length; at += 4) {
            if (Wire.i32(old, at) == community.bits()) {
                return this;
            }
        }
        byte[] octets = Arrays.copyOf(old, old.length + 4);
        Wire.put32(octets, old.length, community.bits());
        return setOrRemove(AttributeType.COMMUNITIES, octets);
    }

    @Override
    public WireAttributesEdit removeCommunity(Community community) {
        byte[] old = value(AttributeType.COMMUNITIES);
        byte[] octets = new byte[old.length];
        int length = 0;
        for (int at = 0; at < old.length; at += 4) {
            if (Wire.i32(old, at) != community.bits()) {
                Wire.put32(octets, length, Wire.i32(old, at));
                length += 4;
            }
        }
        return length == old.length ? this : setOrRemove(AttributeType.COMMUNITIES, Arrays.copyOf(octets, length));
    }

    @Override
    public WireAttributesEdit largeCommunities(Collection<LargeCommunity> communities) {
        Collection<LargeCommunity> distinct = new LinkedHashSet<>(communities);
        byte[] octets = new byte[12 * distinct.size()];
        int at = 0;
        for (LargeCommunity community : distinct) {
            Wire.put32(octets, at, community.globalAdministrator());
            Wire.put32(octets, at + 4, community.data1());
            Wire.put32(octets, at + 8, community.data2());
            at += 12;
        }
        return setOrRemove(AttributeType.LARGE_COMMUNITY, octets);
    }

    @Override
    public WireAttributesEdit addLargeCommunity(LargeCommunity community) {
        List<LargeCommunity> communities = largeCommunities();
        communities.add(community);
        return largeCommunities(communities);
    }

    @Override
    public WireAttributesEdit removeLargeCommunity(LargeCommunity community) {
        List<LargeCommunity> communities = largeCommunities();
        return communities.remove(community) ? largeCommunities(communities) : this;
    }

    @Override
    public WireAttributesEdit extendedCommunities(Collection<ExtendedCommunity> communities) {
        byte[] octets = new byte[8 * communities.size()];
        int at = 0;
        for (ExtendedCommunity community : communities) {
            Wire.put64(octets, at, community.bits());
            at += 8;
        }
        return setOrRemove(AttributeType.EXTENDED_COMMUNITIES, octets);
    }

    @Override
    public WireAttributesEdit atomicAggregate(boolean present) {
        return present ? set(AttributeType.ATOMIC_AGGREGATE, WELL_KNOWN, NONE) : remove(AttributeType.ATOMIC_AGGREGATE);
    }

    @Override
    public WireAttributesEdit aggregator(Aggregator aggregator) {
        byte[] octets = new byte[8];
        Wire.put32(octets, 0, aggregator.asn().bits());
        Wire.put32(octets, 4, aggregator.address().ipv4Bits());
        return set(AttributeType.AGGREGATOR, OPTIONAL_TRANSITIVE, octets);
    }

    @Override
    public WireAttributesEdit removeAttribute(int type) {
        if (type < 0 || type > 255 || (type >= AttributeType.ORIGIN && type <= AttributeType.NEXT_HOP)) {
            throw new IllegalArgumentException("attribute type " + type
                    + " can't be removed: allowed is 0 to 255, except ORIGIN (1), AS_PATH (2) and NEXT_HOP (3)");
        }
        return remove(type);
    }

    @Override
    public WireAttributesEdit raw(RawAttribute attribute) {
        byte[] octets = attribute.octets();
        int flags = RawAttributes.check(attribute.type(), attribute.flags(), octets);
        if (attribute.type() == AttributeType.NEXT_HOP) {
            nextHop = NONE;
        }
        return set(attribute.type(), flags, octets);
    }

    @Override
    public WireAttributes build() {
        WireAttributes from = original;
        byte[] base = from == null ? NONE : from.octets();
        int baseLength = from == null ? 0 : from.attributesLength();
        WireAttributes built = changes.build(base, baseLength, nextHop);
        if (from == null) {
            checkComplete(built);
        }
        return from != null && built.equals(from) ? from : built;
    }

    private static void checkComplete(WireAttributes built) {
        boolean hasNextHop = built.attributesLength() < built.octets().length
                || built.attribute(AttributeType.NEXT_HOP).isPresent();
        if (!hasNextHop
                || built.attribute(AttributeType.ORIGIN).isEmpty()
                || built.attribute(AttributeType.AS_PATH).isEmpty()) {
            throw new IllegalStateException("a route needs ORIGIN, AS_PATH and a next hop: set them first");
        }
    }

    private List<LargeCommunity> largeCommunities() {
        byte[] octets = value(AttributeType.LARGE_COMMUNITY);
        List<LargeCommunity> communities = new ArrayList<>();
        for (int at = 0; at < octets.length; at += 12) {
            communities.add(
                    new LargeCommunity(Wire.i32(octets, at), Wire.i32(octets, at + 4), Wire.i32(octets, at + 8)));
        }
        return communities;
    }

    /** Returns the value of an attribute as it is now; nothing when it is missing. */
    private byte[] value(int type) {
        if (changes.isChanged(type)) {
            return changes.value(type);
        }
        WireAttributes from = original;
        int at = from == null ? -1 : AttributeOctets.find(from.octets(), from.attributesLength(), type);
        if (from == null || at < 0) {
            return NONE;
        }
        return Arrays.copyOfRange(
                from.octets(), AttributeOctets.value(from.octets(), at), AttributeOctets.next(from.octets(), at));
    }

    private WireAttributesEdit setOrRemove(int type, byte[] octets) {
        return octets.length == 0 ? remove(type) : set(type, OPTIONAL_TRANSITIVE, octets);
    }

    private WireAttributesEdit set(int type, int flags, byte[] octets) {
        if (octets.length > MAX_VALUE) {
            throw new IllegalArgumentException("attribute " + type + " of " + octets.length
                    + " octets is too long: allowed is 0 to " + MAX_VALUE + " (RFC 4271 §4.3)");
        }
        changes.set(type, flags, octets);
        return this;
    }

    private WireAttributesEdit remove(int type) {
        changes.remove(type);
        return this;
    }

    private static byte[] number(String name, long value) {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException(name + " " + value + " is out of range: allowed is 0 to 4294967295");
        }
        byte[] octets = new byte[4];
        Wire.put32(octets, 0, (int) value);
        return octets;
    }
}
