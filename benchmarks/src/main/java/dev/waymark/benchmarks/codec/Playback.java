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
final class Playback {
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
    private int at;

    Playback(UpdateStream stream) {
        octets = stream.octets();
        length = stream.length();
        at = length;
    }

    /** A decoder with a table of its own. */
    static UpdateDecoder decoder() {
        return new UpdateDecoder(new AttributeTable(0, UpdateCorpus.SEED));
    }

    byte[] octets() {
        return octets;
    }

    DecodedUpdate decoded() {
        return decoded;
    }

    boolean isAtEnd() {
        return at >= length;
    }

    /** Returns where the next message begins. */
    int next() {
        int from = at >= length ? 0 : at;
        at = from + Floors.messageLength(octets, from);
        return from;
    }

    /** Frames and decodes the next message. */
    int decode(UpdateDecoder decoder) {
        int from = at >= length ? 0 : at;
        int message = Framer.frame(octets, from, length - from, options, problem);
        decoder.decode(octets, from, message, options, decoded);
        at = from + message;
        return decoded.attributes(AddressFamily.IPV4_UNICAST)
                + decoded.announced(AddressFamily.IPV4_UNICAST).size();
    }

    /** Decodes the whole stream, and sees to it that floors and decoder accept the messages. */
    void decodeAll(UpdateDecoder decoder) {
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
