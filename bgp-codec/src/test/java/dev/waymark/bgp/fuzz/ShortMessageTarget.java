package dev.waymark.bgp.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.codec.DecodeResult;
import dev.waymark.bgp.codec.ErrorAction;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.codec.MessageDecoder;
import dev.waymark.bgp.codec.MessageEncoder;
import dev.waymark.bgp.codec.WireVector;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** NOTIFICATION and ROUTE-REFRESH. The input is an octet of options and the message's body. */
public final class ShortMessageTarget {
    private ShortMessageTarget() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput in = new FuzzInput(data);
        int choice = in.u8();
        CodecOptions options = CodecOptions.builder()
                .enhancedRefresh(in.bit(choice, 1))
                .maxMessageOctets(in.bit(choice, 2) ? Framer.MAX_EXTENDED_MESSAGE_OCTETS : Framer.MAX_MESSAGE_OCTETS)
                .build();
        MessageType type = in.bit(choice, 0) ? MessageType.ROUTE_REFRESH : MessageType.NOTIFICATION;
        byte[] message = FuzzInput.message(type, in.octets(options.maxMessageOctets() - 19));
        if (Framer.frame(message, 0, message.length, options, new DecodeProblem()) != message.length) {
            return;
        }
        Allocation.check(message.length, 2048, 2, () -> decode(message, options));
        if (type == MessageType.NOTIFICATION) {
            DecodeResult<NotificationMessage> result = decodeNotification(message);
            check(result, written -> MessageEncoder.write(written, result.message()), octets -> {
                assertEquals(result.message(), decodeNotification(octets).message());
            });
            checkText(result.message());
        } else {
            DecodeResult<RouteRefreshMessage> result = decodeRefresh(message, options);
            check(result, written -> MessageEncoder.write(written, result.message()), octets -> {
                assertEquals(result.message(), decodeRefresh(octets, options).message());
            });
        }
    }

    private static void decode(byte[] message, CodecOptions options) {
        if (Framer.type(message, 0) == MessageType.NOTIFICATION) {
            decodeNotification(message);
        } else {
            decodeRefresh(message, options);
        }
    }

    private static DecodeResult<NotificationMessage> decodeNotification(byte[] message) {
        return MessageDecoder.notification(message, 0, message.length);
    }

    private static DecodeResult<RouteRefreshMessage> decodeRefresh(byte[] message, CodecOptions options) {
        return MessageDecoder.routeRefresh(message, 0, message.length, options);
    }

    private static void check(DecodeResult<?> result, Consumer<ByteBuf> writer, Consumer<byte[]> reader) {
        if (result.isMessage()) {
            ByteBuf written = Unpooled.buffer();
            writer.accept(written);
            byte[] octets = ByteBufUtil.getBytes(written);
            CodecOptions narrow = CodecOptions.builder().build();
            assertEquals(octets.length, Framer.frame(octets, 0, octets.length, narrow, new DecodeProblem()));
            reader.accept(octets);
        } else if (result.problem().action() == ErrorAction.SESSION_RESET) {
            assertTrue(result.problem().notification().data().size() <= NotificationMessage.MAX_DATA_OCTETS);
        }
    }

    /** What goes to a log is one line of what can be printed. */
    private static void checkText(NotificationMessage message) {
        assertFalse(message.toString().codePoints().anyMatch(Character::isISOControl), message::toString);
        String text = message.shutdownText().orElse("");
        assertFalse(text.codePoints().anyMatch(point -> Character.getType(point) == Character.FORMAT), text);
    }

    /** Returns the vectors of both types. */
    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (WireVector vector : WireVector.all()) {
            byte[] message = vector.bytes();
            int type = message[18];
            if (type == MessageType.NOTIFICATION.code() || type == MessageType.ROUTE_REFRESH.code()) {
                byte[] seed = new byte[message.length - 18];
                System.arraycopy(message, 19, seed, 1, message.length - 19);
                seed[0] = (byte)
                        ((type == MessageType.ROUTE_REFRESH.code() ? 1 : 0) | (vector.has("enhanced-refresh") ? 2 : 0));
                seeds.add(seed);
            }
        }
        return seeds;
    }
}
