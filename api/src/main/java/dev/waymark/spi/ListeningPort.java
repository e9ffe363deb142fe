package dev.waymark.spi;

import java.net.InetSocketAddress;

/** An address on which connections are accepted. Thread-safe. */
public interface ListeningPort extends AutoCloseable {
    /** Returns the bound address, with the port that was picked. */
    InetSocketAddress address();

    /** Stops accepting; connections that are open stay. Idempotent. */
    @Override
    void close();
}
