package dev.waymark.examples.decode;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.Aggregator;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.ExtendedCommunity;
import dev.waymark.api.route.Ipv6ExtendedCommunity;
import dev.waymark.api.route.LargeCommunity;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.RawAttribute;
import dev.waymark.bgp.codec.WireAttributes;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Makes path attributes out of what {@link AttributesJson} wrote. Stateless. */
final class AttributesReader {
    private static final int OPTIONAL = RawAttribute.OPTIONAL;
    private static final int OPTIONAL_TRANSITIVE = RawAttribute.OPTIONAL | RawAttribute.TRANSITIVE;

    private AttributesReader() {}

    /** @throws IllegalArgumentException naming what is missing or wrong */
    static WireAttributes read(Map<String, Object> json) {
        WireAttributes base = WireAttributes.of(
                origin(JsonFields.required(json, "origin")),
                AsPath.parse(JsonFields.required(json, "as_path")),
                IpAddress.parse(JsonFields.required(json, "next_hop")));
        AttributesEdit edit = base.edit();
        readNumbers(json, edit);
        edit.communities(values(json, "communities", Community::parse));
        edit.largeCommunities(values(json, "large_communities", LargeCommunity::parse));
        edit.extendedCommunities(values(json, "extended_communities", ExtendedCommunity::parse));
        List<Ipv6ExtendedCommunity> twenties = values(json, "ipv6_extended_communities", Ipv6ExtendedCommunity::parse);
        if (!twenties.isEmpty()) {
            edit.raw(RawAttribute.of(AttributeNames.IPV6_EXTENDED_COMMUNITIES, OPTIONAL_TRANSITIVE, octets(twenties)));
        }
        List<IpAddress> clusters = values(json, "cluster_list", IpAddress::parse);
        if (!clusters.isEmpty()) {
            ByteBuffer octets = ByteBuffer.allocate(4 * clusters.size());
            clusters.forEach(cluster -> octets.putInt(cluster.ipv4Bits()));
            edit.raw(RawAttribute.of(AttributeNames.CLUSTER_LIST, OPTIONAL, octets.array()));
        }
        for (Object element : JsonTree.list(json, "unknown")) {
            Map<String, Object> unknown = JsonFields.object("unknown", element);
            edit.raw(RawAttribute.of(
                    JsonFields.number(unknown, "type", 255),
                    JsonFields.number(unknown, "flags", 255),
                    HexFormat.of().parseHex(JsonFields.required(unknown, "hex"))));
        }
        return markPartial(json, (WireAttributes) edit.build());
    }

    private static void readNumbers(Map<String, Object> json, AttributesEdit edit) {
        String med = JsonTree.text(json, "med");
        if (med != null) {
            edit.med(JsonFields.longNumber(med, "med"));
        }
        String localPref = JsonTree.text(json, "local_pref");
        if (localPref != null) {
            edit.localPref(JsonFields.longNumber(localPref, "local_pref"));
        }
        edit.atomicAggregate("true".equals(JsonTree.text(json, "atomic_aggregate")));
        String aggregator = JsonTree.text(json, "aggregator");
        if (aggregator != null) {
            edit.aggregator(Aggregator.parse(aggregator));
        }
        String originator = JsonTree.text(json, "originator_id");
        if (originator != null) {
            byte[] octets = IpAddress.parse(originator).toBytes();
            edit.raw(RawAttribute.of(AttributeNames.ORIGINATOR_ID, OPTIONAL, octets));
        }
        String otc = JsonTree.text(json, "only_to_customer");
        if (otc != null) {
            int asn = (int) JsonFields.longNumber(otc, "only_to_customer");
            byte[] octets = ByteBuffer.allocate(4).putInt(asn).array();
            edit.raw(RawAttribute.of(AttributeNames.ONLY_TO_CUSTOMER, OPTIONAL_TRANSITIVE, octets));
        }
    }

    private static WireAttributes markPartial(Map<String, Object> json, WireAttributes attributes) {
        AttributesEdit edit = attributes.edit();
        for (Object element : JsonTree.list(json, "partial")) {
            int type = (int) JsonFields.longNumber(element.toString(), "partial");
            RawAttribute attribute = attributes
                    .attribute(type)
                    .orElseThrow(() -> new IllegalArgumentException("partial: there is no attribute " + type));
            edit.raw(RawAttribute.of(type, attribute.flags() | RawAttribute.PARTIAL, attribute.octets()));
        }
        return (WireAttributes) edit.build();
    }

    private static Origin origin(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "igp" -> Origin.IGP;
            case "egp" -> Origin.EGP;
            case "incomplete" -> Origin.INCOMPLETE;
            default -> throw new IllegalArgumentException("origin: \"" + text + "\" is not igp, egp or incomplete");
        };
    }

    private static <T> List<T> values(Map<String, Object> json, String key, Function<String, T> parse) {
        return JsonTree.list(json, key).stream()
                .map(element -> parse.apply(element.toString()))
                .toList();
    }

    private static byte[] octets(List<Ipv6ExtendedCommunity> communities) {
        ByteBuffer octets = ByteBuffer.allocate(20 * communities.size());
        for (Ipv6ExtendedCommunity community : communities) {
            octets.putShort((short) community.type())
                    .put(community.globalAdministrator().toBytes())
                    .putShort((short) community.localAdministrator());
        }
        return octets.array();
    }
}
