package dev.waymark.engine;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * At rest every peer and every sink holds exactly what the rules say, whatever happened before: thousands of short histories,
 * each from a seed, against {@link ReferenceModel}. {@code -Dwaymark.sim.runs=N} makes it longer, {@code
 * -Dwaymark.sim.first=SEED} begins elsewhere.
 */
class ExportModelTest {
    private static final int HISTORIES = 100;

    static LongStream seeds() {
        long first = Long.getLong("waymark.sim.first", 1);
        return LongStream.range(first, first + Long.getLong("waymark.sim.runs", 30));
    }

    @ParameterizedTest(name = "seed {0}: peers and sinks hold what the rules say, after each of 100 histories")
    @MethodSource("seeds")
    void peersAndSinksHoldWhatTheRulesSay(long seed) {
        for (int i = 0; i < HISTORIES; i++) {
            long own = seed * 1_000 + i;
            try {
                run(own);
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("history " + own + ": " + failed.getMessage(), failed);
            }
        }
    }

    static void run(long seed) {
        live(new SimWorld(seed, 2 + (int) (seed % 5), false));
    }

    /** Lets a world live for a while, with rests at which everything is compared with the model. */
    static void live(SimWorld world) {
        SimActions actions = new SimActions(world);
        SimChecks checks = new SimChecks(world);
        world.net.units = world.random.nextBoolean() ? 1 + world.random.nextInt(7) : CoreHarness.UNITS;
        actions.disturbances = 50 + world.random.nextInt(250);
        if (world.random.nextBoolean()) {
            actions.connectAll();
        }
        for (int rests = 1 + world.random.nextInt(3); rests > 0; rests--) {
            for (int steps = world.random.nextInt(80); steps > 0; steps--) {
                actions.act();
            }
            world.rest();
            checks.checkSessions();
            checks.checkRoutes();
        }
    }
}
