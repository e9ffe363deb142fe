package dev.waymark.examples.fulltable;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.codec.MessageEncoder;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.OpenMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A peer over TCP, scripted and fast: sends recorded octets from the caller's thread, and keeps what it hears in a
 * {@link RouteTable}, read by a thread of its own.
 */
final class TcpSpeaker implements AutoCloseable {
    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private static final int HOLD_SECONDS = 180;
    private static final int PIECE = 1 << 16;
    private static final int HEADER = 19;
    private static final int OPEN = 1;
    private static final int UPDATE = 2;
    private static final int NOTIFICATION = 3;
    private static final int KEEPALIVE = 4;

    private final IpAddress address;
    private final Asn asn;
    private final AddressFamily family;
    private final RouteTable routes;
    private final SocketChannel channel;
    private final Thread reader = new Thread(this::read, "speaker");
    private int endOfRibs;
    private boolean isEstablished;
    private boolean isClosed;
    private @Nullable Throwable failure;

    private TcpSpeaker(IpAddress address, Asn asn, AddressFamily family, AttributePool pool) throws IOException {
        this.address = address;
        this.asn = asn;
        this.family = family;
        this.routes = new RouteTable(family, pool);
        this.channel = SocketChannel.open();
    }

    /** Connects from an address of its own and waits until the session is up. */
    static TcpSpeaker connect(
            IpAddress address, Asn asn, AddressFamily family, AttributePool pool, InetSocketAddress server)
            throws IOException {
        TcpSpeaker speaker = new TcpSpeaker(address, asn, family, pool);
        speaker.channel.bind(new InetSocketAddress(address.toInetAddress(), 0));
        speaker.channel.connect(server);
        OpenMessage open = OpenMessage.of(
                asn,
                HOLD_SECONDS,
                RouterId.ofBits(address.ipv4Bits()),
                List.of(Capability.Multiprotocol.of(family), new Capability.FourOctetAs(asn)));
        ByteBuf out = Unpooled.buffer();
        MessageEncoder.write(out, open);
        speaker.send(out);
        speaker.reader.setDaemon(true);
        speaker.reader.start();
        speaker.await("Established", unused -> speaker.isEstablished);
        return speaker;
    }

    IpAddress address() {
        return address;
    }

    Asn asn() {
        return asn;
    }

    /** Sends recorded messages, whole. */
    void send(byte[] messages, int from, int to) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(messages, from, to - from);
        synchronized (channel) {
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
        }
    }

    /** Sends recorded messages. */
    void sendAll(byte[] messages) {
        try {
            send(messages, 0, messages.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(ByteBuf message) throws IOException {
        byte[] octets = new byte[message.readableBytes()];
        message.readBytes(octets);
        send(octets, 0, octets.length);
    }

    /** Waits until the routes are as wanted. */
    synchronized void await(String what, Predicate<RouteTable> wanted) {
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (!wanted.test(routes)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (failure != null || isClosed || left <= 0) {
                throw new AssertionError(this + " waits for " + what + (isClosed ? ", and is closed" : ""), failure);
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                throw new AssertionError("interrupted", interrupted);
            }
        }
    }

    /** Waits until as many routes are held. */
    void awaitRoutes(int count) {
        await(count + " routes", table -> table.size() == count);
    }

    /** Waits until exactly these routes are held; tells what differs if that never comes. */
    void awaitRoutes(RouteTable expected) {
        try {
            await(
                    expected.size() + " routes",
                    table -> table.size() == expected.size()
                            && table.differencesFrom(expected).isEmpty());
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "; " + routes.differencesFrom(expected), late);
        }
    }

    /** Waits for End-of-RIB. */
    void awaitEndOfRib() {
        await("End-of-RIB", unused -> endOfRibs > 0);
    }

    /** Returns what is held; to be read while nothing arrives. */
    synchronized RouteTable routes() {
        return routes;
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(4 * PIECE);
        try {
            while (channel.read(buffer) >= 0) {
                int used = take(buffer.array(), buffer.position());
                buffer.flip().position(used);
                buffer.compact();
            }
            end(new EOFException("closed by the server"));
        } catch (IOException | RuntimeException | AssertionError e) {
            end(e);
        }
    }

    private synchronized void end(Throwable cause) {
        failure = isClosed ? null : cause;
        notifyAll();
    }

    /** Takes the whole messages in a buffer; returns how many octets they are. */
    private synchronized int take(byte[] octets, int length) throws IOException {
        int at = 0;
        while (length - at >= HEADER && length - at >= AttributePool.u16(octets, at + 16)) {
            int size = AttributePool.u16(octets, at + 16);
            switch (octets[at + 18]) {
                case OPEN -> sendKeepalive();
                case KEEPALIVE -> {
                    if (isEstablished) {
                        sendKeepalive();
                    }
                    isEstablished = true;
                }
                case UPDATE -> update(octets, at, size);
                case NOTIFICATION ->
                    throw new IOException("NOTIFICATION " + octets[at + 19] + "/" + octets[at + 20] + " "
                            + Arrays.toString(Arrays.copyOfRange(octets, at + 21, at + size)));
                default -> throw new IOException("message type " + octets[at + 18]);
            }
            at += size;
        }
        notifyAll();
        return at;
    }

    private void update(byte[] octets, int at, int size) {
        // RFC 4724 §2: no prefixes at all, or an MP_UNREACH_NLRI of three octets and nothing else
        boolean isEndOfRib = family == AddressFamily.IPV4_UNICAST ? size == 23 : size == 29;
        if (isEndOfRib) {
            endOfRibs++;
        } else {
            routes.apply(octets, at);
        }
    }

    private void sendKeepalive() throws IOException {
        ByteBuf out = Unpooled.buffer();
        MessageEncoder.writeKeepalive(out);
        send(out);
    }

    /** Lets the network lose the speaker. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            isClosed = true;
        }
        channel.close();
    }

    @Override
    public synchronized String toString() {
        return "AS" + asn + " at " + address + " with " + routes.size() + " routes";
    }
}
