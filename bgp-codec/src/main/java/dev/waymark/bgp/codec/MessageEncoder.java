package dev.waymark.bgp.codec;

import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import io.netty.buffer.ByteBuf;

/** Writes the messages of a session's life; UPDATEs are {@link UpdateEncoder}'s. Stateless. */
public final class MessageEncoder {

    private static final int MAX_SHORT_PARAMETERS = 255;
    private static final int CAPABILITIES = 2;
    private static final int EXTENDED_LENGTH = 255;

    private MessageEncoder() {}

    /**
     * Writes an OPEN (RFC 4271 §4.2) with all capabilities in one optional parameter (RFC 5492 §4), in the form of
     * RFC 9072 §2 when they need more than 255 octets.
     *
     * @param out takes the message
     * @param open the message
     * @throws IllegalArgumentException when it does not fit 4096 octets
     */
    public static void write(ByteBuf out, OpenMessage open) {
        int capabilities = 0;
        for (Capability capability : open.capabilities()) {
            capabilities += 2 + capability.value().size();
        }
        boolean isExtended = capabilities + 2 > MAX_SHORT_PARAMETERS;
        int parameters = capabilities == 0 ? 0 : isExtended ? capabilities + 3 : capabilities + 2;
        int length = Wire.HEADER + 10 + parameters + (isExtended ? 3 : 0);
        if (length > Framer.MAX_MESSAGE_OCTETS) {
            throw new IllegalArgumentException("an OPEN of " + length + " octets is too long: allowed is 4096");
        }
        header(out, length, MessageType.OPEN);
        out.writeByte(open.version());
        out.writeShort(open.myAs());
        out.writeShort(open.holdTimeSeconds());
        out.writeInt(open.routerId().bits());
        if (isExtended) {
            out.writeByte(EXTENDED_LENGTH);
            out.writeByte(EXTENDED_LENGTH);
            out.writeShort(parameters);
            out.writeByte(CAPABILITIES);
            out.writeShort(capabilities);
        } else {
            out.writeByte(parameters);
            if (parameters > 0) {
                out.writeByte(CAPABILITIES);
                out.writeByte(capabilities);
            }
        }
        for (Capability capability : open.capabilities()) {
            out.writeByte(capability.code());
            out.writeByte(capability.value().size());
            out.writeBytes(capability.value().toByteArray());
        }
    }

    /**
     * Writes a NOTIFICATION (RFC 4271 §4.5).
     *
     * @param out takes the message, at most 4096 octets
     * @param notification the message
     */
    public static void write(ByteBuf out, NotificationMessage notification) {
        header(out, Wire.HEADER + 2 + notification.data().size(), MessageType.NOTIFICATION);
        out.writeByte(notification.code());
        out.writeByte(notification.subcode());
        out.writeBytes(notification.data().toByteArray());
    }

    /**
     * Writes a ROUTE-REFRESH (RFC 2918 §3, RFC 7313 §3.2).
     *
     * @param out takes the message
     * @param refresh the message
     */
    public static void write(ByteBuf out, RouteRefreshMessage refresh) {
        header(out, Wire.HEADER + 4, MessageType.ROUTE_REFRESH);
        out.writeShort(refresh.afi());
        out.writeByte(refresh.subtype());
        out.writeByte(refresh.safi());
    }

    /**
     * Writes a KEEPALIVE (RFC 4271 §4.4).
     *
     * @param out takes the message
     */
    public static void writeKeepalive(ByteBuf out) {
        header(out, Wire.HEADER, MessageType.KEEPALIVE);
    }

    private static void header(ByteBuf out, int length, MessageType type) {
        out.writeLong(-1);
        out.writeLong(-1);
        out.writeShort(length);
        out.writeByte(type.code());
    }
}
