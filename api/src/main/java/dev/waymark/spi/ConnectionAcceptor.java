package dev.waymark.spi;

import org.jspecify.annotations.Nullable;

/** Decides on incoming connections. Called on the transport's thread; returns quickly. */
@FunctionalInterface
public interface ConnectionAcceptor {
    /** Returns who listens to the connection, or null to have it closed before an octet is read or written. */
    @Nullable
    ConnectionListener accept(Connection connection);
}
