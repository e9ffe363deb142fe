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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Path attributes as plain values, for policies to be tried on without a codec. Only what a test sets is there. */
public record TestAttributes(
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
        List<RawAttribute> attributes)
        implements PathAttributes {

    /** Returns attributes with a path and nothing that is optional. */
    public static TestAttributes ofPath(String path) {
        return new TestAttributes(
                Origin.IGP,
                AsPath.parse(path),
                IpAddress.parse("10.0.0.4"),
                OptionalLong.empty(),
                OptionalLong.empty(),
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** Returns attributes with communities, separated by blanks; those of three parts are large. */
    public static PathAttributes ofCommunities(String communities) {
        AttributesEdit edit = ofPath("65001").edit();
        for (String text : communities.split(" ", -1)) {
            if (text.chars().filter(c -> c == ':').count() == 2) {
                edit.addLargeCommunity(LargeCommunity.parse(text));
            } else if (!text.isEmpty()) {
                edit.addCommunity(Community.parse(text));
            }
        }
        return edit.build();
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
    public Optional<RawAttribute> attribute(int type) {
        return attributes.stream().filter(a -> a.type() == type).findFirst();
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
    public AttributesEdit edit() {
        return new TestAttributesEdit(this);
    }
}
