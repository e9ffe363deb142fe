package dev.waymark.engine;

import dev.waymark.api.ServerEvent;
import dev.waymark.spi.MonotonicClock;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.ServerEventListener;
import dev.waymark.spi.ServerMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of host code: sinks, listeners, metrics, each serialised on the executor, none on the loop; and the answers that hosts
 * wait for. Thread-safe.
 */
final class HostCalls {
    private static final Logger LOG = LoggerFactory.getLogger(HostCalls.class);
    private static final int EVENTS_WAITING = 10_000;
    private static final int CALLS_WAITING = 16;
    private static final int METRICS_WAITING = 4_096;

    private final String instance;
    private final Executor executor;
    private final MonotonicClock clock;
    private final EventLog log;
    private final Map<Integer, AttachedSink> sinks = new ConcurrentHashMap<>();
    private final List<AttachedListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<Long, CompletableFuture<Optional<Object>>> pending = new ConcurrentHashMap<>();
    private final AtomicLong nextCall = new AtomicLong(1);
    private final @Nullable ServerMetrics metrics;
    private final SerialCalls metricsCalls;
    private volatile boolean isFailed;

    private record AttachedSink(RouteSink sink, SerialCalls calls) {}

    private static final class AttachedListener {
        private final ServerEventListener listener;
        private final SerialCalls calls;
        private final AtomicLong lost = new AtomicLong();

        AttachedListener(ServerEventListener listener, SerialCalls calls) {
            this.listener = listener;
            this.calls = calls;
        }
    }

    HostCalls(String instance, Executor executor, MonotonicClock clock, @Nullable ServerMetrics metrics) {
        this.instance = instance;
        this.executor = executor;
        this.clock = clock;
        this.log = new EventLog(clock);
        this.metrics = metrics;
        this.metricsCalls = calls("metrics", METRICS_WAITING);
    }

    private SerialCalls calls(String name, int bound) {
        return new SerialCalls(
                name,
                executor,
                clock,
                bound,
                thrown -> LOG.atWarn()
                        .setCause(thrown)
                        .addKeyValue("callback", name)
                        .log("host code threw"));
    }

    /** Adds a listener; returns what removes it. */
    Runnable addListener(ServerEventListener listener) {
        AttachedListener attached = new AttachedListener(listener, calls("listener", EVENTS_WAITING));
        listeners.add(attached);
        return () -> {
            listeners.remove(attached);
            attached.calls.close();
        };
    }

    void addSink(int id, String name, RouteSink sink) {
        sinks.put(id, new AttachedSink(sink, calls("sink:" + name, CALLS_WAITING)));
    }

    void removeSink(int id) {
        AttachedSink attached = sinks.remove(id);
        if (attached != null) {
            attached.calls().close();
        }
    }

    /** Tells every listener; one that has too many waiting is told later how many it missed. */
    void publish(ServerEvent event) {
        log.log(event);
        tell(event);
    }

    /** Tells every listener as {@link #publish} does, but writes no log: for what has been logged elsewhere. */
    void tell(ServerEvent event) {
        for (AttachedListener attached : listeners) {
            tell(attached, event, EVENTS_WAITING);
        }
    }

    /** Tells every listener the last event, however many wait before it. */
    void publishStopped(@Nullable Throwable error) {
        ServerEvent event =
                new ServerEvent.ServerStopped(Optional.ofNullable(error).map(Throwable::toString));
        log.log(event);
        for (AttachedListener attached : listeners) {
            tell(attached, event, Integer.MAX_VALUE);
        }
    }

    private static void tell(AttachedListener attached, ServerEvent event, int bound) {
        long lost = attached.lost.get();
        ServerEvent gap = new ServerEvent.EventsLost(lost);
        if (lost > 0 && attached.calls.offer(() -> attached.listener.onEvent(gap), bound)) {
            attached.lost.addAndGet(-lost);
        }
        if (!attached.calls.offer(() -> attached.listener.onEvent(event), bound)) {
            attached.lost.incrementAndGet();
        }
    }

