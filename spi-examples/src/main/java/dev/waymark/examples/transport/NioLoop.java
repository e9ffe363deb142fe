package dev.waymark.examples.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that selects. What has to be done on it is handed over with {@link #execute}; all else in this package that
 * isn't marked otherwise runs on it.
 */
final class NioLoop {
    /** What a selection key is for. */
    interface Ready {
        /** The key's channel is ready for what was asked. */
        void ready(SelectionKey key);
    }

    /** Something with a deadline. */
    interface Timed {
        /** Looks at the time, and returns whether it is still to be watched. */
        boolean tick(long nowNanos);
    }

    private static final Logger LOG = LoggerFactory.getLogger(NioLoop.class);
    private static final int READ_OCTETS = 1 << 16;
    private static final long TICK_MILLIS = 100;
    private static final long DRAIN_NANOS = 1_000_000_000;

    private final Selector selector;
    private final Thread thread;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_OCTETS);
    private final Set<Runnable> closers = new HashSet<>();
    private final List<Timed> timed = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean closing;
    private boolean stopped;

    private NioLoop(Selector selector, String threadName) {
        this.selector = selector;
        thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
    }

    static NioLoop start(String threadName) {
        try {
            NioLoop loop = new NioLoop(Selector.open(), threadName);
            loop.thread.start();
            return loop;
        } catch (IOException e) {
            throw new UncheckedIOException("no selector", e);
        }
    }

    /** Throws if the loop is closed. Thread-safe. */
    void checkOpen() {
        synchronized (tasks) {
            if (closing) {
                throw new IllegalStateException("the transport is closed; create another");
            }
        }
    }

    /** Runs something on the loop, soon; drops it if the loop has stopped. Thread-safe. */
    void execute(Runnable task) {
        boolean first;
        synchronized (tasks) {
            if (stopped) {
                return;
            }
            first = tasks.isEmpty();
            tasks.add(task);
        }
        if (first && Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    /** Runs something after this round of callbacks, for certain. Returns false, and doesn't, if called from elsewhere. */
    boolean defer(Runnable task) {
        if (Thread.currentThread() != thread) {
            return false;
        }
        execute(task);
        return true;
    }

    /** Has the selector look again at what keys wait for. Thread-safe. */
    void reselect() {
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    Selector selector() {
        return selector;
    }

    /** Returns the buffer to read into; its content is lost with the next read. */
    ByteBuffer readBuffer() {
        return readBuffer;
    }

    /** Gives closed channels back to the system now: it keeps those with a key until the next selection. */
    void release() {
        try {
            selector.selectNow(NioLoop::dispatch);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("selection failed");
        }
    }

    /** Has something watched for its deadline, until it says no. */
    void watch(Timed something) {
        timed.add(something);
    }

    /** Has something run when the transport is closed; returns false if it is closing already. */
    boolean onClose(Runnable closer) {
        synchronized (tasks) {
            if (closing) {
                return false;
            }
        }
        closers.add(closer);
        return true;
    }

    void forget(Runnable closer) {
        closers.remove(closer);
    }

    /** Ends everything in order and waits for it, about a second at most. Idempotent, thread-safe. */
    void close() {
        synchronized (tasks) {
            if (!closing) {
                closing = true;
                tasks.add(() -> List.copyOf(closers).forEach(Runnable::run));
            }
        }
        if (Thread.currentThread() == thread) {
            return;
        }
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long closingSince = 0;
        while (true) {
            try {
                select();
                runTasks();
                timed.removeIf(something -> !something.tick(System.nanoTime()));
                if (isClosing()) {
                    closingSince = closingSince == 0 ? System.nanoTime() : closingSince;
                    if (timed.isEmpty() || System.nanoTime() - closingSince > DRAIN_NANOS) {
                        break;
                    }
                }
            } catch (IOException | ClosedSelectorException e) {
                LOG.atError().setCause(e).log("the selector failed; the transport ends");
                break;
            } catch (RuntimeException | Error e) {
                LOG.atError().setCause(e).log("unexpected; the transport goes on");
            }
        }
        stop();
    }

    private void select() throws IOException {
        // While closing, what lingers is watched closely; else time matters only to what is timed.
        long millis = timed.isEmpty() ? (isClosing() ? 1 : 0) : TICK_MILLIS;
        synchronized (tasks) {
            millis = tasks.isEmpty() ? millis : -1;
        }
        if (millis < 0) {
            selector.selectNow(NioLoop::dispatch);
        } else {
            selector.select(NioLoop::dispatch, millis);
        }
    }

    private static void dispatch(SelectionKey key) {
        try {
            ((Ready) key.attachment()).ready(key);
        } catch (CancelledKeyException e) {
            // Closed in the same round by another callback.
            LOG.atTrace().log("key cancelled");
        } catch (RuntimeException | Error e) {
            // Callbacks are guarded where they are made, so this is a mistake of ours: it may cost one connection, not
            // all.
            LOG.atError().setCause(e).log("unexpected; the connection is closed");
            Channels.closeQuietly(key.channel());
        }
    }

    private void runTasks() {
        while (true) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
            }
            if (task == null) {
                return;
            }
            task.run();
        }
    }

    private boolean isClosing() {
        synchronized (tasks) {
            return closing;
        }
    }

    private void stop() {
        synchronized (tasks) {
            closing = true;
        }
        List.copyOf(closers).forEach(Runnable::run);
        runTasks();
        synchronized (tasks) {
            stopped = true;
        }
        for (SelectionKey key : List.copyOf(selector.keys())) {
            Channels.closeQuietly(key.channel());
        }
        Channels.closeQuietly(selector);
    }
}
