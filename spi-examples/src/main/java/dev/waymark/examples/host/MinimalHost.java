package dev.waymark.examples.host;

import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.engine.RouteServerEngine;
import dev.waymark.examples.sink.TableSink;
import dev.waymark.examples.transport.NioTransport;
import dev.waymark.spi.RouteSink;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A control plane that programs what one NVA announces. */
final class MinimalHost {
    private MinimalHost() {}

    public static void main(String[] args) throws InterruptedException {
        RouteSink table = new TableSink(20, System.out::println); // yours programs route tables
        RouteServerConfig config = RouteServerConfig.azure()
                .localAddress(IpAddress.parse("127.0.0.4"))
                .listen(new InetSocketAddress("127.0.0.4", 1790))
                .network(new NetworkSpace(IpPrefix.parse("10.0.0.0/16"), Optional.of(IpAddress.parse("10.0.0.4"))))
                .peer(PeerConfig.builder("nva1", IpAddress.parse("127.0.0.11"), Asn.of(65001))
                        .passive(true)
                        .build())
                .transport(new NioTransport("host"))
                .sink("table", table)
                .listener(event -> System.out.println(event))
                .build();
        RouteServer server = RouteServerEngine.create(config);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop("maintenance")));
        server.start();
        Thread.currentThread().join();
    }
}
