package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RejectReason;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.Verdict;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * ARS-71: accounts balance after every step, whatever comes: many peers, both profiles and families, limits of all kinds,
 * policies that throw, malformed UPDATEs, refreshes, deaf peers, peers and networks that come and go. All seeds together are
 * more than 100,000 inputs. {@code -Dwaymark.sim.runs=N} makes it longer.
 */
class AccountingBalanceTest {
    private static final int INPUTS = 5_200;

    static LongStream seeds() {
        long first = Long.getLong("waymark.sim.first", 1);
        return LongStream.range(first, first + Long.getLong("waymark.sim.runs", 20));
    }

    @ParameterizedTest(name = "TRAPS 11: ARS-71, seed {0}: accounts balance after each of 5,200 inputs")
    @MethodSource("seeds")
    void accountsBalanceAfterEveryStep(long seed) {
        live(new SimWorld(seed, 8, true), INPUTS);
    }

    /** Lets a world live, with accounts that are audited after each of so many inputs. */
    static void live(SimWorld world, int inputs) {
        SimActions actions = new SimActions(world);
        actions.connectAll();
        SimChecks checks = new SimChecks(world);
        while (world.audit.steps < inputs) {
            actions.disturbances = world.random.nextInt(250);
            world.net.units = world.random.nextBoolean() ? 1 + world.random.nextInt(7) : CoreHarness.UNITS;
            for (int steps = world.random.nextInt(200); steps > 0; steps--) {
                actions.act();
            }
            world.rest();
            checks.checkSessions();
            checkCap(world);
        }
    }

    /**
     * At rest a prefix is all in or all out, and none waits while there is room (ARS-27). Own networks are never refused, and
     * nothing is evicted, so they can be on top.
     */
    private static void checkCap(SimWorld world) {
        int limit = world.config.limits().totalPrefixes();
        int counted = 0;
        int waiting = 0;
        for (FamilyRib rib : world.net.core.tables().ribs()) {
            AdjRibIn paths = rib.paths();
            for (int row = 0; row < rib.prefixes().rowLimit(); row++) {
                boolean isOwn = paths.find(row, Slots.OWN) != 0;
                boolean isIn = isOwn;
                boolean isOut = false;
                for (int path = paths.first(row); path != 0; path = paths.next(path)) {
                    isIn |= paths.isAccepted(path);
                    isOut |= paths.verdict(path) == Verdict.of(RejectReason.TOTAL_LIMIT);
                }
                counted += isIn ? 1 : 0;
                waiting += isOut ? 1 : 0;
                assertFalse(isIn && isOut && !isOwn, "a prefix of which only some routes are let in");
            }
        }
        assertTrue(limit == 0 || counted <= limit + SimRoutes.SPACE_COUNT, "more prefixes than allowed");
        assertTrue(waiting == 0 || counted >= limit, "a prefix waits though there is room");
    }
}
