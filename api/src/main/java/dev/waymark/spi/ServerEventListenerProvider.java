package dev.waymark.spi;

/** Makes the {@link ServerEventListener} of a server. */
public interface ServerEventListenerProvider extends SpiProvider {
    /** Returns what hears of events; called once per server, before any peer starts. A throw fails the server's creation. */
    ServerEventListener create(SpiContext context);
}
