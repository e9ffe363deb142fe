package dev.waymark.engine;

import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteServerPair;
import dev.waymark.api.RouteServerPairConfig;
import dev.waymark.spi.MonotonicClock;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.ServerEventListener;
import dev.waymark.spi.SpiConfigurationException;
import dev.waymark.spi.Transport;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes route servers: one call for a host, see {@link RouteServerConfig} for what it can set. */
public final class RouteServerEngine {
    private static final int PAGE_OCTETS = 8_192;
    private static final int CHUNK_ORDER = 6;

    private RouteServerEngine() {}

    /**
     * Makes a route server that holds no session until {@link RouteServer#start()}. Its tables are one thread's, which is
     * a daemon and lives until {@link RouteServer#stop}.
     *
     * @throws SpiConfigurationException if a provider is missing, ambiguous, or could not be created
     * @throws dev.waymark.api.ConfigurationException if a rule needs a provider to be judged, and is broken
     */
    public static RouteServer create(RouteServerConfig config) {
        SpiLoader loader = new SpiLoader(config);
        RouteServerConfig resolved = loader.resolve();
        Transport transport = transport(resolved);
        MonotonicClock clock = resolved.clock().orElseGet(MonotonicClock::system);
        ExecutorService own = resolved.executor().isPresent() ? null : threads(resolved.name());
        Executor executor = own != null ? own : resolved.executor().orElseThrow();
        HostCalls hosts = new HostCalls(
                resolved.name(), executor, clock, resolved.metrics().orElse(null));
        for (ServerEventListener listener : resolved.listeners()) {
            hosts.addListener(listener);
        }
        RouteServerCore core = new RouteServerCore(resolved, allocator());
        EngineLoop loop = new EngineLoop(resolved.name(), core, clock, transport, hosts);
        EngineRouteServer server = new EngineRouteServer(resolved, transport, loader.ownsTransport(), hosts, loop, own);
        loop.start(server::release);
        for (var sink : resolved.sinks().entrySet()) {
            RouteSink target = sink.getValue();
            server.attachSink(sink.getKey(), target);
        }
        return server;
    }

    /**
     * Makes a route server of two instances that hold no session until {@link RouteServerPair#start()} (ARS-2). Each instance
     * has a thread of its own; the union of what they program has none.
     *
     * @throws SpiConfigurationException if a provider is missing, ambiguous, or could not be created
     * @throws dev.waymark.api.ConfigurationException if a rule needs a provider to be judged, and is broken
     */
    public static RouteServerPair createPair(RouteServerPairConfig config) {
        SpiLoader loader = new SpiLoader(config.shared());
        RouteServerConfig found = loader.resolve();
        Transport transport = transport(found);
        MonotonicClock clock = found.clock().orElseGet(MonotonicClock::system);
        ExecutorService own = found.executor().isPresent() ? null : threads(found.name());
        Executor executor = own != null ? own : found.executor().orElseThrow();
        RouteServerConfigBuilder shared =
                found.toBuilder().transport(transport).clock(clock).executor(executor);
        found.metrics().ifPresent(metrics -> shared.metrics(new SharedMetrics(metrics)));
        HostCalls hosts = new HostCalls(found.name(), executor, clock, null);
        found.listeners().forEach(hosts::addListener);
        PairUnion union = new PairUnion(
                found.session().families(), found.selection().maxNextHops(), found.seed(), hosts, clock, executor);
        EnginePair pair = new EnginePair(config.withShared(shared.build()), hosts, union, () -> {
            if (own != null) {
                own.shutdown();
            }
            if (loader.ownsTransport()) {
                transport.close();
            }
        });
        found.sinks().forEach(pair::attachSink);
        return pair;
    }

    private static Transport transport(RouteServerConfig config) {
        return config.transport()
                .orElseThrow(() -> new SpiConfigurationException(
                        "no Transport: give one with RouteServerConfigBuilder.transport, or have one found with"
                                + " discoverProviders"));
    }

    /** Few, small arenas: chunks of 64 KiB come from one loop and go back to it. */
    private static ByteBufAllocator allocator() {
        return new PooledByteBufAllocator(true, 0, 1, PAGE_OCTETS, CHUNK_ORDER, 0, 0, false);
    }

    private static ExecutorService threads(String name) {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "waymark-" + name + "-calls");
            thread.setDaemon(true);
            return thread;
        });
    }
}
