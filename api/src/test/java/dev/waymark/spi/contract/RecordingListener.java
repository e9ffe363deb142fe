package dev.waymark.spi.contract;

import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionListener;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Records what a connection reports and checks the order of the calls (T1, T4) as they come. The methods that await throw an
 * {@link AssertionError} when it takes too long. Thread-safe.
 */
public final class RecordingListener implements ConnectionListener {
    /** What happens inside the callbacks, after the recording: a throw, a block, an answer. */
    public interface Hook {
        /** Called inside {@code onOpened}. */
        default void opened(Connection connection) {}

        /** Called inside {@code onBytes}. */
        default void bytes(Connection connection, ByteBuffer octets) {}

        /** Called inside {@code onWritable}. */
        default void writable(Connection connection) {}
    }

    private final Hook hook;
    private final AtomicInteger inside = new AtomicInteger();
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final List<String> violations = new ArrayList<>();
    private @Nullable Connection connection;
    private boolean closed;
    private @Nullable Exception cause;
    private int byteCalls;
    private int writables;
    private int polls;
    private int octetsAtPoll;

    /** Creates a listener that only records. */
    public RecordingListener() {
        this(new Hook() {});
    }

    /** Creates a listener that records and then does something. */
    public RecordingListener(Hook hook) {
        this.hook = hook;
    }

    @Override
    public void onOpened(Connection opened) {
        enter("onOpened");
        synchronized (this) {
            expect(connection == null, "onOpened came twice");
            connection = opened;
            notifyAll();
        }
        leaveAfter(() -> hook.opened(opened));
    }

    @Override
    public void onBytes(Connection from, ByteBuffer received) {
        enter("onBytes");
        synchronized (this) {
            expect(connection != null, "onBytes before onOpened");
            ByteBuffer copy = received.duplicate();
            byte[] bytes = new byte[copy.remaining()];
            copy.get(bytes);
            expect(bytes.length > 0, "onBytes without bytes");
            octets.write(bytes, 0, bytes.length);
            byteCalls++;
            notifyAll();
        }
        leaveAfter(() -> hook.bytes(from, received));
    }

    @Override
    public void onWritable(Connection to) {
        enter("onWritable");
        synchronized (this) {
            expect(connection != null, "onWritable before onOpened");
            writables++;
            notifyAll();
        }
        leaveAfter(() -> hook.writable(to));
    }

    @Override
    public void onPolled(Connection polled) {
        enter("onPolled");
        synchronized (this) {
            polls++;
            octetsAtPoll = octets.size();
            notifyAll();
        }
        leaveAfter(() -> {});
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very same connection is meant
    public void onClosed(@Nullable Connection gone, @Nullable Exception why) {
        enter("onClosed");
        synchronized (this) {
            expect(gone == connection, "onClosed names another connection than onOpened did");
            closed = true;
            cause = why;
            notifyAll();
        }
        leaveAfter(() -> {});
    }

    /** Waits for {@code onOpened} and returns the connection. */
    public synchronized Connection awaitOpened() {
        Await.until(this, () -> connection != null || closed, () -> "onOpened; " + this);
        if (connection == null) {
            throw new AssertionError("never opened: " + this, cause);
        }
        return connection;
    }

    /** Waits for {@code onClosed} and returns its cause. */
    public synchronized Optional<Exception> awaitClosed() {
        Await.until(this, () -> closed, () -> "onClosed; " + this);
        return Optional.ofNullable(cause);
    }

    /** Waits until at least so many octets have come and returns all of them. */
    public synchronized byte[] awaitOctets(int atLeast) {
        Await.until(this, () -> octets.size() >= atLeast, () -> atLeast + " octets; " + this);
        return octets.toByteArray();
    }

    /** Waits until {@code onWritable} has come so often. */
    public synchronized void awaitWritable(int times) {
        Await.until(this, () -> writables >= times, () -> times + " onWritable; " + this);
    }

    /** Waits until {@code onPolled} has come so often, and returns how many octets had come by then. */
    public synchronized int awaitPolled(int times) {
        Await.until(this, () -> polls >= times, () -> times + " onPolled; " + this);
        return octetsAtPoll;
    }

    /** Returns how many octets have come. */
    public synchronized int octetCount() {
        return octets.size();
    }

    /** Returns how often {@code onBytes} has come. */
    public synchronized int byteCalls() {
        return byteCalls;
    }

    /** Returns how often {@code onWritable} has come. */
    public synchronized int writables() {
        return writables;
    }

    /** Returns whether {@code onOpened} has come. */
    public synchronized boolean wasOpened() {
        return connection != null;
    }

    /** Returns whether {@code onClosed} has come. */
    public synchronized boolean wasClosed() {
        return closed;
    }

    /** Returns the rules of order that were broken; empty if all is well. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public synchronized String toString() {
        return "opened " + (connection != null) + ", octets " + octets.size() + ", writable " + writables + ", polled "
                + polls + ", closed " + closed + " " + cause + ", violations " + violations;
    }

    private void enter(String call) {
        int others = inside.getAndIncrement();
        synchronized (this) {
            expect(others == 0, call + " overlaps another callback (T4)");
            expect(!closed, call + " after onClosed (T1)");
        }
    }

    private void leaveAfter(Runnable last) {
        try {
            last.run();
        } finally {
            inside.decrementAndGet();
        }
    }

    private void expect(boolean condition, String rule) {
        if (!condition) {
            violations.add(rule);
        }
    }
}
