package dev.waymark.examples.app;

import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.examples.transport.NioTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final List<DemoInstance> instances = new ArrayList<>();

    /**
     * Starts the instances.
     *
     * @param change what differs from Azure's profile
     */
    DemoNetwork(UnaryOperator<RouteServerConfigBuilder> change) {
        List<PeerConfig> peers = nvas().stream()
                .map(nva -> PeerConfig.builder(nva.name(), nva.address(), nva.asn())
                        .passive(true)
                        .build())
                .toList();
        try {
            for (int i = 0; i < 2; i++) {
                NetworkSpace network =
                        new NetworkSpace(VIRTUAL_NETWORK, Optional.of(IpAddress.parse("10.0.1." + (4 + i))));
                IpAddress listen = IpAddress.parse("127.0.1." + (4 + i));
                instances.add(DemoInstance.start("rs" + i, listen, network, peers, serverTransport, change));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
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
        instances.forEach(instance -> instance.server().stop(text));
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
