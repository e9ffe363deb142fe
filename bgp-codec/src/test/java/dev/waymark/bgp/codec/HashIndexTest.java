package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HashIndexTest {

    @ParameterizedTest(name = "seed 41, {0}")
    @MethodSource
    @DisplayName("any mixture of insertions and removals leaves what a map of sets would hold")
    void behavesLikeAMap(IntUnaryOperator hashing) {
        HashIndex index = new HashIndex();
        Map<Integer, Set<Integer>> expected = new HashMap<>();
        Random random = new Random(41);
        int size = 0;
        for (int i = 0; i < 60_000; i++) {
            int number = 1 + random.nextInt(20_000);
            int hash = hashing.applyAsInt(number);
            Set<Integer> numbers = expected.computeIfAbsent(hash, h -> new HashSet<>());
            if (numbers.add(number)) {
                index.insert(hash, number);
                size++;
            } else if (i % 3 != 0) {
                numbers.remove(number);
                index.remove(hash, number);
                size--;
            }
        }
        assertEquals(size, index.size());
        expected.forEach((hash, numbers) -> {
            Set<Integer> found = new HashSet<>();
            for (int at = index.first(hash); at >= 0; at = index.next(hash, at)) {
                found.add(index.get(hash, at));
            }
            assertEquals(numbers, found);
        });
    }

    static Stream<Named<IntUnaryOperator>> behavesLikeAMap() {
        return Stream.of(
                Named.of("well spread", number -> number * 0x9e3779b9),
                Named.of("crowded in the slots", number -> number << 24),
                Named.of("crowded in the segments", number -> number),
                Named.of("shared by forty", number -> number % 500 * 0x9e3779b9));
    }

    @Test
    @DisplayName("removing what isn't there is a bug of ours")
    void removingNothing() {
        HashIndex index = new HashIndex();
        index.insert(5, 1);
        assertThrows(AssertionError.class, () -> index.remove(5, 2));
    }
}
