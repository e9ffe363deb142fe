package dev.waymark.examples.app;

import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerPair;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.ServerEvent.OfInstance;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

/** One instance of the demo's route server, and what it has told. Thread-safe. */
final class DemoInstance {
    private final String name;
    private final RouteServerPair pair;
    private final InetSocketAddress address;
    private final List<ServerEvent> events;

    /**
     * Creates a look at an instance that has started.
     *
     * @param events what the pair has told; more may come
     */
    DemoInstance(String name, RouteServerPair pair, List<ServerEvent> events) {
        this.name = name;
        this.pair = pair;
        this.address = pair.instance(name).listening().get(0);
        this.events = events;
    }

    String name() {
        return name;
    }

    /** Returns the server; throws {@link IllegalStateException} once the pair has stopped. */
    RouteServer server() {
        return pair.instance(name);
    }

    InetSocketAddress address() {
        return address;
    }

    /** Returns the events of one kind so far. */
    <E extends ServerEvent> Stream<E> events(Class<E> type) {
        return events.stream()
                .filter(OfInstance.class::isInstance)
                .map(OfInstance.class::cast)
                .filter(event -> event.instance().equals(name))
                .map(OfInstance::event)
                .filter(type::isInstance)
                .map(type::cast);
    }
}
