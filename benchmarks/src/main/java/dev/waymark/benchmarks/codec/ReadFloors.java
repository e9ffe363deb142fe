package dev.waymark.benchmarks.codec;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The floors of the benchmarks that read UPDATEs, each over the messages of its own. JMH runs what a superclass has for every
 * class that extends it, with its settings and parameters: the one kind of reuse it knows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public abstract class ReadFloors {
    /** Which messages. Without {@code waymark.shared} the recorded ones fail and say so; the others run. */
    @Param({"seeded-1000", "seeded-200000", "order", "packed", "mrt2026"})
    public String stream;

    ReadFloors() {}

    /** Returns the messages. */
    abstract Playback playback();

    /** Floor: copies an UPDATE. */
    @Benchmark
    public byte[] copy() {
        return playback().copy();
    }

    /** Floor: steps over an UPDATE. */
    @Benchmark
    public int walk() {
        return playback().walk();
    }

    /** Floor: reads all of an UPDATE. */
    @Benchmark
    public long deep() {
        return playback().deep();
    }
}
