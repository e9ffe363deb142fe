package dev.waymark.benchmarks.engine;

import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.benchmarks.policy.LongLists;
import dev.waymark.policy.PolicyChains;
import dev.waymark.spi.RoutePolicy;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a route map of 50 rules with lists of 10,000 entries cost a route, as a ratio to no policy? An operation is a whole
 * table through a server, from one peer to another, as in {@link ExportBenchmark}; divide the rows by the first one.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar RouteMapServerBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouteMapServerBenchmark {
    private static final int RULES = 50;
    private static final int ENTRIES = 10_000;

    /** No policy at all, one that accepts everything, a map that meets few routes, one that changes every route. */
    public enum Policy {
        /** None. */
        NONE,
        /** Accepts everything. */
        ACCEPT_ALL,
        /** A map that few routes meet. */
        MAP,
        /** A map that also adds a community to every route. */
        MAP_CHANGES_ALL
    }

    /** The import policy. */
    @Param
    public Policy policy;

    /** How many routes there are. */
    @Param("100000")
    public int routes;

    private AlternatingTable table;
    private Exchange exchange;

    /** Starts a server, with one peer that announces and one that listens. */
    @Setup
    public void setUp() throws InterruptedException {
        table = new AlternatingTable(routes);
        Optional<RoutePolicy> imports = switch (policy) {
            case NONE -> Optional.empty();
            case ACCEPT_ALL -> Optional.of(PolicyChains.acceptAll());
            case MAP -> Optional.of(LongLists.map(RULES, ENTRIES, false));
            case MAP_CHANGES_ALL -> Optional.of(LongLists.map(RULES, ENTRIES, true));
        };
        exchange = new Exchange(2, (RouteServerConfigBuilder config) -> {
            imports.ifPresent(config::importPolicy);
            return config;
        });
    }

    /** Ends the server. */
    @TearDown
    public void tearDown() {
        exchange.close();
    }

    /** Announces the table in another version, and waits until the other peer has it. */
    @Benchmark
    public long replace() throws InterruptedException {
        return table.replace(exchange);
    }
}
