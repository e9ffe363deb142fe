package dev.waymark.examples.sink;

import dev.waymark.spi.SpiProvider;
import dev.waymark.spi.contract.ProviderContract;

class ConsoleSinkProviderTest extends ProviderContract {
    @Override
    protected SpiProvider provider() {
        return new ConsoleSinkProvider();
    }
}
