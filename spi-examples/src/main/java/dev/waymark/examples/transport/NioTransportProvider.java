package dev.waymark.examples.transport;

import dev.waymark.spi.SpiContext;
import dev.waymark.spi.Transport;
import dev.waymark.spi.TransportProvider;

/** Makes a {@link NioTransport} for each server, under the name {@code nio}. */
public final class NioTransportProvider implements TransportProvider {
    /** Creates the provider; ServiceLoader does. */
    public NioTransportProvider() {}

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public Transport create(SpiContext context) {
        return new NioTransport(context.serverName());
    }
}
