package dev.waymark.bgp.session;

import static dev.waymark.bgp.session.SessionFixtures.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendHoldTest {

    private final SessionTimers timers = new SessionTimers(Jitter.none());

    @ParameterizedTest(name = "RFC 9687 §6: hold time {0} s gives a send hold time of {1} s")
    @CsvSource({"3, 480", "90, 480", "180, 480", "240, 480", "241, 482", "65535, 131070", "0, 0"})
    void isTheGreaterOfEightMinutesAndTwiceTheHoldTime(int holdTime, int expected) {
        assertEquals(expected, SendHold.seconds(holdTime, 480));
    }

    @Test
    void canBeOff() {
        assertEquals(0, SendHold.seconds(180, 0));
        SendHold.update(timers, 0, 0, 100, 0);
        assertFalse(timers.hasDeadline());
    }

    @Test
    @DisplayName(
            "RFC 9687 §4: runs from the first octet that waits, restarts when some are taken, stops when none waits")
    void followsTheSocket() {
        SendHold.update(timers, 480, 0, 100, 0);
        assertEquals(seconds(480), timers.deadlineNanos(TimerKind.SEND_HOLD));

        SendHold.update(timers, 480, 0, 5_000, seconds(100)); // more to send, nothing taken
        assertEquals(seconds(480), timers.deadlineNanos(TimerKind.SEND_HOLD));

        SendHold.update(timers, 480, 1, 4_999, seconds(200)); // one octet
        assertEquals(seconds(680), timers.deadlineNanos(TimerKind.SEND_HOLD));

        SendHold.update(timers, 480, 4_999, 0, seconds(300));
        assertFalse(timers.isRunning(TimerKind.SEND_HOLD));
    }
}
