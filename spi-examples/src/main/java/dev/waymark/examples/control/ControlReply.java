package dev.waymark.examples.control;

import java.io.IOException;

/** Takes the lines of an answer. For the thread that answers. */
public interface ControlReply {
    /** Writes a line; it may be kept until {@link #flush()}. Waits for a client that is slow, and ends one that stays so. */
    void line(String json) throws IOException;

    /** Writes a line. */
    default void line(JsonLine line) throws IOException {
        line(line.toString());
    }

    /** Lets the client have what was written. */
    void flush() throws IOException;

    /** Returns whether the client has gone, as far as can be seen without writing. */
    boolean isGone() throws IOException;
}
