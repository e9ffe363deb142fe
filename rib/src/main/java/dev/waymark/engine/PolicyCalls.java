package dev.waymark.engine;

import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Route;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls policies so that whatever they do stays theirs: a throw, null, or attributes that no speaker may send, are no verdict,
 * which rejects (ERROR-HANDLING §10). Confined to the engine loop.
 */
final class PolicyCalls {
    /** What {@link #judge} returns for a route that the policy refused. */
    static final int REJECTED = 0;
    /** What {@link #judge} returns when the policy failed. */
    static final int FAILED = -1;
    /** What {@link #judge} returns for a route that was to become part of an aggregate which doesn't contain it (ARS-62). */
    static final int NOT_WIDER = -2;

    private final AttributeTable attributes;
    private Optional<IpPrefix> aggregate = Optional.empty();
    private long failures;
    private String lastFailure = "";
    private String lastReason = "";

    PolicyCalls(AttributeTable attributes) {
        this.attributes = attributes;
    }

    /**
     * Has a policy judge a route.
     *
     * @param given the id of the route's attributes
     * @return the id of the attributes after the policy, {@link #REJECTED}, {@link #FAILED} or {@link #NOT_WIDER}
     */
    int judge(RoutePolicy policy, PolicyContext context, Route route, int given) {
        aggregate = Optional.empty();
        try {
            @Nullable PolicyVerdict verdict = policy.evaluate(context, route);
            if (verdict == null) {
                return failed("returned null");
            }
            if (!verdict.isAccepted()) {
                lastReason = verdict.reason();
                return verdict.isNotWider() ? NOT_WIDER : REJECTED;
            }
            if (verdict.aggregate().isPresent() && !verdict.aggregate().get().contains(route.prefix())) {
                return NOT_WIDER;
            }
            int judged = verdict.attributes().map(attributes::intern).orElse(given);
            aggregate = verdict.aggregate();
            return judged;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError thrown) {
            return failed(thrown.toString());
        }
    }

    /**
     * Asks a policy again why it refuses a route: what it says, or how it fails; nothing if it no longer refuses. Counts as no
     * failure.
     */
    static String refusal(RoutePolicy policy, PolicyContext context, Route route) {
        try {
            @Nullable PolicyVerdict verdict = policy.evaluate(context, route);
            return verdict == null ? "returned null" : verdict.reason();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError thrown) {
            return thrown.toString();
        }
    }

    /** Returns what the last refusal, or the last failing call, said. */
    String lastReason() {
        return lastReason;
    }

    /** Returns the aggregate that the last call made the route a part of; empty if it goes on by itself or not at all. */
    Optional<IpPrefix> aggregate() {
        return aggregate;
    }

    /** Returns how many calls failed so far. */
    long failures() {
        return failures;
    }

    /** Returns what the last failing call did. */
    String lastFailure() {
        return lastFailure;
    }

    private int failed(String how) {
        failures++;
        lastFailure = how;
        lastReason = how;
        return FAILED;
    }
}
