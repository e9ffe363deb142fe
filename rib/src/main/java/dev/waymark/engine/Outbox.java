package dev.waymark.engine;

import java.util.ArrayList;
import java.util.List;

/** Collects the outputs of a step, in order. Confined to the engine loop; used again for every step. */
final class Outbox {
    private final List<Output> outputs = new ArrayList<>();
    private long deadlineNanos;
    private boolean hasDeadline;
    private boolean hasWork;
    private boolean hasBulk;

    /** Adds an output. */
    void add(Output output) {
        outputs.add(output);
    }

    /** Returns the outputs since the last {@link #clear()}. */
    List<Output> outputs() {
        return outputs;
    }

    /** Forgets the outputs, not the deadline. */
    void clear() {
        outputs.clear();
    }

    /** Says when the next {@link Input.Turn} is due at the latest. */
    void setDeadline(long nanos) {
        deadlineNanos = nanos;
        hasDeadline = true;
    }

    /** Says that nothing is due. */
    void clearDeadline() {
        hasDeadline = false;
    }

    /** Returns whether a turn is due at a known time. */
    boolean hasDeadline() {
        return hasDeadline;
    }

    /** Returns the time at which the next turn is due, if {@link #hasDeadline()}. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Says whether a turn now would find background work, and whether that is more than tidying up. */
    void setHasWork(boolean value, boolean isBulk) {
        hasWork = value;
        hasBulk = isBulk;
    }

    /** Returns whether a turn now would find background work. */
    boolean hasWork() {
        return hasWork;
    }

    /** Returns whether it would find some that isn't only tidying up. */
    boolean hasBulk() {
        return hasBulk;
    }
}
