package dev.waymark.bgp.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodeCondition;
import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.codec.ErrorAction;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.codec.WireVector;
import dev.waymark.bgp.message.MessageType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The framer: a stream that arrives in pieces has the same messages as the whole. The input is an octet of options, four
 * octets that are sizes of pieces, taken in turn, and the stream.
 */
public final class FramerTarget {
    private static final int HEADER = 19;

    private FramerTarget() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput in = new FuzzInput(data);
        int choice = in.u8();
        CodecOptions options = CodecOptions.builder()
                .maxMessageOctets(in.bit(choice, 0) ? Framer.MAX_EXTENDED_MESSAGE_OCTETS : Framer.MAX_MESSAGE_OCTETS)
                .build();
        byte[] pieces = in.octets(4);
        byte[] stream = in.rest();
        List<String> whole = new ArrayList<>();
        Allocation.check(0, 4096, 0, () -> {
            DecodeProblem problem = new DecodeProblem();
            Framer.frame(stream, 0, stream.length, options, problem);
        });
        int end = frame(stream, 0, stream.length, options, whole);
        List<String> cut = new ArrayList<>();
        int at = 0;
        int available = 0;
        for (int i = 0; at != Framer.BROKEN && available < stream.length; i++) {
            int piece = pieces.length == 0 ? 0 : pieces[i % pieces.length] & 0xff;
            available = Math.min(stream.length, available + 1 + piece);
            at = frame(stream, at, available, options, cut);
        }
        assertEquals(whole, cut);
        assertEquals(stream.length == 0 ? 0 : end, at);
    }

    /** Finds the messages up to an index; returns where the first that isn't complete begins, or that it is broken. */
    private static int frame(byte[] stream, int from, int available, CodecOptions options, List<String> messages) {
        DecodeProblem problem = new DecodeProblem();
        int at = from;
        while (at < available) {
            int length = Framer.frame(stream, at, available - at, options, problem);
            if (length == Framer.BROKEN) {
                assertTrue(available - at >= HEADER, "broken before the header is there");
                assertNotEquals(DecodeCondition.NONE, problem.condition());
                if (problem.action() == ErrorAction.SESSION_RESET) {
                    assertEquals(1, problem.notification().code(), problem.toString());
                }
                messages.add(at + " " + problem);
                return Framer.BROKEN;
            }
            assertEquals(DecodeCondition.NONE, problem.condition());
            if (length == Framer.INCOMPLETE) {
                return at;
            }
            assertTrue(length >= HEADER && length <= options.maxMessageOctets(), () -> "length " + length);
            assertTrue(length <= available - at, "complete before all octets are there");
            assertNotEquals(MessageType.UNKNOWN, Framer.type(stream, at));
            messages.add(at + " " + length);
            at += length;
        }
        return at;
    }

    /** Returns streams of all vectors. */
    public static List<byte[]> seeds() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<byte[]> seeds = new ArrayList<>();
        for (WireVector vector : WireVector.all()) {
            ByteArrayOutputStream seed = new ByteArrayOutputStream();
            seed.writeBytes(new byte[] {(byte) seeds.size(), 0, 7, 18, (byte) 200});
            seed.writeBytes(vector.bytes());
            all.writeBytes(vector.bytes());
            seed.writeBytes(vector.bytes());
            seeds.add(seed.toByteArray());
        }
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(new byte[] {1, 60, 1, 2, 3});
        stream.writeBytes(all.toByteArray());
        seeds.add(stream.toByteArray());
        return seeds;
    }
}
