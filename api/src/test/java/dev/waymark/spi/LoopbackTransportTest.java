package dev.waymark.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.spi.contract.LoopbackPeer;
import dev.waymark.spi.contract.LoopbackTransport;
import dev.waymark.spi.contract.RecordingListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The fake keeps those rules of {@link Transport} that the server's side can see. */
class LoopbackTransportTest {
    private static final InetSocketAddress SERVER = InetSocketAddress.createUnresolved("server", 179);
    private static final InetSocketAddress NVA = InetSocketAddress.createUnresolved("nva", 49_152);

    private final LoopbackTransport transport = new LoopbackTransport();
    private final RecordingListener listener = new RecordingListener();

    @Test
    @DisplayName("T1, T3: a dialled connection opens, carries octets both ways, and closes")
    void carriesOctets() throws IOException {
        LoopbackPeer peer = dial();
        peer.send(new byte[] {1, 2});
        peer.send(new byte[] {3});
        assertArrayEquals(new byte[] {1, 2, 3}, listener.awaitOctets(3));
        assertEquals(2, write(4, 5));
        assertArrayEquals(new byte[] {4, 5}, peer.awaitOctets(2));
        peer.close();
        assertEquals(Optional.empty(), listener.awaitClosed());
        assertEquals(List.of(), listener.violations());
    }

    @Test
    @DisplayName("T2: a refused attempt reports its cause; an accepted one comes from the address asked for")
    void attemptsAreDecidedByTheTest() {
        ConnectTarget target = new ConnectTarget("nva", Optional.of(SERVER), NVA, Protection.NONE);
        transport.connect(target, listener);
        transport.awaitAttempt().refuse();
        assertTrue(listener.awaitClosed().isPresent());
        RecordingListener second = new RecordingListener();
        transport.connect(target, second);
        transport.awaitAttempt().accept().send(new byte[1]);
        assertEquals(SERVER, second.awaitOpened().localAddress());
        assertEquals(1, second.octetCount());
        assertEquals(0, transport.waitingAttempts());
    }

    @Test
    @DisplayName("T5: a listener that throws loses its connection")
    void throwCloses() throws IOException {
        transport.listen(
                SERVER,
                connection -> new RecordingListener(new RecordingListener.Hook() {
                    @Override
                    public void bytes(Connection from, ByteBuffer octets) {
                        throw new IllegalStateException("as asked");
                    }
                }));
        LoopbackPeer peer = transport.dial(NVA, SERVER);
        peer.send(new byte[1]);
        assertTrue(peer.isClosed());
    }

    @Test
    @DisplayName("T6: a refused connection is closed without an octet")
    void refusedIsClosed() throws IOException {
        transport.listen(SERVER, connection -> null);
        LoopbackPeer peer = transport.dial(NVA, SERVER);
        assertTrue(peer.isClosed());
        assertEquals(0, peer.take().length);
    }

    @Test
    @DisplayName("T7, T8, T9: a full window takes nothing, and taking from it makes it writable once")
    void windowIsBounded() throws IOException {
        LoopbackPeer peer = dial();
        peer.window(3);
        assertEquals(3, write(1, 2, 3, 4));
        assertEquals(0, write(4));
        assertEquals(0, listener.writables());
        assertEquals(3, peer.take().length);
        assertEquals(1, listener.writables());
        assertEquals(3, write(4, 5, 6));
        peer.take();
        assertEquals(1, listener.writables());
        peer.window(0);
        assertEquals(0, write(7));
        peer.window(1);
        assertEquals(2, listener.writables());
    }

    @Test
    @DisplayName("T10, T13: while reading is off octets wait, and a poll hands over nothing")
    void readingPauses() throws IOException {
        LoopbackPeer peer = dial();
        listener.awaitOpened().setReading(false);
        peer.send(new byte[5]);
        listener.awaitOpened().poll();
        assertEquals(0, listener.awaitPolled(1));
        listener.awaitOpened().setReading(true);
        listener.awaitOpened().poll();
        assertEquals(5, listener.awaitPolled(2));
    }

    @Test
    @DisplayName("T11: the test sees whether a connection was closed or aborted")
    void abortIsSeen() throws IOException {
        LoopbackPeer closed = dial();
        listener.awaitOpened().close();
        closed.awaitClosed();
        assertFalse(closed.wasAborted());
        transport.connect(
                new ConnectTarget("nva", Optional.empty(), NVA, Protection.NONE),
                new RecordingListener(new RecordingListener.Hook() {
                    @Override
                    public void opened(Connection connection) {
                        connection.abort();
                    }
                }));
        LoopbackPeer aborted = transport.awaitAttempt().accept();
        assertTrue(aborted.isClosed() && aborted.wasAborted());
    }

    @Test
    @DisplayName("T12: closing the transport closes connections, and further calls throw")
    void closes() throws IOException {
        LoopbackPeer peer = dial();
        transport.close();
        assertTrue(peer.isClosed() && listener.wasClosed());
        assertThrows(IllegalStateException.class, () -> transport.listen(SERVER, connection -> null));
        assertThrows(IllegalStateException.class, () -> peer.send(new byte[1]));
    }

    private LoopbackPeer dial() throws IOException {
        ListeningPort port = transport.listen(SERVER, connection -> listener);
        assertEquals(SERVER, port.address());
        return transport.dial(NVA, SERVER);
    }

    private long write(int... octets) {
        ByteBuffer buffer = ByteBuffer.allocate(octets.length);
        for (int octet : octets) {
            buffer.put((byte) octet);
        }
        return listener.awaitOpened().write(new ByteBuffer[] {buffer.flip()}, 0, 1);
    }
}
