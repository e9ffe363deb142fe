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
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class FirstSightBenchmark {
    /** Which messages. Without {@code waymark.shared} the recorded ones fail and say so; the others run. */
    @Param({"seeded-1000", "seeded-200000", "order", "packed", "mrt2026"})
    public String stream;

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
