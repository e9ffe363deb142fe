package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table, a decoder and an encoder, and the options of the sessions that most tests have. */
public final class CodecFixture {

    static final List<AddressFamily> BOTH = List.of(AddressFamily.values());

    static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
    static final AddressFamily IPV6 = AddressFamily.IPV6_UNICAST;

    /** The server's own AS number. */
    static final int OWN_AS = 65515;

    /** What the decoder interns in. */
    public final AttributeTable table = new AttributeTable(OWN_AS, 7);
    /** Decodes. */
    public final UpdateDecoder decoder = new UpdateDecoder(table);
    /** What was decoded last. */
    public final DecodedUpdate out = new DecodedUpdate();
    /** Encodes. */
    public final UpdateEncoder encoder = new UpdateEncoder();

    /** An external peer, AS 65001, with four-octet AS numbers and both families. */
    static CodecOptions.Builder external() {
        return CodecOptions.builder().families(BOTH).peerAsn(Asn.of(65001));
    }

    /** An internal peer with four-octet AS numbers and both families. */
    static CodecOptions.Builder internal() {
        return CodecOptions.builder().families(BOTH).external(false);
    }

    /** Decodes a message. */
    public DecodedUpdate decode(byte[] message, CodecOptions options) {
        decoder.decode(message, 0, message.length, options, out);
        return out;
    }

    DecodedUpdate decode(UpdateBytes message, CodecOptions.Builder options) {
        return decode(message.bytes(), options.build());
    }

    DecodedUpdate decode(UpdateBytes message) {
        return decode(message, external());
    }

    /** Writes what was decoded last as messages again. */
    public byte[] encode(EncodeOptions options) {
        ByteBuf target = Unpooled.buffer();
        for (AddressFamily family : AddressFamily.values()) {
            NlriList withdrawn = out.withdrawn(family);
            encoder.beginWithdraw(target, options, family);
            for (int i = 0; i < withdrawn.size(); i++) {
                encoder.prefix(withdrawn.high(i), withdrawn.low(i), withdrawn.length(i), withdrawn.pathId(i));
            }
            encoder.end();
            NlriList announced = out.announced(family);
            if (out.attributes(family) != 0
                    && encoder.begin(target, options, table, out.attributes(family), family) == EncodeResult.OK) {
                for (int i = 0; i < announced.size(); i++) {
                    encoder.prefix(announced.high(i), announced.low(i), announced.length(i), announced.pathId(i));
                }
                encoder.end();
            }
        }
        AddressFamily endOfRib = out.endOfRib();
        if (endOfRib != null) {
            UpdateEncoder.endOfRib(target, endOfRib);
        }
        byte[] octets = new byte[target.readableBytes()];
        target.readBytes(octets);
        return octets;
    }

    /** Returns the messages of a stream. */
    public static List<byte[]> split(byte[] stream) {
        List<byte[]> messages = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            int length = Wire.u16(stream, at + 16);
            messages.add(Arrays.copyOfRange(stream, at, at + length));
            at += length;
        }
        return messages;
    }

    /** Returns the whole result as text, with the attributes' values in place of their ids. */
    public static String describe(DecodedUpdate decoded, AttributeTable table) {
        StringBuilder text = new StringBuilder(decoded.toString());
        for (AddressFamily family : AddressFamily.values()) {
            int id = decoded.attributes(family);
            if (id != 0) {
                text.append('\n').append(family).append(" attributes ").append(table.view(id));
            }
        }
        for (int i = 0; i < decoded.discardedAttributes(); i++) {
            text.append("\ndiscarded ").append(decoded.discardedType(i));
            text.append(' ').append(decoded.discardCondition(i).name());
        }
        return text.append("\nignored ")
                .append(decoded.ignoredPrefixes())
                .append('/')
                .append(decoded.ignoredFamilies())
                .toString();
    }

    /** Returns all prefixes with their path identifiers, announced ones with a plus before them, withdrawn ones with a minus. */
    public static List<String> prefixes(DecodedUpdate out) {
        List<String> prefixes = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            addTo(prefixes, "+", out.announced(family));
            addTo(prefixes, "-", out.withdrawn(family));
        }
        return prefixes;
    }

    private static void addTo(List<String> prefixes, String sign, NlriList list) {
        for (int i = 0; i < list.size(); i++) {
            prefixes.add(sign + list.prefix(i) + "#" + list.pathId(i));
        }
    }
}
