package dev.waymark.benchmarks.engine;

import dev.waymark.api.Subscription;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.RouteChange;
import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.benchmarks.UpdateCorpus;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * What does it cost to tell a sink? An operation is a whole table: each route gets another next hop, or a new sink gets a
 * snapshot of all. The sink adds up what it is told, no more.
 *
 * <ul>
 *   <li>{@code array}, a floor: the sink is given the same changes out of an array.
 *   <li>{@code withoutSink}, for comparison: a peer announces the table with another next hop, until another peer has it.
 *   <li>{@code withSink}: the same, with a sink, until the peer and the sink have it. The difference is what the sink costs.
 *   <li>{@code snapshot}: a sink is attached, until it has the table.
 * </ul>
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar SinkBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SinkBenchmark {
    /** How many routes there are. */
    @Param("100000")
    public int routes;

    private final byte[][] streams = new byte[2][];
    private final CountingSink floor = new CountingSink();
    private final CountingSink sink = new CountingSink();
    private RouteChange[] changes;
    private Exchange alone;
    private Exchange told;
    private int aloneVersions;
    private int toldVersions;

    /** Starts two servers, one with a sink, and announces the table to both. */
    @Setup
    public void setUp() throws InterruptedException {
        UpdateCorpus corpus = UpdateCorpus.of(routes, UpdateCorpus.SEED);
        for (int i = 0; i < streams.length; i++) {
            // the peer's own AS, with next hops that are other peers'
            streams[i] = corpus.announcements(
                    new CorpusPeer(CorpusPeer.of(0).asn(), CorpusPeer.of(i + 2).address()), 1);
        }
        changes = IntStream.range(0, routes)
                .mapToObj(i -> new RouteChange(
                        new IpPrefix(AddressFamily.IPV4_UNICAST, corpus.high(i), 0, corpus.length(i)),
                        List.of(IpAddress.ofIpv4Bits(CorpusPeer.of(2).address()))))
                .toArray(RouteChange[]::new);
        alone = new Exchange(2);
        told = new Exchange(2, config -> config.sink("counting", sink));
        withoutSink();
        withSink();
    }

    /** Ends the servers. */
    @TearDown
    public void tearDown() {
        alone.close();
        told.close();
    }

    /** Floor: tells the sink what is in an array. */
    @Benchmark
    public long array() {
        for (RouteChange change : changes) {
            floor.add(change);
        }
        return floor.sum();
    }

    /** Another next hop for every route, and no sink. */
    @Benchmark
    public long withoutSink() throws InterruptedException {
        return announce(alone, ++aloneVersions);
    }

    /** Another next hop for every route, and a sink. */
    @Benchmark
    public long withSink() throws InterruptedException {
        return announce(told, ++toldVersions) + sink.await((long) toldVersions * routes);
    }

    /** A sink that is new. */
    @Benchmark
    public long snapshot() throws InterruptedException {
        CountingSink late = new CountingSink();
        try (Subscription attached = alone.server().attachSink("late", late)) {
            return late.awaitSnapshot(routes) + attached.hashCode();
        }
    }

    /** Announces a version, which differs from the one before it, and waits until the other peer has it. */
    private long announce(Exchange exchange, int version) throws InterruptedException {
        exchange.peers().get(0).say(streams[version & 1]);
        return exchange.peers().get(1).await((long) version * routes);
    }
}
