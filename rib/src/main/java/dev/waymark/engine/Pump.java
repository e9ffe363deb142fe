package dev.waymark.engine;

import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionListener;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a transport says of one connection into inputs of the loop: one copy per read, and reading pauses while too much
 * waits. Called by the transport.
 */
final class Pump implements ConnectionListener {
    private static final int PAUSE_OCTETS = 256 * 1024;
    private static final int RESUME_OCTETS = 128 * 1024;

    /** What is no bulk: the longest message of RFC 4271. */
    private static final int FEW_OCTETS = 4_096;

    private final EngineLoop loop;
    private final long id;
    private final boolean isIncoming;
    private int waitingOctets;
    private boolean isPaused;
    private @Nullable Connection connection;

    Pump(EngineLoop loop, long id, boolean isIncoming) {
        this.loop = loop;
        this.id = id;
        this.isIncoming = isIncoming;
    }

    /** Returns the connection's number. */
    long id() {
        return id;
    }

    @Override
    public void onOpened(Connection open) {
        synchronized (this) {
            connection = open;
        }
        InetSocketAddress local = open.localAddress();
        Input input = isIncoming ? new Input.Accepted(id, local, open.remoteAddress()) : new Input.Opened(id, local);
        loop.offer(later -> later.opened(this, open, input));
        if (loop.isDead()) {
            open.abort();
        }
    }

    @Override
    public void onBytes(Connection from, ByteBuffer octets) {
        while (octets.hasRemaining()) {
            byte[] copy = loop.arrays().take();
            int length = Math.min(copy.length, octets.remaining());
            octets.get(copy, 0, length);
            arrived(length, from);
            LoopEvent event = new Arrived(this, new Input.Bytes(id, copy, 0, length));
            if (length <= FEW_OCTETS) {
                loop.offerFew(event, from);
            } else {
                loop.offer(event);
            }
        }
    }

    /** No lambda, as they cost more to make where the compiler takes no bets; and this is made for every read. */
    private record Arrived(Pump pump, Input.Bytes input) implements LoopEvent {
        @Override
        public void happen(EngineLoop loop) {
            loop.bytes(pump, input);
        }
    }

    private synchronized void arrived(int octets, Connection from) {
        waitingOctets += octets;
        if (waitingOctets > PAUSE_OCTETS && !isPaused) {
            isPaused = true;
            from.setReading(false);
        }
    }

    /** The loop is through with octets that arrived. */
    synchronized void processed(int octets) {
        waitingOctets -= octets;
        if (waitingOctets < RESUME_OCTETS && isPaused && connection != null) {
            isPaused = false;
            try {
                connection.setReading(true);
            } catch (RuntimeException thrown) {
                loop.offer(later -> later.broken(id, thrown));
            }
        }
    }

    @Override
    public void onWritable(Connection open) {
        loop.offer(later -> later.writable(id));
    }

    @Override
    public void onPolled(Connection open) {
        loop.offer(later -> later.step(new Input.Polled(id)));
    }

    @Override
    public void onClosed(@Nullable Connection gone, @Nullable Exception cause) {
        synchronized (this) {
            connection = null;
        }
        String text = cause == null ? "" : textOf(cause);
        loop.offer(later -> later.closed(id, text));
    }

    private static String textOf(Exception cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
