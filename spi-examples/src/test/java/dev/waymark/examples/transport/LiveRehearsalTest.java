package dev.waymark.examples.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.engine.RouteServerEngine;
import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionAcceptor;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.ListeningPort;
import dev.waymark.spi.Transport;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LiveRehearsalTest {
    private static final int CHANGES = 20;
    private static final int ROUTES = 128 * CHANGES;
    private static final int WINDOW_OCTETS = 1 << 20;
    private static final RouteServerConfig AZURE = RouteServerConfig.azure()
            .localAsn(Asn.of(65_515))
            .localAddress(IpAddress.parse("10.0.0.4"))
            .listen(new InetSocketAddress("10.0.0.4", 179))
            .build();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final InMemoryNetwork network = new InMemoryNetwork(threads, WINDOW_OCTETS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    static Stream<Named<RouteServerConfig>> configs() {
        return Stream.of(
                Named.of("azure", AZURE),
                Named.of(
                        "standard",
                        RouteServerConfig.standard()
                                .localAsn(Asn.of(64_900))
                                .localAddress(IpAddress.parse("10.0.0.4"))
                                .listen(new InetSocketAddress("10.0.0.4", 179))
                                .build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configs")
    @DisplayName("a rehearsal over a transport has every single change passed on, and leaves no connection open")
    void passesChangesOn(RouteServerConfig config) throws InterruptedException {
        assertEquals(CHANGES, RouteServerEngine.rehearse(config, ROUTES, network.transport()));
        assertEquals(0, network.connections());
    }

    @Test
    @DisplayName("after a rehearsal its port is free: there can be another over the same transport")
    void canBeRepeated() throws InterruptedException {
        Transport transport = network.transport();
        RouteServerEngine.rehearse(AZURE, ROUTES, transport);

        assertEquals(CHANGES, RouteServerEngine.rehearse(AZURE, ROUTES, transport));
    }

    @Test
    @DisplayName(
            "where the loopback addresses can't be listened on, or connected from, the rehearsal over them is left out")
    void endsWithoutAddresses() throws InterruptedException {
        assertEquals(0, RouteServerEngine.rehearse(AZURE, ROUTES, new Refusing(network.transport(), true)));
        assertEquals(0, RouteServerEngine.rehearse(AZURE, ROUTES, new Refusing(network.transport(), false)));
    }

    @Test
    @DisplayName("a peer whose connection is lost ends the rehearsal")
    void endsWithLostConnection() throws InterruptedException {
        network.cut(
                IpAddress.parse("127.0.0.1").toInetAddress(),
                IpAddress.parse("127.0.0.4").toInetAddress());

        assertEquals(0, RouteServerEngine.rehearse(AZURE, ROUTES, network.transport()));
        assertEquals(0, network.connections());
    }

    @Test
    @DisplayName("a connection that comes up only after the rehearsal has ended is closed")
    void closesWhatComesLate() throws InterruptedException {
        network.cut(
                IpAddress.parse("127.0.0.1").toInetAddress(),
                IpAddress.parse("127.0.0.4").toInetAddress());

        Late transport = new Late(network.transport());
        assertEquals(0, RouteServerEngine.rehearse(AZURE, ROUTES, transport));
        assertTrue(transport.isAborted, "not left to whoever closes the server");
    }

    @Test
    @DisplayName("over TCP, on a system that lends all of 127.0.0.0/8 as Linux does")
    void goesOverTcp() throws InterruptedException {
        assumeLoopback("127.0.0.5");
        try (NioTransport transport = new NioTransport("rehearsal")) {
            assertEquals(CHANGES, RouteServerEngine.rehearse(AZURE, ROUTES, transport));
        }
    }

    private static void assumeLoopback(String address) {
        boolean isThere = true;
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
        } catch (IOException e) {
            isThere = false;
        }
        assumeTrue(isThere, () -> address + " is not an address of this machine");
    }

    /** Connects the last peer, 127.0.0.5, once the first one's connection has been closed. */
    private static final class Late implements Transport {
        private final Transport to;
        private volatile Runnable late = () -> {};
        private volatile boolean isAborted;

        Late(Transport to) {
            this.to = to;
        }

        @Override
        public ListeningPort listen(InetSocketAddress local, ConnectionAcceptor acceptor) throws IOException {
            return to.listen(local, acceptor);
        }

        @Override
        public void connect(ConnectTarget target, ConnectionListener listener) {
            String from = target.local().orElseThrow().getAddress().getHostAddress();
            switch (from) {
                case "127.0.0.5" ->
                    late = () -> to.connect(target, new Seeing(listener, () -> isAborted = true, () -> {}));
                case "127.0.0.2" -> to.connect(target, new Seeing(listener, () -> {}, () -> late.run()));
                default -> to.connect(target, listener);
            }
        }

        @Override
        public void close() {
            to.close();
        }
    }

    /** Sees a connection being aborted, and its end. */
    private record Seeing(ConnectionListener to, Runnable atAbort, Runnable atEnd) implements ConnectionListener {
        @Override
        public void onOpened(Connection connection) {
            to.onOpened((Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (seen, method, arguments) -> {
                        if (method.getName().equals("abort")) {
                            atAbort.run();
                        }
                        return method.invoke(connection, arguments);
                    }));
        }

        @Override
        public void onBytes(Connection connection, ByteBuffer octets) {
            to.onBytes(connection, octets);
        }

        @Override
        public void onWritable(Connection connection) {
            to.onWritable(connection);
        }

        @Override
        public void onPolled(Connection connection) {
            to.onPolled(connection);
        }

        @Override
        public void onClosed(@Nullable Connection connection, @Nullable Exception cause) {
            atEnd.run();
            to.onClosed(connection, cause);
        }
    }

    /** Refuses to listen, or to connect. */
    private record Refusing(Transport to, boolean refusesListen) implements Transport {
        @Override
        public ListeningPort listen(InetSocketAddress local, ConnectionAcceptor acceptor) throws IOException {
            if (refusesListen) {
                throw new IOException("can't listen on " + local);
            }
            return to.listen(local, acceptor);
        }

        @Override
        public void connect(ConnectTarget target, ConnectionListener listener) {
            assertFalse(refusesListen, "connects, but nothing listens");
            listener.onClosed(null, new IOException("no address " + target.local()));
        }

        @Override
        public void close() {
            to.close();
        }
    }
}
