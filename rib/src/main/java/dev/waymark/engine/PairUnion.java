package dev.waymark.engine;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.spi.MonotonicClock;
import dev.waymark.spi.RouteSink;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the sink calls of two instances write to one {@link UnionTable}, one at a time, and has the sinks of the pair called.
 * An instance's calls come on the executor, so no engine loop ever waits here; the lock is held for a bounded number of rows
 * and never while host code runs. Thread-safe.
 */
final class PairUnion {
    private static final int ROWS_PER_STEP = 16_384;
    private static final long FAR_NANOS = 3_600_000_000_000L;
    private static final long LATEST_TICK_NANOS = 1_000_000_000L;
    private static final long EARLIEST_TICK_NANOS = 10_000_000L;

    private final UnionTable table;
    private final HostCalls hosts;
    private final MonotonicClock clock;
    private final Executor executor;
    private final @Nullable Inlet[] inlets = new Inlet[UnionTable.INSTANCES];
    private final Object publishing = new Object();
    private boolean isClosed;
    private boolean hasTick;
    private long tickNanos;

    PairUnion(
            Collection<AddressFamily> families,
            int maxNextHops,
            long hashSeed,
            HostCalls hosts,
            MonotonicClock clock,
            Executor executor) {
        this.table = new UnionTable(families, maxNextHops, hashSeed);
        this.hosts = hosts;
        this.clock = clock;
        this.executor = executor;
    }

    /** The sink of one instance: what it is told becomes that instance's part of the union, until it ends. */
    final class Inlet implements RouteSink {
        private final int instance;

        private Inlet(int instance) {
            this.instance = instance;
        }

        @Override
        public void snapshotBegin(long revision) {
            step(this, union -> union.snapshotBegin(instance));
        }

        @Override
        public void snapshotPage(RouteBatch page) {
            step(this, union -> union.put(instance, page));
        }

        @Override
        public void snapshotEnd(long revision) {
            UnionTable.Walk walk = new UnionTable.Walk();
            boolean[] hasMore = {true};
            while (hasMore[0]
                    && step(this, union -> hasMore[0] = union.removeUnconfirmed(instance, walk, ROWS_PER_STEP))) {
                // a step at a time
            }
        }

        @Override
        public void onChanges(RouteBatch changes) {
            step(this, union -> union.put(instance, changes));
        }

        /**
         * The instance is gone: what only it had leaves the union; what comes later is ignored. Idempotent; whoever comes
         * second waits for the first.
         */
        synchronized void end() {
            synchronized (PairUnion.this) {
                if (inlets[instance] != this) {
                    return;
                }
                inlets[instance] = null;
            }
            UnionTable.Walk walk = new UnionTable.Walk();
            boolean[] hasMore = {true};
            while (hasMore[0] && step(null, union -> hasMore[0] = union.removeAll(instance, walk, ROWS_PER_STEP))) {
                // a step at a time
            }
        }
    }

    /** Returns the sink for an instance that starts; the one before must have ended. */
    synchronized Inlet inlet(int instance) {
        if (inlets[instance] != null) {
            throw new AssertionError("instance " + instance + " has a sink already");
        }
        Inlet inlet = new Inlet(instance);
        inlets[instance] = inlet;
        return inlet;
    }

    /** Adds a sink that {@link HostCalls} knows by this id. */
    void attach(int id, String name) {
        step(null, union -> union.attach(id, name));
    }

    /** Adds a sink of a route table that {@link HostCalls} knows by this id. */
    void attach(int id, String name, String table) {
        step(null, union -> union.attach(id, name, table));
    }

    /** Says which route tables are programmed now. */
    void setProgrammed(Set<String> tables) {
        step(null, union -> union.setProgrammed(tables));
    }

    /** Forgets a sink. */
    void detach(int id) {
        step(null, union -> union.detach(id));
    }

    /** Lets the sinks keep what they have: nothing more is handed to them. */
    synchronized void close() {
        isClosed = true;
    }

    /** Changes the table, unless the sink that asks for it has ended; returns whether it did. */
    private boolean step(@Nullable Inlet by, Consumer<UnionTable> change) {
        List<Output> outputs;
        synchronized (this) {
            if (isClosed || (by != null && inlets[by.instance] != by)) {
                return false;
            }
            change.accept(table);
            outputs = table.feed(clock.nanoTime());
            scheduleTick();
        }
        for (Output output : outputs) {
            perform(output);
        }
        return true;
    }

    private void perform(Output output) {
        if (output instanceof Output.CallSink call) {
            hosts.callSink(
                    call, ready -> step(null, union -> union.ready(ready.sink(), clock.nanoTime(), ready.error())));
        } else if (output instanceof Output.Publish publish) {
            publish(publish.event());
        } else {
            throw new AssertionError(output);
        }
    }

    /** Tells the listeners of the pair, and the log, of something that is no instance's. */
    private void publish(ServerEvent event) {
        synchronized (publishing) {
            hosts.publish(event);
        }
    }

    /** Tells the listeners of the pair of something that an instance has logged. */
    void tell(ServerEvent event) {
        synchronized (publishing) {
            hosts.tell(event);
        }
    }

    /** Tells the listeners of the pair their last event, however many wait before it. */
    void tellStopped() {
        synchronized (publishing) {
            hosts.publishStopped(null);
        }
    }

    /** While a sink is in a call, or waits after a throw, somebody must look after it: there is no loop here. */
    private void scheduleTick() {
        long now = clock.nanoTime();
        boolean isLost = hasTick && now - tickNanos > LATEST_TICK_NANOS; // the executor refused it
        if (!table.isPending() || (hasTick && !isLost)) {
            return;
        }
        long wait = Math.min(LATEST_TICK_NANOS, table.nextDeadlineNanos(now + FAR_NANOS) - now);
        wait = Math.max(EARLIEST_TICK_NANOS, wait);
        hasTick = true;
        tickNanos = now + wait;
        CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS, executor).execute(this::tick);
    }

    private void tick() {
        synchronized (this) {
            hasTick = false;
        }
        step(null, union -> {});
        synchronized (publishing) {
            hosts.watch(LATEST_TICK_NANOS);
        }
    }
}
