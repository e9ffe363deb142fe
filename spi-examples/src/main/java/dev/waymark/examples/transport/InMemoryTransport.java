package dev.waymark.examples.transport;

import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.ConnectionAcceptor;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.ListeningPort;
import dev.waymark.spi.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A transport over an {@link InMemoryNetwork}, which makes it. Thread-safe. */
public final class InMemoryTransport implements Transport {
    private final InMemoryNetwork network;
    private final Set<InMemoryConnection> connections = new LinkedHashSet<>();
    private final Set<ListeningPort> ports = new LinkedHashSet<>();
    private boolean closed;

    InMemoryTransport(InMemoryNetwork network) {
        this.network = network;
    }

    @Override
    public ListeningPort listen(InetSocketAddress local, ConnectionAcceptor acceptor) throws IOException {
        checkOpen();
        ListeningPort port = network.listen(this, local, acceptor);
        synchronized (this) {
            ports.add(port);
        }
        return port;
    }

    @Override
    public void connect(ConnectTarget target, ConnectionListener listener) {
        checkOpen();
        network.connect(this, target, listener);
    }

    @Override
    public void close() {
        List<InMemoryConnection> open;
        List<ListeningPort> listening;
        synchronized (this) {
            closed = true;
            open = List.copyOf(connections);
            listening = List.copyOf(ports);
        }
        listening.forEach(ListeningPort::close);
        open.forEach(InMemoryConnection::close);
    }

    void track(InMemoryConnection connection) {
        boolean late;
        synchronized (this) {
            late = closed;
            connections.add(connection);
        }
        if (late) {
            connection.close();
        }
    }

    synchronized void forget(InMemoryConnection connection) {
        connections.remove(connection);
    }

    synchronized void forget(ListeningPort port) {
        ports.remove(port);
    }

    private synchronized void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the transport is closed; create another");
        }
    }
}
