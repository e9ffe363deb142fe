package dev.waymark.engine;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happens to a {@link RouteServerCore}: the unit of atomicity, and of recording. Connections have ids that
 * are never used again: even ones were accepted, odd ones the core asked for.
 */
sealed interface Input {
    /** A configured address connected to us. */
    record Accepted(long connection, InetSocketAddress local, InetSocketAddress remote) implements Input {}

    /** A connection that the core asked for is open. */
    record Opened(long connection, InetSocketAddress local) implements Input {}

    /** Octets arrived, at most 64 KiB; the array may be used again after the step. */
    @SuppressWarnings("ArrayRecordComponent") // lent for one step, and compared by nobody
    record Bytes(long connection, byte[] octets, int offset, int length) implements Input {}

    /** All that waited on a connection when its poll was asked for has been handed over. */
    record Polled(long connection) implements Input {}

    /** The transport took octets of what was sent. */
    record Taken(long connection, long octets) implements Input {}

    /** A connection is gone, or could not be opened; the cause is empty if it ended in order. */
    record Closed(long connection, String cause) implements Input {}

    /** The host called; the core answers with {@link Output.Reply}. */
    record Called(long id, Command command) implements Input {}

    /** A sink has finished its call; the error is what it threw. */
    record SinkReady(int sink, @Nullable String error) implements Input {}

    /** What changed is to be sent before all else: a turn follows. */
    record Flush() implements Input {}

    /**
     * Time for timers, flushing, and as many units of background work: rows looked at. While more input is known to wait, what
     * only tidies up is put off.
     */
    record Turn(int units, boolean isBusy) implements Input {
        /** Makes a turn with no input behind it. */
        Turn(int units) {
            this(units, false);
        }
    }
}
