package dev.waymark.benchmarks.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to pass routes on to n peers? An operation is a whole table: one peer announces all routes again with
 * other attributes, until every other peer has been sent all of them. The server is a whole one, on its own thread, with a
 * transport that takes whatever it is given. The line {@code routes} divides by the routes of the table: nanoseconds per
 * route, for all receivers together.
 *
 * <ul>
 *   <li>{@code copy}, a floor: the octets that came are copied to every receiver and counted there, without a server.
 *   <li>{@code replace}: through the server.
 * </ul>
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar ExportBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExportBenchmark {
    /** How many peers are sent the routes. */
    @Param({"1", "10"})
    public int receivers;

    /** How many routes there are. */
    @Param("100000")
    public int routes;

    private final List<RouteCounter> counters = new ArrayList<>();
    private AlternatingTable table;
    private Exchange exchange;

    /** The routes that went through. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counts {
        /** Counted by JMH. */
        public long routes;
    }

    /** Starts a server, with one peer that announces and others that listen. */
    @Setup
    public void setUp() throws InterruptedException {
        table = new AlternatingTable(routes);
        exchange = new Exchange(1 + receivers);
        for (int i = 0; i < receivers; i++) {
            counters.add(new RouteCounter());
        }
    }

    /** Ends the server. */
    @TearDown
    public void tearDown() {
        exchange.close();
    }

    /** Floor: copies the octets to every receiver. */
    @Benchmark
    public long copy(Counts counts) {
        byte[] stream = table.next();
        long sum = 0;
        for (RouteCounter counter : counters) {
            counter.take(ByteBuffer.wrap(stream));
            sum += counter.announced();
        }
        counts.routes += routes;
        return sum;
    }

    /** Announces the table in another version, and waits until all have it. */
    @Benchmark
    public long replace(Counts counts) throws InterruptedException {
        counts.routes += routes;
        return table.replace(exchange);
    }
}
