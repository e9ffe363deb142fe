package dev.waymark.examples.app;

import dev.waymark.api.InstanceConfig;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteServerPair;
import dev.waymark.api.RouteServerPairConfig;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.engine.RouteServerEngine;
import dev.waymark.examples.sink.TableSink;
import dev.waymark.examples.transport.NioTransport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * What the demo shows: a virtual network with two route-server instances and three appliances. All sessions are TCP on loopback
 * addresses; the addresses in routes are those of the virtual network. Used by one thread.
 */
final class DemoNetwork implements AutoCloseable {
    static final IpPrefix VIRTUAL_NETWORK = IpPrefix.parse("10.0.0.0/16");

    private final NioTransport serverTransport = new NioTransport("demo-servers");
    private final NioTransport nvaTransport = new NioTransport("demo-nvas");
    private final DemoNva fw1 = nva("fw1", 1, 65001);
    private final DemoNva fw2 = nva("fw2", 2, 65002);
    private final DemoNva sdwan = nva("sdwan", 3, 65003);
    private final TableSink sink = new TableSink(0, text -> {});
    private final List<ServerEvent> events = new CopyOnWriteArrayList<>();
    private final List<DemoInstance> instances = new ArrayList<>();
    private final RouteServerPair pair;

    /**
     * Starts both instances.
     *
     * @param change what differs from Azure's profile
     */
    DemoNetwork(UnaryOperator<RouteServerConfigBuilder> change) {
        RouteServerConfigBuilder shared = RouteServerConfig.azure()
                .network(VIRTUAL_NETWORK)
                .transport(serverTransport)
                .sink("table", sink)
                .listener(events::add);
        for (DemoNva nva : nvas()) {
            shared.peer(PeerConfig.builder(nva.name(), nva.address(), nva.asn())
                    .passive(true)
                    .build());
        }
        pair = RouteServerEngine.createPair(RouteServerPairConfig.of(change.apply(shared), instance(0), instance(1)));
        try {
            pair.start();
            pair.config().instances().forEach(own -> instances.add(new DemoInstance(own.name(), pair, events)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static InstanceConfig instance(int number) {
        IpAddress listen = IpAddress.parse("127.0.1." + (4 + number));
        return InstanceConfig.of("rs" + number, IpAddress.parse("10.0.1." + (4 + number)))
                .withListen(new InetSocketAddress(listen.toInetAddress(), 0));
    }

    RouteServerPair pair() {
        return pair;
    }

    /** Returns what is programmed: the union of both instances' routes. */
    TableSink sink() {
        return sink;
    }

    List<DemoInstance> instances() {
        return instances;
    }

    List<DemoNva> nvas() {
        return List.of(fw1, fw2, sdwan);
    }

    DemoNva fw1() {
        return fw1;
    }

    DemoNva fw2() {
        return fw2;
    }

    DemoNva sdwan() {
        return sdwan;
    }

    void connect() {
        nvas().forEach(nva -> nva.connect(instances, nvaTransport));
    }

    void stop(String text) {
        pair.stop(text);
    }

    @Override
    public void close() {
        stop("");
        nvaTransport.close();
        serverTransport.close();
    }

    private static DemoNva nva(String name, int number, int asn) {
        return new DemoNva(
                name, IpAddress.parse("127.0.2." + number), IpAddress.parse("10.0.2." + number), Asn.of(asn));
    }
}
