package dev.waymark.benchmarks.engine;

import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteView;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.benchmarks.UpdateCorpus;
import java.util.List;
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
 * What does it cost to read a view from a running server, as a tool or a controller does? An operation is the whole table of
 * routes that were chosen, in pages; each page is a step of the engine between others.
 *
 * <ul>
 *   <li>{@code array}, a floor: the same entries out of a list, each read in the same way.
 *   <li>{@code selected}: from the server.
 *   <li>{@code within}: only what is in 20.0.0.0/10; all rows are looked at for it.
 * </ul>
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar ViewBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ViewBenchmark {
    private static final int PAGE = 4_096;

    /** How many routes there are. */
    @Param("100000")
    public int routes;

    private final RouteQuery all = RouteQuery.of(RouteView.SELECTED);
    private RouteQuery some;
    private List<RouteEntry> entries;
    private Exchange exchange;

    /** Starts a server with one peer that announces, and one that shows when it has done. */
    @Setup
    public void setUp() throws InterruptedException {
        exchange = new Exchange(2);
        exchange.peers().get(0).say(UpdateCorpus.of(routes, UpdateCorpus.SEED).announcements(CorpusPeer.of(0), 1));
        exchange.peers().get(1).await(routes);
        entries = exchange.server().routes(all).toList();
        some = all.within(IpPrefix.parse("20.0.0.0/10"));
    }

    /** Ends the server. */
    @TearDown
    public void tearDown() {
        exchange.close();
    }

    /** Floor: reads what is in a list. */
    @Benchmark
    public long array() {
        return sum(entries);
    }

    /** Reads the chosen routes. */
    @Benchmark
    public long selected() {
        return read(all);
    }

    /** Reads the chosen routes in one prefix. */
    @Benchmark
    public long within() {
        return read(some);
    }

    private long read(RouteQuery query) {
        long sum = 0;
        int cursor = 0;
        while (cursor >= 0) {
            RoutePage page = exchange.server().page(query, cursor, PAGE);
            sum += sum(page.entries());
            cursor = page.next().orElse(-1);
        }
        return sum;
    }

    private static long sum(List<RouteEntry> some) {
        long sum = 0;
        for (RouteEntry entry : some) {
            sum += entry.prefix().high() + entry.attributes().asPathLength();
        }
        return sum;
    }
}
