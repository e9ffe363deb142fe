package dev.waymark.bgp.session;

import java.time.Duration;

/**
 * How long one peer rests in Idle next. Errors and passed limits grow apart: a peer that is over its limit doesn't make
 * later network errors wait long, nor the reverse. Rests after errors are jittered; those after limits are exact, since
 * operators read them in ARS-24. Confined to the engine loop; a pure function of the calls made.
 */
public final class IdleHold {

    /** What {@link #nextNanos} returns when only an operator starts the peer again. */
    public static final long BY_HAND = -1;

    private final Jitter jitter;
    private IdleHoldPolicy policy;
    private int errors;
    private int limits;
    private long rests;
    private long upSinceNanos;

    /**
     * Makes the state of a peer that has not failed yet.
     *
     * @param policy the times
     * @param jitter shortens the rests after errors
     */
    public IdleHold(IdleHoldPolicy policy, Jitter jitter) {
        this.policy = policy;
        this.jitter = jitter;
    }

    /**
     * Changes the times of rests that begin from now on; what has grown stays grown.
     *
     * @param changed the times
     */
    public void setPolicy(IdleHoldPolicy changed) {
        policy = changed;
    }

    /**
     * Returns the next rest and grows the one after it.
     *
     * @param reason why the peer rests
     * @return nanoseconds, more than 0, or {@link #BY_HAND}
     */
    public long nextNanos(IdleHoldReason reason) {
        return switch (reason) {
            case ERROR -> jitter.shorten(doubled(policy.errorStart(), errors++, policy.errorAtMost()), rests++);
            case LIMIT ->
                policy.limitStart().isZero() ? BY_HAND : doubled(policy.limitStart(), limits++, policy.limitAtMost());
        };
    }

    /**
     * Notes that the session came up.
     *
     * @param nowNanos the time
     */
    public void sessionUp(long nowNanos) {
        upSinceNanos = nowNanos;
    }

    /**
     * Notes that the session went down, before the next rest is asked for. If it was up long enough, growth begins anew.
     *
     * @param nowNanos the time
     */
    public void sessionDown(long nowNanos) {
        if (nowNanos - upSinceNanos >= policy.resetAfter().toNanos()) {
            reset();
        }
    }

    /** Begins both growths anew, as an operator's start or stop does (RFC 4271 §8.2.2: ConnectRetryCounter to zero). */
    public void reset() {
        errors = 0;
        limits = 0;
    }

    /**
     * Returns how many errors in a row made the peer rest (RFC 4271 §8: the ConnectRetryCounter).
     *
     * @return 0 or more
     */
    public int errorsInARow() {
        return errors;
    }

    private static long doubled(Duration start, int times, Duration atMost) {
        long nanos = start.toNanos();
        long most = atMost.toNanos();
        for (int i = 0; i < times && nanos < most; i++) {
            nanos += Math.min(nanos, most - nanos); // never past the end, never over
        }
        return Math.min(nanos, most);
    }
}
