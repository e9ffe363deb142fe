package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import dev.waymark.api.net.AddressFamily;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole tables as routers sent them: nothing lost on the way through the codec, and nothing allocated for what was seen. */
class RecordedStreamsTest {

    private static final CodecOptions WIDE = CodecOptions.builder()
            .families(List.of(AddressFamily.values()))
            .allowAsSet(true)
            .enforceFirstAs(false)
            .build();
    private static final CodecOptions NARROW = CodecOptions.builder()
            .families(List.of(AddressFamily.values()))
            .allowAsSet(true)
            .enforceFirstAs(false)
            .fourOctetAs(true, false)
            .build();
    private static final EncodeOptions TO_WIDE = EncodeOptions.builder().build();
    private static final EncodeOptions TO_NARROW =
            EncodeOptions.builder().fourOctetAs(true, false).build();

    @ParameterizedTest(name = "{0} {1}: {2} routes")
    @MethodSource
    @DisplayName(
            "decoded, written for peers of both AS widths and read again, every route is what it was; seen octets allocate nothing, and neither does writing them")
    void streamsSurvive(String folder, String kind, int routes) {
        List<Path> files = SharedData.streams(folder, kind + ".updates.gz");
        int found = 0;
        for (Path file : files) {
            byte[] stream = SharedData.messages(file);
            found += checkRoundTrip(stream);
            checkAllocation(stream);
            checkWritingAllocation(stream, TO_WIDE);
            checkWritingAllocation(stream, TO_NARROW);
        }
        assertEquals(routes, found);
    }

    static Stream<Arguments> streamsSurvive() {
        return Stream.of(
                arguments("rv-jinx-20140530", "order", 503_590),
                arguments("rv-jinx-20140530", "packed", 503_590),
                arguments("ris-rrc00-20000111", "order", 452_018),
                arguments("rv6-20150922", "packed", 609_246));
    }

    private static int checkRoundTrip(byte[] stream) {
        AttributeTable table = new AttributeTable(0, 1);
        UpdateDecoder decoder = new UpdateDecoder(table);
        UpdateEncoder encoder = new UpdateEncoder();
        DecodedUpdate out = new DecodedUpdate();
        DecodedUpdate again = new DecodedUpdate();
        DecodeProblem problem = new DecodeProblem();
        ByteBuf written = Unpooled.buffer(65536);
        int routes = 0;
        int length;
        for (int at = 0; at < stream.length; at += length) {
            length = Framer.frame(stream, at, stream.length - at, WIDE, problem);
            decoder.decode(stream, at, length, WIDE, out);
            assertTrue(out.action().compareTo(ErrorAction.ATTRIBUTE_DISCARD) <= 0, () -> out.toString());
            assertEquals(0, out.ignoredPrefixes());
            for (AddressFamily family : AddressFamily.values()) {
                NlriList list = out.announced(family);
                if (list.size() > 0) {
                    write(written.clear(), encoder, TO_WIDE, table, out, family);
                    read(written, decoder, WIDE, again, out, family);
                    write(written.clear(), encoder, TO_NARROW, table, out, family);
                    read(written, decoder, NARROW, again, out, family);
                    routes += list.size();
                }
            }
        }
        return routes;
    }

    private static void write(
            ByteBuf written,
            UpdateEncoder encoder,
            EncodeOptions options,
            AttributeTable table,
            DecodedUpdate out,
            AddressFamily family) {
        NlriList list = out.announced(family);
        EncodeResult result = encoder.begin(written, options, table, out.attributes(family), family);
        assertEquals(EncodeResult.OK, result);
        for (int i = 0; i < list.size(); i++) {
            assertTrue(encoder.prefix(list.high(i), list.low(i), list.length(i)));
        }
        encoder.end();
    }

    private static void read(
            ByteBuf written,
            UpdateDecoder decoder,
            CodecOptions options,
            DecodedUpdate again,
            DecodedUpdate out,
            AddressFamily family) {
        byte[] buf = written.array();
        int end = written.writerIndex();
        NlriList list = out.announced(family);
        int index = 0;
        int length;
        for (int at = 0; at < end; at += length) {
            length = Framer.frame(buf, at, end - at, options, new DecodeProblem());
            assertTrue(length > 0 && length <= 4096);
            decoder.decode(buf, at, length, options, again);
            assertEquals(out.attributes(family), again.attributes(family), () -> again.toString());
            for (int i = 0; i < again.announced(family).size(); i++) {
                assertTrue(again.announced(family).isSame(i, list, index++));
            }
        }
        assertEquals(list.size(), index);
    }

    private static void checkAllocation(byte[] stream) {
        AttributeTable table = new AttributeTable(0, 1);
        UpdateDecoder decoder = new UpdateDecoder(table);
        DecodedUpdate out = new DecodedUpdate();
        decodeAll(stream, decoder, out);
        int size = table.size();
        decodeAll(stream, decoder, out);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        decodeAll(stream, decoder, out);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(size, table.size());
        assertTrue(allocated < 1024, "octets allocated for what was seen before: " + allocated);
    }

    /** Decodes and writes a whole stream; the last of three times may allocate nothing. */
    private static void checkWritingAllocation(byte[] stream, EncodeOptions options) {
        AttributeTable table = new AttributeTable(0, 1);
        UpdateDecoder decoder = new UpdateDecoder(table);
        DecodedUpdate out = new DecodedUpdate();
        UpdateEncoder encoder = new UpdateEncoder();
        ByteBuf written = Unpooled.buffer(1 << 17);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int times = 1; times <= 3; times++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int at = 0; at < stream.length; at += Wire.u16(stream, at + 16)) {
                decoder.decode(stream, at, Wire.u16(stream, at + 16), WIDE, out);
                AddressFamily family = out.attributes(AddressFamily.IPV4_UNICAST) != 0
                        ? AddressFamily.IPV4_UNICAST
                        : AddressFamily.IPV6_UNICAST;
                write(written.clear(), encoder, options, table, out, family);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(allocated < 1024, "octets allocated for writing: " + allocated);
    }

    private static void decodeAll(byte[] stream, UpdateDecoder decoder, DecodedUpdate out) {
        int length;
        for (int at = 0; at < stream.length; at += length) {
            length = Wire.u16(stream, at + 16);
            decoder.decode(stream, at, length, WIDE, out);
        }
    }
}
