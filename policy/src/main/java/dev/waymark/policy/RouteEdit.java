package dev.waymark.policy;

import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;

/** Says what a step changes. A pure function of its arguments, like every part of a policy. */
@FunctionalInterface
public interface RouteEdit {

    /**
     * Changes the attributes of a route.
     *
     * @param context where the policy stands
     * @param route the route, as the steps before left it
     * @param edit a builder that begins with the route's attributes; the step builds them
     */
    void apply(PolicyContext context, Route route, AttributesEdit edit);
}
