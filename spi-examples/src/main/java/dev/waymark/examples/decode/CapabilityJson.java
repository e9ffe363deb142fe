package dev.waymark.examples.decode;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.AddPathCapability;
import dev.waymark.bgp.message.BgpRole;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.CapabilityCode;
import dev.waymark.bgp.message.ExtendedNextHopCapability;
import dev.waymark.bgp.message.GracefulRestartCapability;
import dev.waymark.bgp.message.LongLivedGracefulRestartCapability;
import java.io.IOException;
import java.util.Locale;

/** Writes capabilities: code, name and octets, and what they say. Stateless. */
final class CapabilityJson {
    private CapabilityJson() {}

    static void write(JsonGenerator json, Capability capability) throws IOException {
        json.writeStartObject();
        json.writeNumberField("code", capability.code());
        json.writeStringField("name", name(capability.code()));
        json.writeStringField("hex", capability.value().toString());
        switch (capability.kind()) {
            case MULTIPROTOCOL -> {
                Capability.Multiprotocol family = (Capability.Multiprotocol) capability;
                json.writeStringField("family", family(family.afi(), family.safi()));
            }
            case FOUR_OCTET_AS ->
                json.writeNumberField(
                        "asn", ((Capability.FourOctetAs) capability).asn().value());
            case ROLE -> {
                Capability.Role role = (Capability.Role) capability;
                json.writeStringField(
                        "role", role.named().map(BgpRole::toString).orElse("" + role.role()));
            }
            case ADD_PATH -> writeAddPath(json, (AddPathCapability) capability);
            case EXTENDED_NEXT_HOP -> writeNextHops(json, (ExtendedNextHopCapability) capability);
            case GRACEFUL_RESTART -> writeRestart(json, (GracefulRestartCapability) capability);
            case LONG_LIVED_GRACEFUL_RESTART -> writeLongLived(json, (LongLivedGracefulRestartCapability) capability);
            case ROUTE_REFRESH, ENHANCED_ROUTE_REFRESH, EXTENDED_MESSAGE -> {
                // the code says it all
            }
            case UNKNOWN -> {
                if (CapabilityCode.fromCode(capability.code()) != CapabilityCode.UNKNOWN
                        && capability.code() != CapabilityCode.OUTBOUND_ROUTE_FILTERING.code()) {
                    json.writeBooleanField("malformed", true);
                }
            }
        }
        json.writeEndObject();
    }

    static String name(int code) {
        CapabilityCode known = CapabilityCode.fromCode(code);
        return known == CapabilityCode.UNKNOWN
                ? "unknown"
                : known.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String family(int afi, int safi) {
        return AddressFamily.of(afi, safi).map(AddressFamily::toString).orElse(afi + "/" + safi);
    }

    private static void writeAddPath(JsonGenerator json, AddPathCapability capability) throws IOException {
        json.writeArrayFieldStart("families");
        for (AddPathCapability.Entry entry : capability.entries()) {
            json.writeStartObject();
            json.writeStringField("family", family(entry.afi(), entry.safi()));
            json.writeStringField(
                    "mode",
                    switch (entry.mode()) {
                        case AddPathCapability.RECEIVE -> "receive";
                        case AddPathCapability.SEND -> "send";
                        case AddPathCapability.BOTH -> "both";
                        default -> "" + entry.mode();
                    });
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeNextHops(JsonGenerator json, ExtendedNextHopCapability capability) throws IOException {
        json.writeArrayFieldStart("families");
        for (ExtendedNextHopCapability.Entry entry : capability.entries()) {
            json.writeStartObject();
            json.writeStringField("family", family(entry.afi(), entry.safi()));
            json.writeNumberField("next_hop_afi", entry.nextHopAfi());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeRestart(JsonGenerator json, GracefulRestartCapability capability) throws IOException {
        json.writeBooleanField("restarting", capability.isRestarting());
        json.writeBooleanField("for_notifications", capability.isForNotifications());
        json.writeNumberField("restart_time", capability.restartSeconds());
        json.writeArrayFieldStart("families");
        for (GracefulRestartCapability.Entry entry : capability.entries()) {
            json.writeStartObject();
            json.writeStringField("family", family(entry.afi(), entry.safi()));
            json.writeBooleanField("forwarded", entry.hasForwarded());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeLongLived(JsonGenerator json, LongLivedGracefulRestartCapability capability)
            throws IOException {
        json.writeArrayFieldStart("families");
        for (LongLivedGracefulRestartCapability.Entry entry : capability.entries()) {
            json.writeStartObject();
            json.writeStringField("family", family(entry.afi(), entry.safi()));
            json.writeBooleanField("forwarded", entry.hasForwarded());
            json.writeNumberField("stale_time", entry.staleSeconds());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
