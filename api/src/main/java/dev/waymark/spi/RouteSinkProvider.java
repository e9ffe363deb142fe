package dev.waymark.spi;

/** Makes the {@link RouteSink} of a server. */
public interface RouteSinkProvider extends SpiProvider {
    /** Returns what programs routes; called once per server, before any peer starts. A throw fails the server's creation. */
    RouteSink create(SpiContext context);
}
