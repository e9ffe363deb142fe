package dev.waymark.benchmarks.policy;

import dev.waymark.policy.PolicyChains;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
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
 * What does a route map cost by itself, and what do the lengths of its lists? An operation is one route that a map of 50 rules
 * looks at, of which it meets few. For the ratio to a server without a policy see {@code RouteMapServerBenchmark}.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar RouteMapBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class RouteMapBenchmark {
    private static final int RULES = 50;

    /** How long the list of each rule is. */
    @Param({"1", "10000"})
    public int entries;

    /** How many routes there are. */
    @Param("100000")
    public int routes;

    private RoutePolicy acceptAll;
    private RoutePolicy map;
    private CorpusRoutes table;

    /** Makes the map and the routes. */
    @Setup
    public void setUp() {
        acceptAll = PolicyChains.acceptAll();
        map = LongLists.map(RULES, entries, false);
        table = new CorpusRoutes(routes);
    }

    /** Floor: a policy that accepts everything. */
    @Benchmark
    public PolicyVerdict acceptAll() {
        return acceptAll.evaluate(table.context(), table.next());
    }

    /** The map. */
    @Benchmark
    public PolicyVerdict map() {
        return map.evaluate(table.context(), table.next());
    }
}
