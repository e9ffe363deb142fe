package dev.waymark.examples.decode;

import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.codec.MessageEncoder;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.Octets;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes messages out of what {@link JudgementJson} wrote. Confined to one thread. */
final class MessageWriter {
    private final UpdateWriter updates;

    MessageWriter(DecodeContext context) {
        updates = new UpdateWriter(context);
    }

    /**
     * Returns the messages that a line stands for; an UPDATE can need several, or none.
     *
     * @throws IllegalArgumentException when the line says too little, or what can't be
     */
    List<byte[]> messages(Map<String, Object> line) {
        String type = JsonFields.required(line, "type");
        if (line.containsKey("error")) {
            throw new IllegalArgumentException("there is no message in an error");
        }
        ByteBuf out = Unpooled.buffer();
        switch (type) {
            case "open" -> MessageEncoder.write(out, open(line));
            case "update" -> updates.write(line, out);
            case "notification" -> MessageEncoder.write(out, notification(JsonTree.object(line, "notification")));
            case "keepalive" -> MessageEncoder.writeKeepalive(out);
            case "route-refresh" ->
                MessageEncoder.write(
                        out,
                        new RouteRefreshMessage(
                                JsonFields.number(line, "afi", 0xffff),
                                JsonFields.number(line, "safi", 255),
                                JsonFields.number(line, "subtype", 255)));
            default -> throw new IllegalArgumentException("type: there is no message type \"" + type + "\"");
        }
        return split(out);
    }

    private static OpenMessage open(Map<String, Object> line) {
        List<Capability> capabilities = new ArrayList<>();
        for (Object element : JsonTree.list(line, "capabilities")) {
            Map<String, Object> capability = JsonFields.object("capabilities", element);
            String hex = JsonFields.required(capability, "hex");
            capabilities.add(Capability.of(JsonFields.number(capability, "code", 255), Octets.parse(hex)));
        }
        return new OpenMessage(
                JsonFields.number(line, "version", 255),
                JsonFields.number(line, "my_as", 0xffff),
                JsonFields.number(line, "hold_time", 0xffff),
                RouterId.parse(JsonFields.required(line, "router_id")),
                capabilities);
    }

    private static NotificationMessage notification(Map<String, Object> object) {
        String data = JsonTree.text(object, "data");
        return new NotificationMessage(
                JsonFields.number(object, "code", 255),
                JsonFields.number(object, "subcode", 255),
                data == null ? Octets.empty() : Octets.parse(data));
    }

    private static List<byte[]> split(ByteBuf out) {
        List<byte[]> messages = new ArrayList<>();
        while (out.isReadable()) {
            byte[] message = new byte[out.getUnsignedShort(out.readerIndex() + 16)];
            out.readBytes(message);
            messages.add(message);
        }
        return messages;
    }
}
