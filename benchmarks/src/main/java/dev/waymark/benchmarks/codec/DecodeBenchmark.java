package dev.waymark.benchmarks.codec;

import dev.waymark.benchmarks.UpdateStream;
import dev.waymark.bgp.codec.UpdateDecoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * What does it cost to read an UPDATE whose attributes have been seen before, as after a session restart or from another
 * peer? An operation is one UPDATE, framed and decoded with its prefixes, in the order of the stream.
 *
 * <ul>
 *   <li>{@code copy}, a floor: the octets are copied once.
 *   <li>{@code walk}, a floor: a loop that only steps over attribute headers.
 *   <li>{@code deep}, a floor: a loop that reads every value and prefix, and keeps nothing.
 *   <li>{@code lookup}, a floor: prefixes are written into arrays, and the attributes, unread, are hashed and compared with a
 *       flat table; nothing is checked.
 *   <li>{@code seenBefore}: ours.
 * </ul>
 *
 * <p>Streams are described at {@link UpdateStream#of}. {@link CodecTable} sets the rows beside each other.
 *
 * <pre>java -Dwaymark.shared=FOLDER -jar benchmarks/target/benchmarks.jar codec.DecodeBenchmark -prof gc</pre>
 */
public class DecodeBenchmark extends ReadFloors {
    private final LookupFloor floor = new LookupFloor();
    private Playback playback;
    private UpdateDecoder decoder;

    /** Reads the stream, with a decoder that has seen it then. */
    @Setup
    public void setUp() {
        playback = new Playback(UpdateStream.of(stream));
        decoder = Playback.decoder();
        playback.decodeAll(decoder);
        do {
            floor.keep(playback.octets(), playback.next());
        } while (!playback.isAtEnd());
    }

    @Override
    Playback playback() {
        return playback;
    }

    /** Floor: looks an UPDATE up. */
    @Benchmark
    public int lookup() {
        return floor.find(playback.octets(), playback.next());
    }

    /** Decodes an UPDATE with attributes that the table holds. */
    @Benchmark
    public int seenBefore() {
        return playback.decode(decoder);
    }
}
