package dev.waymark.spi;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a connection goes. Immutable.
 *
 * @param peerName the configured name of the peer, for logs and for looking up its keys
 * @param local the address to connect from; empty lets the system choose
 * @param remote the peer's address and port
 * @param protection what the connection must have
 */
public record ConnectTarget(
        String peerName, Optional<InetSocketAddress> local, InetSocketAddress remote, Protection protection) {}
