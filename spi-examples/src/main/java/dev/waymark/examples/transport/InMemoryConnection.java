package dev.waymark.examples.transport;

import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a connection. Its state is guarded by itself; callbacks run in its mailbox, without the lock. An end locks the
 * other only while it holds no lock of its own.
 */
final class InMemoryConnection implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(InMemoryConnection.class);

    private final InMemoryNetwork network;
    private final InMemoryTransport transport;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final Mailbox mailbox;
    private final Inbox inbox;
    private @Nullable InMemoryConnection other;
    private @Nullable ConnectionListener listener;
    private boolean reading = true;
    private boolean isOpen;
    private boolean isScheduled;
    private boolean otherWantsWritable;
    private boolean otherEnded;
    private boolean wasReset;
    private boolean ended;

    InMemoryConnection(
            InMemoryNetwork network, InMemoryTransport transport, InetSocketAddress local, InetSocketAddress remote) {
        this.network = network;
        this.transport = transport;
        this.local = local;
        this.remote = remote;
        mailbox = new Mailbox(network.executor());
        inbox = new Inbox(network.windowOctets());
    }

    static void join(InMemoryConnection one, InMemoryConnection two) {
        one.other = two;
        two.other = one;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) {
        InMemoryConnection to = other;
        if (to == null || isEnded()) {
            return 0;
        }
        long taken = 0;
        synchronized (to) {
            if (to.ended) {
                return 0;
            }
            for (int i = offset; i < offset + length; i++) {
                taken += to.inbox.put(buffers[i]);
                to.otherWantsWritable |= buffers[i].hasRemaining();
            }
        }
        if (taken > 0) {
            to.schedule();
        }
        return taken;
    }

    @Override
    public void setReading(boolean on) {
        synchronized (this) {
            reading = on;
        }
        if (on) {
            schedule();
        }
    }

    @Override
    public void poll() {
        mailbox.execute(() -> {
            while (handOver()) {
                LOG.atTrace().log("polled");
            }
            ConnectionListener open = openListener();
            if (open != null) {
                guarded(() -> open.onPolled(this));
            }
        });
    }

    @Override
    public void close() {
        if (markEnded()) {
            mailbox.execute(() -> tellClosed(null));
            tellOther(false);
        }
    }

    @Override
    public void abort() {
        if (markEnded()) {
            mailbox.execute(() -> tellClosed(null));
            tellOther(true);
        }
    }

    /** Ends this end as if the network, or the peer's system, had reset it. */
    void reset() {
        synchronized (this) {
            wasReset = true;
        }
        schedule();
    }

    void open(ConnectionListener opened) {
        synchronized (this) {
            listener = opened;
        }
        transport.track(this);
        mailbox.execute(() -> {
            if (beginReading()) {
                guarded(() -> opened.onOpened(this));
                schedule();
            }
        });
    }

    /** From now on octets are handed over; returns false if the end came first. */
    private synchronized boolean beginReading() {
        isOpen = true;
        return !ended;
    }

    /** Looks, in the mailbox, at what there is to hand over. */
    void schedule() {
        synchronized (this) {
            if (isScheduled) {
                return;
            }
            isScheduled = true;
        }
        mailbox.execute(() -> {
            synchronized (this) {
                isScheduled = false;
            }
            if (handOver()) {
                schedule();
            }
        });
    }

    /** Hands over a piece, or the end; returns whether there is more to look at. */
    private boolean handOver() {
        ConnectionListener open;
        ByteBuffer octets;
        IOException failure = null;
        synchronized (this) {
            open = listener;
            if (open == null || !isOpen || ended) {
                return false;
            }
            if (wasReset) {
                failure = new IOException("connection reset by " + remote);
            } else if (network.isCut(local.getAddress(), remote.getAddress())
                    || !reading
                    || (inbox.size() == 0 && !otherEnded)) {
                return false;
            }
            octets = inbox.view();
        }
        int count = octets.remaining();
        if (failure != null || count == 0) {
            end(failure);
            return false;
        }
        guarded(() -> open.onBytes(this, octets));
        boolean tellWritable;
        synchronized (this) {
            inbox.drop(Math.min(count, inbox.size()));
            tellWritable = otherWantsWritable;
            otherWantsWritable = false;
        }
        InMemoryConnection writer = other;
        if (tellWritable && writer != null) {
            writer.mailbox.execute(writer::tellWritable);
        }
        return true;
    }

    private void tellWritable() {
        ConnectionListener open = openListener();
        if (open != null) {
            guarded(() -> open.onWritable(this));
        }
    }

    private void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            LOG.atWarn().addKeyValue("remote", remote).setCause(e).log("the listener threw; its connection is closed");
            end(e instanceof Exception exception ? exception : new IllegalStateException("the listener threw", e));
        }
    }

    private void end(@Nullable Exception cause) {
        if (markEnded()) {
            tellClosed(cause);
            tellOther(cause != null);
        }
    }

    private synchronized boolean markEnded() {
        boolean first = !ended;
        ended = true;
        if (first) {
            inbox.clear();
        }
        return first;
    }

    private void tellClosed(@Nullable Exception cause) {
        transport.forget(this);
        network.forget(this);
        ConnectionListener last;
        synchronized (this) {
            last = listener;
            listener = null;
        }
        if (last != null) {
            try {
                last.onClosed(this, cause);
            } catch (RuntimeException | Error e) {
                LOG.atWarn().addKeyValue("remote", remote).setCause(e).log("the listener threw in its last call");
            }
        }
    }

    private void tellOther(boolean asReset) {
        InMemoryConnection to = other;
        if (to != null) {
            synchronized (to) {
                to.otherEnded = true;
                to.wasReset |= asReset;
            }
            to.schedule();
        }
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private synchronized @Nullable ConnectionListener openListener() {
        return ended ? null : listener;
    }
}
