package dev.waymark.examples.transport;

import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection. The methods of {@link Connection} are thread-safe; what is private runs on the loop. After a close in
 * order the socket lingers for a moment with its own direction shut, so that octets of the peer that arrive meanwhile don't
 * make the system answer with an RST and lose our last message, which is most often a NOTIFICATION.
 */
final class NioConnection implements Connection, NioLoop.Ready, NioLoop.Timed {
    private static final Logger LOG = LoggerFactory.getLogger(NioConnection.class);
    private static final long LINGER_NANOS = 2_000_000_000;

    /** The most that one poll reads: as much as a receive buffer commonly holds. */
    private static final int POLL_OCTETS = 8 << 20;

    /** A call of the listener: one of those below, so that none is made for every read. */
    private interface Callback {
        void call(ConnectionListener listener, NioConnection self);
    }

    private static final Callback OPENED = (listener, self) -> listener.onOpened(self);
    private static final Callback WRITABLE = (listener, self) -> listener.onWritable(self);
    private static final Callback POLLED = (listener, self) -> listener.onPolled(self);
    private static final Callback BYTES = (listener, self) -> listener.onBytes(self, self.loop.readBuffer());

    private final NioLoop loop;
    private final SocketChannel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final Runnable closer = this::close;
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile boolean reading = true;
    private volatile @Nullable SelectionKey key;
    private @Nullable ConnectionListener listener;
    private long lingerUntilNanos;

    NioConnection(NioLoop loop, SocketChannel channel) throws IOException {
        this.loop = loop;
        this.channel = channel;
        local = Channels.local(channel);
        remote = Channels.remote(channel);
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
        if (ending.get()) {
            return 0;
        }
        long wanted = 0;
        for (int i = offset; i < offset + length; i++) {
            wanted += buffers[i].remaining();
        }
        long taken = 0;
        try {
            // One call takes about a thousand buffers at most: go on until the socket takes no more.
            while (taken < wanted) {
                long count = length == 1 ? channel.write(buffers[offset]) : channel.write(buffers, offset, length);
                if (count == 0) {
                    wantWritable();
                    break;
                }
                taken += count;
            }
        } catch (IOException e) {
            loop.execute(() -> endAfterLastWords(e));
        }
        return taken;
    }

    @Override
    public void setReading(boolean on) {
        reading = on;
        SelectionKey registered = key;
        if (registered != null && !ending.get()) {
            setInterest(registered, SelectionKey.OP_READ, on);
            if (on) {
                loop.reselect();
                // Two threads may have crossed here: what counts is the last value.
                loop.execute(() -> setInterest(registered, SelectionKey.OP_READ, reading || lingerUntilNanos != 0));
            }
        }
    }

    @Override
    public void poll() {
        loop.execute(this::pollNow);
    }

    @Override
    public boolean defer(Runnable task) {
        return loop.defer(task);
    }

    @Override
    public void close() {
        if (ending.compareAndSet(false, true)) {
            loop.execute(() -> end(null, false));
        }
    }

    @Override
    public void abort() {
        if (ending.compareAndSet(false, true)) {
            loop.execute(() -> end(null, true));
        }
    }

    /** Tells the listener, then starts to read. */
    void open(ConnectionListener opened) throws IOException {
        if (!loop.onClose(closer)) {
            Channels.closeQuietly(channel);
            opened.onClosed(null, new IOException("the transport was closed"));
            return;
        }
        SelectionKey registered = channel.register(loop.selector(), 0, this);
        key = registered;
        listener = opened;
        if (guarded(OPENED, opened) && !ending.get()) {
            setInterest(registered, SelectionKey.OP_READ, reading);
        }
    }

    @Override
    public void ready(SelectionKey ready) {
        if (lingerUntilNanos != 0) {
            discard();
            return;
        }
        ConnectionListener open = listener;
        if (open == null) {
            return;
        }
        if (ready.isWritable()) {
            // First the interest, then the call: a short write during the call asks again.
            setInterest(ready, SelectionKey.OP_WRITE, false);
            if (!guarded(WRITABLE, open)) {
                return;
            }
        }
        if (ready.isValid() && ready.isReadable()) {
            readOnce(open);
        }
    }

