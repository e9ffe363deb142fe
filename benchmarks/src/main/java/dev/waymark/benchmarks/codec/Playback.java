package dev.waymark.benchmarks.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.benchmarks.UpdateCorpus;
import dev.waymark.benchmarks.UpdateStream;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.codec.ErrorAction;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.codec.UpdateDecoder;
import java.util.EnumSet;

/** Gives the messages of a stream one by one, from the first again after the last. Confined to one thread. */
public final class Playback {
    private final byte[] octets;
    private final int length;
    private final CodecOptions options = CodecOptions.builder()
            .fourOctetAs(true, true)
            .enforceFirstAs(false)
            .allowAsSet(true)
            .families(EnumSet.allOf(AddressFamily.class))
            .build();
    private final DecodedUpdate decoded = new DecodedUpdate();
    private final DecodeProblem problem = new DecodeProblem();
    private final byte[] copied = new byte[65_535];
    private int at;

    /** Begins before the first message. */
    public Playback(UpdateStream stream) {
        octets = stream.octets();
        length = stream.length();
        at = length;
    }

    /** Returns a decoder with a table of its own. */
    public static UpdateDecoder decoder() {
        return new UpdateDecoder(new AttributeTable(0, UpdateCorpus.SEED));
    }

    /** Returns the messages, as {@link UpdateStream#octets()} does. */
    public byte[] octets() {
        return octets;
    }

    /** Returns what {@link #decode} read last; the next call changes it. */
    public DecodedUpdate decoded() {
        return decoded;
    }

    /** Tells whether the next message is the first one again. */
    public boolean isAtEnd() {
        return at >= length;
    }

    /** Returns where the next message begins. */
    public int next() {
        int from = at >= length ? 0 : at;
        at = from + Floors.messageLength(octets, from);
        return from;
    }

    /** Returns the length of the message that begins at an index. */
    public int lengthAt(int from) {
        return Floors.messageLength(octets, from);
    }

    /** Copies the next message, a floor. */
    byte[] copy() {
        int from = next();
        System.arraycopy(octets, from, copied, 0, lengthAt(from));
        return copied;
    }

    /** Steps over the next message, a floor. */
    int walk() {
        return Floors.walk(octets, next());
    }

    /** Reads all of the next message, a floor. */
    public long deep() {
        return Floors.deep(octets, next());
    }

    /** Frames and decodes the next message. */
    public int decode(UpdateDecoder decoder) {
        int from = at >= length ? 0 : at;
        int message = Framer.frame(octets, from, length - from, options, problem);
        decoder.decode(octets, from, message, options, decoded);
        at = from + message;
        return decoded.attributes(AddressFamily.IPV4_UNICAST)
                + decoded.announced(AddressFamily.IPV4_UNICAST).size();
    }

    /** Decodes the whole stream, and sees to it that floors and decoder accept the messages. */
    public void decodeAll(UpdateDecoder decoder) {
        at = 0;
        while (at < length) {
            int from = at;
            decode(decoder);
            if (decoded.action() == ErrorAction.SESSION_RESET || Floors.deep(octets, from) == Floors.BROKEN) {
                throw new IllegalStateException("octet " + from + " of the stream: " + decoded);
            }
        }
    }
}
