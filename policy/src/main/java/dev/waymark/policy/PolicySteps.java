package dev.waymark.policy;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;

/**
 * Makes steps out of matchers and edits. For the usual edits see {@link AttributeSteps},
 * {@link dev.waymark.policy.community.CommunitySteps} and {@link dev.waymark.policy.asn.RemovePrivateAs}. Stateless.
 */
public final class PolicySteps {

    private PolicySteps() {}

    /**
     * Returns a step that rejects the routes that a matcher matches and lets the others go on.
     *
     * @param name the name, which is also the reason that views show
     * @param matcher the routes to reject
     * @return the step
     */
    public static PolicyStep rejectWhen(String name, RouteMatcher matcher) {
        PolicyVerdict rejected = PolicyVerdict.reject(name);
        return new PolicyStep(
                name, (context, route) -> matcher.matches(context, route) ? rejected : PolicyVerdict.accept());
    }

    /**
     * Returns a step that lets the routes go on that a matcher matches and rejects the others.
     *
     * @param name the name, which is also the reason that views show
     * @param matcher the routes to let go on
     * @return the step
     */
    public static PolicyStep rejectUnless(String name, RouteMatcher matcher) {
        return rejectWhen(name, matcher.not());
    }

    /**
     * Returns a step that changes every route.
     *
     * @param name the name
     * @param edit what it changes
     * @return the step
     */
    public static PolicyStep change(String name, RouteEdit edit) {
        return changeWhen(name, RouteMatchers.everything(), edit);
    }

    /**
     * Returns a step that changes the routes that a matcher matches. When an edit leaves everything as it was, the route
     * keeps the attributes object that it has.
     *
     * @param name the name
     * @param matcher the routes to change
     * @param edit what it changes
     * @return the step
     */
    public static PolicyStep changeWhen(String name, RouteMatcher matcher, RouteEdit edit) {
        return new PolicyStep(name, (context, route) -> {
            if (!matcher.matches(context, route)) {
                return PolicyVerdict.accept();
            }
            PathAttributes before = route.attributes();
            AttributesEdit builder = before.edit();
            edit.apply(context, route, builder);
            PathAttributes after = builder.build();
            return after.equals(before) ? PolicyVerdict.accept() : PolicyVerdict.accept(after);
        });
    }

    /**
     * Returns a step that runs another one for the routes that a matcher matches, and lets the others go on unchanged.
     *
     * @param matcher the routes that the step is for
     * @param step the step; its name stays
     * @return the step
     */
    public static PolicyStep when(RouteMatcher matcher, PolicyStep step) {
        return when(step.name(), matcher, step.policy());
    }

    /**
     * Returns a step that runs a policy, perhaps a chain, for the routes that a matcher matches, and lets the others go on
     * unchanged.
     *
     * @param name the name
     * @param matcher the routes that the policy is for
     * @param policy the policy
     * @return the step
     */
    public static PolicyStep when(String name, RouteMatcher matcher, RoutePolicy policy) {
        return new PolicyStep(name, new Limited(matcher, policy));
    }

    /** A policy for the routes that a matcher matches. */
    private record Limited(RouteMatcher matcher, RoutePolicy policy) implements RoutePolicy {
        @Override
        public PolicyVerdict evaluate(PolicyContext context, Route route) {
            return matcher.matches(context, route) ? policy.evaluate(context, route) : PolicyVerdict.accept();
        }

        @Override
        public void check(RouteServerConfig config) {
            policy.check(config);
        }
    }
}
