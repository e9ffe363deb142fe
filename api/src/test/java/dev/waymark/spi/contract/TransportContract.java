package dev.waymark.spi.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.Connection;
import dev.waymark.spi.ListeningPort;
import dev.waymark.spi.Protection;
import dev.waymark.spi.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Transport} must do: rules T1 to T16 of its Javadoc. Both ends of each connection are the transport's. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class TransportContract extends TransportHarness {
    /** More than any sane window, with room for the buffers of a kernel. */
    private static final long MORE_THAN_ANY_WINDOW = 256L << 20;

    @Test
    @DisplayName("T1: both ends report onOpened first and onClosed last, each once, with mirrored addresses")
    void reportsOpenedAndClosedOnce() {
        Pair pair = connect();
        assertEquals(port.address(), pair.far().remoteAddress());
        assertEquals(port.address(), pair.near().localAddress());
        assertEquals(pair.far().localAddress(), pair.near().remoteAddress());
        exchange(pair);
        pair.far().close();
        pair.far().close();
        assertEquals(Optional.empty(), pair.nearListener().awaitClosed());
        assertEquals(Optional.empty(), pair.farListener().awaitClosed());
        exchange(connect());
        pair.checkOrder();
    }

    @Test
    @DisplayName("T2: a connect that fails reports onClosed only, with the cause")
    void failedConnectReportsTheCause() throws IOException {
        ListeningPort gone = transport.listen(new InetSocketAddress(address(), 0), connection -> null);
        gone.close();
        RecordingListener listener = new RecordingListener();
        transport.connect(target(gone.address()), listener);
        assertTrue(listener.awaitClosed().isPresent(), "no cause");
        assertFalse(listener.wasOpened());
    }

    @Test
    @DisplayName("T3: bytes arrive in the order they were written, from many buffers of odd sizes")
    void bytesKeepOrder() {
        Pair pair = connect();
        byte[] sent = pattern(3 << 20);
        pair.writeAll(sent, 4_099);
        assertArrayEquals(sent, pair.nearListener().awaitOctets(sent.length));
        pair.checkOrder();
    }

    @Test
    @DisplayName("T4: callbacks of one connection never overlap, whatever other threads ask for")
    void callbacksNeverOverlap() throws InterruptedException {
        Pair pair = connect();
        byte[] sent = pattern(1 << 20);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(new Thread(() -> {
                for (int n = 0; n < 2_000; n++) {
                    pair.near().poll();
                    pair.near().setReading(n % 2 == 1);
                }
            }));
        }
        threads.forEach(Thread::start);
        pair.writeAll(sent, 1_000);
        for (Thread thread : threads) {
            thread.join();
        }
        pair.near().setReading(true);
        assertArrayEquals(sent, pair.nearListener().awaitOctets(sent.length));
        pair.checkOrder();
    }

    @Test
    @DisplayName("T5: a listener that throws closes its connection and no other")
    void throwingListenerClosesItsConnectionOnly() throws IOException {
        Pair other = connect();
        List<RecordingListener> listeners = new ArrayList<>();
        ListeningPort throwing = transport.listen(new InetSocketAddress(address(), 0), connection -> {
            RecordingListener listener = new RecordingListener(new Thrower(listeners.isEmpty()));
            listeners.add(listener);
            return listener;
        });
        for (int i = 0; i < 2; i++) {
            RecordingListener far = new RecordingListener();
            transport.connect(target(throwing.address()), far);
            write(far.awaitOpened(), ByteBuffer.wrap(pattern(1)));
            far.awaitClosed();
            assertTrue(listeners.get(i).awaitClosed().isPresent(), "the cause is what was thrown");
            assertEquals(List.of(), listeners.get(i).violations());
        }
        exchange(other);
        other.checkOrder();
    }

    @Test
    @DisplayName("T5: an acceptor that throws closes that connection and goes on accepting")
    void throwingAcceptorGoesOn() throws IOException {
        RecordingListener second = new RecordingListener();
        boolean[] first = {true};
        ListeningPort throwing = transport.listen(new InetSocketAddress(address(), 0), connection -> {
            if (first[0]) {
                first[0] = false;
                throw new IllegalStateException("first one");
            }
            return second;
        });
        RecordingListener refused = new RecordingListener();
        transport.connect(target(throwing.address()), refused);
        refused.awaitClosed();
        transport.connect(target(throwing.address()), new RecordingListener());
        second.awaitOpened();
    }

    @Test
    @DisplayName("T6: a null listener closes the connection at once, no octet read or written")
    void refusedConnectionIsClosed() throws IOException {
        ListeningPort refusing = transport.listen(new InetSocketAddress(address(), 0), connection -> null);
        RecordingListener listener = new RecordingListener();
        transport.connect(target(refusing.address()), listener);
        listener.awaitClosed();
        assertEquals(0, listener.octetCount());
        assertEquals(List.of(), listener.violations());
    }

    @Test
    @DisplayName(
            "T7, T8, T9: a write to a peer that doesn't read takes ever less, then nothing; onWritable follows its reading")
    void writesAreBoundedAndResume() {
        Pair pair = connect();
        pair.near().setReading(false);
        byte[] chunk = pattern(1 << 16);
        long total = 0;
        while (true) {
            ByteBuffer buffer = ByteBuffer.wrap(chunk);
            long taken = write(pair.far(), buffer);
            assertEquals(buffer.position(), taken, "T7: the position moves by what was taken");
            total += taken;
            assertTrue(total < MORE_THAN_ANY_WINDOW, "T9: " + total + " octets queued for a peer that doesn't read");
            if (taken < chunk.length) {
                break;
            }
        }
        int before = pair.farListener().writables();
        pair.near().setReading(true);
        pair.farListener().awaitWritable(before + 1);
        pair.nearListener().awaitOctets((int) total);
        exchange(pair);
        pair.checkOrder();
    }

    @Test
    @DisplayName("T7: a write looks at the given buffers only, and takes nothing on a closed connection")
    void writeKeepsToItsBuffers() {
        Pair pair = connect();
        ByteBuffer[] buffers = {
            ByteBuffer.wrap(new byte[] {1}),
            ByteBuffer.wrap(new byte[] {2, 3}),
            ByteBuffer.allocateDirect(0),
            ByteBuffer.wrap(new byte[] {9, 4, 9}, 1, 1),
            ByteBuffer.wrap(new byte[] {5})
        };
        assertEquals(3, pair.far().write(buffers, 1, 3));
        assertArrayEquals(new byte[] {2, 3, 4}, pair.nearListener().awaitOctets(3));
        assertEquals(1, buffers[0].remaining());
        assertEquals(1, buffers[4].remaining());
        pair.far().close();
        assertEquals(0, pair.far().write(buffers, 0, 1));
        pair.farListener().awaitClosed();
        assertEquals(0, pair.far().write(buffers, 0, 1));
        assertEquals(1, buffers[0].remaining());
    }

    @Test
    @DisplayName("T10: setReading(false) stops onBytes after at most one more call, and makes the peer feel it")
    void readingCanBePaused() {
        Pair pair = connect();
        pair.near().setReading(false);
        int calls = pair.nearListener().byteCalls();
        long total = 0;
        byte[] chunk = pattern(1 << 16);
        for (int round = 1; round <= 3; round++) {
            long taken = chunk.length;
            while (taken == chunk.length) {
                taken = write(pair.far(), ByteBuffer.wrap(chunk));
                total += taken;
                assertTrue(total < MORE_THAN_ANY_WINDOW, "the peer never felt it");
            }
            pair.near().poll();
            pair.nearListener().awaitPolled(round);
            assertTrue(pair.nearListener().byteCalls() <= calls + 1, "onBytes went on");
        }
        pair.near().setReading(true);
        pair.nearListener().awaitOctets((int) total);
        pair.checkOrder();
    }

    @Test
    @DisplayName("T11: close delivers what was taken before, even if octets of the peer wait unread")
    void closeDeliversWhatWasTaken() {
        Pair pair = connect();
        pair.near().setReading(false);
        write(pair.far(), ByteBuffer.wrap(pattern(10_000)));
        byte[] last = pattern(20_000);
        ByteBuffer buffer = ByteBuffer.wrap(last);
        assertEquals(last.length, write(pair.near(), buffer));
        pair.near().close();
        assertArrayEquals(last, pair.farListener().awaitOctets(last.length));
        assertEquals(Optional.empty(), pair.farListener().awaitClosed());
        assertEquals(Optional.empty(), pair.nearListener().awaitClosed());
        pair.checkOrder();
    }

    @Test
    @DisplayName("T11: abort ends both ends at once, also when the peer doesn't read")
    void abortEndsAtOnce() {
        Pair pair = connect();
        exchange(pair);
        pair.near().abort();
        pair.near().abort();
        assertEquals(Optional.empty(), pair.nearListener().awaitClosed());
        pair.farListener().awaitClosed();
        pair.checkOrder();
    }

    @Test
    @DisplayName("T12: closing the transport closes connections and ports, and further calls throw")
    void closingEndsEverything() throws IOException {
        Pair pair = connect();
        byte[] last = pattern(21);
        write(pair.near(), ByteBuffer.wrap(last));
        transport.close();
        transport.close();
        pair.nearListener().awaitClosed();
        pair.farListener().awaitClosed();
        assertEquals(0, write(pair.near(), ByteBuffer.wrap(last)));
        InetSocketAddress address = port.address();
        assertThrows(IllegalStateException.class, () -> transport.listen(address, connection -> null));
        assertThrows(IllegalStateException.class, () -> transport.connect(target(address), new RecordingListener()));
        try (Transport another = newTransport()) {
            another.listen(address, connection -> null).close();
        }
    }

    @Test
    @DisplayName("T12: closing a port keeps its connections")
    void closingPortKeepsConnections() {
        Pair pair = connect();
        port.close();
        port.close();
        exchange(pair);
        pair.checkOrder();
    }

    @Test
    @DisplayName("T13: poll hands over what already waits and then calls onPolled, once for each poll")
    void pollHandsOverFirst() {
        CountDownLatch inCallback = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RecordingListener near = new RecordingListener(new RecordingListener.Hook() {
            @Override
            public void bytes(Connection connection, ByteBuffer octets) {
                inCallback.countDown();
                awaitLatch(goOn);
            }
        });
        Pair pair = connect(near);
        write(pair.far(), ByteBuffer.wrap(pattern(1)));
        awaitLatch(inCallback);
        write(pair.far(), ByteBuffer.wrap(pattern(5_000)));
        pair.near().poll();
        pair.near().poll();
        goOn.countDown();
        assertEquals(5_001, near.awaitPolled(2));
        pair.checkOrder();
    }

    @Test
    @DisplayName("T13: poll answers while reading is off, and hands over nothing then")
    void pollRespectsPause() {
        Pair pair = connect();
        exchange(pair);
        pair.near().setReading(false);
        pair.near().poll();
        int before = pair.nearListener().awaitPolled(1);
        write(pair.far(), ByteBuffer.wrap(pattern(100)));
        pair.near().poll();
        assertEquals(before, pair.nearListener().awaitPolled(2));
        pair.near().setReading(true);
        pair.nearListener().awaitOctets(before + 100);
        pair.checkOrder();
    }

    @Test
    @DisplayName("T14: a connection comes from the local address it was asked to")
    void connectsFromLocalAddress() {
        InetSocketAddress local = new InetSocketAddress(secondAddress(), 0);
        RecordingListener far = new RecordingListener();
        transport.connect(new ConnectTarget("peer", Optional.of(local), port.address(), Protection.NONE), far);
        assertEquals(local.getAddress(), far.awaitOpened().localAddress().getAddress());
        assertEquals(
                local.getAddress(), nextAccepted().awaitOpened().remoteAddress().getAddress());
    }

    @Test
    @DisplayName("T15: a protection that isn't supported fails the connect, never leaves it unprotected")
    void unsupportedProtectionFails() {
        assertTrue(transport.supports(Protection.NONE));
        for (Protection protection : Protection.values()) {
            if (!transport.supports(protection)) {
                RecordingListener far = new RecordingListener();
                transport.connect(new ConnectTarget("peer", Optional.empty(), port.address(), protection), far);
                assertTrue(far.awaitClosed().isPresent());
                assertFalse(far.wasOpened());
            }
        }
    }

    @Test
    @DisplayName(
            "T16: what is deferred runs once, on the same thread, outside all callbacks, even if the transport closes")
    void deferredRuns() throws IOException {
        Deferrer deferrer = new Deferrer(transport);
        RecordingListener near = new RecordingListener(deferrer);
        ListeningPort deferring = transport.listen(new InetSocketAddress(address(), 0), connection -> near);
        RecordingListener far = new RecordingListener();
        transport.connect(target(deferring.address()), far);
        write(far.awaitOpened(), ByteBuffer.wrap(pattern(10)));
        near.awaitClosed();
        transport.close(); // at the latest now
        assertEquals(deferrer.accepted ? 1 : 0, deferrer.runs.get());
        assertFalse(deferrer.isWrong);
    }

    /** Defers a task, and closes the transport before it can run. */
    private static final class Deferrer implements RecordingListener.Hook {
        private final Transport transport;
        private volatile boolean isInside;
        private volatile boolean accepted;
        private volatile boolean isWrong;
        private final AtomicInteger runs = new AtomicInteger();

        Deferrer(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void bytes(Connection connection, ByteBuffer octets) {
            Thread thread = Thread.currentThread();
            isInside = true;
            accepted = connection.defer(() -> {
                isWrong |= Thread.currentThread() != thread || isInside;
                runs.incrementAndGet();
            });
            transport.close();
            isInside = false;
        }
    }

    private record Thrower(boolean whenOpened) implements RecordingListener.Hook {
        @Override
        public void opened(Connection connection) {
            if (whenOpened) {
                throw new IllegalStateException("in onOpened");
            }
        }

        @Override
        public void bytes(Connection connection, ByteBuffer octets) {
            throw new AssertionError("in onBytes");
        }
    }
}
