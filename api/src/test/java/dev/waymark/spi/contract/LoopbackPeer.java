package dev.waymark.spi.contract;

import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The far end of a connection of a {@link LoopbackTransport}: sends, takes what the server wrote, decides how much it may
 * write. Thread-safe; the server's callbacks run one at a time in a thread that calls in here.
 */
public final class LoopbackPeer {
    private final Connection serverSide;
    private final Queue<Runnable> callbacks = new ArrayDeque<>();
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private @Nullable ConnectionListener listener;
    private volatile @Nullable Consumer<Runnable> lender;
    private boolean running;
    private boolean reading = true;
    private boolean wantsWritable;
    private boolean closed;
    private boolean aborted;
    private int window = 1 << 20;

    LoopbackPeer(InetSocketAddress serverAddress, InetSocketAddress ownAddress) {
        serverSide = new ServerSide(serverAddress, ownAddress);
    }

    /** Sends octets; they wait while the server has reading off. */
    public void send(byte[] octets) {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the connection is closed");
            }
            unread.write(octets, 0, octets.length);
        }
        call(this::handOver);
    }

    /** Takes what the server wrote, which makes room for more. */
    public byte[] take() {
        byte[] octets;
        boolean tell;
        synchronized (this) {
            octets = written.toByteArray();
            written.reset();
            tell = wantsWritable && window > 0;
            wantsWritable &= !tell;
        }
        if (tell) {
            call(() -> whenOpen(open -> open.onWritable(serverSide)));
        }
        return octets;
    }

    /** Waits until so many octets can be taken, and takes them all. */
    public byte[] awaitOctets(int atLeast) {
        synchronized (this) {
            Await.until(this, () -> written.size() >= atLeast, () -> atLeast + " octets, there are " + written.size());
        }
        return take();
    }

    /** Waits until the connection is closed, by whomever. */
    public synchronized void awaitClosed() {
        Await.until(this, () -> closed, () -> "the end of the connection");
    }

    /** Sets how many octets the server may have written that were not taken; 0 is a peer that never reads. */
    public void window(int octets) {
        synchronized (this) {
            window = octets;
        }
        if (octets > 0) {
            boolean tell;
            synchronized (this) {
                tell = wantsWritable && written.size() < octets;
                wantsWritable &= !tell;
            }
            if (tell) {
                call(() -> whenOpen(open -> open.onWritable(serverSide)));
            }
        }
    }

    /** Lends the thread that sends to the server: what it defers goes to the given action, after the callback. */
    public void lend(Consumer<Runnable> how) {
        lender = how;
    }

    /** Ends the connection in order. */
    public void close() {
        end(null);
    }

    /** Ends the connection as a reset does. */
    public void reset() {
        end(new IOException("connection reset"));
    }

    /** Returns whether the connection is closed, by whomever. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Returns whether the server aborted the connection. */
    public synchronized boolean wasAborted() {
        return aborted;
    }

    Connection serverSide() {
        return serverSide;
    }

    void open(ConnectionListener opened) {
        synchronized (this) {
            listener = opened;
        }
        call(() -> opened.onOpened(serverSide));
    }

    void endFromServer() {
        end(null);
    }

    private void end(@Nullable Exception cause) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        call(() -> {
            ConnectionListener last = listener;
            if (last != null) {
                last.onClosed(serverSide, cause);
            }
        });
    }

    private void handOver() {
        byte[] octets;
        synchronized (this) {
            if (!reading || unread.size() == 0) {
                return;
            }
            octets = unread.toByteArray();
            unread.reset();
        }
        whenOpen(open -> open.onBytes(serverSide, ByteBuffer.wrap(octets).asReadOnlyBuffer()));
    }

    private void whenOpen(Consumer<ConnectionListener> callback) {
        ConnectionListener open = listener;
        if (open != null && !isClosed()) {
            callback.accept(open);
        }
    }

    /** Runs callbacks one after the other: whoever comes first runs those of the others too. */
    private void call(Runnable callback) {
        synchronized (this) {
            callbacks.add(callback);
            if (running) {
                return;
            }
            running = true;
        }
        while (true) {
            Runnable next;
            synchronized (this) {
                next = callbacks.poll();
                if (next == null) {
                    running = false;
                    return;
                }
            }
            try {
                next.run();
            } catch (RuntimeException | Error e) {
                end(new IOException("the listener threw", e));
            }
        }
    }

    private final class ServerSide implements Connection {
        private final InetSocketAddress local;
        private final InetSocketAddress remote;

        ServerSide(InetSocketAddress local, InetSocketAddress remote) {
            this.local = local;
            this.remote = remote;
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
        public long write(ByteBuffer[] buffers, int offset, int length) {
            synchronized (LoopbackPeer.this) {
                long taken = 0;
                for (int i = offset; i < offset + length && !closed; i++) {
                    int count = Math.min(buffers[i].remaining(), window - written.size());
                    if (count > 0) {
                        byte[] octets = new byte[count];
                        buffers[i].get(octets);
                        written.write(octets, 0, count);
                        taken += count;
                    }
                    wantsWritable |= buffers[i].hasRemaining();
                }
                LoopbackPeer.this.notifyAll();
                return taken;
            }
        }

        @Override
        public void setReading(boolean on) {
            synchronized (LoopbackPeer.this) {
                reading = on;
            }
            if (on) {
                call(LoopbackPeer.this::handOver);
            }
        }

        @Override
        public void poll() {
            call(() -> {
                handOver();
                whenOpen(open -> open.onPolled(this));
            });
        }

        @Override
        public boolean defer(Runnable task) {
            Consumer<Runnable> how = lender;
            if (how == null) {
                return false;
            }
            call(() -> how.accept(task));
            return true;
        }

        @Override
        public void close() {
            end(null);
        }

        @Override
        public void abort() {
            synchronized (LoopbackPeer.this) {
                aborted |= !closed;
            }
            end(null);
        }
    }
}
