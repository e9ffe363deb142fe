package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdjRibInTest {
    private final CountingRefs refs = new CountingRefs();
    private final AdjRibIn table = new AdjRibIn(refs);

    private record Key(int row, int slot) {}

    private record Path(int received, int effective, byte verdict, int generation) {}

    @Test
    void announcementReplacesAndTellsWhatWasThere() {
        PathChange first = table.announce(5, 2, 10, 11, Verdict.ACCEPTED, 0);
        assertFalse(first.existed());
        int path = first.path();
        PathChange second = table.announce(5, 2, 12, 12, (byte) 3, 1);
        assertTrue(second.existed() && second.wasAccepted());
        assertEquals(10, second.received());
        assertEquals(11, second.effective());
        assertEquals(path, second.path());
        assertEquals(12, table.effective(path));
        assertEquals(1, table.generation(path));
        assertFalse(table.isAccepted(path));
        assertEquals(Map.of(12, 1), refs.held());
        PathChange gone = table.withdraw(5, 2);
        assertTrue(gone.existed());
        assertFalse(gone.wasAccepted());
        assertEquals(Map.of(), refs.held());
        assertFalse(table.withdraw(5, 2).existed());
    }

    @Test
    void slotsAreUnsigned() {
        table.announce(0, AdjRibIn.MAX_SLOT, 1, 1, Verdict.ACCEPTED, 255);
        int path = table.find(0, AdjRibIn.MAX_SLOT);
        assertEquals(AdjRibIn.MAX_SLOT, table.slot(path));
        assertEquals(255, table.generation(path));
    }

    @Test
    void reevaluationKeepsWhatWasReceived() {
        int path = table.announce(0, 1, 10, 10, Verdict.ACCEPTED, 4).path();
        PathChange change = table.reevaluate(0, path, 20, (byte) 1);
        assertTrue(change.wasAccepted());
        assertEquals(10, change.effective());
        assertEquals(10, table.received(path));
        assertEquals(20, table.effective(path));
        assertEquals(4, table.generation(path));
        assertEquals(Map.of(10, 1, 20, 1), refs.held());
    }

    @ParameterizedTest(name = "behaves as a map of paths, references balance, seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void behavesAsMap(long seed) {
        Random random = new Random(seed);
        Map<Key, Path> model = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            Key key = new Key(random.nextInt(200), random.nextInt(6));
            Path before = model.get(key);
            PathChange change;
            int kind = random.nextInt(10);
            if (kind < 5) {
                int received = 1 + random.nextInt(50);
                int effective = random.nextBoolean() ? received : 1 + random.nextInt(50);
                Path path = new Path(received, effective, (byte) random.nextInt(3), random.nextInt(256));
                change = table.announce(key.row, key.slot, received, effective, path.verdict, path.generation);
                model.put(key, path);
            } else if (kind < 8 || before == null) {
                change = table.withdraw(key.row, key.slot);
                model.remove(key);
            } else {
                Path path = new Path(before.received, 1 + random.nextInt(50), (byte) 0, before.generation);
                change = table.reevaluate(key.row, table.find(key.row, key.slot), path.effective, path.verdict);
                model.put(key, path);
            }
            assertChange(before, change);
            assertEquals(model.size(), table.size());
        }
        assertSame(model);
    }

    @Test
    void sweepRemovesOneSlotInBoundedSteps() {
        PrefixTable prefixes = new PrefixTable(AddressFamily.IPV4_UNICAST, 3);
        for (int i = 0; i < 1_000; i++) {
            int row = prefixes.findOrAdd((long) i << 40, 0, 24);
            table.announce(row, 1, 5, 5, Verdict.ACCEPTED, 0);
            if (i % 2 == 0) {
                table.announce(row, 2, 6, 6, Verdict.ACCEPTED, 0);
            }
        }
        SlotSweep sweep = SlotSweep.ofAll(prefixes, table, 1);
        List<Integer> swept = new ArrayList<>();
        int steps = 0;
        while (!sweep.isDone()) {
            assertTrue(sweep.run(64, change -> {
                        swept.add(change.row());
                        if (table.first(change.row()) == 0) {
                            prefixes.remove(change.row());
                        }
                    })
                    <= 64);
            steps++;
        }
        assertTrue(steps >= 1_000 / 64, "steps " + steps);
        assertEquals(1_000, swept.size());
        assertEquals(500, table.size());
        assertEquals(500, prefixes.size());
        assertEquals(Map.of(6, 500), refs.held());
    }

    @Test
    void sweepOfStalePathsKeepsWhatWasRenewed() {
        PrefixTable prefixes = new PrefixTable(AddressFamily.IPV4_UNICAST, 3);
        for (int i = 0; i < 100; i++) {
            int row = prefixes.findOrAdd((long) i << 40, 0, 24);
            table.announce(row, 1, 5, 5, Verdict.ACCEPTED, 255);
        }
        for (int row = 0; row < 100; row += 3) {
            table.announce(row, 1, 5, 5, Verdict.ACCEPTED, 0);
        }
        SlotSweep sweep = SlotSweep.ofStale(prefixes, table, 1, 0);
        sweep.run(10, change -> {});
        table.announce(1, 1, 7, 7, Verdict.ACCEPTED, 0);
        table.announce(50, 1, 7, 7, Verdict.ACCEPTED, 0);
        sweep.run(Integer.MAX_VALUE, change -> {});
        assertTrue(sweep.isDone());
        assertEquals(34 + 2, table.size());
    }

    @Test
    void walksTheRowsOfASlotInPages() {
        PrefixTable prefixes = new PrefixTable(AddressFamily.IPV4_UNICAST, 3);
        for (int i = 0; i < 1_000; i++) {
            int row = prefixes.findOrAdd((long) i << 40, 0, 24);
            table.announce(row, i % 7, 1 + i, 1 + i, Verdict.ACCEPTED, 0);
        }
        List<Integer> rows = new ArrayList<>();
        int from = 0;
        while (from < prefixes.rowLimit()) {
            SlotRows page = new SlotRows(prefixes, table, 3, from);
            int units = 100;
            for (units = page.advance(units); units >= 0; units = page.advance(units)) {
                rows.add(page.row());
                assertEquals(1 + page.row(), table.received(page.path()));
            }
            from += 100;
            assertEquals(from >= prefixes.rowLimit(), page.isDone());
        }
        assertEquals(143, rows.size());
        assertEquals(rows.stream().distinct().sorted().toList(), rows);
        assertTrue(rows.stream().allMatch(row -> row % 7 == 3));
    }

    private static void assertChange(@org.jspecify.annotations.Nullable Path before, PathChange change) {
        assertEquals(before != null, change.existed());
        if (before != null) {
            assertEquals(
                    before, new Path(change.received(), change.effective(), change.verdict(), change.generation()));
        }
    }

    private void assertSame(Map<Key, Path> model) {
        Map<Key, Path> walked = new HashMap<>();
        Map<Integer, Integer> references = new HashMap<>();
        for (int row = 0; row < 200; row++) {
            for (int path = table.first(row); path != 0; path = table.next(path)) {
                Path seen = new Path(
                        table.received(path), table.effective(path), table.verdict(path), table.generation(path));
                assertEquals(null, walked.put(new Key(row, table.slot(path)), seen));
                references.merge(seen.received, 1, Integer::sum);
                if (seen.effective != seen.received) {
                    references.merge(seen.effective, 1, Integer::sum);
                }
            }
        }
        assertEquals(model, walked);
        assertEquals(references, refs.held());
    }
}
