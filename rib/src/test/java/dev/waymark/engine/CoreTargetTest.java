package dev.waymark.engine;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fuzz target of the running server without a fuzzer: over its seeds, and over what chance makes of them. */
class CoreTargetTest {
    private static final int MUTATIONS = 1_500;

    @Test
    @DisplayName("the invariants hold for every seed")
    void seedsPass() {
        CoreTarget.seeds().forEach(CoreTargetTest::run);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 21)
    @DisplayName("the invariants hold for mutated seeds")
    void mutationsPass(long seed) {
        Random random = new Random(seed);
        List<byte[]> seeds = CoreTarget.seeds();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                int at = random.nextInt(input.length);
                input[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : input[at] + 1 - 2 * random.nextInt(2));
            }
            run(input);
        }
    }

    private static void run(byte[] input) {
        try {
            CoreTarget.fuzzerTestOneInput(input);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(HexFormat.of().formatHex(input), e);
        }
    }
}
