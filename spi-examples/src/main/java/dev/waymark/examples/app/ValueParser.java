package dev.waymark.examples.app;

/** Reads a value from the text of a scalar. */
@FunctionalInterface
interface ValueParser<V> {
    /**
     * Returns the value.
     *
     * @throws IllegalArgumentException if the text is none; the message says what is allowed
     */
    V parse(String text);
}
