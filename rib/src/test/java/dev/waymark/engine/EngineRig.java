package dev.waymark.engine;

import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.spi.contract.LoopbackPeer;
import dev.waymark.spi.contract.LoopbackTransport;
import java.net.InetSocketAddress;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A real engine on a transport without a network, with its events. */
final class EngineRig implements AutoCloseable {
    static final InetSocketAddress LISTEN = new InetSocketAddress("10.0.0.4", 179);

    final LoopbackTransport transport = new LoopbackTransport();
    final EventRecorder events = new EventRecorder();
    final RouteServer server;

    EngineRig(Speaker... speakers) {
        this(config -> config, speakers);
    }

    EngineRig(UnaryOperator<RouteServerConfigBuilder> change, Speaker... speakers) {
        this(RouteServerEngine::create, change, speakers);
    }

    EngineRig(
            Function<RouteServerConfig, RouteServer> engine,
            UnaryOperator<RouteServerConfigBuilder> change,
            Speaker... speakers) {
        RouteServerConfigBuilder config = RouteExchangeTest.azure(speakers)
                .transport(transport)
                .listen(LISTEN)
                .listener(events);
        server = engine.apply(change.apply(config).build());
    }

    EngineRig start() {
        server.start();
        return this;
    }

    /** Connects a speaker, without saying anything. */
    LoopbackNva connect(Speaker speaker) {
        return new LoopbackNva(speaker, dial(speaker));
    }

    LoopbackPeer dial(Speaker speaker) {
        return transport.dial(new InetSocketAddress(speaker.address.toInetAddress(), 40_000), LISTEN);
    }

    /** Connects a speaker and waits until its session is up. */
    LoopbackNva up(Speaker speaker) {
        return connect(speaker).up();
    }

    @Override
    public void close() {
        server.close();
        transport.close();
    }
}
