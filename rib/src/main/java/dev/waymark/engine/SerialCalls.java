package dev.waymark.engine;

import dev.waymark.spi.MonotonicClock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls one piece of host code on an executor, one call at a time, in order. A call that blocks keeps the later ones of
 * this piece waiting and nothing else. Thread-safe.
 */
final class SerialCalls implements Runnable {
    private static final int CALLS_PER_RUN = 64;

    private final String name;
    private final Executor executor;
    private final MonotonicClock clock;
    private final Consumer<Throwable> failed;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final int bound;
    private boolean isScheduled;
    private boolean isClosed;
    private @Nullable Thread caller;
    private long callSinceNanos;
    private boolean isCalling;
    private boolean isReported;

    /**
     * Makes the calls of one piece of host code.
     *
     * @param name what is called, for events and logs
     * @param bound how many calls may wait
     * @param failed told what a call threw
     */
    SerialCalls(String name, Executor executor, MonotonicClock clock, int bound, Consumer<Throwable> failed) {
        this.name = name;
        this.clock = clock;
        this.executor = executor;
        this.bound = bound;
        this.failed = failed;
    }

    String name() {
        return name;
    }

    /** Adds a call; returns false, and forgets it, if too many wait, it is closed, or the executor takes nothing. */
    boolean offer(Runnable call) {
        return offer(call, bound);
    }

    /** Adds a call as {@link #offer(Runnable)} does, with another bound on how many may wait. */
    boolean offer(Runnable call, int atMost) {
        synchronized (waiting) {
            if (isClosed || waiting.size() >= atMost) {
                return false;
            }
            waiting.add(call);
            if (isScheduled) {
                return true;
            }
            isScheduled = true;
        }
        if (trySchedule()) {
            return true;
        }
        synchronized (waiting) {
            isScheduled = false;
            waiting.remove(call);
            waiting.notifyAll();
        }
        return false;
    }

    private boolean trySchedule() {
        try {
            executor.execute(this);
            return true;
        } catch (RejectedExecutionException rejected) {
            failed.accept(rejected);
            return false;
        }
    }

    @Override
    public void run() {
        int calls = 0;
        for (Runnable call = begin(); call != null; call = begin()) {
            try {
                call.run();
            } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError thrown) {
                failed.accept(thrown);
            } finally {
                end();
            }
            // where the executor takes no more, the rest is done here
            if (++calls % CALLS_PER_RUN == 0 && trySchedule()) {
                return;
            }
        }
    }

    private @Nullable Runnable begin() {
        synchronized (waiting) {
            Runnable call = isClosed ? null : waiting.poll();
            if (call == null) {
                isScheduled = false;
                waiting.notifyAll();
                return null;
            }
            caller = Thread.currentThread();
            callSinceNanos = clock.nanoTime();
            isCalling = true;
            isReported = false;
            return call;
        }
    }

    private void end() {
        synchronized (waiting) {
            caller = null;
            isCalling = false;
        }
    }

    /** Returns how long the current call has taken, in nanoseconds; 0 if there is none. */
    long callNanos() {
        synchronized (waiting) {
            return isCalling ? Math.max(1, clock.nanoTime() - callSinceNanos) : 0;
        }
    }

    /** Returns how long the current call has taken if that is longer than given, once per call; else 0. */
    long slowCallNanos(long limitNanos) {
        synchronized (waiting) {
            long nanos = isCalling ? clock.nanoTime() - callSinceNanos : 0;
            if (nanos <= limitNanos || isReported) {
                return 0;
            }
            isReported = true;
            return nanos;
        }
    }

    /** Returns whether the calling thread is inside one of the calls. */
    boolean isCaller() {
        synchronized (waiting) {
            return caller == Thread.currentThread();
        }
    }

    /** Takes no more calls and forgets those that wait. The current one goes on. */
    void close() {
        synchronized (waiting) {
            isClosed = true;
            waiting.clear();
        }
    }

    /** Waits until all calls so far have returned, at most so long; returns whether they have. */
    boolean await(long nanos) {
        long end = System.nanoTime() + nanos;
        synchronized (waiting) {
            while (isScheduled && caller != Thread.currentThread()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                try {
                    waiting.wait(left);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }
}
