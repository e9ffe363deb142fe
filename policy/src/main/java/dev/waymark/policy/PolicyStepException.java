package dev.waymark.policy;

import dev.waymark.api.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * A step of a chain threw or returned null. It leaves {@link PolicyChain#evaluate} so that the server can tell a failing
 * policy from one that refuses: it rejects the route with {@link RejectReason#POLICY_FAILED} and reports the cause
 * (ERROR-HANDLING §10). Nothing of what earlier steps changed is kept. Has no stack trace of its own; the cause has one.
 */
public final class PolicyStepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The names on the way to the step. */
    private final String step;

    /** What the step did. */
    private final String problem;

    PolicyStepException(String step, String problem, @Nullable Throwable cause) {
        super("policy step " + step + " " + problem, cause, false, false);
        this.step = step;
        this.problem = problem;
    }

    /** Returns the same failure as the chain around the failing one sees it. */
    PolicyStepException inside(String outer) {
        return new PolicyStepException(outer + " > " + step, problem, getCause());
    }

    /**
     * Returns the name of the step that failed; in a chain inside a chain, the names from the outer to the inner one with
     * {@code >} between them.
     *
     * @return the name
     */
    public String step() {
        return step;
    }

    /**
     * Returns what becomes of the route.
     *
     * @return {@link RejectReason#POLICY_FAILED}
     */
    public RejectReason reason() {
        return RejectReason.POLICY_FAILED;
    }
}
