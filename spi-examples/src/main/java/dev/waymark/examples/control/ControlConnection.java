package dev.waymark.examples.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One client of a {@link ControlSocket}: its lines in and out, by one thread. Memory is bounded: a line in, and 64 KiB out. {@link
 * #isLate}, {@link #isAnswering} and {@link #close()} are for any thread.
 */
final class ControlConnection implements ControlReply, AutoCloseable {
    /** The longest request, in octets. */
    static final int LONGEST_LINE = 65_536;

    private static final long ASKS_WITHIN_NANOS = 600_000_000_000L;
    private static final long TAKES_WITHIN_NANOS = 30_000_000_000L;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(8_192).flip();
    private final ByteBuffer out = ByteBuffer.allocate(65_536);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile long deadlineNanos;
    private volatile boolean hasDeadline;
    private volatile boolean isAnswering;

    ControlConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Returns the next line; null when the client has no more. Throws {@link ControlRefusal} when it is too long. */
    @Nullable
    String readLine() throws IOException {
        line.reset();
        while (true) {
            while (in.hasRemaining()) {
                byte octet = in.get();
                if (octet == '\n') {
                    return line.toString(UTF_8);
                }
                line.write(octet);
                if (line.size() > LONGEST_LINE) {
                    throw new ControlRefusal("not a request: the line is longer than " + LONGEST_LINE + " octets");
                }
            }
            in.clear();
            int read = within(ASKS_WITHIN_NANOS, () -> channel.read(in));
            in.flip();
            if (read < 0) {
                return null;
            }
        }
    }

    @Override
    public void line(String json) throws IOException {
        put(json.getBytes(UTF_8));
        put(new byte[] {'\n'});
    }

    private void put(byte[] octets) throws IOException {
        int at = 0;
        while (at < octets.length) {
            if (!out.hasRemaining()) {
                flush();
            }
            int length = Math.min(out.remaining(), octets.length - at);
            out.put(octets, at, length);
            at += length;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            within(TAKES_WITHIN_NANOS, () -> channel.write(out));
        }
        out.clear();
    }

    @Override
    public boolean isGone() throws IOException {
        if (in.hasRemaining()) {
            return false; // it has said more, so nothing can be seen
        }
        in.clear();
        channel.configureBlocking(false);
        try {
            return channel.read(in) < 0;
        } finally {
            in.flip();
            channel.configureBlocking(true);
        }
    }

    /** Tells that a request is being answered, or no longer. */
    void setAnswering(boolean value) {
        isAnswering = value;
    }

    boolean isAnswering() {
        return isAnswering;
    }

    /** Returns whether what is waited for should have come. */
    boolean isLate(long nowNanos) {
        return hasDeadline && nowNanos - deadlineNanos > 0;
    }

    /** Closes the connection; whoever waits on it gets an exception. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private int within(long nanos, Transfer transfer) throws IOException {
        deadlineNanos = System.nanoTime() + nanos;
        hasDeadline = true;
        try {
            return transfer.run();
        } finally {
            hasDeadline = false;
        }
    }

    /** A read or a write that may wait. */
    private interface Transfer {
        int run() throws IOException;
    }
}
