package dev.waymark.examples.control;

/** Says what is wrong with a request, and what is allowed. */
public final class ControlRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the refusal of a request. */
    public ControlRefusal(String message) {
        super(message);
    }
}
