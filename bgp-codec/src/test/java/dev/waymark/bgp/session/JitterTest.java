package dev.waymark.bgp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JitterTest {

    @ParameterizedTest(name = "RFC 4271 §10: times are spread evenly over 0.75 to 1.0, seed {0}")
    @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE})
    void spreadsEvenlyOverAQuarter(long seed) {
        Jitter jitter = Jitter.of(seed, 7);
        long nanos = SessionFixtures.seconds(120);
        int[] quarters = new int[4];
        for (int i = 0; i < 40_000; i++) {
            long shortened = jitter.shorten(nanos, i);
            assertTrue(shortened > nanos * 3 / 4 - 2 && shortened <= nanos, () -> "" + shortened);
            quarters[(int) Math.min(3, (shortened - nanos * 3 / 4) * 16 / nanos)]++;
        }
        for (int count : quarters) {
            assertTrue(count > 9_500 && count < 10_500, () -> "uneven: " + count);
        }
    }

    @Test
    @DisplayName("the same seed, stream and sequence give the same times, on every JDK")
    void isAFunctionOfItsSeed() {
        assertEquals(Jitter.of(1, 2).shorten(1_000_000, 3), Jitter.of(1, 2).shorten(1_000_000, 3));
        assertEquals(55_774_710_727L, Jitter.of(1, 2).shorten(SessionFixtures.seconds(60), 0));
        assertEquals(54_697_749_223L, Jitter.of(1, 2).stream(5).shorten(SessionFixtures.seconds(60), 1));
    }

    @Test
    void streamsAreUnrelated() {
        long nanos = SessionFixtures.seconds(60);
        assertNotEquals(Jitter.of(1, 2).shorten(nanos, 0), Jitter.of(1, 3).shorten(nanos, 0));
        assertNotEquals(Jitter.of(1, 2).shorten(nanos, 0), Jitter.of(2, 2).shorten(nanos, 0));
        assertNotEquals(
                Jitter.of(1, 2).shorten(nanos, 0), Jitter.of(1, 2).stream(0).shorten(nanos, 0));
    }

    @Test
    void extremesStayInRange() {
        assertEquals(0, Jitter.of(1, 1).shorten(0, 0));
        long longest = Long.MAX_VALUE;
        for (int i = 0; i < 100; i++) {
            long shortened = Jitter.of(1, 1).shorten(longest, i);
            assertTrue(shortened >= longest / 4 * 3, () -> "" + shortened);
        }
        assertEquals(77, Jitter.none().shorten(77, 5));
        assertEquals(77, Jitter.none().stream(9).shorten(77, 5));
    }
}
