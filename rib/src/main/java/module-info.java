/** Tables, the decision process and the route-server engine. */
module dev.waymark.rib {
    requires transitive dev.waymark.api;
    requires transitive dev.waymark.bgp.codec;
    requires transitive dev.waymark.policy;
    requires static transitive org.jspecify;
    requires io.netty.buffer;
    requires org.slf4j;

    exports dev.waymark.rib;
    exports dev.waymark.engine;

    uses dev.waymark.spi.MonotonicClockProvider;
    uses dev.waymark.spi.RoutePolicyProvider;
    uses dev.waymark.spi.RouteSinkProvider;
    uses dev.waymark.spi.ServerEventListenerProvider;
    uses dev.waymark.spi.ServerMetricsProvider;
    uses dev.waymark.spi.TransportProvider;
}
