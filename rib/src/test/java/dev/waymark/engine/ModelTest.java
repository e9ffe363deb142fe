package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.engine.model.HistoryMaker;
import dev.waymark.engine.model.HistoryMaker.History;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens, at every rest peers, sinks, sessions and accounts are as {@link dev.waymark.engine.model.Model} says. A
 * history that fails is told with as few steps as it needs. {@code -Dwaymark.model.runs=N} makes it longer (100 histories
 * each), {@code -Dwaymark.model.first=SEED} begins elsewhere.
 */
class ModelTest {
    private static final int HISTORIES = 100;

    static LongStream seeds() {
        long first = Long.getLong("waymark.model.first", 1);
        return LongStream.range(first, first + Long.getLong("waymark.model.runs", 10));
    }

    @ParameterizedTest(name = "ARS-20 to ARS-56, ARS-71, seed {0}: 100 histories go as the model of the rules says")
    @MethodSource("seeds")
    void goesAsTheModelSays(long seed) {
        for (int i = 0; i < HISTORIES; i++) {
            History history = HistoryMaker.of(seed * HISTORIES + i);
            try {
                ModelRunner.run(history);
            } catch (AssertionError failed) {
                throw ShortStory.of(history);
            }
        }
    }

    @Test
    @DisplayName("What ARS-20 to ARS-56 and ARS-71 are about happens again and again in 150 histories (seeds 1 to 150)")
    void historiesAreNotIdle() {
        ModelSightings seen = new ModelSightings();
        for (long seed = 1; seed <= 150; seed++) {
            ModelRunner.run(HistoryMaker.of(seed), seen);
        }
        List<String> rejections = List.of(
                "rejected OWN_AS_IN_PATH",
                "rejected REFLECTION_LOOP",
                "rejected POLICY",
                "rejected NO_IMPORT_POLICY",
                "rejected TOTAL_LIMIT");
        List<String> arrivals =
                List.of("treated as withdraw", "ignored", "refused by limit", "admitted", "evicted", "replaced");
        List<String> limits = List.of("TEAR_DOWN", "DISCARD_NEW", "WARN", "warning", "connections refused");
        List<String> departures = List.of(
                "ECMP",
                "reflected",
                "own AS prepended",
                "LOCAL_PREF sent",
                "MED sent",
                "IPv6 sent",
                "four-octet AS sent",
                "unknown attribute sent");
        for (List<String> some : List.of(rejections, arrivals, limits, departures)) {
            for (String what : some) {
                assertTrue(seen.of(what) >= 5, () -> what + " is rare: " + seen);
            }
        }
    }
}
