package dev.waymark.examples.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.Connection;
import dev.waymark.spi.ListeningPort;
import dev.waymark.spi.Protection;
import dev.waymark.spi.TransportProvider;
import dev.waymark.spi.contract.RecordingListener;
import dev.waymark.spi.contract.TransportContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NioTransportTest extends TransportContract {
    @Override
    protected TransportProvider provider() {
        return new NioTransportProvider();
    }

    @Override
    protected InetAddress secondAddress() {
        return address("127.0.0.2");
    }

    @Test
    @DisplayName("an address that is in use is refused with its name")
    void namesTheAddressInUse() throws IOException {
        try (NioTransport transport = new NioTransport("test")) {
            ListeningPort port = transport.listen(anywhere(), connection -> null);
            IOException refused =
                    assertThrows(IOException.class, () -> transport.listen(port.address(), connection -> null));
            String named = "127.0.0.1:" + port.address().getPort();
            assertTrue(refused.toString().contains(named), refused::toString);
        }
    }

    @Test
    @DisplayName("T16: the thread that selects lends itself, to nobody but those it calls")
    void lendsItsThread() throws IOException {
        try (NioTransport transport = new NioTransport("test")) {
            CompletableFuture<Boolean> accepted = new CompletableFuture<>();
            CompletableFuture<Thread> ran = new CompletableFuture<>();
            RecordingListener.Hook hook = new RecordingListener.Hook() {
                @Override
                public void bytes(Connection connection, ByteBuffer octets) {
                    accepted.complete(connection.defer(() -> ran.complete(Thread.currentThread())));
                }
            };
            ListeningPort port = transport.listen(anywhere(), connection -> new RecordingListener(hook));
            RecordingListener listener = new RecordingListener();
            transport.connect(new ConnectTarget("peer", Optional.empty(), port.address(), Protection.NONE), listener);
            Connection connection = listener.awaitOpened();
            assertFalse(connection.defer(() -> {}));
            connection.write(new ByteBuffer[] {ByteBuffer.wrap(new byte[1])}, 0, 1);
            assertTrue(accepted.join());
            assertEquals("waymark-nio-test", ran.join().getName());
        }
    }

    @Test
    @DisplayName("T14: a local address that isn't ours fails the connect")
    void foreignLocalAddressFails() throws IOException {
        try (NioTransport transport = new NioTransport("test")) {
            ListeningPort port = transport.listen(anywhere(), connection -> new RecordingListener());
            RecordingListener listener = new RecordingListener();
            InetSocketAddress foreign = new InetSocketAddress(address("192.0.2.77"), 0);
            transport.connect(
                    new ConnectTarget("peer", Optional.of(foreign), port.address(), Protection.NONE), listener);
            assertTrue(listener.awaitClosed().isPresent());
        }
    }

    @Test
    @DisplayName("ERROR-HANDLING 13.1: a thousand connects and closes leave nothing behind and other sessions alone")
    void survivesConnectStorm() throws IOException {
        List<RecordingListener> accepted = Collections.synchronizedList(new ArrayList<>());
        try (NioTransport transport = new NioTransport("test")) {
            ListeningPort port = transport.listen(anywhere(), connection -> {
                RecordingListener listener = new RecordingListener();
                accepted.add(listener);
                return listener;
            });
            RecordingListener session = new RecordingListener();
            transport.connect(new ConnectTarget("peer", Optional.empty(), port.address(), Protection.NONE), session);
            session.awaitOpened();
            for (int i = 0; i < 1_000; i++) {
                try (Socket socket =
                        new Socket(port.address().getAddress(), port.address().getPort())) {
                    if (i % 2 == 0) {
                        socket.setSoLinger(true, 0);
                    }
                }
            }
            session.awaitOpened().write(new ByteBuffer[] {ByteBuffer.allocate(1)}, 0, 1);
            accepted.get(0).awaitOctets(1);
            List<RecordingListener> stormed;
            synchronized (accepted) {
                stormed = List.copyOf(accepted.subList(1, accepted.size()));
            }
            stormed.forEach(RecordingListener::awaitClosed);
            assertFalse(session.wasClosed());
        }
    }

    private static InetSocketAddress anywhere() {
        return new InetSocketAddress(address("127.0.0.1"), 0);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
