package dev.waymark.engine;

import dev.waymark.bgp.codec.MessageEncoder;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Small messages, encoded each on its own. */
final class Messages {
    /** No octets. */
    static final byte[] NOTHING = {};

    private Messages() {}

    static ByteBuf open(OpenMessage message) {
        ByteBuf out = Unpooled.buffer(128);
        MessageEncoder.write(out, message);
        return out;
    }

    static ByteBuf keepalive() {
        ByteBuf out = Unpooled.buffer(19);
        MessageEncoder.writeKeepalive(out);
        return out;
    }

    static ByteBuf routeRefresh(RouteRefreshMessage message) {
        ByteBuf out = Unpooled.buffer(23);
        MessageEncoder.write(out, message);
        return out;
    }

    static byte[] octets(NotificationMessage message) {
        ByteBuf out = Unpooled.buffer(64);
        MessageEncoder.write(out, message);
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        return octets;
    }
}
