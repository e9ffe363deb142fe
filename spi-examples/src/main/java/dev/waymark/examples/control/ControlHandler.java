package dev.waymark.examples.control;

import java.io.IOException;

/** Answers requests. Called by several threads, one for each client. */
public interface ControlHandler {
    /**
     * Answers a request, with lines of any number; the last line, {@code done} or {@code error}, is written for it.
     *
     * @return what the last line says beside its type
     * @throws ControlRefusal if the request can't be done; it becomes an {@code error}, as other runtime exceptions do
     * @throws IOException if the client is gone
     */
    JsonLine handle(ControlRequest request, ControlReply reply) throws IOException, InterruptedException;
}
