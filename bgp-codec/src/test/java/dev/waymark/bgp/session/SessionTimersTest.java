package dev.waymark.bgp.session;

import static dev.waymark.bgp.session.SessionFixtures.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTimersTest {

    private final SessionTimers timers = new SessionTimers(Jitter.none());

    @ParameterizedTest(name = "RFC 4271 §8.1.3: deadlines are compared by difference: clock starts at {0}")
    @ValueSource(longs = {0, -5_000_000_000L, Long.MAX_VALUE - 1_000_000_000L, Long.MIN_VALUE})
    void earliestDeadlineComesFirst(long origin) {
        timers.start(TimerKind.KEEPALIVE, seconds(60), origin);
        timers.start(TimerKind.SEND_HOLD, seconds(30), origin);
        timers.start(TimerKind.CONNECT_RETRY, seconds(45), origin);

        assertEquals(origin + seconds(30), timers.nextDeadlineNanos());
        assertNull(timers.pollExpired(origin + seconds(30) - 1));
        long late = origin + seconds(100);
        assertEquals(TimerKind.SEND_HOLD, timers.pollExpired(late));
        assertEquals(TimerKind.CONNECT_RETRY, timers.pollExpired(late));
        assertEquals(TimerKind.KEEPALIVE, timers.pollExpired(late));
        assertNull(timers.pollExpired(late));
        assertFalse(timers.hasDeadline());
    }

    @Test
    void restartUsesTheTimeLastGiven() {
        timers.start(TimerKind.HOLD, seconds(90), 0);
        timers.restart(TimerKind.HOLD, seconds(60));

        assertEquals(seconds(150), timers.deadlineNanos(TimerKind.HOLD));
    }

    @Test
    void restartRevivesAnExpiredTimer() {
        timers.start(TimerKind.KEEPALIVE, seconds(30), 0);
        assertEquals(TimerKind.KEEPALIVE, timers.pollExpired(seconds(31)));
        timers.restart(TimerKind.KEEPALIVE, seconds(31));

        assertEquals(seconds(61), timers.deadlineNanos(TimerKind.KEEPALIVE));
        assertTrue(timers.isRunning(TimerKind.KEEPALIVE));
    }

    @Test
    void restartOfAStoppedTimerDoesNothing() {
        timers.restart(TimerKind.HOLD, 5);
        timers.start(TimerKind.HOLD, seconds(90), 0);
        timers.stop(TimerKind.HOLD);
        timers.restart(TimerKind.HOLD, 5);

        assertFalse(timers.isRunning(TimerKind.HOLD));
        assertFalse(timers.hasDeadline());
    }

    @Test
    @DisplayName("TRAPS 6: an expired hold timer asks for a read first, and is believed a turn later")
    void holdExpiryTakesTwoTurns() {
        timers.start(TimerKind.HOLD, seconds(90), 0);
        long now = seconds(90);

        assertNull(timers.pollExpired(now));
        assertTrue(timers.askForRead(now));
        assertFalse(timers.askForRead(now), "asks once");
        assertEquals(seconds(90), timers.nextDeadlineNanos(), "the next turn comes at once");
        assertEquals(TimerKind.HOLD, timers.pollExpired(now));
        assertFalse(timers.isRunning(TimerKind.HOLD));
    }

    @Test
    @DisplayName("TRAPS 6: what the read brings restarts the timer, and the doubt is gone")
    void drainedMessageSavesTheSession() {
        timers.start(TimerKind.HOLD, seconds(90), 0);
        long now = seconds(200); // the whole process was paused
        assertNull(timers.pollExpired(now));
        assertTrue(timers.askForRead(now));

        timers.restart(TimerKind.HOLD, now); // an UPDATE waited in the socket

        assertNull(timers.pollExpired(now));
        assertFalse(timers.askForRead(now));
        long later = now + seconds(90);
        assertNull(timers.pollExpired(later), "the next expiry is doubted again");
        assertTrue(timers.askForRead(later));
        assertEquals(TimerKind.HOLD, timers.pollExpired(later));
    }

    @Test
    void nothingIsReadForTimersThatDontWaitForThePeer() {
        timers.start(TimerKind.KEEPALIVE, 1, 0);
        timers.start(TimerKind.IDLE_HOLD, 1, 0);
        timers.start(TimerKind.CONNECT_RETRY, 1, 0);
        timers.start(TimerKind.SEND_HOLD, 1, 0);

        assertFalse(timers.askForRead(seconds(1)));
    }

    @Test
    @DisplayName("RFC 4271 §10: connect-retry and keepalive times are jittered at each start, others are exact")
    void onlySomeTimersAreJittered() {
        SessionTimers jittered = new SessionTimers(Jitter.of(1, 1));
        long previous = 0;
        for (int i = 0; i < 100; i++) {
            jittered.start(TimerKind.KEEPALIVE, seconds(60), 0);
            long deadline = jittered.deadlineNanos(TimerKind.KEEPALIVE);
            assertTrue(deadline >= seconds(45) && deadline <= seconds(60));
            assertTrue(deadline != previous, "each start has a jitter of its own");
            previous = deadline;
        }
        jittered.start(TimerKind.HOLD, seconds(90), 0);
        assertEquals(seconds(90), jittered.deadlineNanos(TimerKind.HOLD));
    }

    @Test
    void stopAllStopsAll() {
        for (TimerKind kind : TimerKind.values()) {
            timers.start(kind, 1, 0);
        }
        timers.stopAll();
        for (TimerKind kind : TimerKind.values()) {
            assertFalse(timers.isRunning(kind), kind::toString);
        }
        assertNull(timers.pollExpired(seconds(1)));
        assertFalse(timers.askForRead(seconds(1)));
    }
}
