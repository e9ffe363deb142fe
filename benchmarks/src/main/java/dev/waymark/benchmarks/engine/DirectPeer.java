package dev.waymark.benchmarks.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.bgp.codec.MessageEncoder;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionAcceptor;
import dev.waymark.spi.ConnectionListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A peer and its connection in one object: what the server writes is counted where it stands, what the peer says is handed
 * over in reads of 64 KiB. Only the server's own thread and the benchmark's take part.
 */
final class DirectPeer implements Connection {
    private static final int READ_OCTETS = 64 * 1024;

    private final CorpusPeer peer;
    private final int holdSeconds;
    private final AddressFamily family;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final RouteCounter counter = new RouteCounter();
    private boolean isReading = true;
    private long writes;
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
        Asn asn = Asn.ofBits(peer.asn());
        ByteBuf octets = Unpooled.buffer();
        MessageEncoder.write(
                octets,
                OpenMessage.of(
                        asn,
                        holdSeconds,
                        RouterId.ofBits(peer.address()),
                        List.of(Capability.Multiprotocol.of(family), new Capability.FourOctetAs(asn))));
        MessageEncoder.writeKeepalive(octets);
        accepted.onBytes(this, octets.nioBuffer());
        synchronized (this) {
            while (counter.keepalives() == 0) {
                wait();
            }
        }
    }

    /** Says something, as fast as the server reads. */
    void say(byte[] stream) throws InterruptedException {
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
    synchronized long await(long routes) throws InterruptedException {
        while (counter.announced() + counter.withdrawn() < routes) {
            wait();
        }
        return counter.announced();
    }

    /** Returns how many announcements and withdrawals it has been sent. */
    synchronized long told() {
        return counter.announced() + counter.withdrawn();
    }

    /** Waits until the peer has been told of a single address, or one above it. */
    synchronized void awaitHost(int address) throws InterruptedException {
        while (counter.lastHost() < address) {
            wait();
        }
    }

    /** Waits until the peer has been told so many other routes. */
    synchronized void awaitOthersThanHosts(long routes) throws InterruptedException {
        while (counter.announced() + counter.withdrawn() - counter.hosts() < routes) {
            wait();
        }
    }

    /** Waits for one more keepalive. */
    synchronized void awaitKeepalive() throws InterruptedException {
        long before = counter.keepalives();
        while (counter.keepalives() == before) {
            wait();
        }
    }

    /** Returns how often the server has written to it. */
    synchronized long writes() {
        return writes;
    }

    /** Gives memory back that isn't needed while nothing is sent. */
    synchronized void trim() {
        counter.trim();
    }

    @Override
    public synchronized long write(ByteBuffer[] buffers, int offset, int length) {
        long taken = 0;
        writes++;
        for (int i = offset; i < offset + length; i++) {
            taken += buffers[i].remaining();
            counter.take(buffers[i]);
        }
        notifyAll();
        return taken;
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
