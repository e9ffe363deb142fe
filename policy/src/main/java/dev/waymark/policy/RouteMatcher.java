package dev.waymark.policy;

import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;

/** Tells which routes a step is for. A pure function of its arguments, like every part of a policy. */
@FunctionalInterface
public interface RouteMatcher {

    /**
     * Tells whether a route is meant.
     *
     * @param context where the policy stands
     * @param route the route, as the steps before left it
     * @return true when it is
     */
    boolean matches(PolicyContext context, Route route);

    /**
     * Returns the matcher for routes that this and another one match.
     *
     * @param other asked only when this one matches
     * @return the matcher
     */
    default RouteMatcher and(RouteMatcher other) {
        return (context, route) -> matches(context, route) && other.matches(context, route);
    }

    /**
     * Returns the matcher for routes that this or another one matches.
     *
     * @param other asked only when this one doesn't match
     * @return the matcher
     */
    default RouteMatcher or(RouteMatcher other) {
        return (context, route) -> matches(context, route) || other.matches(context, route);
    }

    /**
     * Returns the matcher for routes that this one doesn't match.
     *
     * @return the matcher
     */
    default RouteMatcher not() {
        return (context, route) -> !matches(context, route);
    }
}
