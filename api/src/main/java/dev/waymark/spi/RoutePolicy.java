package dev.waymark.spi;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.route.Route;

/**
 * Accepts, changes or rejects routes. Runs on the engine loop: on that one's thread or the transport's, never twice at once in
 * a server. So it must be a pure function of its arguments: no I/O, no locks, no clock, no state. Rules that the contract test checks:
 *
 * <ol>
 *   <li>P1: equal arguments give equal verdicts.
 *   <li>P2: a throw, or null, rejects the route (fail closed); other routes are not affected.
 *   <li>P3: attributes that are not changed are passed on as the very same object.
 * </ol>
 */
@FunctionalInterface
public interface RoutePolicy {
    /** Returns what becomes of the route. */
    PolicyVerdict evaluate(PolicyContext context, Route route);

    /**
     * Checks that this policy may be used in a server. Called on the host's thread or the engine loop with every configuration that
     * the policy is part of, also when something else in it changes.
     *
     * @param config the configuration
     * @throws dev.waymark.api.ConfigurationException if it may not; nothing changes then
     */
    default void check(RouteServerConfig config) {}
}
