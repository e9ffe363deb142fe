package dev.waymark.examples.transport;

import dev.waymark.spi.SpiProvider;
import dev.waymark.spi.contract.ProviderContract;

class InMemoryTransportProviderTest extends ProviderContract {
    @Override
    protected SpiProvider provider() {
        return new InMemoryTransportProvider();
    }

    @Override
    protected boolean isDiscoverable() {
        return false;
    }
}
