package dev.waymark.examples.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.Connection;
import dev.waymark.spi.Protection;
import dev.waymark.spi.contract.RecordingListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A network of many servers in one thread. */
class InMemoryNetworkTest {
    private final StepExecutor steps = new StepExecutor();
    private final InMemoryNetwork network = new InMemoryNetwork(steps, 100);
    private final List<RecordingListener> accepted = new ArrayList<>();

    @Test
    @DisplayName("ten thousand connections of a hundred servers, none of which notices another's reset")
    void carriesThousandsOfConnections() throws IOException {
        List<RecordingListener> dialled = new ArrayList<>();
        for (int server = 0; server < 100; server++) {
            InetSocketAddress address = new InetSocketAddress(host(server), 179);
            network.transport().listen(address, connection -> accept());
            InMemoryTransport peers = network.transport();
            for (int i = 0; i < 100; i++) {
                dialled.add(connect(peers, host(1_000 + i), address));
            }
        }
        steps.runAll();
        assertEquals(10_000, network.connections());
        dialled.forEach(listener -> write(listener.awaitOpened(), 100));
        steps.runAll();
        accepted.forEach(listener -> assertEquals(100, listener.octetCount()));
        network.reset(host(42));
        steps.runAll();
        assertEquals(9_900, network.connections());
        assertEquals(100, dialled.stream().filter(RecordingListener::wasClosed).count());
        assertTrue(dialled.subList(4_200, 4_300).stream().allMatch(RecordingListener::wasClosed));
    }

    @Test
    @DisplayName("a cut holds octets and the end of the stream back until it is healed, and fails connects")
    void cutHoldsBack() throws IOException {
        InetSocketAddress server = new InetSocketAddress(host(1), 179);
        InMemoryTransport transport = network.transport();
        transport.listen(server, connection -> accept());
        RecordingListener far = connect(transport, host(2), server);
        steps.runAll();
        network.cut(host(2), host(1));
        assertEquals(100, write(far.awaitOpened(), 150));
        far.awaitOpened().close();
        RecordingListener refused = connect(transport, host(2), server);
        RecordingListener others = connect(transport, host(3), server);
        steps.runAll();
        assertTrue(refused.awaitClosed().isPresent());
        assertTrue(others.wasOpened());
        assertEquals(0, accepted.get(0).octetCount());
        assertFalse(accepted.get(0).wasClosed());
        network.heal(host(1), host(2));
        steps.runAll();
        assertEquals(100, accepted.get(0).octetCount());
        assertEquals(Optional.empty(), accepted.get(0).awaitClosed());
    }

    @Test
    @DisplayName("octets that a peer sends while the acceptor still decides come after onOpened")
    void opensBeforeOctets() throws IOException {
        InetSocketAddress server = new InetSocketAddress(host(1), 179);
        InMemoryTransport transport = network.transport();
        transport.listen(server, connection -> {
            steps.step(); // the other end's onOpened, in which it writes
            return accept();
        });
        RecordingListener far = new RecordingListener(new RecordingListener.Hook() {
            @Override
            public void opened(Connection connection) {
                write(connection, 10);
            }
        });
        InetSocketAddress local = new InetSocketAddress(host(2), 0);
        transport.connect(new ConnectTarget("far", Optional.of(local), server, Protection.NONE), far);
        steps.runAll();
        assertEquals(10, accepted.get(0).octetCount());
        assertEquals(List.of(), accepted.get(0).violations());
    }

    @Test
    @DisplayName("the same calls give the same callbacks in the same order")
    void isDeterministic() throws IOException {
        assertEquals(run(), run());
    }

    @Test
    @DisplayName("the ring keeps order over its end, and while it grows under a view")
    void inboxKeepsOrder() {
        Inbox inbox = new Inbox(1_000);
        int written = 0;
        int read = 0;
        for (int round = 1; read < 100_000; round++) {
            byte[] octets = new byte[round * 37 % 701];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) (written + i);
            }
            ByteBuffer view = inbox.view();
            written += inbox.put(ByteBuffer.wrap(octets));
            byte[] got = new byte[view.remaining()];
            byte[] expected = new byte[got.length];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = (byte) (read + i);
            }
            view.get(got);
            assertArrayEquals(expected, got);
            inbox.drop(got.length);
            read += got.length;
            assertEquals(written - read, inbox.size());
        }
    }

    private static List<String> run() throws IOException {
        StepExecutor steps = new StepExecutor();
        InMemoryNetwork network = new InMemoryNetwork(steps, 10);
        List<String> log = new ArrayList<>();
        InetSocketAddress server = new InetSocketAddress(host(1), 179);
        InMemoryTransport transport = network.transport();
        transport.listen(
                server,
                connection -> new RecordingListener(new RecordingListener.Hook() {
                    @Override
                    public void bytes(Connection from, ByteBuffer octets) {
                        log.add(from.remoteAddress() + " " + octets.remaining());
                        from.write(new ByteBuffer[] {octets}, 0, 1);
                    }
                }));
        List<RecordingListener> far = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            far.add(connect(transport, host(10 + i), server));
        }
        while (steps.step()) {
            far.stream()
                    .filter(listener -> listener.wasOpened() && listener.octetCount() < 50)
                    .forEach(listener -> write(listener.awaitOpened(), 1 + listener.octetCount() % 7));
        }
        log.add("" + steps.runAll());
        return log;
    }

    private RecordingListener accept() {
        RecordingListener listener = new RecordingListener();
        accepted.add(listener);
        return listener;
    }

    private static RecordingListener connect(InMemoryTransport from, InetAddress local, InetSocketAddress to) {
        RecordingListener listener = new RecordingListener();
        from.connect(
                new ConnectTarget("peer", Optional.of(new InetSocketAddress(local, 0)), to, Protection.NONE), listener);
        return listener;
    }

    private static long write(Connection connection, int octets) {
        return connection.write(new ByteBuffer[] {ByteBuffer.allocate(octets)}, 0, 1);
    }

    private static InetAddress host(int number) throws UncheckedUnknownHost {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException e) {
            throw new UncheckedUnknownHost(e);
        }
    }

    private static final class UncheckedUnknownHost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UncheckedUnknownHost(UnknownHostException cause) {
            super(cause);
        }
    }
}
