package dev.waymark.examples.app;

import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import dev.waymark.engine.RouteServerEngine;
import dev.waymark.examples.sink.TableSink;
import dev.waymark.spi.Transport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One route server of the demo, with its sink and what it has told. Thread-safe. */
final class DemoInstance {
    private final RouteServer server;
    private final TableSink sink;
    private final List<ServerEvent> events;

    private DemoInstance(RouteServer server, TableSink sink, List<ServerEvent> events) {
        this.server = server;
        this.sink = sink;
        this.events = events;
    }

    /**
     * Starts an instance in Azure's profile on a free port.
     *
     * @param change what differs from the profile
     */
    static DemoInstance start(
            String name,
            IpAddress listen,
            NetworkSpace network,
            List<PeerConfig> peers,
            Transport transport,
            UnaryOperator<RouteServerConfigBuilder> change) {
        TableSink sink = new TableSink(0, text -> {});
        List<ServerEvent> events = new CopyOnWriteArrayList<>();
        RouteServerConfigBuilder builder = RouteServerConfig.azure()
                .name(name)
                .routerId(RouterId.ofBits(network.nextHop().orElseThrow().ipv4Bits()))
                .listen(new InetSocketAddress(listen.toInetAddress(), 0))
                .network(network)
                .transport(transport)
                .sink("table", sink)
                .listener(events::add);
        peers.forEach(builder::peer);
        RouteServer server = RouteServerEngine.create(change.apply(builder).build());
        server.start();
        return new DemoInstance(server, sink, events);
    }

    String name() {
        return server.config().name();
    }

    RouteServer server() {
        return server;
    }

    TableSink sink() {
        return sink;
    }

    InetSocketAddress address() {
        return server.listening().get(0);
    }

    /** Returns the events of one kind so far. */
    <E extends ServerEvent> Stream<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }
}
