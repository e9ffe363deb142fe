package dev.waymark.bgp.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.codec.CodecFixture;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodeCondition;
import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.codec.ErrorAction;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.codec.WireVector;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.bgp.message.NotificationMessage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * UPDATE. The input is three octets of options, see {@link UpdateChoice}, and at most {@value #MOST} messages, each a
 * length in two octets and a body. Each is decoded by a decoder that knows nothing, and by one that decoded the others
 * before.
 */
public final class UpdateTarget {
    private static final int MOST = 4;
    private static final int DECODER_OCTETS = 1 << 17;
    private static final int PER_OCTET = 256;

    private UpdateTarget() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput in = new FuzzInput(data);
        UpdateChoice choice = UpdateChoice.read(in);
        CodecOptions options = choice.options();
        CodecFixture used = new CodecFixture();
        List<Integer> held = new ArrayList<>();
        for (int i = 0; i < MOST && in.hasMore(); i++) {
            byte[] message = in.message(MessageType.UPDATE, options.maxMessageOctets());
            if (Framer.frame(message, 0, message.length, options, new DecodeProblem()) == message.length) {
                String alone = decodeAlone(message, choice);
                used.decode(message, options);
                assertEquals(alone, CodecFixture.describe(used.out, used.table), "after other messages");
                for (AddressFamily family : AddressFamily.values()) {
                    int id = used.out.attributes(family);
                    used.table.retain(id);
                    held.add(id);
                }
            }
        }
        held.forEach(used.table::release);
        used.table.sweep();
        assertEquals(0, used.table.size(), "attributes that nobody holds");
    }

    private static String decodeAlone(byte[] message, UpdateChoice choice) {
        CodecOptions options = choice.options();
        Allocation.check(message.length, DECODER_OCTETS, PER_OCTET, () -> new CodecFixture().decode(message, options));
        CodecFixture codec = new CodecFixture();
        codec.decode(message, options);
        String meaning = CodecFixture.describe(codec.out, codec.table);
        check(codec.out);
        codec.decode(message, options);
        assertEquals(meaning, CodecFixture.describe(codec.out, codec.table), "at second sight");
        if (codec.out.action().compareTo(ErrorAction.TREAT_AS_WITHDRAW) < 0) {
            UpdateRewrites.check(codec, choice);
        }
        return meaning;
    }

    private static void check(DecodedUpdate out) {
        assertNull(out.fault(), () -> "the decoder failed: " + out.fault());
        boolean isUsable = out.action().compareTo(ErrorAction.TREAT_AS_WITHDRAW) < 0;
        for (AddressFamily family : AddressFamily.values()) {
            boolean hasAttributes = isUsable && out.announced(family).size() > 0;
            assertEquals(hasAttributes, out.attributes(family) != 0, out.toString());
        }
        assertEquals(out.action() == ErrorAction.NONE, out.problem().condition() == DecodeCondition.NONE);
        if (out.action() == ErrorAction.SESSION_RESET) {
            NotificationMessage notification = out.problem().notification();
            assertEquals(3, notification.code(), notification.toString());
            assertEquals(List.of(), CodecFixture.prefixes(out));
        }
    }

    /**
     * Returns what was found, and the vectors, each alone and with the one before it, with the options that they are for and
     * with others.
     */
    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(Findings.of("update"));
        byte[] last = {};
        for (WireVector vector : WireVector.all()) {
            byte[] message = vector.bytes();
            if (message[18] == MessageType.UPDATE.code()) {
                byte[] part = FuzzInput.part(message);
                seeds.add(join(UpdateChoice.of(vector), part));
                seeds.add(join(UpdateChoice.of(vector), last, part));
                seeds.add(join(UpdateChoice.some(seeds.size()), part, last, part));
                last = part;
            }
        }
        return seeds;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
