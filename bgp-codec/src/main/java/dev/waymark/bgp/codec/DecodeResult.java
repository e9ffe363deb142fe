package dev.waymark.bgp.codec;

import org.jspecify.annotations.Nullable;

/**
 * A decoded message, or why there is none. Immutable once returned.
 *
 * @param <T> the type of the message
 */
public final class DecodeResult<T> {

    private final @Nullable T message;
    private final DecodeProblem problem;

    private DecodeResult(@Nullable T message, DecodeProblem problem) {
        this.message = message;
        this.problem = problem;
    }

    static <T> DecodeResult<T> of(T message) {
        return new DecodeResult<>(message, new DecodeProblem());
    }

    static <T> DecodeResult<T> of(DecodeProblem problem) {
        return new DecodeResult<>(null, problem);
    }

    /**
     * Tells whether there is a message.
     *
     * @return true when decoding succeeded
     */
    public boolean isMessage() {
        return message != null;
    }

    /**
     * Returns the message.
     *
     * @return the message
     * @throws IllegalStateException when there is none; ask {@link #isMessage()} first
     */
    public T message() {
        if (message == null) {
            throw new IllegalStateException("no message was decoded: " + problem);
        }
        return message;
    }

    /**
     * Returns what is wrong.
     *
     * @return the problem, with {@link DecodeCondition#NONE} when there is a message
     */
    public DecodeProblem problem() {
        return problem;
    }
}
