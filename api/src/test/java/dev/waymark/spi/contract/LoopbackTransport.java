package dev.waymark.spi.contract;

import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.ConnectionAcceptor;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.ListeningPort;
import dev.waymark.spi.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * A transport without a network: the far end of every connection is a {@link LoopbackPeer} in the test's hands. It has no
 * threads; callbacks come in the thread that calls the peer, {@code Connection} or this. Thread-safe.
 */
public final class LoopbackTransport implements Transport {
    /** A connect that waits for the test to decide. */
    public static final class Attempt {
        private final LoopbackTransport transport;
        private final ConnectTarget target;
        private final ConnectionListener listener;

        Attempt(LoopbackTransport transport, ConnectTarget target, ConnectionListener listener) {
            this.transport = transport;
            this.target = target;
            this.listener = listener;
        }

        /** Returns where it goes. */
        public ConnectTarget target() {
            return target;
        }

        /** Lets it succeed, and returns the far end. */
        public LoopbackPeer accept() {
            InetSocketAddress local = target.local().orElseGet(transport::nextLocal);
            LoopbackPeer peer = transport.track(new LoopbackPeer(local, target.remote()));
            peer.open(listener);
            return peer;
        }

        /** Lets it fail. */
        public void refuse() {
            listener.onClosed(null, new IOException("refused by " + target.remote()));
        }
    }

    private final Map<InetSocketAddress, ConnectionAcceptor> ports = new HashMap<>();
    private final Queue<Attempt> attempts = new ArrayDeque<>();
    private final List<LoopbackPeer> peers = new ArrayList<>();
    private int nextPort = 49_152;
    private boolean closed;

    /** Creates a transport that knows nobody. */
    public LoopbackTransport() {}

    @Override
    public synchronized ListeningPort listen(InetSocketAddress local, ConnectionAcceptor acceptor) throws IOException {
        checkOpen();
        InetSocketAddress bound = local.getPort() == 0 ? new InetSocketAddress(local.getAddress(), nextPort++) : local;
        if (ports.putIfAbsent(bound, acceptor) != null) {
            throw new IOException(bound + " is in use");
        }
        return new Port(bound);
    }

    @Override
    public synchronized void connect(ConnectTarget target, ConnectionListener listener) {
        checkOpen();
        attempts.add(new Attempt(this, target, listener));
        notifyAll();
    }

    @Override
    public void close() {
        List<LoopbackPeer> open;
        synchronized (this) {
            closed = true;
            ports.clear();
            open = List.copyOf(peers);
            peers.clear();
        }
        open.forEach(LoopbackPeer::endFromServer);
    }

    /** Connects from an address to a listening one, and returns the far end; it is closed if the server refused. */
    public LoopbackPeer dial(InetSocketAddress from, InetSocketAddress to) {
        ConnectionAcceptor acceptor;
        synchronized (this) {
            acceptor = ports.get(to);
        }
        if (acceptor == null) {
            throw new IllegalArgumentException("nobody listens on " + to);
        }
        LoopbackPeer peer = new LoopbackPeer(to, from);
        ConnectionListener listener = acceptor.accept(peer.serverSide());
        if (listener == null) {
            peer.close();
        } else {
            track(peer).open(listener);
        }
        return peer;
    }

    /** Waits for a connect by the server, and takes it. */
    public synchronized Attempt awaitAttempt() {
        Await.until(this, () -> !attempts.isEmpty(), () -> "a connect");
        return attempts.remove();
    }

    /** Returns how many connects wait for {@link #awaitAttempt()}. */
    public synchronized int waitingAttempts() {
        return attempts.size();
    }

    private synchronized LoopbackPeer track(LoopbackPeer peer) {
        peers.removeIf(LoopbackPeer::isClosed);
        peers.add(peer);
        return peer;
    }

    private synchronized InetSocketAddress nextLocal() {
        return new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), nextPort++);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the transport is closed; create another");
        }
    }

    private final class Port implements ListeningPort {
        private final InetSocketAddress address;

        Port(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        @Override
        public void close() {
            synchronized (LoopbackTransport.this) {
                ports.remove(address);
            }
        }
    }
}
