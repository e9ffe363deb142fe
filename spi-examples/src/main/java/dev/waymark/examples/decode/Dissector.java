package dev.waymark.examples.decode;

import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.Octets;
import java.util.List;

/**
 * Takes a message apart for people. Says what stands where, as far as it can be told; what that leads to is the decoder's
 * to say, so this is used for nothing else. Stateless.
 */
final class Dissector {
    private static final int HEADER = 19;
    private static final int OPEN_FIXED = 29;
    private static final int CAPABILITIES = 2;
    private static final int EXTENDED = 255;

    private Dissector() {}

    static List<String> lines(byte[] octets, DecodeContext context, Paint paint) {
        Dissection parts = new Dissection(octets);
        if (octets.length < HEADER) {
            parts.addFault(0, octets.length, 0, "less than a header");
            return parts.lines(paint);
        }
        parts.add(0, 16, 0, "marker");
        int length = parts.u16(16);
        MessageType type = MessageType.fromCode(parts.u8(18));
        parts.add(16, 18, 0, "length " + length);
        parts.add(18, 19, 0, "type " + parts.u8(18) + ", " + type);
        int end = Math.min(Math.max(HEADER, length), octets.length);
        switch (type) {
            case OPEN -> open(parts, end);
            case UPDATE -> new UpdateDissector(parts, end, context).dissect();
            case NOTIFICATION -> notification(parts, end);
            case ROUTE_REFRESH -> refresh(parts, end);
            case KEEPALIVE, UNKNOWN -> rest(parts, HEADER, end);
        }
        if (end < octets.length) {
            parts.addFault(end, octets.length, 0, "behind the message");
        }
        return parts.lines(paint);
    }

    private static void open(Dissection parts, int end) {
        if (end < OPEN_FIXED) {
            rest(parts, HEADER, end);
            return;
        }
        parts.add(19, 20, 0, "version " + parts.u8(19));
        parts.add(20, 22, 0, "my AS " + parts.u16(20));
        parts.add(22, 24, 0, "hold time " + parts.u16(22) + " s");
        parts.add(24, 28, 0, "BGP identifier " + RouterId.ofBits(parts.i32(24)));
        parts.add(28, 29, 0, "optional parameters, " + parts.u8(28) + " octets");
        int at = OPEN_FIXED;
        boolean isExtended = end - at >= 3 && parts.u8(28) != 0 && parts.u8(at) == EXTENDED;
        if (isExtended) {
            parts.add(at, at + 3, 0, "extended: " + parts.u16(at + 1) + " octets (RFC 9072)");
            at += 3;
        }
        int header = isExtended ? 3 : 2;
        while (end - at >= header) {
            int length = isExtended ? parts.u16(at + 1) : parts.u8(at + 1);
            boolean isWhole = length <= end - at - header;
            int next = isWhole ? at + header + length : end;
            String meaning = "parameter " + parts.u8(at) + ", " + length + " octets";
            if (isWhole && parts.u8(at) == CAPABILITIES) {
                parts.add(at, at + header, 0, meaning);
                capabilities(parts, at + header, next);
            } else {
                parts.addFault(at, next, 0, meaning + (isWhole ? ", not capabilities" : ", cut short"));
            }
            at = next;
        }
        rest(parts, at, end);
    }

    private static void capabilities(Dissection parts, int from, int end) {
        int at = from;
        while (end - at >= 2 && parts.u8(at + 1) <= end - at - 2) {
            int next = at + 2 + parts.u8(at + 1);
            int code = parts.u8(at);
            Capability capability = Capability.of(code, Octets.copyOf(parts.octets(), at + 2, next - at - 2));
            boolean isUnknown = capability.kind() == Capability.Kind.UNKNOWN;
            parts.add(
                    at,
                    next,
                    1,
                    "capability " + code + ", " + CapabilityJson.name(code) + (isUnknown ? "" : ": " + capability));
            at = next;
        }
        rest(parts, at, end);
    }

    private static void notification(Dissection parts, int end) {
        if (end < HEADER + 2) {
            rest(parts, HEADER, end);
            return;
        }
        Octets data = Octets.copyOf(parts.octets(), HEADER + 2, end - HEADER - 2);
        NotificationMessage message = new NotificationMessage(parts.u8(19), parts.u8(20), data);
        parts.add(
                19,
                21,
                0,
                "code and subcode " + new NotificationMessage(message.code(), message.subcode(), Octets.empty()));
        if (end > HEADER + 2) {
            parts.add(
                    HEADER + 2,
                    end,
                    0,
                    message.shutdownText().map(text -> "\"" + text + "\"").orElse("data"));
        }
    }

    private static void refresh(Dissection parts, int end) {
        if (end < HEADER + 4) {
            rest(parts, HEADER, end);
            return;
        }
        parts.add(19, 21, 0, "AFI " + parts.u16(19));
        parts.add(21, 22, 0, "subtype " + parts.u8(21));
        parts.add(22, 23, 0, "SAFI " + parts.u8(22) + ": " + CapabilityJson.family(parts.u16(19), parts.u8(22)));
        rest(parts, HEADER + 4, end);
    }

    static void rest(Dissection parts, int from, int end) {
        if (from < end) {
            parts.addFault(from, end, 0, "not understood");
        }
    }
}
