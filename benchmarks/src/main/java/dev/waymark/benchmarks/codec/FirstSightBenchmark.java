package dev.waymark.benchmarks.codec;

import dev.waymark.benchmarks.UpdateStream;
import dev.waymark.bgp.codec.UpdateDecoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * What does it cost to read an UPDATE with attributes that nobody has sent before? An operation is one UPDATE, framed and
 * decoded with its prefixes: the first of the stream with each block of attributes. When all have been, an empty table
 * begins anew.
 *
 * <ul>
 *   <li>{@code copy}, a floor: the octets are copied once.
 *   <li>{@code walk}, a floor: a loop that only steps over attribute headers.
 *   <li>{@code deep}, a floor: a loop that reads every value and prefix, and keeps nothing.
 *   <li>{@code keep}, a floor: the same, and a copy of the attributes goes into a flat table, found by hash and compare.
 *   <li>{@code firstSight}: ours, with all checks of RFC 7606. What it allocates is the table: the octets of one set, its
 *       columns and its place in the index.
 * </ul>
 *
 * <p>Streams are described at {@link UpdateStream#of}. {@link CodecTable} sets the rows beside each other.
 *
 * <pre>java -Dwaymark.shared=FOLDER -jar benchmarks/target/benchmarks.jar codec.FirstSightBenchmark -prof gc</pre>
 */
public class FirstSightBenchmark extends ReadFloors {
    private LookupFloor floor = new LookupFloor();
    private Playback playback;
    private UpdateDecoder decoder;

    /** Reads the stream. */
    @Setup
    public void setUp() {
        playback = new Playback(UpdateStream.of(stream).firstOfEachBlock());
        playback.decodeAll(Playback.decoder());
        decoder = Playback.decoder();
    }

    @Override
    Playback playback() {
        return playback;
    }

    /** Floor: reads all of an UPDATE and keeps its attributes. */
    @Benchmark
    public long keep() {
        if (playback.isAtEnd()) {
            floor = new LookupFloor();
        }
        return floor.keep(playback.octets(), playback.next());
    }

    /** Decodes an UPDATE with attributes that the table doesn't hold. */
    @Benchmark
    public int firstSight() {
        if (playback.isAtEnd()) {
            decoder = Playback.decoder();
        }
        return playback.decode(decoder);
    }
}
