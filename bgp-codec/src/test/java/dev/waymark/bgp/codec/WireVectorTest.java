package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.bgp.message.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message of the vector files: read, compared, written, compared, and cut at every length. */
class WireVectorTest {

    private final CodecFixture codec = new CodecFixture();

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    @DisplayName("is decoded to what it means, at first sight and after, and written as it should be")
    void decodesAndEncodes(WireVector vector) {
        byte[] bytes = vector.bytes();
        CodecOptions options = vector.options();
        assertEquals(bytes.length, Framer.frame(bytes, 0, bytes.length, options, new DecodeProblem()));
        for (int sight = 1; sight <= 2; sight++) {
            ByteBuf written = Unpooled.buffer();
            assertEquals(vector.expected(), decode(bytes, options, vector.encodeOptions(), written));
            assertEquals(vector.written(), HexFormat.of().formatHex(ByteBufUtil.getBytes(written)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    @DisplayName("what is written means the same when it is read again")
    void decodeEncodeDecodeIsStable(WireVector vector) {
        ByteBuf first = Unpooled.buffer();
        decode(vector.bytes(), vector.options(), vector.encodeOptions(), first);
        ByteBuf second = Unpooled.buffer();
        for (byte[] message : CodecFixture.split(ByteBufUtil.getBytes(first))) {
            decode(message, vector.options(), vector.encodeOptions(), second);
        }
        assertEquals(ByteBufUtil.hexDump(first), ByteBufUtil.hexDump(second));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    @DisplayName("cut at every length it is incomplete, and with a header that fits the cut it never throws")
    void cutAtEveryLength(WireVector vector) {
        byte[] bytes = vector.bytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertEquals(Framer.INCOMPLETE, Framer.frame(cut, 0, length, vector.options(), new DecodeProblem()));
            if (length >= 19) {
                Wire.put16(cut, 16, length);
                int framed = Framer.frame(cut, 0, length, vector.options(), new DecodeProblem());
                assertNotEquals(Framer.INCOMPLETE, framed);
                assertTrue(framed != length
                        || !decode(cut, vector.options(), vector.encodeOptions(), Unpooled.buffer())
                                .isEmpty());
            }
        }
    }

    static List<WireVector> vectors() {
        return WireVector.all();
    }

    /** Decodes a message of any type, writes it again if it can be, and returns what it means as text. */
    private String decode(byte[] bytes, CodecOptions options, EncodeOptions encodeOptions, ByteBuf written) {
        return switch (MessageType.fromCode(bytes[18])) {
            case UPDATE -> {
                codec.decode(bytes, options);
                String text = CodecFixture.describe(codec.out, codec.table);
                if (codec.out.action().compareTo(ErrorAction.TREAT_AS_WITHDRAW) < 0) {
                    written.writeBytes(codec.encode(encodeOptions));
                }
                yield text;
            }
            case OPEN -> describe(MessageDecoder.open(bytes, 0, bytes.length), m -> MessageEncoder.write(written, m));
            case NOTIFICATION ->
                describe(MessageDecoder.notification(bytes, 0, bytes.length), m -> MessageEncoder.write(written, m));
            case ROUTE_REFRESH ->
                describe(
                        MessageDecoder.routeRefresh(bytes, 0, bytes.length, options),
                        m -> MessageEncoder.write(written, m));
            case KEEPALIVE -> {
                MessageEncoder.writeKeepalive(written);
                yield "KEEPALIVE";
            }
            case UNKNOWN -> "unknown";
        };
    }

    private static <T> String describe(DecodeResult<T> result, java.util.function.Consumer<T> writer) {
        if (!result.isMessage()) {
            return result.problem().toString();
        }
        writer.accept(result.message());
        return result.message().toString();
    }
}
