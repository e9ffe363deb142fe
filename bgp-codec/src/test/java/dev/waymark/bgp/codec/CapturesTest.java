package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.bgp.message.OpenMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Messages out of captures, some of them made to break decoders. */
class CapturesTest {

    private static final Pattern HEX = Pattern.compile("\"hex\": *\"([0-9a-f]*)\"");

    private static final List<CodecOptions> OPTIONS = List.of(
            CodecFixture.external().allowAsSet(true).enforceFirstAs(false).build(),
            CodecFixture.internal().allowAsSet(true).build(),
            CodecFixture.internal().fourOctetAs(true, false).allowAsSet(true).build(),
            CodecFixture.external().fourOctetAs(false, false).build(),
            CodecFixture.internal()
                    .addPathReceive(CodecFixture.BOTH)
                    .enhancedRefresh(true)
                    .build());

    @Test
    @DisplayName(
            "every captured message, whole and cut at every length, is decoded without a throw by every kind of session")
    void neverThrows() throws IOException {
        List<byte[]> messages = messages();
        assertEquals(1307, messages.size());
        CodecFixture codec = new CodecFixture();
        for (byte[] message : messages) {
            for (CodecOptions options : OPTIONS) {
                decode(message, options, codec);
                for (int length = 0; length < message.length; length++) {
                    byte[] cut = Arrays.copyOf(message, length);
                    if (length >= 19) {
                        Wire.put16(cut, 16, length);
                    }
                    decode(cut, options, codec);
                }
                codec.table.sweep();
                assertEquals(0, codec.table.size());
            }
        }
    }

    @Test
    @DisplayName("every captured OPEN is read, and written with the same capabilities")
    void opens() throws IOException {
        int opens = 0;
        for (byte[] message : messages()) {
            if (Framer.type(message, 0) == MessageType.OPEN) {
                DecodeResult<OpenMessage> result = MessageDecoder.open(message, 0, message.length);
                if (result.isMessage()) {
                    ByteBuf written = Unpooled.buffer();
                    MessageEncoder.write(written, result.message());
                    byte[] again = ByteBufUtil.getBytes(written);
                    assertEquals(
                            result.message(),
                            MessageDecoder.open(again, 0, again.length).message());
                    opens++;
                }
            }
        }
        assertTrue(opens >= 75, "OPENs that were read: " + opens);
    }

    @Test
    @DisplayName("every captured UPDATE that is accepted means the same when it is written again")
    void updates() throws IOException {
        CodecFixture codec = new CodecFixture();
        int updates = 0;
        for (byte[] message : messages()) {
            for (CodecOptions options : OPTIONS) {
                boolean isUpdate = Framer.type(message, 0) == MessageType.UPDATE;
                boolean isWhole = Framer.frame(message, 0, message.length, options, new DecodeProblem()) > 0;
                if (isUpdate && isWhole && codec.decode(message, options).action() == ErrorAction.NONE) {
                    assertSameMeaning(codec, options);
                    updates++;
                }
                codec.table.sweep();
            }
        }
        assertTrue(updates >= 600, "UPDATEs that were accepted: " + updates);
    }

    private static void assertSameMeaning(CodecFixture codec, CodecOptions options) {
        List<AddressFamily> withIds =
                CodecFixture.BOTH.stream().filter(options::receivesPathIds).toList();
        EncodeOptions writing = EncodeOptions.builder()
                .fourOctetAs(options.decodeClass().localFourOctet(), options.isFourOctetSession())
                .addPathSend(withIds)
                .build();
        List<String> before = routes(codec);
        List<String> after = new ArrayList<>();
        for (byte[] again : CodecFixture.split(codec.encode(writing))) {
            assertEquals(ErrorAction.NONE, codec.decode(again, options).action());
            after.addAll(routes(codec));
        }
        assertEquals(before, after);
    }

    private static List<String> routes(CodecFixture codec) {
        List<String> routes = new ArrayList<>();
        for (AddressFamily family : CodecFixture.BOTH) {
            NlriList withdrawn = codec.out.withdrawn(family);
            for (int i = 0; i < withdrawn.size(); i++) {
                routes.add("-" + withdrawn.prefix(i) + " " + withdrawn.pathId(i));
            }
            NlriList announced = codec.out.announced(family);
            for (int i = 0; i < announced.size(); i++) {
                routes.add(announced.prefix(i) + " " + announced.pathId(i) + " "
                        + codec.table.view(codec.out.attributes(family)));
            }
        }
        routes.sort(null);
        return routes;
    }

    private static void decode(byte[] message, CodecOptions options, CodecFixture codec) {
        try {
            Framer.frame(message, 0, message.length, options, new DecodeProblem());
            MessageDecoder.open(message, 0, message.length);
            MessageDecoder.notification(message, 0, message.length);
            MessageDecoder.routeRefresh(message, 0, message.length, options);
            codec.decode(message, options);
            assertNull(codec.out.fault());
        } catch (RuntimeException e) {
            throw new AssertionError("message " + HexFormat.of().formatHex(message), e);
        }
    }

    private static List<byte[]> messages() throws IOException {
        List<byte[]> messages = new ArrayList<>();
        for (String line : Files.readAllLines(SharedData.path("pcap/messages.jsonl"))) {
            Matcher matcher = HEX.matcher(line);
            assertTrue(matcher.find(), line);
            messages.add(HexFormat.of().parseHex(matcher.group(1)));
        }
        return messages;
    }
}
