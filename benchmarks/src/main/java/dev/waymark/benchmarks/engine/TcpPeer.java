package dev.waymark.benchmarks.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.Protection;
import dev.waymark.spi.Transport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A peer at the other end of a TCP connection. Its calls come on the transport's thread, and on the benchmark's. */
final class TcpPeer implements Speaker, ConnectionListener {
    private final Hearing hearing = new Hearing();
    private final ByteBuffer opening;
    private @Nullable Connection connection;
    private @Nullable Exception failure;
    private boolean isClosed;

    private TcpPeer(CorpusPeer peer, int holdSeconds) {
        opening = peer.opening(holdSeconds, AddressFamily.IPV4_UNICAST);
    }

    /** Connects from one address to another, and waits until the session is established. */
    static TcpPeer connect(
            Transport transport, CorpusPeer peer, int holdSeconds, InetSocketAddress local, InetSocketAddress remote)
            throws InterruptedException {
        TcpPeer connecting = new TcpPeer(peer, holdSeconds);
        transport.connect(new ConnectTarget("server", Optional.of(local), remote, Protection.NONE), connecting);
        connecting.write(connecting.opening);
        connecting.hearing.awaitKeepalives(1);
        return connecting;
    }

    @Override
    public Hearing hearing() {
        return hearing;
    }

    @Override
    public void say(byte[] stream) throws InterruptedException {
        write(ByteBuffer.wrap(stream));
    }

    private synchronized void write(ByteBuffer octets) throws InterruptedException {
        ByteBuffer[] buffers = {octets};
        while (octets.hasRemaining()) {
            if (isClosed) {
                throw new IllegalStateException("the connection is closed", failure);
            }
            Connection open = connection;
            if (open == null || (open.write(buffers, 0, 1) >= 0 && octets.hasRemaining())) {
                wait();
            }
        }
    }

    @Override
    public synchronized void onOpened(Connection opened) {
        connection = opened;
        notifyAll();
    }

    @Override
    public void onBytes(Connection from, ByteBuffer octets) {
        hearing.take(octets);
    }

    @Override
    public synchronized void onWritable(Connection again) {
        notifyAll();
    }

    @Override
    public void onPolled(Connection polled) {
        // It polls nothing.
    }

    @Override
    public synchronized void onClosed(@Nullable Connection closed, @Nullable Exception cause) {
        isClosed = true;
        failure = cause;
        notifyAll();
    }
}
