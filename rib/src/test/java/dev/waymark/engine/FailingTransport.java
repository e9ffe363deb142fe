package dev.waymark.engine;

import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionAcceptor;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.ListeningPort;
import dev.waymark.spi.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A transport whose calls throw where the test says so, around one that works. */
final class FailingTransport implements Transport {
    private final Transport inner;
    private final Runnable onClose;
    volatile @Nullable InetSocketAddress brokenRemote;
    /** Runs once, on the engine loop. */
    private final AtomicReference<@Nullable Runnable> duringWrite = new AtomicReference<>();

    FailingTransport(Transport inner, Runnable onClose) {
        this.inner = inner;
        this.onClose = onClose;
    }

    /** Has something happen while the engine loop is in the next call of {@link Connection#write}. */
    void duringNextWrite(Runnable once) {
        duringWrite.set(once);
    }

    @Override
    public ListeningPort listen(InetSocketAddress local, ConnectionAcceptor acceptor) throws IOException {
        return inner.listen(local, connection -> {
            ConnectionListener listener = acceptor.accept(new Fragile(connection));
            return listener == null ? null : new Renamed(listener);
        });
    }

    @Override
    public void connect(ConnectTarget target, ConnectionListener listener) {
        if (target.remote().equals(brokenRemote)) {
            throw new IllegalStateException("no connect today");
        }
        inner.connect(target, new Renamed(listener));
    }

    @Override
    public void close() {
        inner.close();
        onClose.run();
    }

    /** Hands the fragile connection out in place of the one inside. */
    private final class Renamed implements ConnectionListener {
        private final ConnectionListener target;

        Renamed(ConnectionListener target) {
            this.target = target;
        }

        @Override
        public void onOpened(Connection connection) {
            target.onOpened(new Fragile(connection));
        }

        @Override
        public void onBytes(Connection connection, ByteBuffer octets) {
            target.onBytes(new Fragile(connection), octets);
        }

        @Override
        public void onWritable(Connection connection) {
            target.onWritable(new Fragile(connection));
        }

        @Override
        public void onPolled(Connection connection) {
            target.onPolled(new Fragile(connection));
        }

        @Override
        public void onClosed(@Nullable Connection connection, @Nullable Exception cause) {
            target.onClosed(connection == null ? null : new Fragile(connection), cause);
        }
    }

    private final class Fragile implements Connection {
        private final Connection connection;

        Fragile(Connection connection) {
            this.connection = connection;
        }

        private void check() {
            if (connection.remoteAddress().equals(brokenRemote)) {
                throw new IllegalStateException("broken transport");
            }
        }

        @Override
        public InetSocketAddress localAddress() {
            return connection.localAddress();
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return connection.remoteAddress();
        }

        @Override
        public long write(ByteBuffer[] buffers, int offset, int length) {
            check();
            Runnable once = duringWrite.getAndSet(null);
            if (once != null) {
                once.run();
            }
            return connection.write(buffers, offset, length);
        }

        @Override
        public void setReading(boolean on) {
            check();
            connection.setReading(on);
        }

        @Override
        public void poll() {
            check();
            connection.poll();
        }

        @Override
        public boolean defer(Runnable task) {
            check();
            return connection.defer(task);
        }

        @Override
        public void close() {
            check();
            connection.close();
        }

        @Override
        public void abort() {
            check();
            connection.abort();
        }
    }
}
