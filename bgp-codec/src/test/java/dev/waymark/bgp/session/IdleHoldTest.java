package dev.waymark.bgp.session;

import static dev.waymark.bgp.session.SessionFixtures.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IdleHoldTest {

    private static final IdleHoldPolicy POLICY = IdleHoldPolicy.standard();

    private final IdleHold idleHold = new IdleHold(POLICY, Jitter.none());

    private List<Long> nextSeconds(IdleHoldReason reason, int count) {
        return Stream.generate(() -> idleHold.nextNanos(reason) / 1_000_000_000L)
                .limit(count)
                .toList();
    }

    @Test
    @DisplayName("RFC 4271 §8.1.1: errors: 1, 2, 4 ... 120 s")
    void errorsDoubleUpToTwoMinutes() {
        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 120L, 120L), nextSeconds(IdleHoldReason.ERROR, 9));
        assertEquals(9, idleHold.errorsInARow());
    }

    @Test
    @DisplayName("ARS-24: passed limits: 60 s doubling to 15 min, on their own")
    void limitsDoubleUpToFifteenMinutes() {
        assertEquals(List.of(1L, 2L, 4L), nextSeconds(IdleHoldReason.ERROR, 3));
        assertEquals(List.of(60L, 120L, 240L, 480L, 900L, 900L), nextSeconds(IdleHoldReason.LIMIT, 6));
        assertEquals(List.of(8L), nextSeconds(IdleHoldReason.ERROR, 1));
    }

    @Test
    @DisplayName("ARS-24: or only by hand")
    void limitsMayWaitForTheOperator() {
        IdleHold byHand = new IdleHold(POLICY.withLimit(Duration.ZERO, Duration.ZERO), Jitter.none());

        assertEquals(IdleHold.BY_HAND, byHand.nextNanos(IdleHoldReason.LIMIT));
        assertEquals(seconds(1), byHand.nextNanos(IdleHoldReason.ERROR));
    }

    @Test
    @DisplayName("RFC 4271 §8.1.1: growth begins anew after ten minutes Established, and not a moment before")
    void tenMinutesEstablishedForgive() {
        nextSeconds(IdleHoldReason.ERROR, 4);
        nextSeconds(IdleHoldReason.LIMIT, 2);

        idleHold.sessionUp(0);
        idleHold.sessionDown(seconds(600) - 1);
        assertEquals(List.of(16L), nextSeconds(IdleHoldReason.ERROR, 1));

        idleHold.sessionUp(seconds(1_000));
        idleHold.sessionDown(seconds(1_600));
        assertEquals(List.of(1L), nextSeconds(IdleHoldReason.ERROR, 1));
        assertEquals(List.of(60L), nextSeconds(IdleHoldReason.LIMIT, 1));
    }

    @Test
    void operatorsForgiveAtOnce() {
        nextSeconds(IdleHoldReason.ERROR, 4);
        idleHold.reset();
        assertEquals(List.of(1L), nextSeconds(IdleHoldReason.ERROR, 1));
    }

    @Test
    void restsAfterErrorsAreJitteredAndReplay() {
        IdleHold one = new IdleHold(POLICY, Jitter.of(5, 1));
        IdleHold same = new IdleHold(POLICY, Jitter.of(5, 1));
        for (long nominal : new long[] {1, 2, 4, 8, 16, 32, 64, 120, 120}) {
            long nanos = one.nextNanos(IdleHoldReason.ERROR);
            assertTrue(nanos >= seconds(nominal) * 3 / 4 && nanos <= seconds(nominal));
            assertEquals(nanos, same.nextNanos(IdleHoldReason.ERROR));
        }
        assertEquals(seconds(60), one.nextNanos(IdleHoldReason.LIMIT), "limits are exact");
    }

    @Test
    void longestRestMayBeShorterThanTheFirst() {
        IdleHold brief = new IdleHold(POLICY.withErrorAtMost(Duration.ofMillis(300)), Jitter.none());
        assertEquals(300_000_000L, brief.nextNanos(IdleHoldReason.ERROR));
        assertEquals(300_000_000L, brief.nextNanos(IdleHoldReason.ERROR));
    }

    @Test
    void policiesThatMakeNoSenseAreRefused() {
        Duration second = Duration.ofSeconds(1);
        Duration zero = Duration.ZERO;
        assertThrows(IllegalArgumentException.class, () -> new IdleHoldPolicy(zero, second, second, second, second));
        assertThrows(
                IllegalArgumentException.class,
                () -> new IdleHoldPolicy(second.multipliedBy(2), second, second, second, second));
        assertThrows(IllegalArgumentException.class, () -> POLICY.withLimit(second.negated(), second));
        assertThrows(IllegalArgumentException.class, () -> POLICY.withLimit(second, zero));
    }
}
