package dev.waymark.bgp.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fuzz target without a fuzzer: over its seeds, and over what chance makes of them. */
class FuzzTargetsTest {
    private static final long SEED = 20;

    /** A target and how many mutations of its seeds are run. */
    record Target(String name, Consumer<byte[]> run, Supplier<List<byte[]>> seeds, int mutations) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Target> targets() {
        return Stream.of(
                new Target("framer", FramerTarget::fuzzerTestOneInput, FramerTarget::seeds, 20_000),
                new Target("OPEN", OpenTarget::fuzzerTestOneInput, OpenTarget::seeds, 20_000),
                new Target("UPDATE", UpdateTarget::fuzzerTestOneInput, UpdateTarget::seeds, 10_000),
                new Target("short messages", ShortMessageTarget::fuzzerTestOneInput, ShortMessageTarget::seeds, 20_000),
                new Target("session", SessionTarget::fuzzerTestOneInput, SessionTarget::seeds, 20_000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    @DisplayName("the invariants hold for every seed")
    void seedsPass(Target target) {
        List<byte[]> seeds = target.seeds.get();
        assertFalse(seeds.isEmpty());
        seeds.forEach(seed -> run(target, seed));
    }

    @ParameterizedTest(name = "{0}, seed " + SEED)
    @MethodSource("targets")
    @DisplayName("the invariants hold for mutated seeds")
    void mutationsPass(Target target) {
        List<byte[]> seeds = target.seeds.get();
        Random random = new Random(SEED);
        for (int i = 0; i < target.mutations; i++) {
            byte[] seed = seeds.get(random.nextInt(seeds.size()));
            run(target, Mutations.mutate(seed, 0, random));
        }
    }

    @Test
    @DisplayName("octets beyond the bound are noticed")
    void allocationIsMeasured() {
        assumeTrue(Allocation.isCounted(), "this JVM does not count");
        byte[][] kept = new byte[1][];
        Allocation.check(10, 1_100, 0, () -> kept[0] = new byte[1_000]);
        assertThrows(AssertionError.class, () -> Allocation.check(10, 100, 10, () -> kept[0] = new byte[1_000]));
        assertEquals(1_000, kept[0].length);
    }

    private static void run(Target target, byte[] input) {
        try {
            target.run.accept(input);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(target + " " + HexFormat.of().formatHex(input), e);
        }
    }
}
