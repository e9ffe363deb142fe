package dev.waymark.benchmarks.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StandingsTest {
    private final Standings standings = new Standings(List.of("bird", "waymark"));

    @Test
    void ratiosAreToTheFirstServersMedians() {
        add(0, 300, 10);
        add(0, 900, 20);
        add(0, 400, 40);
        add(1, 100, 30);
        add(1, 10_000, 30);
        add(1, 200, 30);
        expect("bird | 1.00 | 0.75, 2.25 | 1.00 | ok", "waymark | 0.50 | 0.25, 25.00 | 1.50 | ok");
        assertTrue(standings.isOk());
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        add(0, 100, 10);
        add(0, 300, 10);
        add(1, 100, 0);
        add(1, 100, 0);
        expect("bird | 1.00 | 0.50, 1.50 | 1.00 | ok", "waymark | 0.50 | 0.50, 0.50 | 0.00 | ok");
    }

    @Test
    void memoryThatIsNotKnownIsNotCompared() {
        add(0, 100, 0);
        add(1, 50, 0);
        expect("bird | 1.00 | 1.00, 1.00 | - | ok", "waymark | 0.50 | 0.50, 0.50 | - | ok");
    }

    @Test
    void oneFailedHeatLeavesAServerWithoutRatios() {
        add(0, 100, 10);
        add(0, 100, 10);
        add(1, 100, 10);
        standings.add(1, Result.failed("peer 0: 1 missing\n (10.0.0.0/8)"));
        expect("bird | 1.00 | 1.00, 1.00 | 1.00 | ok", "waymark | - | - | - | failed: peer 0: 1 missing (10.0.0.0/8)");
        assertFalse(standings.isOk());
    }

    @Test
    void failureOfTheFirstLeavesNothingToCompareWith() {
        standings.add(0, Result.failed("the server has ended"));
        add(1, 100, 10);
        expect("bird | - | - | - | failed: the server has ended", "waymark | - | - | - | ok");
        assertFalse(standings.isOk());
    }

    private void add(int server, long nanos, long kib) {
        standings.add(server, new Result(nanos, kib, ""));
    }

    private void expect(String... rows) {
        List<String> lines = standings
                .table()
                .lines()
                .map(line -> line.replaceAll(" +", " ").replaceAll("^\\| | \\|$", ""))
                .toList();
        assertEquals("server | time / bird | from, to | memory / bird | result", lines.get(0));
        assertEquals(List.of(rows), lines.subList(2, lines.size()));
    }
}
