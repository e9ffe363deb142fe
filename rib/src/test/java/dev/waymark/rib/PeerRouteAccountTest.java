package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteCounts;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerRouteAccountTest {
    private static final byte LOOP = Verdict.of(RejectReason.OWN_AS_IN_PATH);
    private static final byte POLICY = Verdict.of(RejectReason.POLICY);

    private final AdjRibIn table = new AdjRibIn(new CountingRefs());
    private final PeerRouteAccount account = new PeerRouteAccount();

    @Test
    @DisplayName("ARS-71: each counter counts what its name says")
    void countersCountWhatTheySay() {
        announce(1, Verdict.ACCEPTED);
        announce(1, Verdict.ACCEPTED);
        announce(1, LOOP);
        announce(2, POLICY);
        announce(2, Verdict.ACCEPTED);
        announce(3, LOOP);
        account.recordIgnored(4);
        account.recordExtraPath();
        account.recordTreatedAsWithdraw(5);
        account.recordRefusedByLimit(6);
        withdraw(1);
        withdraw(2);
        withdraw(2);
        RouteCounts counts = account.snapshot(77);
        assertEquals(
                new RouteCounts(
                        22,
                        3,
                        Map.of(RejectReason.OWN_AS_IN_PATH, 2L, RejectReason.POLICY, 1L),
                        5,
                        5,
                        1,
                        6,
                        3,
                        0,
                        0,
                        2,
                        1,
                        0,
                        1,
                        0,
                        77),
                counts);
        assertTrue(counts.isBalanced());
    }

    @ParameterizedTest(name = "ARS-71: the account balances after every step, seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void balancesAfterEveryStep(long seed) {
        Random random = new Random(seed);
        RouteCounts last = account.snapshot(0);
        for (int step = 0; step < 50_000; step++) {
            int row = random.nextInt(40);
            byte verdict = (byte) random.nextInt(RejectReason.values().length + 1);
            switch (random.nextInt(6)) {
                case 0, 1 -> withdraw(row);
                case 2 -> {
                    int path = table.find(row, 1);
                    if (path != 0) {
                        account.recordReevaluated(verdict, table.reevaluate(row, path, 1, verdict));
                    }
                }
                case 3 -> {
                    account.recordTreatedAsWithdraw(1);
                    account.recordRemoved(table.withdraw(row, 1));
                }
                default -> announce(row, verdict);
            }
            account.checkBalance(table.size());
            if (step % 100 == 0) {
                RouteCounts now = account.snapshot(0);
                assertTrue(now.isBalanced());
                assertTrue(isMonotonic(last, now));
                last = now;
            }
        }
        assertEquals(accepted(), account.acceptedNow());
    }

    @Test
    void anAccountThatDoesNotBalanceSaysSo() {
        announce(1, Verdict.ACCEPTED);
        AssertionError error = assertThrows(AssertionError.class, () -> account.checkBalance(0));
        assertTrue(String.valueOf(error.getMessage()).contains("acceptedNow=1"));
    }

    private void announce(int row, byte verdict) {
        account.recordAnnounced(verdict, table.announce(row, 1, 1, 1, verdict, 0));
    }

    private void withdraw(int row) {
        account.recordWithdrawn(1);
        account.recordRemoved(table.withdraw(row, 1));
    }

    private long accepted() {
        long accepted = 0;
        for (int row = 0; row < 40; row++) {
            accepted += table.first(row) != 0 && table.isAccepted(table.first(row)) ? 1 : 0;
        }
        return accepted;
    }

    private static boolean isMonotonic(RouteCounts last, RouteCounts now) {
        return now.announced() >= last.announced()
                && now.accepted() >= last.accepted()
                && now.rejectedTotal() >= last.rejectedTotal()
                && now.withdrawn() >= last.withdrawn()
                && now.admitted() >= last.admitted()
                && now.evicted() >= last.evicted()
                && now.replaced() >= last.replaced()
                && now.removed() >= last.removed();
    }
}
