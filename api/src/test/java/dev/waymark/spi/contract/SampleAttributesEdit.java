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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Edits {@link SampleAttributes}. */
final class SampleAttributesEdit implements AttributesEdit {
    private final SampleAttributes before;
    private Origin origin;
    private AsPath asPath;
    private IpAddress nextHop;
    private OptionalLong med;
    private OptionalLong localPref;
    private boolean atomicAggregate;
    private Optional<Aggregator> aggregator;
    private List<Community> communities;
    private List<LargeCommunity> largeCommunities;
    private List<ExtendedCommunity> extendedCommunities;
    private final Map<Integer, RawAttribute> others;

    SampleAttributesEdit(SampleAttributes before) {
        this.before = before;
        origin = before.origin();
        asPath = before.asPath();
        nextHop = before.nextHop();
        med = before.med();
        localPref = before.localPref();
        atomicAggregate = before.atomicAggregate();
        aggregator = before.aggregator();
        communities = new ArrayList<>(before.communities());
        largeCommunities = new ArrayList<>(before.largeCommunities());
        extendedCommunities = new ArrayList<>(before.extendedCommunities());
        others = new HashMap<>(before.others());
    }

    @Override
    public AttributesEdit origin(Origin value) {
        origin = value;
        return this;
    }

    @Override
    public AttributesEdit nextHop(IpAddress value) {
        nextHop = value;
        return this;
    }

    @Override
    public AttributesEdit med(long value) {
        med = OptionalLong.of(unsigned(value));
        return this;
    }

    @Override
    public AttributesEdit removeMed() {
        med = OptionalLong.empty();
        return this;
    }

    @Override
    public AttributesEdit localPref(long value) {
        localPref = OptionalLong.of(unsigned(value));
        return this;
    }

    @Override
    public AttributesEdit removeLocalPref() {
        localPref = OptionalLong.empty();
        return this;
    }

    @Override
    public AttributesEdit asPath(AsPath value) {
        asPath = value;
        return this;
    }

    @Override
    public AttributesEdit prepend(Asn asn, int times) {
        asPath = asPath.prepend(asn, times);
        return this;
    }

    @Override
    public AttributesEdit communities(Collection<Community> value) {
        communities = new ArrayList<>(value);
        return this;
    }

    @Override
    public AttributesEdit addCommunity(Community community) {
        addUnlessThere(communities, community);
        return this;
    }

    @Override
    public AttributesEdit removeCommunity(Community community) {
        communities.removeIf(community::equals);
        return this;
    }

    @Override
    public AttributesEdit largeCommunities(Collection<LargeCommunity> value) {
        largeCommunities = new ArrayList<>();
        value.forEach(this::addLargeCommunity);
        return this;
    }

    @Override
    public AttributesEdit addLargeCommunity(LargeCommunity community) {
        addUnlessThere(largeCommunities, community);
        return this;
    }

    @Override
    public AttributesEdit removeLargeCommunity(LargeCommunity community) {
        largeCommunities.remove(community);
        return this;
    }

    @Override
    public AttributesEdit extendedCommunities(Collection<ExtendedCommunity> value) {
        extendedCommunities = new ArrayList<>(value);
        return this;
    }

    @Override
    public AttributesEdit atomicAggregate(boolean present) {
        atomicAggregate = present;
        return this;
    }

    @Override
    public AttributesEdit aggregator(Aggregator value) {
        aggregator = Optional.of(value);
        return this;
    }

    @Override
    public AttributesEdit removeAttribute(int type) {
        switch (type) {
            case 1, 2, 3 -> throw new IllegalArgumentException("every route has attribute " + type);
            case 4 -> removeMed();
            case 5 -> removeLocalPref();
            case 6 -> atomicAggregate(false);
            case 7 -> aggregator = Optional.empty();
            case 8 -> communities.clear();
            case 16 -> extendedCommunities.clear();
            case 32 -> largeCommunities.clear();
            default -> others.remove(type);
        }
        return this;
    }

    @Override
    public AttributesEdit raw(RawAttribute attribute) {
        int type = attribute.type();
        if (type <= 8 || type == 14 || type == 15 || type == 16 || type == 32) {
            throw new IllegalArgumentException("attribute " + type + " has a method of its own, or holds prefixes");
        }
        others.put(type, attribute);
        return this;
    }

    @Override
    public PathAttributes build() {
        SampleAttributes after = new SampleAttributes(
                origin,
                asPath,
                nextHop,
                med,
                localPref,
                atomicAggregate,
                aggregator,
                communities,
                largeCommunities,
                extendedCommunities,
                others);
        return after.equals(before) ? before : after;
    }

    private static long unsigned(long value) {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException(value + " is not in 0 to 4294967295");
        }
        return value;
    }

    private static <T> void addUnlessThere(List<T> list, T value) {
        if (!list.contains(value)) {
            list.add(value);
        }
    }
}
