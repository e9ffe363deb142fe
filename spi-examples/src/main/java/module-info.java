/** Runnable implementations of every SPI, and the daemon. */
module dev.waymark.examples {
    requires transitive dev.waymark.api;
    requires transitive dev.waymark.bgp.codec;
    requires transitive dev.waymark.policy;
    requires transitive dev.waymark.rib;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires transitive java.management;
    requires org.slf4j;
    requires org.snakeyaml.engine.v2;

    exports dev.waymark.examples.authorizer;
    exports dev.waymark.examples.transport;
    exports dev.waymark.examples.sink;
    exports dev.waymark.examples.policy;
    exports dev.waymark.examples.metrics;

    opens dev.waymark.examples.app to
            info.picocli;

    uses dev.waymark.spi.RoutePolicyProvider;
    uses dev.waymark.spi.RouteSinkProvider;
    uses dev.waymark.spi.ServerMetricsProvider;

    provides dev.waymark.spi.RoutePolicyProvider with
            dev.waymark.examples.policy.PrefixLengthPolicyProvider;
    provides dev.waymark.spi.RouteSinkProvider with
            dev.waymark.examples.sink.ConsoleSinkProvider,
            dev.waymark.examples.sink.JsonLinesSinkProvider,
            dev.waymark.examples.sink.TableSinkProvider;
    provides dev.waymark.spi.ServerMetricsProvider with
            dev.waymark.examples.metrics.JmxMetricsProvider;
    provides dev.waymark.spi.TransportProvider with
            dev.waymark.examples.transport.NioTransportProvider;
}
