package dev.waymark.api;

/**
 * How many routes a peer may be sent (ARS-55), per address family: the size of its Adj-RIB-Out. What is over it is never lost
 * silently: {@link ServerEvent.SendLimitExceeded} tells, {@link RouteView#HELD_BACK} lists it, and it is sent, oldest first, once
 * there is room. Immutable.
 *
 * @param routes the limit, 1 to 2^31-1; exactly as many are sent
 * @param action what happens when there are more: the session ends, the rest is held back, or an event comes and nothing else
 * @param warningPercent an event is published when this share is reached, 1 to 100
 */
public record SendLimit(int routes, LimitAction action, int warningPercent) {

    /** Checks the ranges. */
    public SendLimit {
        Checks.range("sendLimit.routes", routes, 1, Integer.MAX_VALUE, "ARS-55");
        Checks.range("sendLimit.warningPercent", warningPercent, 1, 100, "ARS-23");
    }

    /** Returns a limit that is acted on as a {@link RouteLimit} is by default: tear-down, with a warning at 75 %. */
    public static SendLimit of(int routes) {
        return new SendLimit(routes, LimitAction.TEAR_DOWN, 75);
    }

    /** Returns this limit with another {@code routes}. */
    public SendLimit withRoutes(int value) {
        return new SendLimit(value, action, warningPercent);
    }

    /** Returns this limit with another action. */
    public SendLimit withAction(LimitAction value) {
        return new SendLimit(routes, value, warningPercent);
    }

    /** Returns this limit with another {@code warningPercent}. */
    public SendLimit withWarningPercent(int value) {
        return new SendLimit(routes, action, value);
    }
}
