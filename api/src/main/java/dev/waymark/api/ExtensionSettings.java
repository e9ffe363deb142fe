package dev.waymark.api;

import java.time.Duration;

/**
 * Extensions of BGP that sessions may use. Immutable; each is off, and not advertised, until it is set.
 *
 * @param extendedMessages whether messages of up to 65,535 octets are taken, and sent to peers that take them (RFC 8654)
 * @param extendedNextHop whether IPv4 routes may have IPv6 next hops, where the peer says so too (RFC 8950)
 * @param routeServerRole whether external peers are told that this is a route server (RFC 9234): a peer with a role other
 *     than a route server's client is refused, a client's route with ONLY_TO_CUSTOMER is a leak and not used, and routes get
 *     that attribute on their way out
 * @param refreshStaleTime how long a peer may take from the beginning of a refresh to its end (RFC 7313 §4); then what was
 *     not announced again goes; 1 s to 1 h
 * @param gracefulRestart whether the routes of a peer that restarts are kept meanwhile (RFC 4724); off in both profiles
 */
public record ExtensionSettings(
        boolean extendedMessages,
        boolean extendedNextHop,
        boolean routeServerRole,
        Duration refreshStaleTime,
        GracefulRestartSettings gracefulRestart) {

    /** Checks the range. */
    public ExtensionSettings {
        Checks.range(
                "session.refreshStaleTime", refreshStaleTime, Duration.ofSeconds(1), Duration.ofHours(1), "RFC 7313 4");
    }

    /** Returns none; a refresh may take 6 minutes. */
    public static ExtensionSettings none() {
        return new ExtensionSettings(false, false, false, Duration.ofMinutes(6), GracefulRestartSettings.off());
    }

    /** Returns these settings with another {@code extendedMessages}. */
    public ExtensionSettings withExtendedMessages(boolean value) {
        return new ExtensionSettings(value, extendedNextHop, routeServerRole, refreshStaleTime, gracefulRestart);
    }

    /** Returns these settings with another {@code extendedNextHop}. */
    public ExtensionSettings withExtendedNextHop(boolean value) {
        return new ExtensionSettings(extendedMessages, value, routeServerRole, refreshStaleTime, gracefulRestart);
    }

    /** Returns these settings with another {@code routeServerRole}. */
    public ExtensionSettings withRouteServerRole(boolean value) {
        return new ExtensionSettings(extendedMessages, extendedNextHop, value, refreshStaleTime, gracefulRestart);
    }

    /** Returns these settings with another {@code refreshStaleTime}. */
    public ExtensionSettings withRefreshStaleTime(Duration value) {
        return new ExtensionSettings(extendedMessages, extendedNextHop, routeServerRole, value, gracefulRestart);
    }

    /** Returns these settings with another {@code gracefulRestart}. */
    public ExtensionSettings withGracefulRestart(GracefulRestartSettings value) {
        return new ExtensionSettings(extendedMessages, extendedNextHop, routeServerRole, refreshStaleTime, value);
    }
}
