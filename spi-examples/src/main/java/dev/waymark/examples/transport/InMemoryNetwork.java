package dev.waymark.examples.transport;

import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionAcceptor;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.ListeningPort;
import dev.waymark.spi.Protection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network that is only an object: any addresses, no ports of the system, no delay, no loss but what a test asks for. Servers
 * that shall meet get their transports from the same network. An idle connection costs some hundred octets, so thousands are
 * fine. Callbacks run on the executor; with {@link StepExecutor} everything happens in one thread and the same order every
 * time. Thread-safe.
 */
public final class InMemoryNetwork {
    private static final Logger LOG = LoggerFactory.getLogger(InMemoryNetwork.class);
    private static final int FIRST_EPHEMERAL_PORT = 49_152;

    private final Executor executor;
    private final int windowOctets;
    private final Map<InetSocketAddress, Port> ports = new HashMap<>();
    private final Set<InMemoryConnection> connections = new LinkedHashSet<>();
    private final Set<Set<InetAddress>> cuts = new HashSet<>();
    private final Map<InetAddress, Integer> lastPorts = new HashMap<>();

    /**
     * Creates a network without servers.
     *
     * @param executor runs callbacks
     * @param windowOctets what may be on the way in one direction of a connection, 1 or more
     */
    public InMemoryNetwork(Executor executor, int windowOctets) {
        if (windowOctets < 1) {
            throw new IllegalArgumentException("windowOctets " + windowOctets + " is less than 1");
        }
        this.executor = executor;
        this.windowOctets = windowOctets;
    }

    /** Returns a new transport of this network. */
    public InMemoryTransport transport() {
        return new InMemoryTransport(this);
    }

    /** Cuts two addresses off from each other: nothing passes, nothing is lost, connects fail. Idempotent. */
    public void cut(InetAddress one, InetAddress two) {
        synchronized (this) {
            cuts.add(Set.of(one, two));
        }
    }

    /** Undoes {@link #cut}; what waited passes now. Idempotent. */
    public void heal(InetAddress one, InetAddress two) {
        synchronized (this) {
            cuts.remove(Set.of(one, two));
        }
        matching(connection -> true).forEach(InMemoryConnection::schedule);
    }

    /** Resets every connection from or to an address, as when its system is killed. Its ports go on. */
    public void reset(InetAddress address) {
        matching(connection -> connection.localAddress().getAddress().equals(address)
                        || connection.remoteAddress().getAddress().equals(address))
                .forEach(InMemoryConnection::reset);
    }

    /** Returns how many connections are open; each counts once. */
    public synchronized int connections() {
        return (connections.size() + 1) / 2;
    }

    Executor executor() {
        return executor;
    }

    int windowOctets() {
        return windowOctets;
    }

    synchronized boolean isCut(InetAddress one, InetAddress two) {
        return !cuts.isEmpty() && !one.equals(two) && cuts.contains(Set.of(one, two));
    }

    synchronized ListeningPort listen(InMemoryTransport transport, InetSocketAddress local, ConnectionAcceptor acceptor)
            throws IOException {
        InetSocketAddress bound = withPort(local);
        Port port = new Port(transport, bound, acceptor);
        if (ports.putIfAbsent(bound, port) != null) {
            throw new IOException("can't listen on " + bound + ": in use");
        }
        return port;
    }

    void connect(InMemoryTransport from, ConnectTarget target, ConnectionListener listener) {
        executor.execute(() -> {
            InetSocketAddress local;
            Port port;
            synchronized (this) {
                local = withPort(
                        target.local().orElseGet(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
                port = ports.get(target.remote());
            }
            String problem = problem(target, local, port);
            if (port == null || problem != null) {
                tellFailed(target, listener, problem);
            } else {
                join(from, local, port, listener);
            }
        });
    }

    synchronized void forget(InMemoryConnection connection) {
        connections.remove(connection);
    }

    private @Nullable String problem(ConnectTarget target, InetSocketAddress local, @Nullable Port port) {
        if (target.protection() != Protection.NONE) {
            return target.protection() + " is not available from this transport";
        }
        if (isCut(local.getAddress(), target.remote().getAddress())) {
            return "no way from " + local + " to " + target.remote();
        }
        return port == null ? target.remote() + " refused the connection" : null;
    }

    private void join(InMemoryTransport from, InetSocketAddress local, Port port, ConnectionListener listener) {
        InMemoryConnection near = new InMemoryConnection(this, port.transport, port.address, local);
        InMemoryConnection far = new InMemoryConnection(this, from, local, port.address);
        InMemoryConnection.join(near, far);
        synchronized (this) {
            connections.add(near);
            connections.add(far);
        }
        far.open(listener);
        ConnectionListener accepted = port.ask(near);
        if (accepted == null) {
            near.close();
        } else {
            near.open(accepted);
        }
    }

    private static void tellFailed(ConnectTarget target, ConnectionListener listener, @Nullable String problem) {
        try {
            listener.onClosed(null, new IOException(problem));
        } catch (RuntimeException | Error e) {
            LOG.atWarn().addKeyValue("peer", target.peerName()).setCause(e).log("the listener threw in its last call");
        }
    }

    private synchronized List<InMemoryConnection> matching(Predicate<Connection> wanted) {
        return connections.stream().filter(wanted).toList();
    }

    /** Picks a port where none is given; they are not used again before all were. */
    private InetSocketAddress withPort(InetSocketAddress address) {
        if (address.getPort() != 0) {
            return address;
        }
        int port = lastPorts.merge(
                address.getAddress(),
                FIRST_EPHEMERAL_PORT,
                (last, first) -> last == 65_535 ? FIRST_EPHEMERAL_PORT : last + 1);
        return new InetSocketAddress(address.getAddress(), port);
    }

    private final class Port implements ListeningPort {
        private final InMemoryTransport transport;
        private final InetSocketAddress address;
        private final ConnectionAcceptor acceptor;

        Port(InMemoryTransport transport, InetSocketAddress address, ConnectionAcceptor acceptor) {
            this.transport = transport;
            this.address = address;
            this.acceptor = acceptor;
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        @Override
        public void close() {
            synchronized (InMemoryNetwork.this) {
                ports.remove(address, this);
            }
            transport.forget(this);
        }

        @Nullable
        ConnectionListener ask(Connection connection) {
            try {
                return acceptor.accept(connection);
            } catch (RuntimeException | Error e) {
                LOG.atWarn()
                        .addKeyValue("remote", connection.remoteAddress())
                        .setCause(e)
                        .log("the acceptor threw; the connection is refused");
                return null;
            }
        }
    }
}
