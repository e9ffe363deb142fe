package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.CountingMode;
import dev.waymark.api.LimitAction;
import dev.waymark.api.RouteLimit;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixLimitTest {
    private static final RouteLimit AZURE = RouteLimit.of(4_000);

    private final LimitedPeer peer = new LimitedPeer(AZURE);

    @ParameterizedTest(name = "ARS-20: {0} routes, End-of-RIB {2}, and the same again: torn down {1}")
    @CsvSource({"2001,true,false", "2001,true,true", "2000,false,false", "2000,false,true"})
    void theSameRoutesAgainCountAgain(int routes, boolean tearsDown, boolean endOfRib) {
        peer.announce(0, routes);
        if (endOfRib) {
            peer.endOfRib();
        }
        assertFalse(peer.isTornDown);
        peer.announce(0, routes);
        assertEquals(tearsDown, peer.isTornDown);
        if (tearsDown) {
            assertEquals(endOfRib ? 2_001 : 0, peer.limit.snapshot());
            assertEquals(endOfRib ? 2_001 : 4_002, peer.limit.incoming());
            assertEquals(4_000, peer.limit.limit());
        } else {
            assertEquals(routes, peer.account.acceptedNow());
        }
    }

    @Test
    @DisplayName("ARS-20: exactly 4,000 are allowed, 4,001 are not; the UPDATE that passes is applied not at all")
    void exactlyTheLimitIsAllowed() {
        peer.announce(0, 4_000);
        assertFalse(peer.isTornDown);
        assertEquals(4_000, peer.account.acceptedNow());
        LimitedPeer other = new LimitedPeer(AZURE);
        other.announce(0, 4_001);
        assertTrue(other.isTornDown);
        assertEquals(3_500, other.account.acceptedNow());
        assertEquals(500, other.limit.firstOver());
        assertEquals(4_001, other.limit.incoming());
    }

    @Test
    @DisplayName("ARS-21: on 3,990 held, one of 10 routes withdrawn and announced again every 6 s for a day: stays up")
    void churnWithinTheHeadroomNeverTearsDown() {
        hold(3_990);
        for (int second = 0; second < 24 * 60 * 60; second += 6) {
            int row = second / 6 % 10;
            peer.withdraw(row, 1);
            peer.sleepMillis(100);
            peer.announce(row, 1);
            peer.sleepMillis(5_900);
            assertFalse(peer.isTornDown);
        }
        assertEquals(3_990, peer.account.acceptedNow());
    }

    @Test
    @DisplayName("ARS-21: on 3,990 held, 10 announced again in one batch: stays up; 11: torn down")
    void elevenInOneBatchAreOneTooMany() {
        hold(3_990);
        peer.announce(0, 10);
        assertFalse(peer.isTornDown);
        peer.sleepMillis(1_000);
        for (int row = 0; row < 11; row++) {
            assertFalse(peer.isTornDown);
            peer.announce(row, 1);
            peer.sleepMillis(999);
        }
        assertTrue(peer.isTornDown);
        assertEquals(3_990, peer.limit.snapshot());
        assertEquals(11, peer.limit.incoming());
    }

    @Test
    @DisplayName("ARS-21: churn that is never quiet is counted anew at the maximum age")
    void maximumAgeClosesTheBatch() {
        hold(3_930);
        // 60 announcements a minute, no pause of a second: 70 fit.
        for (int i = 0; i < 600; i++) {
            peer.announce(i % 10, 1);
            peer.sleepMillis(500);
            peer.withdraw(3_999, 1);
            peer.sleepMillis(499);
            assertFalse(peer.isTornDown, "at " + i);
        }
    }

    @Test
    @DisplayName("ARS-21: withdrawals keep a batch open, they don't open one")
    void withdrawalsKeepABatchOpen() {
        hold(3_990);
        peer.withdraw(9_999, 1);
        peer.sleepMillis(900);
        peer.withdraw(0, 20);
        peer.announce(0, 10);
        assertEquals(3_970, peer.limit.snapshot());
        for (int i = 0; i < 20; i++) {
            peer.sleepMillis(900);
            peer.withdraw(9_999, 1);
        }
        peer.announce(0, 21);
        assertTrue(peer.isTornDown);
        assertEquals(3_970 + 31, peer.limit.snapshot() + peer.limit.incoming());
    }

    @Test
    @DisplayName("ARS-22: duplicates in one UPDATE count each time")
    void duplicatesCountEachTime() {
        int[] same = new int[700];
        for (int i = 0; i < 6; i++) {
            peer.update(new int[0], same);
        }
        assertTrue(peer.isTornDown);
        assertEquals(4_200, peer.limit.incoming());
    }

    @Test
    @DisplayName("ARS-22: withdrawals lower the snapshot if the prefix was in it, never incoming")
    void withdrawalsLowerTheSnapshotOnly() {
        hold(1_000);
        peer.announce(1_000, 100);
        peer.announce(0, 50);
        assertEquals(1_150, peer.limit.snapshot() + peer.limit.incoming());
        peer.withdraw(1_000, 100); // came with this batch
        peer.withdraw(5_000, 10); // never held
        assertEquals(1_000, peer.limit.snapshot());
        peer.withdraw(0, 50); // announced again in this batch, but held before
        peer.withdraw(0, 50); // gone already
        peer.withdraw(500, 5);
        assertEquals(945, peer.limit.snapshot());
        peer.announce(500, 5);
        peer.withdraw(500, 5); // was in the snapshot, but no more
        assertEquals(945, peer.limit.snapshot());
        assertEquals(155, peer.limit.incoming());
    }

    @Test
    @DisplayName("ARS-22: rejected routes count as incoming, not as held")
    void rejectedRoutesAreIncomingOnly() {
        LimitedPeer strict = new LimitedPeer(AZURE, row -> row >= 3_000);
        strict.announce(0, 3_999);
        strict.endOfRib();
        strict.announce(0, 3_001);
        assertFalse(strict.isTornDown);
        assertEquals(999, strict.limit.snapshot());
        assertEquals(3_001, strict.limit.incoming());
        strict.withdraw(0, 3_000);
        assertEquals(999, strict.limit.snapshot());
    }

    @Test
    @DisplayName("ARS-23: the warning level is published once per crossing")
    void warnsOncePerCrossing() {
        peer.announce(0, 2_999);
        assertEquals(0, peer.warnings);
        peer.announce(2_999, 1);
        peer.announce(3_000, 100);
        peer.endOfRib();
        peer.announce(0, 10);
        assertEquals(1, peer.warnings);
        peer.sleepMillis(2_000);
        peer.withdraw(0, 1_000);
        peer.announce(0, 5);
        peer.announce(5, 995);
        assertEquals(2, peer.warnings);
    }

    @ParameterizedTest(name = "ARS-23: {0} counts each prefix once")
    @EnumSource(value = CountingMode.class, names = "DISTINCT_.*", mode = EnumSource.Mode.MATCH_ALL)
    void distinctPrefixesCountOnce(CountingMode mode) {
        LimitedPeer distinct = new LimitedPeer(AZURE.withMode(mode), row -> row < 4_001);
        for (int i = 0; i < 3; i++) {
            distinct.announce(0, 4_000);
        }
        assertFalse(distinct.isTornDown);
        assertEquals(1, distinct.warnings);
        // 5,000 is rejected by policy, so it counts only where rejected ones do.
        distinct.announce(5_000, 1);
        assertEquals(mode == CountingMode.DISTINCT_PREFIXES, distinct.isTornDown);
        if (!distinct.isTornDown) {
            distinct.announce(4_000, 1);
            assertTrue(distinct.isTornDown);
        }
    }

    @Test
    @DisplayName("ARS-23: DISCARD_NEW refuses prefixes that aren't held, and replaces those that are")
    void discardNewKeepsWhatIsHeld() {
        LimitedPeer discarding =
                new LimitedPeer(AZURE.withMode(CountingMode.DISTINCT_PREFIXES).withAction(LimitAction.DISCARD_NEW));
        discarding.announce(0, 4_200);
        discarding.announce(0, 4_300);
        assertFalse(discarding.isTornDown);
        assertEquals(4_000, discarding.account.acceptedNow());
        assertEquals(200 + 300, discarding.account.snapshot(0).refusedByLimit());
        assertEquals(1, discarding.exceeded);
        discarding.withdraw(0, 10);
        discarding.update(new int[0], new int[] {8_000, 8_000, 8_001});
        assertEquals(3_992, discarding.account.acceptedNow());
        discarding.announce(8_002, 9);
        assertEquals(4_000, discarding.account.acceptedNow());
        assertEquals(2, discarding.exceeded);
    }

    @Test
    @DisplayName("ARS-23: DISCARD_NEW as Azure counts: repetitions use up the room of new prefixes")
    void discardNewAsAzureCounts() {
        LimitedPeer discarding = new LimitedPeer(AZURE.withAction(LimitAction.DISCARD_NEW));
        discarding.announce(0, 3_000);
        discarding.endOfRib();
        discarding.announce(0, 2_000);
        assertEquals(3_000, discarding.account.acceptedNow());
        discarding.announce(3_000, 10);
        assertEquals(3_000, discarding.account.acceptedNow());
        discarding.endOfRib();
        discarding.announce(3_000, 10);
        assertEquals(3_010, discarding.account.acceptedNow());
    }

    @Test
    @DisplayName("ARS-23: WARN publishes once and applies everything")
    void warnAppliesEverything() {
        LimitedPeer warning = new LimitedPeer(AZURE.withAction(LimitAction.WARN));
        warning.announce(0, 6_000);
        assertEquals(6_000, warning.account.acceptedNow());
        assertEquals(1, warning.exceeded);
    }

    @ParameterizedTest(name = "the snapshot is what a set of prefixes would be, seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void snapshotIsWhatASetWouldBe(long seed) {
        Random random = new Random(seed);
        Set<Integer> unwanted = new HashSet<>();
        LimitedPeer one = new LimitedPeer(RouteLimit.of(Integer.MAX_VALUE), row -> !unwanted.contains(row));
        Set<Integer> snapshot = new HashSet<>();
        boolean open = false;
        for (int step = 0; step < 30_000; step++) {
            int row = random.nextInt(100);
            switch (random.nextInt(12)) {
                case 0 -> {
                    one.endOfRib();
                    open = false;
                }
                case 1 -> {
                    if (!unwanted.remove(row)) {
                        unwanted.add(row);
                    }
                }
                case 2 -> one.reevaluate(row, random.nextBoolean());
                case 3, 4, 5 -> {
                    one.withdraw(row, 3);
                    snapshot.removeAll(Set.of(row, row + 1, row + 2));
                }
                default -> {
                    if (!open) {
                        snapshot = accepted(one.table);
                        open = true;
                    }
                    one.announce(row, 3);
                }
            }
            if (open) {
                assertEquals(snapshot.size(), one.limit.snapshot());
            }
        }
    }

    private static Set<Integer> accepted(AdjRibIn table) {
        Set<Integer> rows = new HashSet<>();
        for (int row = 0; row < 110; row++) {
            if (table.first(row) != 0 && table.isAccepted(table.first(row))) {
                rows.add(row);
            }
        }
        return rows;
    }

    private void hold(int routes) {
        peer.announce(0, routes);
        peer.endOfRib();
    }
}
