package dev.waymark.spi;

/** Makes the {@link RoutePolicy} of a server. */
public interface RoutePolicyProvider extends SpiProvider {
    /** Returns what decides on routes; called once per server, before any peer starts. A throw fails the server's creation. */
    RoutePolicy create(SpiContext context);
}
