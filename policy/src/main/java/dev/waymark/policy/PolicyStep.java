package dev.waymark.policy;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;

/**
 * A policy with a name, so that a failure or a rejection can say where it happened. To accept a route means to let it go
 * on to the next step. Immutable.
 *
 * @param name a short name for people, not blank; need not be unique
 * @param policy what the step does
 */
public record PolicyStep(String name, RoutePolicy policy) implements RoutePolicy {

    /**
     * Checks the name.
     *
     * @param name the name
     * @param policy what the step does
     * @throws dev.waymark.api.ConfigurationException when it is blank
     */
    public PolicyStep {
        PolicyChecks.require(!name.isBlank(), "policy.step.name", "is blank; give the step a short name");
    }

    /** Returns what the step's policy decides. */
    @Override
    public PolicyVerdict evaluate(PolicyContext context, Route route) {
        return policy.evaluate(context, route);
    }

    /** Checks the step's policy. */
    @Override
    public void check(RouteServerConfig config) {
        policy.check(config);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
