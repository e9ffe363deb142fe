package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.engine.model.HistoryMaker;
import dev.waymark.engine.model.HistoryMaker.History;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * ARS-20 to ARS-56, ARS-71: whatever happens, at every rest peers, sinks, sessions and accounts are as {@link
 * dev.waymark.engine.model.Model} says. {@code -Dwaymark.model.runs=N} makes it longer, {@code -Dwaymark.model.first=SEED}
 * begins elsewhere; a run is 100 histories.
 */
class ModelTest {
    private static final int HISTORIES = 100;

    static LongStream seeds() {
        long first = Long.getLong("waymark.model.first", 1);
        return LongStream.range(first, first + Long.getLong("waymark.model.runs", 20));
    }

    @ParameterizedTest(name = "ARS-20 to ARS-56, ARS-71, seed {0}: 100 histories go as the model says")
    @MethodSource("seeds")
    void goesAsTheModelSays(long seed) {
        int compared = 0;
        for (int i = 0; i < HISTORIES; i++) {
            History history = HistoryMaker.of(seed * HISTORIES + i);
            try {
                compared += ModelRunner.run(history);
            } catch (AssertionError failed) {
                throw ShortStory.of(history);
            }
        }
        assertTrue(compared > 20 * HISTORIES, compared + " comparisons");
    }
}
