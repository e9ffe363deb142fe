package dev.waymark.spi;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Hears of one connection. Calls never overlap; they come on the transport's threads. Implemented by the engine. */
public interface ConnectionListener {
    /** The connection is open; the first call, unless connecting failed. */
    void onOpened(Connection connection);

    /** Octets arrived. The buffer is valid during the call only; what is left in it is lost. */
    void onBytes(Connection connection, ByteBuffer octets);

    /** More can be written after a short write. */
    void onWritable(Connection connection);

    /** Everything that waited when {@link Connection#poll()} was called has been handed over. */
    void onPolled(Connection connection);

    /**
     * The connection is gone, or could not be opened; the last call.
     *
     * @param connection the connection, or null if it was never open
     * @param cause what went wrong; null when the peer, or we, ended it in order
     */
    void onClosed(@Nullable Connection connection, @Nullable Exception cause);
}
