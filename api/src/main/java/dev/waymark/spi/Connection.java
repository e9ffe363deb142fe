package dev.waymark.spi;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One connection, a stream of octets both ways. All methods are thread-safe and never block. */
public interface Connection {
    /** Returns the own address and port. */
    InetSocketAddress localAddress();

    /** Returns the peer's address and port. */
    InetSocketAddress remoteAddress();

    /**
     * Takes as many octets as can be sent without blocking, in order, and advances the buffers' positions by as much.
     * The caller keeps the rest until {@link ConnectionListener#onWritable}. Returns the octets taken; 0 on a connection
     * that is closed.
     *
     * @param buffers the octets; not kept after the call
     * @param offset the first buffer
     * @param length how many buffers
     */
    long write(ByteBuffer[] buffers, int offset, int length);

    /** Pauses or resumes {@link ConnectionListener#onBytes}; a connection starts with reading on. */
    void setReading(boolean reading);

    /**
     * Reads what already waits, unless reading is off, then calls {@link ConnectionListener#onPolled}; asked before a timer is
     * believed.
     */
    void poll();

    /**
     * Has a task run once on the thread that calls, after it has handed over all that it has found to read, on any connection:
     * no callback is under way then. For calls from inside {@link ConnectionListener#onBytes} only. The engine lends itself
     * that thread so, to answer a few octets without waking its own. The task doesn't block; it is a bounded turn of the engine,
     * in which the host's policies run.
     *
     * @return whether the task will run, whatever happens, even if the transport is closed; false, unless overridden, if it
     *     won't
     */
    default boolean defer(Runnable task) {
        return false;
    }

    /**
     * Ends the connection in order, after what was taken; octets of the peer that were not handed over are dropped, and
     * {@code onClosed} follows without waiting for the peer. Idempotent.
     */
    void close();

    /** Ends the connection at once (RST where there is one). Idempotent. */
    void abort();
}
