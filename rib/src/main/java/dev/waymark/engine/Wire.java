package dev.waymark.engine;

import dev.waymark.spi.Connection;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection as the engine loop drives it: octets that the transport has not taken yet, written in large gathered pieces,
 * and an end that never cuts a message in two. Confined to the engine loop.
 */
final class Wire {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final int BUFFERS_AT_ONCE = 64;
    private static final int HEADER_OCTETS = 19;
    private static final int LENGTH_AT = 16;

    private final long id;
    private final Deque<ByteBuf> queue = new ArrayDeque<>();
    private final ByteBuffer[] views = new ByteBuffer[BUFFERS_AT_ONCE];
    private @Nullable Connection connection;
    private boolean isWritable = true;
    private boolean isClosing;
    private long closeByNanos;

    Wire(long id) {
        this.id = id;
    }

    long id() {
        return id;
    }

    @Nullable
    Connection connection() {
        return connection;
    }

    void opened(Connection open) {
        connection = open;
    }

    /** Queues octets; the reference to them is the wire's now. */
    void send(ByteBuf octets) {
        if (isClosing) {
            octets.release();
        } else {
            queue.add(octets);
        }
    }

    /** The transport can take octets again. */
    void writable() {
        isWritable = true;
    }

    /** Returns whether {@link #flush()} would try to write. */
    boolean hasWork() {
        return isWritable && connection != null && (isClosing || !queue.isEmpty());
    }

    /** Writes what the transport takes, and closes if that was asked for and all is written. Returns the octets taken. */
    long flush() {
        Connection open = connection;
        if (open == null) {
            return 0;
        }
        long taken = 0;
        while (isWritable && !queue.isEmpty()) {
            taken += writeSome(open);
        }
        if (isClosing && queue.isEmpty()) {
            open.close();
            connection = null;
        }
        return taken;
    }

    private long writeSome(Connection open) {
        int count = 0;
        long offered = 0;
        for (ByteBuf buffer : queue) {
            views[count] = buffer.nioBuffer();
            offered += views[count].remaining();
            count++;
            if (count == BUFFERS_AT_ONCE) {
                break;
            }
        }
        long taken = open.write(views, 0, count);
        isWritable = taken == offered;
        for (long left = taken; left > 0; ) {
            ByteBuf first = queue.getFirst();
            int step = (int) Math.min(left, first.readableBytes());
            first.skipBytes(step);
            left -= step;
            if (!first.isReadable()) {
                queue.removeFirst().release();
            }
        }
        return taken;
    }

    /**
     * Finishes the message that is partly written, drops what waits behind it, sends the last octets, closes; a peer that
     * takes them not is cut off at {@code byNanos}.
     */
    void closeAfter(ByteBuf last, long byNanos) {
        if (isClosing) {
            last.release();
            return;
        }
        isClosing = true;
        closeByNanos = byNanos;
        if (connection == null) {
            dropQueue();
            last.release();
            return;
        }
        ByteBuf rest = unfinishedMessage();
        dropQueue();
        if (rest != null) {
            queue.add(rest);
        }
        if (last.isReadable()) {
            queue.add(last);
        } else {
            last.release();
        }
    }

    /** Closes at once; a transport that can't even do that is left to itself. */
    void abort() {
        isClosing = true;
        dropQueue();
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.abort();
            } catch (RuntimeException thrown) {
                LOG.atWarn().setCause(thrown).addKeyValue("connection", id).log("transport threw while aborting");
            }
        }
    }

    /** The transport says that the connection is gone. */
    void closed() {
        isClosing = true;
        dropQueue();
        connection = null;
    }

    /** Returns whether the connection is to end, or has ended. */
    boolean isClosing() {
        return isClosing;
    }

    /** Returns whether closing has taken too long. */
    boolean isOverdue(long nowNanos) {
        return isClosing && connection != null && nowNanos - closeByNanos >= 0;
    }

    /** Returns whether the connection is gone, or was closed by us. */
    boolean isGone() {
        return isClosing && connection == null && queue.isEmpty();
    }

    /** A chunk holds whole messages, so the first one in the queue tells where the message that was cut ends. */
    private @Nullable ByteBuf unfinishedMessage() {
        ByteBuf first = queue.peekFirst();
        if (first == null || first.readerIndex() == 0) {
            return null;
        }
        int at = 0;
        while (at + HEADER_OCTETS <= first.writerIndex()) {
            int end = at + first.getUnsignedShort(at + LENGTH_AT);
            if (at == first.readerIndex()) {
                return null;
            }
            if (end > first.readerIndex()) {
                return first.copy(first.readerIndex(), end - first.readerIndex());
            }
            at = end;
        }
        return null;
    }

    private void dropQueue() {
        for (ByteBuf buffer : queue) {
            buffer.release();
        }
        queue.clear();
    }
}
