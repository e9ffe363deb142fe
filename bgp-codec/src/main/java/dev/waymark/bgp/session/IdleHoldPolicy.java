package dev.waymark.bgp.session;

import java.time.Duration;

/**
 * How long a peer rests in Idle before the next attempt (DampPeerOscillations of RFC 4271 §8.1.1). Immutable.
 *
 * @param errorStart the rest after the first error; each further one doubles it; more than zero
 * @param errorAtMost the longest rest after errors, at least {@code errorStart}
 * @param limitStart the rest after the first limit passed (ARS-24); zero: only an operator starts the peer again
 * @param limitAtMost the longest rest after limits, at least {@code limitStart}
 * @param resetAfter how long a session must have been Established for both growths to begin anew
 */
public record IdleHoldPolicy(
        Duration errorStart, Duration errorAtMost, Duration limitStart, Duration limitAtMost, Duration resetAfter) {

    /** Checks the ranges. */
    public IdleHoldPolicy {
        require(!errorStart.isNegative() && !errorStart.isZero(), "errorStart must be more than zero");
        require(errorAtMost.compareTo(errorStart) >= 0, "errorAtMost must not be less than errorStart");
        require(!limitStart.isNegative(), "limitStart must not be negative");
        require(limitAtMost.compareTo(limitStart) >= 0, "limitAtMost must not be less than limitStart");
        require(!resetAfter.isNegative(), "resetAfter must not be negative");
    }

    /**
     * Returns 1, 2, 4 ... 120 s after errors and 60 s doubling to 15 min after limits, both anew after ten minutes
     * Established (ERROR-HANDLING 7, ARS-24).
     *
     * @return the usual policy
     */
    public static IdleHoldPolicy standard() {
        return new IdleHoldPolicy(
                Duration.ofSeconds(1),
                Duration.ofSeconds(120),
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                Duration.ofMinutes(10));
    }

    /**
     * Returns this policy with another longest rest after errors.
     *
     * @param atMost more than zero; if it is less than the first rest, that is cut to it
     * @return the policy
     */
    public IdleHoldPolicy withErrorAtMost(Duration atMost) {
        Duration start = atMost.compareTo(errorStart) < 0 ? atMost : errorStart;
        return new IdleHoldPolicy(start, atMost, limitStart, limitAtMost, resetAfter);
    }

    /**
     * Returns this policy with other rests after limits.
     *
     * @param start the first rest; zero: only an operator starts the peer again
     * @param atMost the longest rest
     * @return the policy
     */
    public IdleHoldPolicy withLimit(Duration start, Duration atMost) {
        return new IdleHoldPolicy(errorStart, errorAtMost, start, atMost, resetAfter);
    }

    private static void require(boolean isMet, String rule) {
        if (!isMet) {
            throw new IllegalArgumentException("idle hold: " + rule);
        }
    }
}
