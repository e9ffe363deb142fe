package dev.waymark.examples.decode;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.RawAttribute;
import dev.waymark.bgp.codec.WireAttributes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes path attributes as they would be passed on: those with a name under it, all others as octets. Stateless. */
final class AttributesJson {
    private AttributesJson() {}

    /** Writes the object; {@code alsoIpv6} is the IPv6 next hop of a message with prefixes of both families. */
    static void write(JsonGenerator json, WireAttributes attributes, Optional<WireAttributes> alsoIpv6)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("origin", attributes.origin().name().toLowerCase(Locale.ROOT));
        json.writeStringField("as_path", attributes.asPath().toString());
        json.writeStringField("next_hop", attributes.nextHop().toString());
        if (alsoIpv6.isPresent()) {
            json.writeStringField("next_hop_ipv6", alsoIpv6.get().nextHop().toString());
        }
        Optional<IpAddress> linkLocal = alsoIpv6.orElse(attributes).linkLocalNextHop();
        if (linkLocal.isPresent()) {
            json.writeStringField("next_hop_link_local", linkLocal.get().toString());
        }
        List<RawAttribute> others = new ArrayList<>();
        List<Integer> partial = new ArrayList<>();
        for (RawAttribute attribute : attributes.attributes()) {
            if (attribute.type() <= AttributeNames.NEXT_HOP) {
                continue;
            }
            if (!writeNamed(json, attributes, attribute)) {
                others.add(attribute);
            } else if ((attribute.flags() & RawAttribute.PARTIAL) != 0) {
                partial.add(attribute.type());
            }
        }
        if (!partial.isEmpty()) {
            json.writeArrayFieldStart("partial");
            for (int type : partial) {
                json.writeNumber(type);
            }
            json.writeEndArray();
        }
        json.writeArrayFieldStart("unknown");
        for (RawAttribute attribute : others) {
            json.writeStartObject();
            json.writeNumberField("type", attribute.type());
            json.writeNumberField("flags", attribute.flags());
            json.writeStringField("hex", HexFormat.of().formatHex(attribute.octets()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Writes an attribute that has a name; returns false when it has none. */
    private static boolean writeNamed(JsonGenerator json, WireAttributes attributes, RawAttribute attribute)
            throws IOException {
        switch (attribute.type()) {
            case AttributeNames.MED ->
                json.writeNumberField("med", attributes.med().orElseThrow());
            case AttributeNames.LOCAL_PREF ->
                json.writeNumberField("local_pref", attributes.localPref().orElseThrow());
            case AttributeNames.ATOMIC_AGGREGATE -> json.writeBooleanField("atomic_aggregate", true);
            case AttributeNames.AGGREGATOR ->
                json.writeStringField(
                        "aggregator", attributes.aggregator().orElseThrow().toString());
            case AttributeNames.COMMUNITIES -> list(json, "communities", attributes.communities());
            case AttributeNames.ORIGINATOR_ID ->
                json.writeStringField(
                        "originator_id", addresses(attribute).get(0).toString());
            case AttributeNames.CLUSTER_LIST -> list(json, "cluster_list", addresses(attribute));
            case AttributeNames.EXTENDED_COMMUNITIES ->
                list(json, "extended_communities", attributes.extendedCommunities());
            case AttributeNames.IPV6_EXTENDED_COMMUNITIES ->
                list(json, "ipv6_extended_communities", attributes.ipv6ExtendedCommunities());
            case AttributeNames.LARGE_COMMUNITIES -> list(json, "large_communities", attributes.largeCommunities());
            case AttributeNames.ONLY_TO_CUSTOMER ->
                json.writeNumberField(
                        "only_to_customer",
                        Integer.toUnsignedLong(attribute.viewOctets().getInt()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void list(JsonGenerator json, String name, List<?> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (Object value : values) {
            json.writeString(value.toString());
        }
        json.writeEndArray();
    }

    private static List<IpAddress> addresses(RawAttribute attribute) {
        List<IpAddress> addresses = new ArrayList<>();
        for (int at = 0; at < attribute.length(); at += 4) {
            addresses.add(IpAddress.ofIpv4Bits(attribute.viewOctets().getInt(at)));
        }
        return addresses;
    }
}
