package dev.waymark.engine;

import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.Optional;

/**
 * Calls policies so that whatever they do stays theirs: a throw, or null, is no verdict, which rejects (ERROR-HANDLING §10).
 * Confined to the engine loop.
 */
final class PolicyCalls {
    private long failures;
    private String lastFailure = "";

    /** Returns the policy's verdict, or empty if it failed. */
    Optional<PolicyVerdict> call(RoutePolicy policy, PolicyContext context, Route route) {
        try {
            Optional<PolicyVerdict> verdict = Optional.ofNullable(policy.evaluate(context, route));
            if (verdict.isEmpty()) {
                failed("returned null");
            }
            return verdict;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError thrown) {
            failed(thrown.toString());
            return Optional.empty();
        }
    }

    /** Returns how many calls failed so far. */
    long failures() {
        return failures;
    }

    /** Returns what the last failing call did. */
    String lastFailure() {
        return lastFailure;
    }

    private void failed(String how) {
        failures++;
        lastFailure = how;
    }
}
