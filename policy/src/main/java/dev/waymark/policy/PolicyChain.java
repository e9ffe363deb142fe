package dev.waymark.policy;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy made of steps that run in order. The first rejection wins and ends the chain; each step sees the route as the
 * steps before it left it; a route that no step rejects is accepted. A step that throws or returns null fails the chain
 * closed, see {@link PolicyStepException}. Steps behind one that put the route into an aggregate (ARS-62) see the aggregate's
 * prefix. A chain can be a step of another one. Immutable and thread-safe as long as its
 * steps are.
 */
public final class PolicyChain implements RoutePolicy {

    private final List<PolicyStep> steps;

    private PolicyChain(List<PolicyStep> steps) {
        this.steps = steps;
    }

    /**
     * Returns the chain of the given steps.
     *
     * @param policies the steps in order, at least one; a policy that isn't a {@link PolicyStep} is named by its place,
     *     {@code step-1} for the first
     * @return the chain
     * @throws dev.waymark.api.ConfigurationException when there is none: a chain that accepts everything has to say so
     *     with {@link PolicyChains#acceptAll()}
     */
    public static PolicyChain of(List<? extends RoutePolicy> policies) {
        PolicyChecks.require(
                !policies.isEmpty(),
                "policy.steps",
                "is empty; give at least one step, or use PolicyChains.acceptAll() or rejectAll()");
        List<PolicyStep> steps = new ArrayList<>(policies.size());
        for (RoutePolicy policy : policies) {
            steps.add(policy instanceof PolicyStep step ? step : new PolicyStep("step-" + (steps.size() + 1), policy));
        }
        return new PolicyChain(List.copyOf(steps));
    }

    /**
     * Returns the steps.
     *
     * @return an immutable list in the order in which they run
     */
    public List<PolicyStep> steps() {
        return steps;
    }

    /**
     * Returns this chain with one more step at the end.
     *
     * @param step the step
     * @return the longer chain
     */
    public PolicyChain then(RoutePolicy step) {
        List<RoutePolicy> longer = new ArrayList<>(steps);
        longer.add(step);
        return of(longer);
    }

    /**
     * Returns what becomes of the route.
     *
     * @return the rejection of the first step that rejects, whose name its reason then has, or an acceptance with the attributes as all steps left them;
     *     without attributes when they are equal to what the route had
     * @throws PolicyStepException when a step throws an exception or returns null; an {@link Error} passes as it is
     */
    @Override
    public PolicyVerdict evaluate(PolicyContext context, Route route) {
        Route current = route;
        boolean isAggregated = false;
        for (int i = 0; i < steps.size(); i++) {
            PolicyVerdict verdict = run(steps.get(i), context, current);
            if (!verdict.isAccepted()) {
                return named(steps.get(i).name(), verdict);
            }
            PathAttributes attributes = verdict.attributes().orElse(current.attributes());
            if (verdict.aggregate().isPresent()) {
                IpPrefix wider = verdict.aggregate().get();
                if (!wider.contains(current.prefix())) {
                    return PolicyVerdict.rejectAsNotWider(
                            steps.get(i).name() + ": " + wider + " does not contain " + current.prefix());
                }
                current = new Route(wider, attributes);
                isAggregated = true;
            } else {
                current = current.withAttributes(attributes);
            }
        }
        if (isAggregated) {
            return PolicyVerdict.acceptAs(current.prefix(), current.attributes());
        }
        PathAttributes result = current.attributes();
        return result.equals(route.attributes()) ? PolicyVerdict.accept() : PolicyVerdict.accept(result);
    }

    /** Checks every step. */
    @Override
    public void check(RouteServerConfig config) {
        steps.forEach(step -> step.check(config));
    }

    /** Returns the names of the steps. */
    @Override
    public String toString() {
        return steps.toString();
    }

    /** Has a rejection name its step; those of {@link PolicySteps} do already. */
    private static PolicyVerdict named(String step, PolicyVerdict rejection) {
        if (rejection.reason().startsWith(step)) {
            return rejection;
        }
        String reason = rejection.reason().isEmpty() ? step : step + ": " + rejection.reason();
        return rejection.isNotWider() ? PolicyVerdict.rejectAsNotWider(reason) : PolicyVerdict.reject(reason);
    }

    private static PolicyVerdict run(PolicyStep step, PolicyContext context, Route route) {
        @Nullable PolicyVerdict verdict;
        try {
            verdict = step.evaluate(context, route);
        } catch (PolicyStepException e) {
            throw e.inside(step.name());
        } catch (RuntimeException e) {
            throw new PolicyStepException(step.name(), "threw " + e, e);
        }
        if (verdict == null) {
            throw new PolicyStepException(step.name(), "returned null", null);
        }
        return verdict;
    }
}