    /** Calls a sink; the consumer hears when it returned, or what it threw. */
    void callSink(Output.CallSink call, Consumer<Input.SinkReady> returned) {
        AttachedSink attached = sinks.get(call.sink());
        if (attached == null) {
            return;
        }
        boolean isTaken = attached.calls().offer(() -> {
            String error = tryCall(attached.sink(), call.call());
            returned.accept(new Input.SinkReady(call.sink(), error));
        });
        if (!isTaken) {
            returned.accept(new Input.SinkReady(call.sink(), "the executor refused the call"));
        }
    }

    private static @Nullable String tryCall(RouteSink sink, Output.SinkCall call) {
        try {
            switch (call.method()) {
                case SNAPSHOT_BEGIN -> sink.snapshotBegin(call.batch().revision());
                case SNAPSHOT_PAGE -> sink.snapshotPage(call.batch());
                case SNAPSHOT_END -> sink.snapshotEnd(call.batch().revision());
                case CHANGES -> sink.onChanges(call.batch());
            }
            return null;
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError thrown) {
            return thrown.toString();
        }
    }

    void measured(Output.Measured measured) {
        ServerMetrics binding = metrics;
        if (binding != null) {
            metricsCalls.offer(() -> {
                binding.recordPeerStatus(instance, measured.peer(), measured.status());
                binding.recordRoutesLearned(instance, measured.peer(), measured.learned());
                binding.recordRoutesAdvertised(instance, measured.peer(), measured.advertised());
            });
        }
    }

    /** Hands a command to the loop; the answer comes with the future. */
    CompletableFuture<Optional<Object>> call(Command command, EngineLoop loop) {
        long id = nextCall.getAndIncrement();
        CompletableFuture<Optional<Object>> answer = new CompletableFuture<>();
        pending.put(id, answer);
        loop.offer(later -> later.step(new Input.Called(id, command)));
        if (isFailed) {
            failPending();
        }
        return answer;
    }

    void reply(Output.Reply reply) {
        CompletableFuture<Optional<Object>> answer = pending.remove(reply.id());
        if (answer == null) {
            return;
        }
        RuntimeException error = reply.error();
        if (error != null) {
            answer.completeExceptionally(error);
        } else {
            answer.complete(Optional.ofNullable(reply.result()));
        }
    }

    /** Fails every call that waits, now that nobody answers any more. */
    void failPending() {
        isFailed = true;
        for (Long id : List.copyOf(pending.keySet())) {
            CompletableFuture<Optional<Object>> answer = pending.remove(id);
            if (answer != null) {
                answer.completeExceptionally(new IllegalStateException("the server has stopped"));
            }
        }
    }

    /** Returns whether the calling thread is inside a call of host code. */
    boolean isInsideCall() {
        for (AttachedSink sink : sinks.values()) {
            if (sink.calls().isCaller()) {
                return true;
            }
        }
        for (AttachedListener listener : listeners) {
            if (listener.calls.isCaller()) {
                return true;
            }
        }
        return metricsCalls.isCaller();
    }

    /** Waits until the calls so far have returned, at most so long in all. */
    void awaitCalls(long nanos) {
        long end = System.nanoTime() + nanos;
        for (AttachedSink sink : sinks.values()) {
            sink.calls().await(end - System.nanoTime());
        }
        for (AttachedListener listener : listeners) {
            listener.calls.await(end - System.nanoTime());
        }
    }

    boolean isBusy() {
        for (AttachedSink sink : sinks.values()) {
            if (sink.calls().callNanos() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Publishes an event for each sink whose current call takes longer than given, once per call. */
    void watch(long limitNanos) {
        for (AttachedSink sink : sinks.values()) {
            long nanos = sink.calls().slowCallNanos(limitNanos);
            if (nanos > 0) {
                publish(new ServerEvent.CallbackSlow(sink.calls().name(), nanos / 1_000_000));
            }
        }
    }
}
