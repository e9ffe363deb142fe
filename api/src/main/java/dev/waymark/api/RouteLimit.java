package dev.waymark.api;

import java.time.Duration;

/**
 * How many routes a peer may have (ARS-20 to ARS-24), per address family. Immutable.
 *
 * @param routes the limit, 1 to 2^31-1; exactly as many are allowed
 * @param mode what is counted
 * @param action what happens when it is passed
 * @param warningPercent an event is published when this share is crossed, 1 to 100
 * @param quietTime a batch ends after this time without UPDATEs, 1 ms to 1 h
 * @param maximumAge a batch ends at this age at the latest, at least {@code quietTime}
 * @param restartAfter the idle hold after a tear-down, which doubles up to {@code restartAtMost}; zero: only by hand
 * @param restartAtMost the longest idle hold after a tear-down
 * @param exemptsResends whether a peer that was asked for its routes again (RFC 2918) may send as many as it had without
 *     their being counted again; Azure counts them (ARS-44). Only for {@link CountingMode#CURRENT_PLUS_INCOMING}
 */
public record RouteLimit(
        int routes,
        CountingMode mode,
        LimitAction action,
        int warningPercent,
        Duration quietTime,
        Duration maximumAge,
        Duration restartAfter,
        Duration restartAtMost,
        boolean exemptsResends) {

    /** Checks the ranges. */
    public RouteLimit {
        Checks.range("routeLimit.routes", routes, 1, Integer.MAX_VALUE, "ARS-20");
        Checks.range("routeLimit.warningPercent", warningPercent, 1, 100, "ARS-23");
        Checks.range("routeLimit.quietTime", quietTime, Duration.ofMillis(1), Duration.ofHours(1), "ARS-21");
        Checks.range("routeLimit.maximumAge", maximumAge, quietTime, Duration.ofDays(1), "ARS-21");
        Checks.range("routeLimit.restartAfter", restartAfter, Duration.ZERO, Duration.ofDays(1), "ARS-24");
        Checks.range("routeLimit.restartAtMost", restartAtMost, restartAfter, Duration.ofDays(1), "ARS-24");
    }

    /** Returns a limit counted and acted on as Azure does, with the times of ARS-21 and ARS-24. */
    public static RouteLimit of(int routes) {
        return new RouteLimit(
                routes,
                CountingMode.CURRENT_PLUS_INCOMING,
                LimitAction.TEAR_DOWN,
                75,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                false);
    }

    /** Returns this limit with another counting mode. */
    public RouteLimit withMode(CountingMode newMode) {
        return new RouteLimit(
                routes,
                newMode,
                action,
                warningPercent,
                quietTime,
                maximumAge,
                restartAfter,
                restartAtMost,
                exemptsResends);
    }

    /** Returns this limit with another action. */
    public RouteLimit withAction(LimitAction newAction) {
        return new RouteLimit(
                routes,
                mode,
                newAction,
                warningPercent,
                quietTime,
                maximumAge,
                restartAfter,
                restartAtMost,
                exemptsResends);
    }

    /** Returns this limit with another {@code routes}. */
    public RouteLimit withRoutes(int value) {
        return new RouteLimit(
                value,
                mode,
                action,
                warningPercent,
                quietTime,
                maximumAge,
                restartAfter,
                restartAtMost,
                exemptsResends);
    }

    /** Returns this limit with another {@code warningPercent}. */
    public RouteLimit withWarningPercent(int value) {
        return new RouteLimit(
                routes, mode, action, value, quietTime, maximumAge, restartAfter, restartAtMost, exemptsResends);
    }

    /** Returns this limit with another {@code quietTime}. */
    public RouteLimit withQuietTime(Duration value) {
        return new RouteLimit(
                routes, mode, action, warningPercent, value, maximumAge, restartAfter, restartAtMost, exemptsResends);
    }

    /** Returns this limit with another {@code maximumAge}. */
    public RouteLimit withMaximumAge(Duration value) {
        return new RouteLimit(
                routes, mode, action, warningPercent, quietTime, value, restartAfter, restartAtMost, exemptsResends);
    }

    /** Returns this limit with another {@code restartAfter}. */
    public RouteLimit withRestartAfter(Duration value) {
        return new RouteLimit(
                routes, mode, action, warningPercent, quietTime, maximumAge, value, restartAtMost, exemptsResends);
    }

    /** Returns this limit with another {@code restartAtMost}. */
    public RouteLimit withRestartAtMost(Duration value) {
        return new RouteLimit(
                routes, mode, action, warningPercent, quietTime, maximumAge, restartAfter, value, exemptsResends);
    }

    /** Returns this limit with resends that were asked for counted or not. */
    public RouteLimit withExemptsResends(boolean value) {
        return new RouteLimit(
                routes, mode, action, warningPercent, quietTime, maximumAge, restartAfter, restartAtMost, value);
    }

    /**
     * Returns the most routes that a peer can have and send again as a whole: half the limit, where each counts again, else the
     * limit. A peer with more is torn down when it is asked for its routes again: when a peering is added, say (ARS-44).
     */
    public int safeMaximum() {
        return countsResends() ? routes / 2 : routes;
    }

    /** Returns whether routes that a peer has count again when it sends them again because it was asked to. */
    public boolean countsResends() {
        return mode == CountingMode.CURRENT_PLUS_INCOMING && !exemptsResends;
    }
}
