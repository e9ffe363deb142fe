package dev.waymark.examples.transport;

import dev.waymark.spi.SpiProvider;
import dev.waymark.spi.contract.ProviderContract;

class NioTransportProviderTest extends ProviderContract {
    @Override
    protected SpiProvider provider() {
        return new NioTransportProvider();
    }
}
