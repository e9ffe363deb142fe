package dev.waymark.examples.interop;

import java.util.List;

/** A real BGP daemon as a peer of the route server. What it is told and asked goes through its own tools. */
interface Nva extends AutoCloseable {
    Site site();

    /** Starts it; it may have been killed before. */
    void start();

    /** Returns the running program. */
    DaemonProcess process();

    /** Has it announce a route to the route server, before or after its start. */
    void announce(SentRoute route);

    /** Returns what it has from the route server, as its own tool prints it. */
    List<SeenRoute> seen();

    /** Returns parts of lines that it prints whoever its peers are, and that mean nothing here. */
    default List<String> ownNoise() {
        return List.of();
    }

    /** Returns what it is, for messages. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Ends it. */
    @Override
    default void close() {
        process().close();
    }
}
