package dev.waymark.engine;

import dev.waymark.api.InstanceConfig;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteServerPair;
import dev.waymark.api.RouteServerPairConfig;
import dev.waymark.api.net.IpAddress;
import dev.waymark.spi.contract.LoopbackTransport;
import dev.waymark.spi.contract.RecordingSink;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A pair of real engines on a transport without a network, with a sink and its events. */
final class PairRig implements AutoCloseable {
    static final List<String> NAMES = List.of("rs0", "rs1");

    final LoopbackTransport transport = new LoopbackTransport();
    final EventRecorder events = new EventRecorder();
    final RecordingSink sink = new RecordingSink();
    final RouteServerPair pair;

    PairRig(Speaker... speakers) {
        this(config -> config, speakers);
    }

    PairRig(UnaryOperator<RouteServerConfigBuilder> change, Speaker... speakers) {
        this(RouteServerEngine::createPair, change, speakers);
    }

    PairRig(
            Function<RouteServerPairConfig, RouteServerPair> engine,
            UnaryOperator<RouteServerConfigBuilder> change,
            Speaker... speakers) {
        RouteServerConfigBuilder shared =
                RouteServerConfig.azure().transport(transport).listener(events).sink("table", sink);
        for (Speaker speaker : speakers) {
            shared.peer(peer(speaker));
        }
        pair = engine.apply(RouteServerPairConfig.of(change.apply(shared), instance(0), instance(1)));
    }

    static PeerConfig peer(Speaker speaker) {
        return PeerConfigs.of(speaker).build();
    }

    static InstanceConfig instance(int index) {
        IpAddress address = IpAddress.parse("10.0.0." + (4 + index));
        return InstanceConfig.of(NAMES.get(index), address)
                .withListen(listen(index))
                .withZone("zone-" + (1 + index));
    }

    private static InetSocketAddress listen(int index) {
        return new InetSocketAddress("10.0.0." + (4 + index), 179);
    }

    PairRig start() {
        pair.start();
        return this;
    }

    /** Connects a speaker to an instance and waits until its session is up. */
    LoopbackNva up(Speaker speaker, int index) {
        InetSocketAddress from = new InetSocketAddress(speaker.address.toInetAddress(), 40_000);
        return new LoopbackNva(speaker, transport.dial(from, listen(index))).up();
    }

    @Override
    public void close() {
        pair.close();
        transport.close();
    }
}
