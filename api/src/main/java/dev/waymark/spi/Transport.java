package dev.waymark.spi;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Opens and accepts the connections that BGP sessions run on. Thread-safe. Rules that the contract test checks:
 *
 * <ol>
 *   <li>T1: a connection that was accepted or connected reports {@code onOpened} first and {@code onClosed} last, each once.
 *   <li>T2: a connect that fails reports {@code onClosed} only, with the cause.
 *   <li>T3: bytes arrive in the order they were written.
 *   <li>T4: callbacks of one connection never overlap. They return quickly: a transport may serve all its connections with
 *       one thread.
 *   <li>T5: a listener that throws closes its connection and no other, with what it threw as the cause; so does an acceptor.
 *   <li>T6: a {@code null} listener from the acceptor closes the connection at once, no octet read or written.
 *   <li>T7: a write takes what it can, never blocks, and advances the buffers by what it returned.
 *   <li>T8: after a short write {@code onWritable} follows as soon as more can be taken.
 *   <li>T9: nothing is queued without bound: a peer that doesn't read makes writes return 0 in the end.
 *   <li>T10: {@code setReading(false)} stops {@code onBytes} after at most one more call, and makes the peer feel it.
 *   <li>T11: {@code close} delivers what was taken before, then ends the stream; {@code abort} drops it.
 *   <li>T12: closing the transport closes its connections and listening ports; further calls throw {@link IllegalStateException}.
 *   <li>T13: each {@code poll} hands over what already waits, nothing while reading is off, and then calls {@code onPolled},
 *       unless the connection is gone.
 *   <li>T14: a connection with a local address to connect from comes from that address, or fails.
 *   <li>T15: a connect with a protection that isn't supported fails (T2); it is never made without.
 *   <li>T16: {@code defer} returns false, or the task runs: once, on the same thread, with no callback under way there, even if
 *       the transport is closed meanwhile.
 * </ol>
 */
public interface Transport extends AutoCloseable {
    /**
     * Accepts connections on an address; port 0 picks a free one.
     *
     * @throws IOException if the address can't be bound; the message names it
     */
    ListeningPort listen(InetSocketAddress local, ConnectionAcceptor acceptor) throws IOException;

    /** Opens a connection; returns at once, the outcome goes to the listener. */
    void connect(ConnectTarget target, ConnectionListener listener);

    /** Returns whether connections can have this protection; without it a peer that requires it is refused. */
    default boolean supports(Protection protection) {
        return protection == Protection.NONE;
    }

    /** Closes all connections and ports. Idempotent. */
    @Override
    void close();
}
