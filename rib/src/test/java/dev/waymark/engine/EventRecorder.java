package dev.waymark.engine;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.spi.ServerEventListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Keeps what it hears, and lets a test wait for it. Thread-safe. */
final class EventRecorder implements ServerEventListener {
    private static final long AT_MOST_NANOS = 60_000_000_000L;

    private final List<ServerEvent> events = new ArrayList<>();
    private final Consumer<ServerEvent> inside;

    /** Makes a listener that only keeps. */
    EventRecorder() {
        this(event -> {});
    }

    /** Makes a listener that does something in the callback, before it keeps the event. */
    EventRecorder(Consumer<ServerEvent> inside) {
        this.inside = inside;
    }

    @Override
    public void onEvent(ServerEvent event) {
        inside.accept(event);
        synchronized (this) {
            events.add(event);
            notifyAll();
        }
    }

    synchronized List<ServerEvent> all() {
        return List.copyOf(events);
    }

    synchronized <E extends ServerEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits until such an event has come, and returns the first. */
    synchronized <E extends ServerEvent> E await(Class<E> type, Predicate<E> wanted) {
        long end = System.nanoTime() + AT_MOST_NANOS;
        while (true) {
            for (E event : all(type)) {
                if (wanted.test(event)) {
                    return event;
                }
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no such " + type.getSimpleName() + " among " + events);
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", interrupted);
            }
        }
    }

    <E extends ServerEvent> E await(Class<E> type) {
        return await(type, event -> true);
    }

    /** Waits until a peer is in a state. */
    void awaitState(String peer, SessionState state) {
        await(ServerEvent.PeerStateChanged.class, event -> event.peer().name().equals(peer) && event.to() == state);
    }
}
