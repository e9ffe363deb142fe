package dev.waymark.policy;

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
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The builder of {@link TestAttributes}. Unlike a real one it makes a new object even when nothing changed. */
final class TestAttributesEdit implements AttributesEdit {

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
    private final List<RawAttribute> attributes;

    TestAttributesEdit(TestAttributes before) {
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
        attributes = new ArrayList<>(before.attributes());
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
        med = OptionalLong.of(value);
        return this;
    }

    @Override
    public AttributesEdit removeMed() {
        med = OptionalLong.empty();
        return this;
    }

    @Override
    public AttributesEdit localPref(long value) {
        localPref = OptionalLong.of(value);
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
    public AttributesEdit communities(Collection<Community> values) {
        communities = new ArrayList<>(values);
        return this;
    }

    @Override
    public AttributesEdit addCommunity(Community community) {
        if (!communities.contains(community)) {
            communities.add(community);
        }
        return this;
    }

    @Override
    public AttributesEdit removeCommunity(Community community) {
        communities.removeAll(Collections.singleton(community));
        return this;
    }

    @Override
    public AttributesEdit largeCommunities(Collection<LargeCommunity> values) {
        largeCommunities = new ArrayList<>(new LinkedHashSet<>(values));
        return this;
    }

    @Override
    public AttributesEdit addLargeCommunity(LargeCommunity community) {
        if (!largeCommunities.contains(community)) {
            largeCommunities.add(community);
        }
        return this;
    }

    @Override
    public AttributesEdit removeLargeCommunity(LargeCommunity community) {
        largeCommunities.remove(community);
        return this;
    }

    @Override
    public AttributesEdit extendedCommunities(Collection<ExtendedCommunity> values) {
        extendedCommunities = new ArrayList<>(values);
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
        attributes.removeIf(attribute -> attribute.type() == type);
        return this;
    }

    @Override
    public AttributesEdit raw(RawAttribute attribute) {
        removeAttribute(attribute.type());
        attributes.add(attribute);
        return this;
    }

    @Override
    public PathAttributes build() {
        return new TestAttributes(
                origin,
                asPath,
                nextHop,
                med,
                localPref,
                atomicAggregate,
                aggregator,
                List.copyOf(communities),
                List.copyOf(largeCommunities),
                List.copyOf(extendedCommunities),
                List.copyOf(attributes));
    }
}
