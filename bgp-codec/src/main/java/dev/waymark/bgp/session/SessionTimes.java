package dev.waymark.bgp.session;

import java.time.Duration;

/**
 * The times that one peer's sessions are held with (ERROR-HANDLING 7 and 9, ARS-14). Immutable; start from
 * {@link #standard()}.
 *
 * @param holdTimeSeconds the hold time that we offer, 3 to 65535 s; 0, no keepalives at all, where that is allowed
 * @param minimumHoldTimeSeconds the shortest hold time, other than zero, that a peer may offer, 3 to 65535 s
 * @param zeroHoldTimeAllowed whether a hold time of zero is offered and accepted
 * @param keepaliveAtMostSeconds the longest time between two KEEPALIVEs, however long the hold time is; 1 s or more
 * @param sendHoldAtLeastSeconds the shortest send hold time (RFC 9687); 0: off
 * @param connectRetry the time between two attempts to connect, before jitter (RFC 4271 §10)
 * @param openTimeout how long a connection may take to a complete OPEN
 * @param establishTimeout how long a connection may take to Established, at least {@code openTimeout}
 */
public record SessionTimes(
        int holdTimeSeconds,
        int minimumHoldTimeSeconds,
        boolean zeroHoldTimeAllowed,
        int keepaliveAtMostSeconds,
        int sendHoldAtLeastSeconds,
        Duration connectRetry,
        Duration openTimeout,
        Duration establishTimeout) {

    /** The longest hold time that an OPEN can say (RFC 4271 §4.2). */
    public static final int MAX_HOLD_TIME_SECONDS = 65_535;

    /** The shortest hold time other than zero (RFC 4271 §4.2). */
    public static final int MIN_HOLD_TIME_SECONDS = 3;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public SessionTimes {
        require(
                isHoldTime(holdTimeSeconds) || (holdTimeSeconds == 0 && zeroHoldTimeAllowed),
                "hold time must be 3 to 65535 s, or 0 where that is allowed (ARS-14)");
        require(isHoldTime(minimumHoldTimeSeconds), "minimum hold time must be 3 to 65535 s (RFC 4271 §4.2)");
        require(keepaliveAtMostSeconds > 0, "keepalive time must be 1 s or more (RFC 4271 §4.4)");
        require(sendHoldAtLeastSeconds >= 0, "send hold time must be 0 or more (RFC 9687)");
        require(isPositive(connectRetry), "connect-retry time must be more than zero");
        require(isPositive(openTimeout), "open timeout must be more than zero");
        require(establishTimeout.compareTo(openTimeout) >= 0, "establish timeout must be at least the open timeout");
    }

    /**
     * Returns a hold time of 180 s, keepalives at most 60 s apart, at least 480 s of send hold, 120 s between attempts,
     * 30 s to an OPEN and 60 s to Established.
     *
     * @return the usual times
     */
    public static SessionTimes standard() {
        return new SessionTimes(
                180,
                MIN_HOLD_TIME_SECONDS,
                false,
                60,
                480,
                Duration.ofSeconds(120),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }

    /**
     * Returns these times with another hold time to offer.
     *
     * @param seconds 3 to 65535, or 0 if {@code zeroAllowed}
     * @param zeroAllowed whether zero is offered and accepted
     * @return the times
     */
    public SessionTimes withHoldTime(int seconds, boolean zeroAllowed) {
        return new SessionTimes(
                seconds,
                minimumHoldTimeSeconds,
                zeroAllowed,
                keepaliveAtMostSeconds,
                sendHoldAtLeastSeconds,
                connectRetry,
                openTimeout,
                establishTimeout);
    }

    /**
     * Returns these times with another shortest hold time that a peer may offer.
     *
     * @param seconds 3 to 65535
     * @return the times
     */
    public SessionTimes withMinimumHoldTime(int seconds) {
        return new SessionTimes(
                holdTimeSeconds,
                seconds,
                zeroHoldTimeAllowed,
                keepaliveAtMostSeconds,
                sendHoldAtLeastSeconds,
                connectRetry,
                openTimeout,
                establishTimeout);
    }

    /**
     * Returns these times with other times for connections.
     *
     * @param retry the time between two attempts to connect, before jitter
     * @param open how long a connection may take to a complete OPEN
     * @param establish how long a connection may take to Established, at least {@code open}
     * @return the times
     */
    public SessionTimes withConnecting(Duration retry, Duration open, Duration establish) {
        return new SessionTimes(
                holdTimeSeconds,
                minimumHoldTimeSeconds,
                zeroHoldTimeAllowed,
                keepaliveAtMostSeconds,
                sendHoldAtLeastSeconds,
                retry,
                open,
                establish);
    }

    private static boolean isHoldTime(int seconds) {
        return seconds >= MIN_HOLD_TIME_SECONDS && seconds <= MAX_HOLD_TIME_SECONDS;
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private static void require(boolean isMet, String rule) {
        if (!isMet) {
            throw new IllegalArgumentException("session times: " + rule);
        }
    }
}
