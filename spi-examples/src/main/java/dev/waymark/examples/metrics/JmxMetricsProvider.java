package dev.waymark.examples.metrics;

import dev.waymark.spi.ServerMetrics;
import dev.waymark.spi.ServerMetricsProvider;
import dev.waymark.spi.SpiContext;
import java.lang.management.ManagementFactory;

/** Makes a {@link JmxMetrics} of the JVM's own MBean server, under the name {@code jmx}. */
public final class JmxMetricsProvider implements ServerMetricsProvider {
    /** Creates the provider; ServiceLoader does. */
    public JmxMetricsProvider() {}

    @Override
    public String name() {
        return "jmx";
    }

    @Override
    public ServerMetrics create(SpiContext context) {
        return new JmxMetrics(ManagementFactory.getPlatformMBeanServer());
    }
}
