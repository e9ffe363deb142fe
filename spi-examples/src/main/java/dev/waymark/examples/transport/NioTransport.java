package dev.waymark.examples.transport;

import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.ConnectionAcceptor;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.ListeningPort;
import dev.waymark.spi.Protection;
import dev.waymark.spi.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;

/**
 * TCP by {@code java.nio}: one thread selects and reads for all connections; writes go to the socket straight from the
 * caller's thread. Nothing is queued here: what the socket doesn't take stays with the caller. TCP_NODELAY is on.
 * Thread-safe.
 */
public final class NioTransport implements Transport {
    /** How long a connect may take. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    /** Connections that the system holds until they are accepted. */
    private static final int BACKLOG = 512;

    private final NioLoop loop;

    /**
     * Creates a transport, and its thread.
     *
     * @param name ends the thread's name
     * @throws java.io.UncheckedIOException if the system has no selector to give
     */
    public NioTransport(String name) {
        loop = NioLoop.start("waymark-nio-" + name);
    }

    @Override
    public ListeningPort listen(InetSocketAddress local, ConnectionAcceptor acceptor) throws IOException {
        loop.checkOpen();
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(local, BACKLOG);
            channel.configureBlocking(false);
            NioPort port = new NioPort(loop, channel, acceptor);
            loop.execute(port::register);
            return port;
        } catch (IOException | UnresolvedAddressException | UnsupportedAddressTypeException e) {
            channel.close();
            throw new IOException("can't listen on " + local + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void connect(ConnectTarget target, ConnectionListener listener) {
        loop.checkOpen();
        NioAttempt attempt = new NioAttempt(loop, target, listener, CONNECT_TIMEOUT);
        loop.execute(target.protection() == Protection.NONE ? attempt::begin : attempt::refuseProtection);
    }

    @Override
    public void close() {
        loop.close();
    }
}
