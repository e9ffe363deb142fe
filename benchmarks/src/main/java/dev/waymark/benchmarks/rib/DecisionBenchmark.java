package dev.waymark.benchmarks.rib;

import dev.waymark.api.DecisionMode;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.DecisionProcess;
import dev.waymark.rib.PeerRanks;
import dev.waymark.rib.Selection;
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
 * What does it cost to choose between the paths of a prefix? An operation is one prefix of 10,000, each announced by as many
 * peers as the parameter says; half of the paths have the shortest AS_PATH.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar DecisionBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class DecisionBenchmark {
    private static final int ROWS = 10_000;
    private static final int ATTRIBUTES = 4096;

    /** How many peers announce each prefix. */
    @Param({"1", "2", "8"})
    public int paths;

    /** Which rules choose. */
    @Param({"ECMP", "RFC_4271"})
    public DecisionMode mode;

    private final Selection selection = new Selection();
    private AdjRibIn table;
    private DecisionProcess process;
    private int row;

    /** Fills the table. */
    @Setup
    public void setUp() {
        CountedIds ids = new CountedIds(ATTRIBUTES);
        table = new AdjRibIn(ids);
        process = new DecisionProcess(table, ids, new EqualPeers(), mode);
        for (int i = 0; i < ROWS; i++) {
            for (int slot = 1; slot <= paths; slot++) {
                int id = 1 + (i * 7 + slot) % (ATTRIBUTES - 1);
                table.announce(i, slot, id, id, Verdict.ACCEPTED, 0);
            }
        }
    }

    /** Floor: walks over the paths of a prefix. */
    @Benchmark
    public int walk() {
        int sum = 0;
        for (int path = table.first(next()); path != 0; path = table.next(path)) {
            sum += table.effective(path);
        }
        return sum;
    }

    /** Chooses. */
    @Benchmark
    public int decide() {
        process.decide(next(), selection);
        return selection.best() + selection.size();
    }

    private int next() {
        row = row + 1 < ROWS ? row + 1 : 0;
        return row;
    }

    /** Peers that differ in identifier and address only. */
    private static final class EqualPeers implements PeerRanks {
        @Override
        public boolean isEligible(int slot) {
            return true;
        }

        @Override
        public int preferenceRank(int slot) {
            return 0;
        }

        @Override
        public boolean isExternal(int slot) {
            return true;
        }

        @Override
        public int routerId(int slot) {
            return 1_000 - slot;
        }

        @Override
        public int compareAddresses(int oneSlot, int otherSlot) {
            return Integer.compare(oneSlot, otherSlot);
        }
    }
}
