package dev.waymark.examples.transport;

import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.ConnectionListener;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that is being opened. */
final class NioAttempt implements NioLoop.Ready, NioLoop.Timed {
    private static final Logger LOG = LoggerFactory.getLogger(NioAttempt.class);

    private final NioLoop loop;
    private final ConnectTarget target;
    private final ConnectionListener listener;
    private final Duration timeout;
    private final long deadlineNanos;
    private final Runnable closer = this::failAsClosed;
    private @Nullable SocketChannel channel;
    private boolean done;

    NioAttempt(NioLoop loop, ConnectTarget target, ConnectionListener listener, Duration timeout) {
        this.loop = loop;
        this.target = target;
        this.listener = listener;
        this.timeout = timeout;
        deadlineNanos = System.nanoTime() + timeout.toNanos();
    }

    void begin() {
        if (!loop.onClose(closer)) {
            closer.run();
            return;
        }
        try {
            SocketChannel opening = SocketChannel.open();
            channel = opening;
            Channels.configure(opening);
            if (target.local().isPresent()) {
                opening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                opening.bind(target.local().get());
            }
            if (opening.connect(target.remote())) {
                succeed(opening);
            } else {
                opening.register(loop.selector(), SelectionKey.OP_CONNECT, this);
                loop.watch(this);
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    void refuseProtection() {
        fail(new IOException(target.protection() + " is not available from this transport"));
    }

    @Override
    public void ready(SelectionKey key) {
        SocketChannel opening = (SocketChannel) key.channel();
        try {
            if (opening.finishConnect()) {
                succeed(opening);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public boolean tick(long nowNanos) {
        if (!done && nowNanos - deadlineNanos > 0) {
            fail(new SocketTimeoutException("no answer within " + timeout.toSeconds() + " s"));
        }
        return !done;
    }

    private void succeed(SocketChannel opening) throws IOException {
        NioConnection connection = new NioConnection(loop, opening);
        done = true;
        loop.forget(closer);
        connection.open(listener);
    }

    private void failAsClosed() {
        fail(new IOException("the transport was closed"));
    }

    private void fail(Exception cause) {
        if (done) {
            return;
        }
        done = true;
        loop.forget(closer);
        if (channel != null) {
            Channels.closeQuietly(channel);
        }
        try {
            listener.onClosed(null, cause);
        } catch (RuntimeException | Error e) {
            LOG.atWarn().addKeyValue("peer", target.peerName()).setCause(e).log("the listener threw in its last call");
        }
    }
}
