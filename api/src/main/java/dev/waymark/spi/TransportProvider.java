package dev.waymark.spi;

/** Makes the {@link Transport} of a server. */
public interface TransportProvider extends SpiProvider {
    /** Returns what moves octets between the server and its peers; called once per server, before any peer starts. A throw fails the server's creation. */
    Transport create(SpiContext context);
}
