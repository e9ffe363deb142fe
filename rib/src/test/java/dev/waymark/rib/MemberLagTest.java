package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberLagTest {
    private static final int ROWS = 60;
    private static final int SLOTS = 5;

    private final CountingRefs refs = new CountingRefs();
    private final GroupRib group = new GroupRib(refs);
    private final GroupChanges changes = new GroupChanges();

    @ParameterizedTest(name = "what is not owed was sent, over random histories, seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void invariantHoldsOverRandomHistories(long seed) {
        Random random = new Random(seed);
        boolean perClient = seed % 2 == 0;
        GroupRib other = new GroupRib(refs);
        List<LagModel> members = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            members.add(new LagModel(slot, group, ROWS));
        }
        for (int step = 0; step < 20_000; step++) {
            LagModel member = members.get(random.nextInt(SLOTS));
            switch (random.nextInt(20)) {
                case 0, 1, 2 -> member.open = !member.open;
                case 3, 4, 5, 6, 7 -> member.drain(random.nextInt(30));
                case 8 -> {
                    if (random.nextInt(10) == 0) {
                        member.join();
                    }
                }
                case 9 -> {
                    if (random.nextInt(5) == 0) {
                        member.refresh();
                    }
                }
                case 10 -> {
                    if (random.nextInt(10) == 0) {
                        member.moveTo(member.isIn(group) ? other : group);
                    }
                }
                default -> flush(random.nextBoolean() ? group : other, members, random, perClient);
            }
            members.forEach(LagModel::assertInvariant);
        }
        members.forEach(LagModel::assertCaughtUp);
        for (GroupRib each : List.of(group, other)) {
            for (int row = 0; row < ROWS; row++) {
                each.set(row, 0, 0, 0, 0, changes);
            }
            assertEquals(0, each.size());
            assertEquals(0, each.sentCount(1));
        }
        assertEquals(Map.of(), refs.held());
    }

    @Test
    void equalStateIsNoChange() {
        assertTrue(group.set(3, 7, 1, 0, 0, changes));
        assertFalse(group.set(3, 7, 1, 0, 0, changes));
        assertTrue(group.set(3, 0, 9, 0, 0, changes));
        assertFalse(group.set(3, 0, 1, 0, 0, changes));
        assertEquals(2, changes.size());
    }

    @Test
    void theSourceAloneIsNotSentItsRoute() {
        group.set(3, 7, 1, 0, 0, changes);
        group.set(4, 8, GroupRib.NO_SOURCE, 0, 0, changes);
        assertEquals(0, group.sentTo(1, 3));
        assertEquals(7, group.sentTo(2, 3));
        assertEquals(1, group.sentCount(1));
        assertEquals(2, group.sentCount(2));
        // The route now comes from 2: 1 gets it, 2 loses what it held.
        changes.clear();
        group.set(3, 7, 2, 0, 0, changes);
        assertEquals(0, changes.before(0, 1));
        assertEquals(7, changes.after(0, 1));
        assertEquals(7, changes.before(0, 2));
        assertEquals(0, changes.after(0, 2));
        assertEquals(2, changes.source(0));
        assertEquals(1, changes.oldSource(0));
    }

    @Test
    void theSourceOfTheBestIsSentTheRunnerUp() {
        group.set(3, 7, 1, 9, 5, changes);
        assertEquals(9, group.sentTo(1, 3));
        assertEquals(5, group.sourceTo(1, 3));
        assertEquals(7, group.sentTo(2, 3));
        assertEquals(1, group.sourceTo(2, 3));
        assertEquals(1, group.sentCount(1));
        assertEquals(Map.of(7, 1, 9, 1), refs.held());
        // A runner-up with the same attributes from somebody else: known to views, and no news.
        assertFalse(group.set(3, 7, 1, 9, 6, changes));
        assertEquals(6, group.sourceTo(1, 3));
    }

    @Test
    @DisplayName("ARS-51: what stays here hides nothing from its own source, which is sent the runner-up")
    void theSourceAloneIsSentTheRunnerUp() {
        group.set(3, 0, 1, 9, 5, changes);
        assertEquals(9, group.sentTo(1, 3));
        assertEquals(0, group.sentTo(2, 3));
        assertEquals(1, group.sentCount(1));
        assertEquals(0, group.sentCount(2));
        assertFalse(group.isEmpty(3));
        group.set(3, 0, 1, 0, 0, changes);
        assertEquals(0, group.sentTo(1, 3));
        assertTrue(group.isEmpty(3));
        assertTrue(group.isEmpty());
        assertEquals(Map.of(), refs.held());
    }

    @Test
    void aBlockedMemberIsToldTheLatestStateOnce() {
        MemberLag lag = new MemberLag(5, group);
        for (int attributes = 1; attributes <= 4; attributes++) {
            missed(lag, 3, attributes);
        }
        assertEquals(MemberState.BLOCKED, lag.state(false));
        assertEquals(MemberState.FOLLOWING, lag.state(true));
        assertEquals(0, lag.held());
        assertEquals(3, lag.nextOwed());
        assertEquals(4, lag.take(3));
        assertEquals(-1, lag.nextOwed());
        assertEquals(1, lag.held());
        // Came and went while blocked, after it was held: one withdrawal.
        missed(lag, 3, 6);
        missed(lag, 3, 0);
        assertEquals(MemberLag.WITHDRAW, lag.take(lag.nextOwed()));
        // Came and went while blocked, never held: nothing at all.
        missed(lag, 3, 6);
        missed(lag, 3, 0);
        assertEquals(MemberLag.NOTHING, lag.take(lag.nextOwed()));
        assertTrue(lag.isLive());
    }

    @Test
    void liveChangesOvertakeTheDumpToALateJoiner() {
        for (int row = 0; row < 10; row++) {
            group.set(row, 100 + row, 1, 0, 0, changes);
        }
        MemberLag lag = new MemberLag(5, group);
        lag.join(10);
        assertEquals(10, lag.owed());
        assertEquals(100, lag.take(lag.nextOwed()));
        changes.clear();
        group.set(9, 0, 0, 0, 0, changes);
        assertFalse(lag.withdraws(9, changes.before(0, 5)), "it never had row 9");
        changes.clear();
        group.set(8, 200, 2, 0, 0, changes);
        lag.announced(8, changes.before(0, 5));
        assertEquals(2, lag.held());
        for (int row = 1; row < 8; row++) {
            assertFalse(lag.isDumpComplete());
            assertEquals(row, lag.nextOwed());
            assertEquals(100 + row, lag.take(row));
        }
        assertTrue(lag.isDumpComplete());
        assertFalse(lag.isLive());
        lag.endDump();
        assertTrue(lag.isLive());
    }

    @Test
    void whatIsOwedBehindTheDumpDoesNotHoldUpItsEnd() {
        for (int row = 0; row < 3; row++) {
            group.set(row, 1, 1, 0, 0, changes);
        }
        MemberLag lag = new MemberLag(5, group);
        lag.join(3);
        lag.take(lag.nextOwed());
        missed(lag, 0, 9);
        lag.take(lag.nextOwed());
        lag.take(lag.nextOwed());
        assertTrue(lag.isDumpComplete());
        assertEquals(0, lag.nextOwed());
        assertTrue(lag.isDumpComplete());
    }

    private void missed(MemberLag lag, int row, int attributes) {
        changes.clear();
        group.set(row, attributes, 1, 0, 0, changes);
        lag.missed(row, changes.before(0, 5), changes.after(0, 5));
    }

    private void flush(GroupRib of, List<LagModel> members, Random random, boolean perClient) {
        changes.clear();
        int first = random.nextInt(ROWS);
        int count = 1 + random.nextInt(20);
        for (int i = 0; i < count && first + i < ROWS; i++) {
            int source = random.nextInt(SLOTS + 2);
            of.set(
                    first + i,
                    random.nextInt(4),
                    source > SLOTS ? GroupRib.NO_SOURCE : source,
                    perClient ? random.nextInt(4) : 0,
                    random.nextInt(SLOTS),
                    changes);
        }
        for (LagModel member : members) {
            for (int i = 0; i < changes.size() && member.isIn(of); i++) {
                if (random.nextInt(40) == 0) {
                    member.open = false;
                }
                member.flushed(changes, i);
            }
        }
    }
}
