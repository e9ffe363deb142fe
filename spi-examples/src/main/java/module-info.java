/** Runnable implementations of every SPI, and the daemon. */
module dev.waymark.examples {
    requires transitive dev.waymark.api;
    requires transitive dev.waymark.bgp.codec;
    requires transitive dev.waymark.policy;
    requires transitive dev.waymark.rib;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires org.slf4j;
    requires org.snakeyaml.engine.v2;

    exports dev.waymark.examples.transport;
    exports dev.waymark.examples.sink;
    exports dev.waymark.examples.policy;
    exports dev.waymark.examples.metrics;

    opens dev.waymark.examples.app to
            info.picocli;

    provides dev.waymark.spi.TransportProvider with
            dev.waymark.examples.transport.NioTransportProvider;
}
