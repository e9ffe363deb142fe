package dev.waymark.benchmarks.rib;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.benchmarks.UpdateCorpus;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.PathChange;
import dev.waymark.rib.PrefixTable;
import dev.waymark.rib.Verdict;
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
 * What does a decoded route cost on its way into the tables? An operation is one route of the corpus, against a table that
 * holds all of them.
 *
 * <ul>
 *   <li>{@code key}, a floor: a loop that only reads the keys.
 *   <li>{@code find}: a lookup, and nothing else.
 *   <li>{@code findTogether}: the same in runs of 16, fetched together as the engine does for the prefixes of an UPDATE.
 *   <li>{@code replace}: announced again with other attributes.
 *   <li>{@code withdrawAndAnnounce}: withdrawn, its row given up, and announced anew.
 * </ul>
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar ApplyBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class ApplyBenchmark {
    private static final int SLOT = 1;
    private static final int RUN = 16;
    private static final int ATTRIBUTES = 4096;

    /** How many routes the tables hold: those of a small server, and a full table. */
    @Param({"4000", "1000000"})
    public int routes;

    private UpdateCorpus corpus;
    private PrefixTable prefixes;
    private AdjRibIn paths;
    private int route;
    private int version;

    /** Fills the tables. */
    @Setup
    public void setUp() {
        corpus = UpdateCorpus.of(routes, UpdateCorpus.SEED);
        prefixes = new PrefixTable(AddressFamily.IPV4_UNICAST, UpdateCorpus.SEED);
        paths = new AdjRibIn(new CountedIds(ATTRIBUTES));
        for (int i = 0; i < routes; i++) {
            announce(i, 1);
        }
    }

    /** Floor: reads a key. */
    @Benchmark
    public long key() {
        int next = next();
        return corpus.high(next) + corpus.length(next);
    }

    /** Looks a prefix up. */
    @Benchmark
    public int find() {
        return find(next());
    }

    /** Looks a prefix up; before every sixteenth, those that follow are fetched. */
    @Benchmark
    public int findTogether() {
        int next = next();
        int sum = 0;
        if (next % RUN == 0) {
            int end = Math.min(next + RUN, routes);
            for (int i = next; i < end; i++) {
                sum += prefixes.touch(corpus.high(i), 0, corpus.length(i));
            }
        }
        return find(next) + sum;
    }

    /** Announces a route again, with other attributes. */
    @Benchmark
    public PathChange replace() {
        return announce(next(), version);
    }

    /** Withdraws a route, gives up its row, and announces it again. */
    @Benchmark
    public PathChange withdrawAndAnnounce() {
        int next = next();
        int row = find(next);
        paths.withdraw(row, SLOT);
        prefixes.remove(row);
        return announce(next, version);
    }

    private int find(int next) {
        return prefixes.find(corpus.high(next), 0, corpus.length(next));
    }

    private PathChange announce(int next, int attributes) {
        int row = prefixes.findOrAdd(corpus.high(next), 0, corpus.length(next));
        int id = 1 + (next / 6 + attributes) % (ATTRIBUTES - 1);
        return paths.announce(row, SLOT, id, id, Verdict.ACCEPTED, 0);
    }

    private int next() {
        if (++route >= routes) {
            route = 0;
            version++;
        }
        return route;
    }
}
