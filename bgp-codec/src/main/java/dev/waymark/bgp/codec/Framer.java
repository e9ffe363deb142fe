package dev.waymark.bgp.codec;

import dev.waymark.bgp.message.MessageType;
import dev.waymark.bgp.message.Octets;

/**
 * Finds the messages in a stream of octets (RFC 4271 §4.1, §6.1). Decides from the 19 octets of the header alone, so that
 * a broken or hostile header never makes anyone wait for, or reserve, a body. Stateless.
 */
public final class Framer {

    /** {@link #frame} needs more octets. */
    public static final int INCOMPLETE = 0;

    /** {@link #frame} met a broken header. */
    public static final int BROKEN = -1;

    /** The largest message without RFC 8654. */
    public static final int MAX_MESSAGE_OCTETS = 4096;

    /** The largest message with RFC 8654. */
    public static final int MAX_EXTENDED_MESSAGE_OCTETS = 65535;

    private static final int UPDATE = MessageType.UPDATE.code();
    private static final int MIN_OPEN = 29;
    private static final int MIN_UPDATE = 23;
    private static final int MIN_NOTIFICATION = 21;
    private static final int MIN_ROUTE_REFRESH = 23;

    private Framer() {}

    /**
     * Looks at the next message. The order of the checks is marker, length, type (RFC 4271 §6.1).
     *
     * @param buf the octets received; not kept
     * @param offset index of the message's first octet
     * @param available how many octets stand there
     * @param options what was negotiated; before the OPEN, what we are ready for
     * @param problem takes what is wrong when the result is {@link #BROKEN}
     * @return the length of the message in octets, at least 19, when it is there as a whole; {@link #INCOMPLETE} or
     *     {@link #BROKEN}
     */
    public static int frame(byte[] buf, int offset, int available, CodecOptions options, DecodeProblem problem) {
        if (available < Wire.HEADER) {
            return INCOMPLETE;
        }
        if ((Wire.i64(buf, offset) & Wire.i64(buf, offset + 8)) != -1) {
            problem.clear();
            problem.note(DecodeCondition.MARKER, -1, Octets.empty());
            return BROKEN;
        }
        int length = Wire.u16(buf, offset + 16);
        int type = Wire.u8(buf, offset + 18);
        DecodeCondition condition = judge(length, type, options.maxMessageOctets());
        if (condition != DecodeCondition.NONE) {
            problem.clear();
            problem.note(condition, -1, data(condition, length, type));
            return BROKEN;
        }
        return available < length ? INCOMPLETE : length;
    }

    /**
     * Returns the type of a message.
     *
     * @param buf the octets of the message; not kept
     * @param offset index of its first octet
     * @return the type
     */
    public static MessageType type(byte[] buf, int offset) {
        return MessageType.fromCode(Wire.u8(buf, offset + 18));
    }

    private static DecodeCondition judge(int length, int type, int maxMessageOctets) {
        if (type == UPDATE && length >= MIN_UPDATE && length <= maxMessageOctets) {
            return DecodeCondition.NONE; // nearly all of them
        }
        boolean isLengthPossible = length >= Wire.HEADER
                && length <= maxMessageOctets
                && switch (MessageType.fromCode(type)) {
                    case OPEN -> length >= MIN_OPEN && length <= MAX_MESSAGE_OCTETS; // RFC 8654 §4
                    case UPDATE -> length >= MIN_UPDATE;
                    case NOTIFICATION -> length >= MIN_NOTIFICATION;
                    case KEEPALIVE -> length == Wire.HEADER;
                    case ROUTE_REFRESH -> length >= MIN_ROUTE_REFRESH;
                    case UNKNOWN -> true;
                };
        if (!isLengthPossible) {
            return type == MessageType.NOTIFICATION.code()
                    ? DecodeCondition.NOTIFICATION_LENGTH
                    : DecodeCondition.MESSAGE_LENGTH;
        }
        return MessageType.fromCode(type) == MessageType.UNKNOWN ? DecodeCondition.MESSAGE_TYPE : DecodeCondition.NONE;
    }

    private static Octets data(DecodeCondition condition, int length, int type) {
        return switch (condition) {
            case MESSAGE_LENGTH -> Octets.ofShort(length);
            case MESSAGE_TYPE -> Octets.of(type);
            default -> Octets.empty();
        };
    }
}
