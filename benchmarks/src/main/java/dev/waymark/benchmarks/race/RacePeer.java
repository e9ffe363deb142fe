package dev.waymark.benchmarks.race;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.benchmarks.Frames;
import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.Protection;
import dev.waymark.spi.Transport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A peer of the server that races. Thread-safe: it hears on the transport's thread, and is looked at from another. */
final class RacePeer implements ConnectionListener {
    /** Longer than a heat takes, as the peer sends no keepalive but the first; a heat that takes longer is lost. */
    static final int HOLD_SECONDS = 240;

    private static final int UPDATE = 2;
    private static final int NOTIFICATION = 3;
    private static final int KEEPALIVE = 4;

    private final int index;
    private final Tally tally;
    private Frames frames = new Frames(this::message);
    private ByteBuffer unsent = ByteBuffer.allocate(0);
    private @Nullable Connection connection;
    private String notification = "";
    private State state = State.CLOSED;
    private String end = "";
    private boolean isComplete;
    private long completeNanos = System.nanoTime();
    private long heardNanos = completeNanos;

    /** Where the session stands. */
    private enum State {
        CLOSED,
        OPENING,
        ESTABLISHED
    }

    RacePeer(int index, Course course) {
        this.index = index;
        tally = new Tally(course, index);
        isComplete = tally.isComplete();
    }

    /** Starts to connect, unless it does already or has. Returns whether the session is established. */
    synchronized boolean connect(Transport transport, InetSocketAddress server) {
        if (state == State.CLOSED) {
            state = State.OPENING;
            frames = new Frames(this::message);
            Optional<InetSocketAddress> local = Optional.of(Ground.peer(index));
            transport.connect(new ConnectTarget("server", local, server, Protection.NONE), this);
        }
        return state == State.ESTABLISHED;
    }

    /** Starts to send. */
    synchronized void send(byte[] stream) {
        unsent = ByteBuffer.wrap(stream);
        flush();
    }

    /** Tells whether the peer holds all that it must, and nothing else. */
    synchronized boolean isComplete() {
        return isComplete;
    }

    /** Returns since when that has been so, as {@link System#nanoTime}. */
    synchronized long completeNanos() {
        return completeNanos;
    }

    /** Returns when the last message came, as {@link System#nanoTime}. */
    synchronized long heardNanos() {
        return heardNanos;
    }

    /** Returns how the session ended, or why there is none; empty as long as it is established. */
    synchronized String end() {
        return state == State.ESTABLISHED || end.isEmpty() ? "" : "peer " + index + " lost its session: " + end;
    }

    /** Says what is wrong with what the peer holds; empty if nothing is. */
    synchronized String faults() {
        return isComplete ? "" : "peer " + index + ": " + tally.faults();
    }

    private void flush() {
        Connection open = connection;
        if (open != null && unsent.hasRemaining()) {
            open.write(new ByteBuffer[] {unsent}, 0, 1);
        }
    }

    private void message(byte[] octets, int from, int to) {
        int type = octets[from + 18];
        if (type == UPDATE) {
            tally.take(octets, from, to);
        } else if (type == KEEPALIVE) {
            state = State.ESTABLISHED;
        } else if (type == NOTIFICATION && to - from > Frames.HEADER_OCTETS + 1) {
            notification = "NOTIFICATION " + octets[from + 19] + "/" + octets[from + 20];
        }
    }

    @Override
    public synchronized void onOpened(Connection opened) {
        connection = opened;
        unsent = CorpusPeer.of(index).opening(HOLD_SECONDS, AddressFamily.IPV4_UNICAST);
        flush();
    }

    @Override
    public synchronized void onBytes(Connection from, ByteBuffer octets) {
        frames.take(octets);
        heardNanos = System.nanoTime();
        if (isComplete != tally.isComplete()) {
            isComplete = tally.isComplete();
            completeNanos = heardNanos;
        }
    }

    @Override
    public synchronized void onWritable(Connection again) {
        flush();
    }

    @Override
    public void onPolled(Connection polled) {
        // It polls nothing.
    }

    @Override
    public synchronized void onClosed(@Nullable Connection closed, @Nullable Exception cause) {
        connection = null;
        end = !notification.isEmpty() ? notification : cause != null ? cause.toString() : "closed by the server";
        state = State.CLOSED;
    }
}
