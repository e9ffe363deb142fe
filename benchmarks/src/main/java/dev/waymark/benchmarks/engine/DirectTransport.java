package dev.waymark.benchmarks.engine;

import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.ConnectionAcceptor;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.ListeningPort;
import dev.waymark.spi.Transport;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** A transport without a network: peers are handed the acceptor. Thread-safe. */
final class DirectTransport implements Transport {
    private final CompletableFuture<ConnectionAcceptor> acceptor = new CompletableFuture<>();

    /** Returns what answers connections, once the server listens. */
    ConnectionAcceptor acceptor() {
        return acceptor.join();
    }

    @Override
    public ListeningPort listen(InetSocketAddress local, ConnectionAcceptor accepting) {
        acceptor.complete(accepting);
        return new ListeningPort() {
            @Override
            public InetSocketAddress address() {
                return local;
            }

            @Override
            public void close() {
                // There is no port.
            }
        };
    }

    @Override
    public void connect(ConnectTarget target, ConnectionListener listener) {
        throw new UnsupportedOperationException("peers connect to us");
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
