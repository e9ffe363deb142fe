package dev.waymark.examples.host;

import dev.waymark.api.NetworkPeering;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteTable;
import dev.waymark.api.VirtualNetwork;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.RouteSink;

/** A peered network comes to a running server. */
final class SpokeNetwork {
    private SpokeNetwork() {}

    static void add(RouteServer server, RouteSink table) {
        VirtualNetwork network = server.virtualNetwork();
        network.addPeering(NetworkPeering.of("spoke1", IpPrefix.parse("10.1.0.0/16")));
        network.addRouteTable(RouteTable.ofPeering("frontend", "spoke1"));
        server.attachSink("frontend", "frontend", table);
        network.effectiveRoutes("frontend").forEach(System.out::println);
    }
}
