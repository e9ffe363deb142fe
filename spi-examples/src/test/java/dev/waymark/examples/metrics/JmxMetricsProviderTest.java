package dev.waymark.examples.metrics;

import dev.waymark.spi.SpiProvider;
import dev.waymark.spi.contract.ProviderContract;

class JmxMetricsProviderTest extends ProviderContract {
    @Override
    protected SpiProvider provider() {
        return new JmxMetricsProvider();
    }
}
