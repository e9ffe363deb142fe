package dev.waymark.engine;

import dev.waymark.api.net.IpAddress;
import dev.waymark.spi.Connection;
import dev.waymark.spi.MonotonicClock;
import dev.waymark.spi.Transport;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a route server: it feeds the core with what happened, and has its outputs performed. Whatever another
 * thread does becomes an entry of the queue. Turns are bounded, so that a keepalive never waits for bulk.
 */
final class EngineLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);
    private static final long TURN_NANOS = 10_000_000L;
    private static final long WATCH_NANOS = 1_000_000_000L;
    private static final int EVENTS_PER_TURN = 64;
    private static final int LEAST_UNITS = 256;
    private static final int MOST_UNITS = 1 << 17;

    private final RouteServerCore core;
    private final MonotonicClock clock;
    private final HostCalls hosts;
    private final OutputPerformer performer;
    private final Arrays64 arrays = new Arrays64();
    private final Queue<LoopEvent> queue = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean isParked;
    private volatile boolean isEnding;
    private volatile boolean isDead;
    private Runnable atEnd = () -> {};
    private long endAtNanos;
    private long deadlineNanos;
    private int units = 8_192;

    EngineLoop(String name, RouteServerCore core, MonotonicClock clock, Transport transport, HostCalls hosts) {
        this.core = core;
        this.clock = clock;
        this.hosts = hosts;
        this.performer = new OutputPerformer(this, clock, transport, hosts);
        this.thread = new Thread(this, "waymark-" + name);
        thread.setDaemon(true);
    }

    /** Starts the thread; the action runs on it, last of all. */
    void start(Runnable last) {
        atEnd = last;
        thread.start();
    }

    /** Adds an event from any thread. */
    void offer(LoopEvent event) {
        queue.add(event);
        if (isParked) {
            LockSupport.unpark(thread);
        }
    }

    /** Returns where copies of what arrives go. */
    Arrays64 arrays() {
        return arrays;
    }

    boolean isLoopThread() {
        return Thread.currentThread() == thread;
    }

    /** Returns whether connections from an address are accepted. */
    boolean accepts(IpAddress address) {
        return performer.addresses().contains(address);
    }

    Set<IpAddress> addresses() {
        return performer.addresses();
    }

    /** Ends the loop once all connections are closed, or at the latest after the grace. */
    void endWithin(long graceNanos) {
        offer(loop -> {
            endAtNanos = clock.nanoTime() + graceNanos;
            isEnding = true;
        });
    }

    /** Waits for the end of the loop, at most so long; returns whether it ended. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Returns whether nothing that is offered from now on has an effect. */
    boolean isDead() {
        return isDead;
    }

    @Override
    public void run() {
        try {
            while (!isEnding || !isThrough()) {
                if (!turn()) {
                    park();
                }
            }
            hosts.publishStopped(null);
        } catch (Throwable broken) { // nothing that the core throws is survivable: its state can't be trusted
            LOG.atError().setCause(broken).log("engine stopped");
            hosts.publishStopped(broken);
        } finally {
            end();
        }
    }

    /** Closes what is open, and what the queue brings that is open; whoever offers later sees that the loop is dead. */
    private void end() {
        isDead = true;
        try {
            for (LoopEvent event = queue.poll(); event != null; event = queue.poll()) {
                event.happen(this);
            }
            performer.abortAll();
            hosts.failPending();
            atEnd.run();
        } catch (RuntimeException failed) {
            LOG.atWarn().setCause(failed).log("engine ended, cleaning up failed");
        } finally {
            ended.countDown();
        }
    }

    private boolean isThrough() {
        return performer.isIdle() || clock.nanoTime() - endAtNanos >= 0;
    }

    /** Does what waits; returns whether there is more to do at once. */
    private boolean turn() {
        long begin = clock.nanoTime();
        int events = 0;
        for (LoopEvent event = queue.poll(); event != null; event = queue.poll()) {
            event.happen(this);
            if (++events == EVENTS_PER_TURN || clock.nanoTime() - begin > TURN_NANOS / 2) {
                break;
            }
        }
        long start = clock.nanoTime();
        Outbox out = core.step(start, new Input.Turn(units));
        boolean hasWork = out.hasWork();
        deadlineNanos = out.deadlineNanos();
        performer.perform(out);
        boolean hasWritten = performer.flush();
        adapt(clock.nanoTime() - start, hasWork);
        return hasWork || hasWritten || !queue.isEmpty();
    }

    /** Gives a turn about as many units as fit into its time. */
    private void adapt(long nanos, boolean wasFull) {
        if (nanos > TURN_NANOS) {
            units = Math.max(LEAST_UNITS, units / 2);
        } else if (wasFull && nanos < TURN_NANOS / 4) {
            units = Math.min(MOST_UNITS, units * 2);
        }
    }

    /** Hands an input to the core and performs what comes of it. */
    void step(Input input) {
        if (!isDead) {
            performer.perform(core.step(clock.nanoTime(), input));
        }
    }

    /** Hands octets to the core; what it can't stand costs that connection only. */
    void bytes(Pump pump, Input.Bytes input) {
        try {
            step(input);
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("connection", input.connection())
                    .log("input failed, connection closed; please report this");
            performer.abort(input.connection());
            step(new Input.Closed(input.connection(), "internal error: " + bug));
        } finally {
            pump.processed(input.length());
            arrays.give(input.octets());
        }
    }

    void opened(Pump pump, Connection connection, Input input) {
        performer.opened(pump, connection);
        if (isDead) {
            performer.abort(pump.id());
        }
        step(input);
    }

    void broken(long connection, RuntimeException thrown) {
        performer.broken(connection, thrown);
    }

    void writable(long connection) {
        performer.writable(connection);
    }

    void closed(long connection, String cause) {
        performer.closed(connection);
        step(new Input.Closed(connection, cause));
    }

    private void park() {
        long wait = hosts.isBusy() || isEnding || performer.isClosing() ? WATCH_NANOS / 10 : Long.MAX_VALUE;
        wait = Math.min(wait, deadlineNanos - clock.nanoTime());
        isParked = true;
        if (queue.isEmpty() && wait > 0) {
            LockSupport.parkNanos(this, wait);
        }
        isParked = false;
        hosts.watch(WATCH_NANOS);
    }
}
