package dev.waymark.examples.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.codec.ErrorAction;
import dev.waymark.bgp.codec.NlriList;
import dev.waymark.bgp.codec.WireAttributes;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Writes what a session makes of a message as one line of JSON. Stateless. */
final class JudgementJson {
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator("").build();
    private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
    private static final AddressFamily IPV6 = AddressFamily.IPV6_UNICAST;

    private JudgementJson() {}

    /** Writes fields of an object. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** Returns the line for a message, without a line feed. */
    static String of(Object id, Judgement judgement) {
        return line(id, json -> write(json, judgement));
    }

    /** Returns the line for what is no message, without a line feed. */
    static String error(Object id, String text) {
        return line(id, json -> json.writeStringField("error", text));
    }

    /** Returns a line that begins with an id, without a line feed. */
    static String line(Object id, Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeFieldName("id");
            if (id instanceof Number number) {
                json.writeNumber(number.longValue());
            } else {
                json.writeString(id.toString());
            }
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("to memory", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Judgement judgement) throws IOException {
        json.writeStringField("type", judgement.type);
        json.writeStringField("outcome", judgement.outcome.toString());
        NotificationMessage answer = judgement.answer;
        if (answer != null) {
            json.writeNumberField("code", answer.code());
            json.writeNumberField("subcode", answer.subcode());
            json.writeStringField("data", answer.data().toString());
        }
        DecodedUpdate update = judgement.update;
        json.writeArrayFieldStart("discarded");
        for (int i = 0; update != null && i < update.discardedAttributes(); i++) {
            json.writeNumber(update.discardedType(i));
        }
        json.writeEndArray();
        if (!judgement.reason.isEmpty()) {
            json.writeStringField("reason", judgement.reason);
        }
        if (!judgement.rfc.isEmpty()) {
            json.writeStringField("rfc", judgement.rfc);
        }
        if (!judgement.ineligible.isEmpty()) {
            json.writeStringField("ineligible", judgement.ineligible);
        }
        if (judgement.trailingOctets > 0) {
            json.writeNumberField("trailing_octets", judgement.trailingOctets);
        }
        AttributeTable table = judgement.table;
        if (update != null && table != null) {
            writeUpdate(json, update, table);
        }
        writeOthers(json, judgement);
    }

    private static void writeOthers(JsonGenerator json, Judgement judgement) throws IOException {
        OpenMessage open = judgement.open;
        if (open != null) {
            json.writeNumberField("version", open.version());
            json.writeNumberField("my_as", open.myAs());
            json.writeNumberField("asn", open.asn().value());
            json.writeNumberField("hold_time", open.holdTimeSeconds());
            json.writeStringField("router_id", open.routerId().toString());
            json.writeArrayFieldStart("capabilities");
            for (Capability capability : open.capabilities()) {
                CapabilityJson.write(json, capability);
            }
            json.writeEndArray();
        }
        NotificationMessage notification = judgement.notification;
        if (notification != null) {
            json.writeObjectFieldStart("notification");
            json.writeNumberField("code", notification.code());
            json.writeNumberField("subcode", notification.subcode());
            json.writeStringField("data", notification.data().toString());
            if (notification.reason() != NotificationSubcode.UNKNOWN) {
                json.writeStringField("name", notification.reason().toString());
            }
            if (notification.shutdownText().isPresent()) {
                json.writeStringField("text", notification.shutdownText().get());
            }
            json.writeEndObject();
        }
        RouteRefreshMessage refresh = judgement.refresh;
        if (refresh != null) {
            json.writeNumberField("afi", refresh.afi());
            json.writeNumberField("safi", refresh.safi());
            json.writeNumberField("subtype", refresh.subtype());
        }
    }

    /** With treat-as-withdraw, what was announced is withdrawn. */
    private static void writeUpdate(JsonGenerator json, DecodedUpdate update, AttributeTable table) throws IOException {
        boolean isWithdrawn = update.action() == ErrorAction.TREAT_AS_WITHDRAW;
        json.writeObjectFieldStart("announced");
        for (AddressFamily family : AddressFamily.values()) {
            if (!isWithdrawn && update.announced(family).size() > 0) {
                json.writeArrayFieldStart(family.toString());
                writePrefixes(json, update.announced(family));
                json.writeEndArray();
            }
        }
        json.writeEndObject();
        json.writeObjectFieldStart("withdrawn");
        for (AddressFamily family : AddressFamily.values()) {
            NlriList also = update.announced(family);
            if (update.withdrawn(family).size() + (isWithdrawn ? also.size() : 0) > 0) {
                json.writeArrayFieldStart(family.toString());
                writePrefixes(json, update.withdrawn(family));
                if (isWithdrawn) {
                    writePrefixes(json, also);
                }
                json.writeEndArray();
            }
        }
        json.writeEndObject();
        AddressFamily endOfRib = update.endOfRib();
        if (endOfRib != null) {
            json.writeStringField("end_of_rib", endOfRib.toString());
        }
        if (update.ignoredPrefixes() > 0) {
            json.writeNumberField("ignored_prefixes", update.ignoredPrefixes());
        }
        int ipv4 = update.attributes(IPV4);
        int ipv6 = update.attributes(IPV6);
        if (ipv4 != 0 || ipv6 != 0) {
            Optional<WireAttributes> both = ipv4 != 0 && ipv6 != 0 ? Optional.of(table.view(ipv6)) : Optional.empty();
            json.writeFieldName("attributes");
            AttributesJson.write(json, table.view(ipv4 != 0 ? ipv4 : ipv6), both);
        }
    }

    private static void writePrefixes(JsonGenerator json, NlriList list) throws IOException {
        for (int i = 0; i < list.size(); i++) {
            if (list.hasPathIds()) {
                json.writeStartObject();
                json.writeStringField("prefix", list.prefix(i).toString());
                json.writeNumberField("path_id", Integer.toUnsignedLong(list.pathId(i)));
                json.writeEndObject();
            } else {
                json.writeString(list.prefix(i).toString());
            }
        }
    }
}
