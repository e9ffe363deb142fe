package dev.waymark.benchmarks.rib;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.benchmarks.UpdateCorpus;
import dev.waymark.rib.PrefixTable;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
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
 * What does it cost to find one prefix among all, with no help from its neighbours? An operation is one lookup; the prefixes
 * come in a random order. {@link ApplyBenchmark} has the order of UPDATEs.
 *
 * <ul>
 *   <li>{@code array}, a floor: the key is the place in an array that holds the prefix; it is read and compared. One wait
 *       for memory, which no lookup can do without.
 *   <li>{@code hashMap}, for comparison: {@link HashMap}, whose keys were made before, so that they cost nothing here.
 *   <li>{@code find}: ours.
 *   <li>{@code findMissing}: ours, for a prefix that isn't there.
 * </ul>
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar LookupBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class LookupBenchmark {
    /** How many routes the table holds. */
    @Param({"4000", "1000000"})
    public int routes;

    private final Map<IpPrefix, Integer> map = new HashMap<>();
    private long[] keys; // in the order of the lookups, as are the next two
    private byte[] lengths;
    private IpPrefix[] prefixes;
    private int[] places; // where the array of the floor has them
    private long[] stored;
    private PrefixTable table;
    private int at;

    /** Fills the tables and shuffles the keys. */
    @Setup
    public void setUp() {
        UpdateCorpus corpus = UpdateCorpus.of(routes, UpdateCorpus.SEED);
        table = new PrefixTable(AddressFamily.IPV4_UNICAST, UpdateCorpus.SEED);
        keys = new long[routes];
        lengths = new byte[routes];
        prefixes = new IpPrefix[routes];
        places = new int[routes];
        stored = new long[routes];
        SplittableRandom random = new SplittableRandom(UpdateCorpus.SEED);
        for (int i = 0; i < routes; i++) {
            int other = random.nextInt(i + 1);
            places[i] = places[other];
            places[other] = i;
        }
        for (int i = 0; i < routes; i++) {
            stored[i] = corpus.high(i) | corpus.length(i);
            map.put(prefix(corpus, i), i);
            table.findOrAdd(corpus.high(i), 0, corpus.length(i));
        }
        for (int i = 0; i < routes; i++) {
            keys[i] = corpus.high(places[i]);
            lengths[i] = (byte) corpus.length(places[i]);
            prefixes[i] = prefix(corpus, places[i]);
        }
    }

    private static IpPrefix prefix(UpdateCorpus corpus, int route) {
        return new IpPrefix(AddressFamily.IPV4_UNICAST, corpus.high(route), 0, corpus.length(route));
    }

    /** Floor: reads where it is known to be. */
    @Benchmark
    public boolean array() {
        int next = next();
        return stored[places[next]] == (keys[next] | lengths[next]);
    }

    /** For comparison: a map of the JDK's. */
    @Benchmark
    public int hashMap() {
        return map.getOrDefault(prefixes[next()], PrefixTable.NONE);
    }

    /** Finds a prefix. */
    @Benchmark
    public int find() {
        int next = next();
        return table.find(keys[next], 0, lengths[next]);
    }

    /** Finds that a prefix isn't there: no route of the corpus has this length. */
    @Benchmark
    public int findMissing() {
        return table.find(keys[next()], 0, 32);
    }

    private int next() {
        at = at + 1 < routes ? at + 1 : 0;
        return at;
    }
}
