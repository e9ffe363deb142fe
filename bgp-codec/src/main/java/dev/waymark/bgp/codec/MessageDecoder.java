package dev.waymark.bgp.codec;

import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.Octets;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes the messages of a session's life; UPDATEs are {@link UpdateDecoder}'s. Judges their form. What the fields of an
 * OPEN mean for the session is judged where it is negotiated. Never throws for anything that a peer sends. Stateless.
 */
public final class MessageDecoder {

    private static final int OPEN_FIXED = Wire.HEADER + 10;
    private static final int CAPABILITIES = 2; // RFC 5492 §4
    private static final int EXTENDED_LENGTH = 255; // RFC 9072 §2
    private static final int REFRESH_LENGTH = Wire.HEADER + 4;

    private MessageDecoder() {}

    /**
     * Decodes an OPEN (RFC 4271 §4.2), with capabilities (RFC 5492 §4) and extended parameters (RFC 9072 §2).
     *
     * @param buf where it stands; not kept
     * @param offset index of the first octet of its header
     * @param length its length with the header, as {@link Framer#frame} returned it
     * @return the message, or the reset that it asks for
     */
    public static DecodeResult<OpenMessage> open(byte[] buf, int offset, int length) {
        if (length < OPEN_FIXED) {
            return problem(DecodeCondition.MESSAGE_LENGTH, Octets.ofShort(length));
        }
        int version = Wire.u8(buf, offset + 19);
        if (version != OpenMessage.VERSION) {
            return problem(DecodeCondition.OPEN_VERSION, Octets.ofShort(OpenMessage.VERSION));
        }
        List<Capability> capabilities = new ArrayList<>();
        DecodeCondition condition = parameters(buf, offset + 28, offset + length, capabilities);
        if (condition != DecodeCondition.NONE) {
            return problem(condition, Octets.empty());
        }
        return DecodeResult.of(new OpenMessage(
                version,
                Wire.u16(buf, offset + 20),
                Wire.u16(buf, offset + 22),
                RouterId.ofBits(Wire.i32(buf, offset + 24)),
                capabilities));
    }

    /**
     * Decodes a NOTIFICATION (RFC 4271 §4.5).
     *
     * @param buf where it stands; not kept
     * @param offset index of the first octet of its header
     * @param length its length with the header, as {@link Framer#frame} returned it
     * @return the message; a problem only when it is too short for its codes
     */
    public static DecodeResult<NotificationMessage> notification(byte[] buf, int offset, int length) {
        if (length < Wire.HEADER + 2) {
            return problem(DecodeCondition.NOTIFICATION_LENGTH, Octets.empty());
        }
        Octets data = Octets.copyOf(
                buf, offset + 21, Math.min(length - Wire.HEADER - 2, NotificationMessage.MAX_DATA_OCTETS));
        return DecodeResult.of(new NotificationMessage(Wire.u8(buf, offset + 19), Wire.u8(buf, offset + 20), data));
    }

    /**
     * Decodes a ROUTE-REFRESH (RFC 2918 §3, RFC 7313 §3.2). Where enhanced refresh wasn't negotiated the subtype octet is
     * reserved, and every message is a plain request.
     *
     * @param buf where it stands; not kept
     * @param offset index of the first octet of its header
     * @param length its length with the header, as {@link Framer#frame} returned it
     * @param options what was negotiated
     * @return the message, or what to do instead
     */
    public static DecodeResult<RouteRefreshMessage> routeRefresh(
            byte[] buf, int offset, int length, CodecOptions options) {
        if (length < REFRESH_LENGTH) {
            return problem(DecodeCondition.MESSAGE_LENGTH, Octets.ofShort(length));
        }
        int subtype = options.isEnhancedRefresh() ? Wire.u8(buf, offset + 21) : RouteRefreshMessage.REQUEST;
        if (subtype > RouteRefreshMessage.END) {
            return problem(DecodeCondition.REFRESH_SUBTYPE, Octets.empty());
        }
        if (length != REFRESH_LENGTH) {
            return subtype == RouteRefreshMessage.REQUEST
                    ? problem(DecodeCondition.REFRESH_LENGTH, Octets.ofShort(length))
                    : problem(
                            DecodeCondition.ENHANCED_REFRESH_LENGTH,
                            Octets.copyOf(buf, offset, Math.min(length, NotificationMessage.MAX_DATA_OCTETS)));
        }
        return DecodeResult.of(new RouteRefreshMessage(Wire.u16(buf, offset + 19), Wire.u8(buf, offset + 22), subtype));
    }

    /** Reads the optional parameters, whose length octet stands first; each one has to be a list of capabilities. */
    private static DecodeCondition parameters(byte[] buf, int from, int end, List<Capability> capabilities) {
        int claimed = Wire.u8(buf, from);
        int at = from + 1;
        boolean isExtended = claimed != 0 && at < end && Wire.u8(buf, at) == EXTENDED_LENGTH;
        if (isExtended) {
            if (end - at < 3) {
                return DecodeCondition.OPEN_PARAMETER_LENGTH;
            }
            claimed = Wire.u16(buf, at + 1);
            at += 3;
        }
        if (claimed != end - at) {
            return DecodeCondition.OPEN_PARAMETER_LENGTH;
        }
        int header = isExtended ? 3 : 2;
        while (at < end) {
            if (end - at < header) {
                return DecodeCondition.OPEN_PARAMETER_LENGTH;
            }
            int type = Wire.u8(buf, at);
            int length = isExtended ? Wire.u16(buf, at + 1) : Wire.u8(buf, at + 1);
            at += header;
            if (length > end - at) {
                return DecodeCondition.OPEN_PARAMETER_LENGTH;
            }
            if (type != CAPABILITIES) {
                return DecodeCondition.OPEN_PARAMETER_TYPE;
            }
            if (!capabilities(buf, at, at + length, capabilities)) {
                return DecodeCondition.CAPABILITY_BOUNDS;
            }
            at += length;
        }
        return DecodeCondition.NONE;
    }

    private static boolean capabilities(byte[] buf, int from, int end, List<Capability> capabilities) {
        int at = from;
        while (at < end) {
            if (end - at < 2 || Wire.u8(buf, at + 1) > end - at - 2) {
                return false;
            }
            int length = Wire.u8(buf, at + 1);
            capabilities.add(Capability.of(Wire.u8(buf, at), Octets.copyOf(buf, at + 2, length)));
            at += 2 + length;
        }
        return true;
    }

    private static <T> DecodeResult<T> problem(DecodeCondition condition, Octets data) {
        DecodeProblem problem = new DecodeProblem();
        problem.note(condition, -1, data);
        return DecodeResult.of(problem);
    }
}
