package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.Verdict;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * ARS-62, ARS-64, ARS-71: with route maps that make aggregates, inbound and outbound and changing, every peer and sink holds at rest
 * what {@link ReferenceModel} makes of what was announced, and accounts balance at every step. {@code -Dwaymark.sim.runs=N} makes
 * it longer.
 */
class AggregationModelTest {
    private static final int HISTORIES = 40;

    static LongStream seeds() {
        long first = Long.getLong("waymark.sim.first", 1);
        return LongStream.range(first, first + Long.getLong("waymark.sim.runs", 12));
    }

    @ParameterizedTest(
            name = "ARS-62, seed {0}: peers and sinks hold what the rules make of 40 histories with aggregates")
    @MethodSource("seeds")
    void peersAndSinksHoldTheAggregates(long seed) {
        int inbound = 0;
        int outbound = 0;
        for (int i = 0; i < HISTORIES; i++) {
            long own = seed * 1_000 + i;
            try {
                SimWorld world = new SimWorld(own, 2 + (int) (own % 5), false, true);
                ExportModelTest.live(world);
                inbound += contributors(world);
                outbound += parts(world);
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("history " + own + ": " + failed.getMessage(), failed);
            }
        }
        assertTrue(inbound > HISTORIES && outbound > 10, inbound + " inbound, " + outbound + " outbound");
    }

    @ParameterizedTest(
            name = "ARS-71, seed {0}: accounts balance after each of 2,000 inputs with aggregates and limits")
    @MethodSource("seeds")
    void accountsBalance(long seed) {
        AccountingBalanceTest.live(new SimWorld(seed, 6, true, true), 2_000);
    }

    private static int contributors(SimWorld world) {
        int count = 0;
        for (FamilyRib rib : world.net.core.tables().ribs()) {
            AdjRibIn paths = rib.paths();
            for (int row = 0; row < rib.prefixes().rowLimit(); row++) {
                for (int path = paths.first(row); path != 0; path = paths.next(path)) {
                    count += paths.verdict(path) == Verdict.CONTRIBUTES ? 1 : 0;
                }
            }
        }
        return count;
    }

    private static int parts(SimWorld world) {
        int count = 0;
        for (FamilyRib rib : world.net.core.tables().ribs()) {
            for (UpdateGroup group : rib.groups()) {
                GroupAggregates aggregates = group.aggregates();
                count += aggregates == null || aggregates.isEmpty() ? 0 : 1;
            }
        }
        return count;
    }
}
