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
     * Ends the connection in order, after what was taken; octets of the peer that were not handed over are dropped, and
     * {@code onClosed} follows without waiting for the peer. Idempotent.
     */
    void close();

    /** Ends the connection at once (RST where there is one). Idempotent. */
    void abort();
}
