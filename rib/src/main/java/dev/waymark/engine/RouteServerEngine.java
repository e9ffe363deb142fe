package dev.waymark.engine;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.DeploymentRegistry;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteServerPair;
import dev.waymark.api.RouteServerPairConfig;
import dev.waymark.api.Subscription;
import dev.waymark.spi.MonotonicClock;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.ServerEventListener;
import dev.waymark.spi.SpiConfigurationException;
import dev.waymark.spi.Transport;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes route servers: one call for a host, see {@link RouteServerConfig} for what it can set. */
public final class RouteServerEngine {
    private static final long MOST_REHEARSED = 1_000_000_000L;
    private static final long ROUTES_PER_CHANGE = 128;

    private RouteServerEngine() {}

    /**
     * Makes a route server that holds no session until {@link RouteServer#start()}. Its tables are one thread's, which is
     * a daemon and lives until {@link RouteServer#stop}; many servers with little to do share threads in an {@link
     * EngineLoopGroup}.
     *
     * @throws SpiConfigurationException if a provider is missing, ambiguous, or could not be created
     * @throws ConfigurationException if a rule needs a provider to be judged, and is broken
     */
    public static RouteServer create(RouteServerConfig config) {
        LoopThread thread = new LoopThread("waymark-" + config.name());
        try {
            return create(config, thread, null);
        } finally {
            thread.close();
        }
    }

    /**
     * Makes a route server, as {@link #create(RouteServerConfig)} does, on a thread of a group.
     *
     * @throws IllegalStateException if the group has been closed
     */
    public static RouteServer create(RouteServerConfig config, EngineLoopGroup group) {
        return create(config, group.next(), group.executor());
    }

    private static RouteServer create(RouteServerConfig config, LoopThread thread, @Nullable Executor shared) {
        Subscription place = DeploymentRegistry.take(config);
        try {
            return create(config, thread, shared, place);
        } catch (RuntimeException refused) {
            place.close();
            throw refused;
        }
    }

    /**
     * Has the JVM compile what servers do most, before the first peer comes: made-up peers announce routes to a server that
     * nobody sees. Without it the first few hundred thousand routes are taken in by code that is interpreted or quickly
     * compiled, at half the speed and less. Works on the calling thread, for some seconds with a million routes, while the
     * compilers use other processors; afterwards nothing is left of it in memory but compiled code.
     *
     * <p>Nothing of the configuration is called: no transport, sink, listener or policy.
     *
     * @param config what servers to come are like: session, selection and export settings count, IPv4 only
     * @param routes how many routes are announced in all, at least, 0 to 1,000,000,000; for the best compiler one million is
     *     enough
     * @throws ConfigurationException if the number is out of range
     */
    public static void rehearse(RouteServerConfig config, long routes) {
        if (routes < 0 || routes > MOST_REHEARSED) {
            throw new ConfigurationException("routes", routes + " is not in 0 to 1,000,000,000", "");
        }
        if (routes > 0) {
            new Rehearsal(config, LoopThread.newAllocator()).run(routes);
        }
    }

    /**
     * Does what {@link #rehearse(RouteServerConfig, long)} does, and then has a server with all its threads pass single changes
     * on over a transport, one for every 128 routes. What is compiled then is the transport's code too, and the first changes
     * after the first full table arrive sooner. Half of them go over one server, the rest over another, since what was compiled
     * before sessions ended for the first time is of no use afterwards. Takes some seconds more.
     *
     * <p>The server listens on 127.0.0.1, on a port that the transport picks; its peers connect from 127.0.0.2 to 127.0.0.5.
     * Where these addresses aren't to be had, or a change takes more than two seconds, this part ends there.
     *
     * @param transport what it goes over; it stays the caller's, and nothing of it stays open
     * @return how many single changes were passed on
     * @throws ConfigurationException if the number is out of range
     * @throws InterruptedException if the thread is interrupted; nothing is left running
     */
    public static long rehearse(RouteServerConfig config, long routes, Transport transport)
            throws InterruptedException {
        rehearse(config, routes);
        long changes = routes / ROUTES_PER_CHANGE;
        long half = changes / 2;
        long done = half == 0 ? 0 : new LiveRehearsal(config, transport).run(half);
        return changes == 0 || done < half ? done : done + new LiveRehearsal(config, transport).run(changes - half);
    }