    @Override
    public boolean tick(long nowNanos) {
        if (lingerUntilNanos != 0 && nowNanos - lingerUntilNanos > 0) {
            Channels.closeQuietly(channel);
        }
        return channel.isOpen();
    }

    private void pollNow() {
        ConnectionListener open = listener;
        if (open == null) {
            return;
        }
        int total = 0;
        int count = 1;
        while (count > 0 && total < POLL_OCTETS && listener != null) {
            count = readOnce(open);
            total += count;
        }
        if (listener != null) {
            guarded(POLLED, open);
        }
    }

    /** Reads once and hands it over; returns how much it was. */
    private int readOnce(ConnectionListener open) {
        if (!reading || ending.get()) {
            return 0;
        }
        ByteBuffer buffer = loop.readBuffer().clear();
        int count;
        try {
            count = channel.read(buffer);
        } catch (IOException e) {
            end(e, false);
            return 0;
        }
        if (count < 0) {
            end(null, false);
            return 0;
        }
        if (count > 0) {
            buffer.flip();
            guarded(BYTES, open);
        }
        return count;
    }

    /** What the peer said before it went, a NOTIFICATION perhaps, is still to be read after a write failed. */
    private void endAfterLastWords(IOException cause) {
        ConnectionListener open = listener;
        while (open != null && listener != null && readOnce(open) > 0) {
            LOG.atTrace().log("read after a failed write");
        }
        end(cause, false);
    }

    private void wantWritable() {
        SelectionKey registered = key;
        if (registered != null) {
            setInterest(registered, SelectionKey.OP_WRITE, true);
            loop.reselect();
        }
    }

    private static void setInterest(SelectionKey key, int operation, boolean on) {
        try {
            if (on) {
                key.interestOpsOr(operation);
            } else {
                key.interestOpsAnd(~operation);
            }
        } catch (CancelledKeyException e) {
            LOG.atTrace().log("already closed");
        }
    }

    /** Runs a callback; a throw ends this connection and returns false. */
    private boolean guarded(Callback callback, ConnectionListener called) {
        try {
            callback.call(called, this);
            return true;
        } catch (RuntimeException | Error e) {
            LOG.atWarn().addKeyValue("remote", remote).setCause(e).log("the listener threw; its connection is closed");
            end(
                    e instanceof Exception exception ? exception : new IllegalStateException("the listener threw", e),
                    false);
            return false;
        }
    }

    private void end(@Nullable Exception cause, boolean abort) {
        ConnectionListener last = listener;
        if (last == null) {
            return;
        }
        listener = null;
        ending.set(true);
        loop.forget(closer);
        if (abort) {
            Channels.resetOnClose(channel);
            Channels.closeQuietly(channel);
        } else if (cause instanceof IOException) {
            Channels.closeQuietly(channel);
        } else {
            linger();
        }
        try {
            last.onClosed(this, cause);
        } catch (RuntimeException | Error e) {
            LOG.atWarn().addKeyValue("remote", remote).setCause(e).log("the listener threw in its last call");
        }
    }

    private void linger() {
        try {
            channel.shutdownOutput();
            lingerUntilNanos = System.nanoTime() + LINGER_NANOS;
            SelectionKey registered = key;
            if (registered != null) {
                registered.interestOps(SelectionKey.OP_READ);
            }
            loop.watch(this);
            discard();
        } catch (IOException | CancelledKeyException e) {
            Channels.closeQuietly(channel);
        }
    }

    /** Drops what the peer still sends; its end of stream ends the wait. */
    private void discard() {
        try {
            int count = channel.read(loop.readBuffer().clear());
            if (count < 0) {
                Channels.closeQuietly(channel);
            }
        } catch (IOException e) {
            Channels.closeQuietly(channel);
        }
    }
}
