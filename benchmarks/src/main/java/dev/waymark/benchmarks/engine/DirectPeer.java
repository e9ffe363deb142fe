package dev.waymark.benchmarks.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionAcceptor;
import dev.waymark.spi.ConnectionListener;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A peer and its connection in one object: what the server writes is counted where it stands, what the peer says is handed
 * over in reads of 64 KiB. Only the server's own thread and the benchmark's take part.
 */
final class DirectPeer implements Connection, Speaker {
    private static final int READ_OCTETS = 64 * 1024;

    private final CorpusPeer peer;
    private final int holdSeconds;
    private final AddressFamily family;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final Hearing hearing = new Hearing();
    private boolean isReading = true;
    private volatile @Nullable ConnectionListener listener;

    /** Makes a peer that is not connected; it sends no keepalives, so that a session with a hold time other than 0 ends with it. */
    DirectPeer(CorpusPeer peer, InetSocketAddress local, int holdSeconds, AddressFamily family) {
        this.family = family;
        this.holdSeconds = holdSeconds;
        this.peer = peer;
        this.local = local;
        this.remote = new InetSocketAddress(IpAddress.ofIpv4Bits(peer.address()).toInetAddress(), 40_000);
    }

    /** Connects, and waits until the session is established. */
    void establish(ConnectionAcceptor acceptor) throws InterruptedException {
        ConnectionListener accepted = acceptor.accept(this);
        if (accepted == null) {
            throw new AssertionError("refused: " + remote);
        }
        listener = accepted;
        accepted.onOpened(this);
        accepted.onBytes(this, peer.opening(holdSeconds, family));
        hearing.awaitKeepalives(1);
    }

    @Override
    public Hearing hearing() {
        return hearing;
    }

    @Override
    public void say(byte[] stream) throws InterruptedException {
        ConnectionListener open = Objects.requireNonNull(listener);
        for (int at = 0; at < stream.length; at += READ_OCTETS) {
            synchronized (this) {
                while (!isReading) {
                    wait();
                }
            }
            open.onBytes(this, ByteBuffer.wrap(stream, at, Math.min(READ_OCTETS, stream.length - at)));
        }
    }

    /** Waits until the peer has been sent so many announcements, withdrawals included, since it connected. */
    long await(long routes) throws InterruptedException {
        return hearing.await(routes);
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) {
        return hearing.take(buffers, offset, length);
    }

    @Override
    public synchronized void setReading(boolean reading) {
        isReading = reading;
        notifyAll();
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public void poll() {
        // Nothing ever waits here.
    }

    @Override
    public void close() {
        ConnectionListener open = listener;
        if (open != null) {
            listener = null;
            open.onClosed(this, null);
        }
    }

    @Override
    public void abort() {
        close();
    }
}