    private static RouteServer create(
            RouteServerConfig config, LoopThread thread, @Nullable Executor shared, Subscription place) {
        SpiLoader loader = new SpiLoader(config);
        RouteServerConfig resolved = loader.resolve();
        Transport transport = transport(resolved);
        MonotonicClock clock = resolved.clock().orElseGet(MonotonicClock::system);
        Executor given = resolved.executor().orElse(shared);
        ExecutorService own = given == null ? threads(resolved.name()) : null;
        Executor executor = given == null ? Objects.requireNonNull(own) : given;
        HostCalls hosts = new HostCalls(
                resolved.name(), executor, clock, resolved.metrics().orElse(null));
        for (ServerEventListener listener : resolved.listeners()) {
            hosts.addListener(listener);
        }
        RouteServerCore core = new RouteServerCore(resolved, thread.allocator());
        EngineLoop loop = new EngineLoop(thread, core, clock, transport, hosts);
        EngineRouteServer server = new EngineRouteServer(resolved, transport, loader.ownsTransport(), hosts, loop, own);
        Runnable release = () -> {
            server.release();
            place.close();
        };
        if (!loop.start(release)) {
            server.release();
            throw new IllegalStateException("the group of engine loops has been closed");
        }
        resolved.sinks().forEach((name, sink) -> attach(resolved, name, sink, server::attachSink, server::attachSink));
        return server;
    }

    /**
     * Makes a route server of two instances that hold no session until {@link RouteServerPair#start()} (ARS-2). Each instance
     * has a thread of its own; the union of what they program has none.
     *
     * @throws SpiConfigurationException if a provider is missing, ambiguous, or could not be created
     * @throws ConfigurationException if a rule needs a provider to be judged, and is broken
     */
    public static RouteServerPair createPair(RouteServerPairConfig config) {
        return createPair(config, null, RouteServerEngine::create);
    }

    /**
     * Makes a route server of two instances, as {@link #createPair(RouteServerPairConfig)} does, on threads of a group.
     *
     * @throws IllegalStateException if the group has been closed
     */
    public static RouteServerPair createPair(RouteServerPairConfig config, EngineLoopGroup group) {
        return createPair(config, group.executor(), instance -> create(instance, group));
    }

    private static RouteServerPair createPair(
            RouteServerPairConfig config,
            @Nullable Executor shared,
            Function<RouteServerConfig, RouteServer> instances) {
        Subscription place = DeploymentRegistry.take(config.shared());
        try {
            return createPair(config, shared, instances, place);
        } catch (RuntimeException refused) {
            place.close();
            throw refused;
        }
    }

    private static RouteServerPair createPair(
            RouteServerPairConfig config,
            @Nullable Executor shared,
            Function<RouteServerConfig, RouteServer> instances,
            Subscription place) {
        SpiLoader loader = new SpiLoader(config.shared());
        RouteServerConfig found = loader.resolve();
        Transport transport = transport(found);
        MonotonicClock clock = found.clock().orElseGet(MonotonicClock::system);
        Executor given = found.executor().orElse(shared);
        ExecutorService own = given == null ? threads(found.name()) : null;
        Executor executor = given == null ? Objects.requireNonNull(own) : given;
        RouteServerConfigBuilder common =
                found.toBuilder().transport(transport).clock(clock).executor(executor);
        found.metrics().ifPresent(metrics -> common.metrics(new SharedMetrics(metrics)));
        HostCalls hosts = new HostCalls(found.name(), executor, clock, null);
        found.listeners().forEach(hosts::addListener);
        PairUnion union = new PairUnion(
                found.session().families(), found.selection().maxNextHops(), found.seed(), hosts, clock, executor);
        union.setProgrammed(NetworkCommands.programmed(found));
        EnginePair pair = new EnginePair(config.withShared(common.build()), hosts, union, instances, () -> {
            if (own != null) {
                own.shutdown();
            }
            if (loader.ownsTransport()) {
                transport.close();
            }
            place.close();
        });
        found.sinks().forEach((name, sink) -> attach(found, name, sink, pair::attachSink, pair::attachSink));
        return pair;
    }

    /** How a sink of one route table is attached. */
    private interface TableAttacher {
        void attach(String name, String table, RouteSink sink);
    }

    private static void attach(
            RouteServerConfig config,
            String name,
            RouteSink sink,
            BiConsumer<String, RouteSink> toAll,
            TableAttacher toTable) {
        String table = config.sinkTables().get(name);
        if (table == null) {
            toAll.accept(name, sink);
        } else {
            toTable.attach(name, table, sink);
        }
    }

    private static Transport transport(RouteServerConfig config) {
        return config.transport()
                .orElseThrow(() -> new SpiConfigurationException(
                        "no Transport: give one with RouteServerConfigBuilder.transport, or have one found with"
                                + " discoverProviders"));
    }

    static ExecutorService threads(String name) {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "waymark-" + name + "-calls");
            thread.setDaemon(true);
            return thread;
        });
    }
}
