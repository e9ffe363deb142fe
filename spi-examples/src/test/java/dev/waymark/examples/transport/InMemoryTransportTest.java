package dev.waymark.examples.transport;

import dev.waymark.spi.TransportProvider;
import dev.waymark.spi.contract.TransportContract;

class InMemoryTransportTest extends TransportContract {
    private final InMemoryTransportProvider provider = new InMemoryTransportProvider();

    @Override
    protected TransportProvider provider() {
        return provider;
    }
}
