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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of one route server: it feeds the core with what happened, and has its outputs performed. Whatever another thread
 * does becomes an entry of the queue. Turns are bounded, so that a keepalive never waits for bulk. It runs on one {@link
 * LoopThread}, of its own or shared; while it rests, a few octets have it take a turn on the transport's thread, if that one
 * lends itself. Either way turns never overlap: whoever schedules the loop owns it until it rests.
 */
final class EngineLoop {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);
    private static final long TURN_NANOS = 10_000_000L;
    private static final long WATCH_NANOS = 1_000_000_000L;

    /** How late an alarm may ring, rather than that its thread is woken to set it anew. */
    private static final long SLACK_NANOS = 1_000_000L;

    private static final int EVENTS_PER_TURN = 64;
    private static final int LEAST_UNITS = 256;
    private static final int MOST_UNITS = 1 << 17;

    private static final Input FLUSH = new Input.Flush();

    private final RouteServerCore core;
    private final MonotonicClock clock;
    private final HostCalls hosts;
    private final OutputPerformer performer;
    private final Queue<LoopEvent> queue = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final LoopThread thread;
    private final AtomicBoolean isScheduled = new AtomicBoolean(true);
    private final Runnable lentTurn = this::lentTurn;
    private volatile LoopThread.@Nullable Alarm alarm;
    private volatile @Nullable Thread lender;
    private boolean hasRested;
    private long waitNanos;
    private volatile boolean isEnding;
    private volatile boolean isDead;
    private Runnable atEnd = () -> {};
    private long endAtNanos;
    private long deadlineNanos;
    private int units = 8_192;

    /** What a loop wants after a turn. */
    enum Next {
        MORE,
        IDLE,
        ENDED
    }

    EngineLoop(LoopThread thread, RouteServerCore core, MonotonicClock clock, Transport transport, HostCalls hosts) {
        this.thread = thread;
        this.core = core;
        this.clock = clock;
        this.hosts = hosts;
        this.performer = new OutputPerformer(this, clock, transport, hosts);
    }

    /** Starts to take turns; the action runs last of all. Returns false if its thread takes no more loops. */
    boolean start(Runnable last) {
        atEnd = last;
        return thread.add(this);
    }

    /** Adds an event from any thread. */
    void offer(LoopEvent event) {
        queue.add(event);
        schedule();
    }

    /** Adds a few octets from inside a transport's callback: what they cause takes less time than to wake another thread. */
    void offerFew(LoopEvent event, Connection from) {
        queue.add(event);
        if (claim()) {
            lender = Thread.currentThread();
            boolean isLent = false;
            try {
                isLent = from.defer(lentTurn);
            } finally {
                if (!isLent) {
                    giveBack();
                }
            }
        }
    }

    /** Asks for a turn, from any thread. */
    void schedule() {
        if (claim()) {
            thread.ready(this);
        }
    }

    /** Returns whether the caller has to see to it that there is a turn. */
    private boolean claim() {
        return !isScheduled.get() && isScheduled.compareAndSet(false, true);
    }

    /** Takes a turn on a thread that isn't its own; whatever is bulk, and the last things, it leaves to its own. */
    private void lentTurn() {
        Next next = isEnding ? Next.MORE : turn();
        if (next == Next.MORE) {
            giveBack();
        } else if (next == Next.IDLE) {
            lender = null;
            long wakeNanos = System.nanoTime() + waitNanos;
            rest();
            // After the rest: an alarm that rang during the turn is gone, and has woken nobody.
            LoopThread.Alarm set = alarm;
            if (set == null || set.atNanos() - wakeNanos > SLACK_NANOS) {
                schedule();
            }
        }
    }

    /** Returns where copies of what arrives go. */
    Arrays64 arrays() {
        return thread.arrays();
    }

    /** Returns whether the calling thread is one that runs this loop, and maybe others, or lends itself to it now or next. */
    boolean isLoopThread() {
        return thread.isCurrent() || lender == Thread.currentThread();
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

    /** Does what waits, or the last things. */
    Next turn() {
        try {
            if (hasRested) {
                hasRested = false;
                hosts.watch(WATCH_NANOS);
            }
            if (isEnding && isThrough()) {
                hosts.publishStopped(null);
            } else {
                boolean hasMore = work();
                waitNanos = hasMore ? 0 : longestWait();
                return hasMore ? Next.MORE : Next.IDLE;
            }
        } catch (Throwable broken) { // nothing that the core throws is survivable: its state can't be trusted
            LOG.atError().setCause(broken).log("engine stopped");
            hosts.publishStopped(broken);
        }
        end();
        return Next.ENDED;
    }

    /** No more turns until something happens, or the alarm rings. */
    void rest() {
        hasRested = true;
        isScheduled.set(false);
        if (!queue.isEmpty()) {
            schedule();
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
            thread.ended();
            ended.countDown();
        }
    }

    private boolean isThrough() {
        return performer.isIdle() || clock.nanoTime() - endAtNanos >= 0;
    }

    /** Does what waits, what changed before bulk; returns whether there is more to do at once. */
    private boolean work() {
        long begin = clock.nanoTime();
        int events = 0;
        for (LoopEvent event = queue.poll(); event != null; event = queue.poll()) {
            event.happen(this);
            if (++events == EVENTS_PER_TURN || clock.nanoTime() - begin > TURN_NANOS / 2) {
                break;
            }
        }
        step(FLUSH);
        performer.flush();
        long start = clock.nanoTime();
        boolean isLent = lender != null;
        Outbox out = core.step(start, new Input.Turn(isLent ? 0 : units, !queue.isEmpty()));
        boolean hasWork = out.hasWork();
        boolean hasBulk = out.hasBulk();
        deadlineNanos = out.deadlineNanos();
        performer.perform(out);
        boolean hasWritten = performer.flush();
        if (!isLent) {
            adapt(clock.nanoTime() - start, hasBulk);
        }
        return hasWork || hasWritten || !queue.isEmpty();
    }

    /** Gives a turn about as many units as fit into its time. */
    private void adapt(long nanos, boolean hasBulk) {
        if (nanos > TURN_NANOS) {
            units = Math.max(LEAST_UNITS, units / 2);
        } else if (hasBulk && nanos < TURN_NANOS / 4) {
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
            thread.arrays().give(input.octets());
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

    private void giveBack() {
        lender = null;
        thread.ready(this);
    }

    /** Returns how long it can do without a turn, if nothing happens. */
    long waitNanos() {
        return waitNanos;
    }

    private long longestWait() {
        long wait = hosts.isBusy() || isEnding || performer.isClosing() ? WATCH_NANOS / 10 : Long.MAX_VALUE;
        return Math.min(wait, deadlineNanos - clock.nanoTime());
    }

    LoopThread.@Nullable Alarm alarm() {
        return alarm;
    }

    void setAlarm(LoopThread.@Nullable Alarm set) {
        alarm = set;
    }
}
