package dev.waymark.examples.transport;

import dev.waymark.spi.ConnectionAcceptor;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.ListeningPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections on one address. */
final class NioPort implements ListeningPort, NioLoop.Ready {
    private static final Logger LOG = LoggerFactory.getLogger(NioPort.class);

    /** Connections accepted before others have their turn. */
    private static final int ACCEPT_AT_ONCE = 16;

    /** The wait after the system refused to accept, for want of file descriptors most likely. */
    private static final long PAUSE_NANOS = 100_000_000;

    private final NioLoop loop;
    private final ServerSocketChannel channel;
    private final ConnectionAcceptor acceptor;
    private final InetSocketAddress address;
    private final Runnable closer = this::closeNow;

    NioPort(NioLoop loop, ServerSocketChannel channel, ConnectionAcceptor acceptor) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.acceptor = acceptor;
        address = (InetSocketAddress) channel.getLocalAddress();
    }

    void register() {
        try {
            if (loop.onClose(closer)) {
                channel.register(loop.selector(), SelectionKey.OP_ACCEPT, this);
            } else {
                Channels.closeQuietly(channel);
            }
        } catch (ClosedChannelException e) {
            loop.forget(closer);
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        Channels.closeQuietly(channel);
        loop.execute(closer);
    }

    private void closeNow() {
        Channels.closeQuietly(channel);
        loop.forget(closer);
        loop.release();
    }

    @Override
    public void ready(SelectionKey key) {
        for (int i = 0; i < ACCEPT_AT_ONCE; i++) {
            SocketChannel accepted;
            try {
                accepted = channel.accept();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.atWarn().addKeyValue("address", address).setCause(e).log("accept failed; pausing");
                pause(key);
                return;
            }
            if (accepted == null) {
                return;
            }
            open(accepted);
        }
    }

    private void open(SocketChannel accepted) {
        try {
            Channels.configure(accepted);
            NioConnection connection = new NioConnection(loop, accepted);
            ConnectionListener listener = askAcceptor(connection);
            if (listener == null) {
                Channels.closeQuietly(accepted);
            } else {
                connection.open(listener);
            }
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("address", address).setCause(e).log("gone before it was accepted");
            Channels.closeQuietly(accepted);
        }
    }

    private @Nullable ConnectionListener askAcceptor(NioConnection connection) {
        try {
            return acceptor.accept(connection);
        } catch (RuntimeException | Error e) {
            LOG.atWarn()
                    .addKeyValue("remote", connection.remoteAddress())
                    .setCause(e)
                    .log("the acceptor threw; the connection is refused");
            return null;
        }
    }

    private void pause(SelectionKey key) {
        key.interestOpsAnd(~SelectionKey.OP_ACCEPT);
        long until = System.nanoTime() + PAUSE_NANOS;
        loop.watch(now -> {
            if (now - until < 0) {
                return true;
            }
            if (key.isValid()) {
                key.interestOpsOr(SelectionKey.OP_ACCEPT);
            }
            return false;
        });
    }
}
