package dev.waymark.spi;

/** Makes the {@link ServerMetrics} of a server. */
public interface ServerMetricsProvider extends SpiProvider {
    /** Returns what records numbers; called once per server, before any peer starts. A throw fails the server's creation. */
    ServerMetrics create(SpiContext context);
}
