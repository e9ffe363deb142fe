package dev.waymark.benchmarks.codec;

import dev.waymark.benchmarks.UpdateStream;
import dev.waymark.bgp.codec.UpdateDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

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
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class DecodeBenchmark {
    /** Which messages. Without {@code waymark.shared} the recorded ones fail and say so; the others run. */
    @Param({"seeded-1000", "seeded-200000", "order", "packed", "mrt2026"})
    public String stream;

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

    /** Floor: copies an UPDATE. */
    @Benchmark
    public byte[] copy() {
        return playback.copy();
    }

    /** Floor: steps over an UPDATE. */
    @Benchmark
    public int walk() {
        return playback.walk();
    }

    /** Floor: reads all of an UPDATE. */
    @Benchmark
    public long deep() {
        return playback.deep();
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
