package dev.waymark.api;

import java.time.Duration;

/**
 * Whether the routes of a peer whose session is lost are kept until it is back (RFC 4724, RFC 8538, RFC 9494). The server is a
 * <em>receiving speaker</em> only: it keeps the routes of peers that restart; its own restart is an end like any other, and it
 * promises nothing else. Off in both profiles: until it is set, nothing is advertised and nothing is kept (ARS-18). Immutable.
 *
 * <p>Routes are kept for a family if the peer's capability names the family and the session ended by a lost connection. They go
 * on being selected, programmed and advertised. The peer is back in time if its session is Established before the restart time
 * is over; then what it announces replaces what was kept, and its End-of-RIB removes the rest. A family that the new OPEN no
 * longer names, or names without the F bit, loses its kept routes at once. Routes that are still kept when the session is lost
 * again go at once; those of the session in between are kept anew.
 *
 * <p>Nothing is kept of a peer that the host stops, resets, removes or declares down, or that passes a limit.
 *
 * <p>While it is on, a new connection of a peer that asked for graceful restart takes the place of an Established session, since
 * it is the first sign of a restart (RFC 4724 §4.2). A route limit doesn't count what is kept of the session before: its count
 * starts at 0 on every new session (ARS-24). The total limit and the memory budgets do.
 *
 * @param enabled whether routes are kept
 * @param restartTimeAtMost the longest time for which they are kept while the peer is away, whatever restart time it asks for;
 *     1 s to 4095 s, the most that a capability can say
 * @param staleTime the longest time that a peer which is back may take to its End-of-RIB; 1 s to 1 h
 * @param afterNotifications whether routes are also kept when a session ends with a NOTIFICATION or an expired hold timer, where
 *     the peer says so too: the N bit of RFC 8538. Then what the host or a limit ends is told to the peer as a Hard Reset
 *     (Cease/9), or it would keep our routes
 * @param longLived whether routes are kept beyond the restart time (RFC 9494), where the peer asks for that: as the least
 *     preferred, with the community LLGR_STALE, and advertised only to peers that know it; those with NO_LLGR go
 * @param longLivedAtMost the longest time for that, whatever stale time the peer asks for; 1 s to 16,777,215 s
 */
public record GracefulRestartSettings(
        boolean enabled,
        Duration restartTimeAtMost,
        Duration staleTime,
        boolean afterNotifications,
        boolean longLived,
        Duration longLivedAtMost) {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Checks the ranges, and that long-lived restart doesn't stand alone. */
    public GracefulRestartSettings {
        Checks.range(
                "session.gracefulRestart.restartTimeAtMost",
                restartTimeAtMost,
                SECOND,
                Duration.ofSeconds(0xfff),
                "RFC 4724 3");
        Checks.range("session.gracefulRestart.staleTime", staleTime, SECOND, Duration.ofHours(1), "RFC 4724 4.2");
        Checks.range(
                "session.gracefulRestart.longLivedAtMost",
                longLivedAtMost,
                SECOND,
                Duration.ofSeconds(0xffffff),
                "RFC 9494 3.1");
        Checks.require(
                enabled || !longLived,
                "session.gracefulRestart.longLived",
                "needs graceful restart to be enabled",
                "RFC 9494 3.1");
        Checks.require(
                enabled || !afterNotifications,
                "session.gracefulRestart.afterNotifications",
                "needs graceful restart to be enabled",
                "RFC 8538 2");
    }

    /** Returns settings that keep nothing; if enabled: 2 minutes to be back, 6 to End-of-RIB, long-lived a day at most. */
    public static GracefulRestartSettings off() {
        return new GracefulRestartSettings(
                false, Duration.ofMinutes(2), Duration.ofMinutes(6), false, false, Duration.ofDays(1));
    }

    /** Returns settings that keep routes for 2 minutes at most after a lost connection, and no longer. */
    public static GracefulRestartSettings on() {
        return off().withEnabled(true);
    }

    /** Returns these settings with another {@code enabled}. */
    public GracefulRestartSettings withEnabled(boolean value) {
        return new GracefulRestartSettings(
                value, restartTimeAtMost, staleTime, afterNotifications, longLived, longLivedAtMost);
    }

    /** Returns these settings with another {@code restartTimeAtMost}. */
    public GracefulRestartSettings withRestartTimeAtMost(Duration value) {
        return new GracefulRestartSettings(enabled, value, staleTime, afterNotifications, longLived, longLivedAtMost);
    }

    /** Returns these settings with another {@code staleTime}. */
    public GracefulRestartSettings withStaleTime(Duration value) {
        return new GracefulRestartSettings(
                enabled, restartTimeAtMost, value, afterNotifications, longLived, longLivedAtMost);
    }

    /** Returns these settings with another {@code afterNotifications}. */
    public GracefulRestartSettings withAfterNotifications(boolean value) {
        return new GracefulRestartSettings(enabled, restartTimeAtMost, staleTime, value, longLived, longLivedAtMost);
    }

    /** Returns these settings with another {@code longLived}. */
    public GracefulRestartSettings withLongLived(boolean value) {
        return new GracefulRestartSettings(
                enabled, restartTimeAtMost, staleTime, afterNotifications, value, longLivedAtMost);
    }

    /** Returns these settings with another {@code longLivedAtMost}. */
    public GracefulRestartSettings withLongLivedAtMost(Duration value) {
        return new GracefulRestartSettings(enabled, restartTimeAtMost, staleTime, afterNotifications, longLived, value);
    }
}
