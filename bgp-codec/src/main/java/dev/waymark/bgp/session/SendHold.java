package dev.waymark.bgp.session;

/**
 * The send hold timer (RFC 9687): a peer that takes nothing for long, though octets wait for it, is given up. RFC 9687
 * §4.3 runs the timer from every message sent; ours runs only while octets wait, which detects the same peers and costs
 * nothing on an idle session (ERROR-HANDLING 7). Pure.
 */
public final class SendHold {

    private SendHold() {}

    /**
     * Returns the send hold time of a session.
     *
     * @param holdTimeSeconds the negotiated hold time
     * @param atLeastSeconds the configured least, 480 by default (RFC 9687 §6); 0: off
     * @return the greater of {@code atLeastSeconds} and twice the hold time; 0, never, if either is 0
     */
    public static int seconds(int holdTimeSeconds, int atLeastSeconds) {
        return holdTimeSeconds == 0 || atLeastSeconds == 0 ? 0 : Math.max(atLeastSeconds, 2 * holdTimeSeconds);
    }

    /**
     * Runs the timer after something was written or the transport took something.
     *
     * @param timers the connection's
     * @param sendHoldSeconds the session's send hold time, 0 for never
     * @param takenOctets what the transport took since the last call
     * @param waitingOctets what still waits
     * @param nowNanos the time
     */
    public static void update(
            SessionTimers timers, int sendHoldSeconds, long takenOctets, long waitingOctets, long nowNanos) {
        if (waitingOctets == 0 || sendHoldSeconds == 0) {
            timers.stop(TimerKind.SEND_HOLD);
        } else if (takenOctets > 0 || !timers.isRunning(TimerKind.SEND_HOLD)) {
            timers.start(TimerKind.SEND_HOLD, sendHoldSeconds * 1_000_000_000L, nowNanos);
        }
    }
}
