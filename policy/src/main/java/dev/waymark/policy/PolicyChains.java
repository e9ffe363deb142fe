package dev.waymark.policy;

import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.Arrays;

/** Makes chains. Stateless. */
public final class PolicyChains {

    private PolicyChains() {}

    /**
     * Returns the chain that accepts every route unchanged. It is an explicit policy in the sense of RFC 8212 §3.
     *
     * @return the chain
     */
    public static PolicyChain acceptAll() {
        return of(new PolicyStep("accept-all", (context, route) -> PolicyVerdict.accept()));
    }

    /**
     * Returns the chain that rejects every route: what a session without a policy does (RFC 8212 §3).
     *
     * @return the chain
     */
    public static PolicyChain rejectAll() {
        PolicyVerdict verdict = PolicyVerdict.reject("reject-all: nothing is accepted (RFC 8212 §3)");
        return of(new PolicyStep("reject-all", (context, route) -> verdict));
    }

    /**
     * Returns the chain of the given steps.
     *
     * @param steps the steps in order, at least one; those without a name are named by their place
     * @return the chain
     * @throws dev.waymark.api.ConfigurationException when there is none
     */
    public static PolicyChain of(RoutePolicy... steps) {
        return PolicyChain.of(Arrays.asList(steps));
    }

    /**
     * Returns a step with a name, to be used in a chain.
     *
     * @param name a short name for people, not blank
     * @param policy what the step does; perhaps a chain
     * @return the step
     * @throws dev.waymark.api.ConfigurationException when the name is blank
     */
    public static PolicyStep step(String name, RoutePolicy policy) {
        return new PolicyStep(name, policy);
    }
}
