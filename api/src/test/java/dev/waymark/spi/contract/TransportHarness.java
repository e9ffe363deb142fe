package dev.waymark.spi.contract;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.Connection;
import dev.waymark.spi.ListeningPort;
import dev.waymark.spi.Protection;
import dev.waymark.spi.SpiContext;
import dev.waymark.spi.Transport;
import dev.waymark.spi.TransportProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;

/** A transport with one listening port, and connections whose both ends are recorded. */
abstract class TransportHarness {
    final BlockingQueue<RecordingListener> accepted = new LinkedBlockingQueue<>();
    Transport transport;
    ListeningPort port;

    /** Returns the provider whose transports are tested. */
    protected abstract TransportProvider provider();

    /** Returns an address to listen on; the loopback address unless overridden. */
    protected InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    /** Returns another address to connect from (T14); that of {@link #address()} unless overridden. */
    protected InetAddress secondAddress() {
        return address();
    }

    @BeforeEach
    void open() throws IOException {
        transport = newTransport();
        port = transport.listen(new InetSocketAddress(address(), 0), connection -> {
            RecordingListener listener = new RecordingListener();
            accepted.add(listener);
            return listener;
        });
    }

    @AfterEach
    void close() {
        transport.close();
    }

    Transport newTransport() {
        return provider().create(new SpiContext("contract", Asn.of(65515), RouterId.ofBits(0x0a000004)));
    }

    RecordingListener nextAccepted() {
        try {
            RecordingListener listener = accepted.poll(Await.AT_MOST.toSeconds(), TimeUnit.SECONDS);
            if (listener == null) {
                throw new AssertionError("nothing was accepted");
            }
            return listener;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    Pair connect() {
        RecordingListener far = new RecordingListener();
        transport.connect(target(port.address()), far);
        Connection farEnd = far.awaitOpened();
        RecordingListener near = nextAccepted();
        return new Pair(near, near.awaitOpened(), far, farEnd);
    }

    Pair connect(RecordingListener near) {
        RecordingListener far = new RecordingListener();
        try {
            ListeningPort own = transport.listen(new InetSocketAddress(address(), 0), connection -> near);
            transport.connect(target(own.address()), far);
        } catch (IOException e) {
            throw new AssertionError("can't listen", e);
        }
        return new Pair(near, near.awaitOpened(), far, far.awaitOpened());
    }

    static ConnectTarget target(InetSocketAddress remote) {
        return new ConnectTarget("peer", Optional.empty(), remote, Protection.NONE);
    }

    static void exchange(Pair pair) {
        int nearHad = pair.nearListener().octetCount();
        int farHad = pair.farListener().octetCount();
        Assertions.assertEquals(3, write(pair.far(), ByteBuffer.wrap(pattern(3))));
        pair.nearListener().awaitOctets(nearHad + 3);
        Assertions.assertEquals(5, write(pair.near(), ByteBuffer.wrap(pattern(5))));
        pair.farListener().awaitOctets(farHad + 5);
    }

    static long write(Connection connection, ByteBuffer octets) {
        return connection.write(new ByteBuffer[] {octets}, 0, 1);
    }

    static byte[] pattern(int length) {
        byte[] octets = new byte[length];
        int state = 1;
        for (int i = 0; i < length; i++) {
            state = state * 1_664_525 + 1_013_904_223;
            octets[i] = (byte) (state >>> 24);
        }
        return octets;
    }

    static void awaitLatch(CountDownLatch latch) {
        try {
            if (!latch.await(Await.AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("not within " + Await.AT_MOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A connection: the near end was accepted, the far end connected. */
    record Pair(RecordingListener nearListener, Connection near, RecordingListener farListener, Connection far) {
        void writeAll(byte[] octets, int bufferSize) {
            int count = (octets.length + bufferSize - 1) / bufferSize;
            ByteBuffer[] buffers = new ByteBuffer[count];
            for (int i = 0; i < count; i++) {
                int from = i * bufferSize;
                buffers[i] = ByteBuffer.wrap(octets, from, Math.min(bufferSize, octets.length - from));
            }
            int first = 0;
            while (true) {
                int writables = farListener.writables();
                far.write(buffers, first, count - first);
                while (first < count && !buffers[first].hasRemaining()) {
                    first++;
                }
                if (first == count) {
                    return;
                }
                farListener.awaitWritable(writables + 1);
            }
        }

        void checkOrder() {
            Assertions.assertEquals(List.of(), nearListener.violations());
            Assertions.assertEquals(List.of(), farListener.violations());
        }
    }
}
