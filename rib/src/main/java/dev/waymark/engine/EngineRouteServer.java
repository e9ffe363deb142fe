package dev.waymark.engine;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.EffectivePage;
import dev.waymark.api.EffectiveRoute;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.Subscription;
import dev.waymark.api.VirtualNetwork;
import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.ListeningPort;
import dev.waymark.spi.RoutePolicy;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.ServerEventListener;
import dev.waymark.spi.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@link RouteServer} that hosts hold: turns calls into commands for the loop and waits for the answers. Thread-safe. */
final class EngineRouteServer implements RouteServer, EngineVirtualNetwork.Target {
    private static final long CLOSE_GRACE_NANOS = 2_000_000_000L;
    private static final long CALLS_GRACE_NANOS = 5_000_000_000L;
    private static final int PAGE_LIMIT = 4_096;
    private static final Duration LONGEST_DRAIN = Duration.ofDays(1);

    private final RouteServerConfig config;
    private final Transport transport;
    private final boolean ownsTransport;
    private final HostCalls hosts;
    private final EngineLoop loop;
    private final @Nullable ExecutorService ownExecutor;
    private final List<ListeningPort> ports = new ArrayList<>();
    private final Map<String, Integer> sinks = new ConcurrentHashMap<>();
    private final AtomicInteger nextSink = new AtomicInteger(1);
    private final AtomicLong nextIncoming = new AtomicLong(2);
    private final VirtualNetwork network = new EngineVirtualNetwork(this);
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private final AtomicBoolean isStopping = new AtomicBoolean();

    EngineRouteServer(
            RouteServerConfig config,
            Transport transport,
            boolean ownsTransport,
            HostCalls hosts,
            EngineLoop loop,
            @Nullable ExecutorService ownExecutor) {
        this.config = config;
        this.transport = transport;
        this.ownsTransport = ownsTransport;
        this.hosts = hosts;
        this.loop = loop;
        this.ownExecutor = ownExecutor;
    }

    @Override
    public RouteServerConfig config() {
        return config;
    }

    @Override
    public void start() {
        if (!isStarted.compareAndSet(false, true)) {
            throw new IllegalStateException("the server was started before; create another one");
        }
        synchronized (ports) {
            if (isStopping.get()) {
                throw new IllegalStateException("the server has stopped; create another one");
            }
            for (InetSocketAddress address : config.listen()) {
                try {
                    ports.add(transport.listen(address, this::accept));
                } catch (IOException cannotBind) {
                    closePorts();
                    isStarted.set(false);
                    throw new UncheckedIOException(cannotBind.getMessage(), cannotBind); // which names the address
                }
            }
        }
        call(new Command.Start());
    }

    private @Nullable ConnectionListener accept(Connection connection) {
        IpAddress remote = IpAddress.of(connection.remoteAddress().getAddress());
        return loop.accepts(remote) ? new Pump(loop, nextIncoming.getAndAdd(2), true) : null;
    }

    @Override
    public List<InetSocketAddress> listening() {
        synchronized (ports) {
            return ports.stream().map(ListeningPort::address).toList();
        }
    }

    @Override
    public void stop(String text) {
        boolean isFirst = isStopping.compareAndSet(false, true);
        if (isFirst) {
            closePorts();
            if (!loop.isDead()) {
                callIfAlive(new Command.Stop(text));
            }
            loop.endWithin(CLOSE_GRACE_NANOS);
        }
        if (hosts.isInsideCall() || loop.isLoopThread()) {
            return;
        }
        try {
            loop.awaitEnd(CLOSE_GRACE_NANOS + CALLS_GRACE_NANOS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (isFirst) {
            hosts.awaitCalls(CALLS_GRACE_NANOS);
        }
    }

    @Override
    public void drain(String text, Duration after) {
        if (after.isNegative() || after.compareTo(LONGEST_DRAIN) > 0) {
            throw new ConfigurationException("drain.after", after + " is not in 0 to 1 day", "ARS-4");
        }
        call(new Command.Drain(text, after));
    }

    @Override
    public void resume() {
        call(new Command.Resume());
    }

    /** Gives back what was made for this server; the last thing that its loop does, whoever or whatever ended it. */
    void release() {
        closePorts();
        if (ownExecutor != null) {
            ownExecutor.shutdown();
        }
        if (ownsTransport) {
            transport.close();
        }
    }

    private void callIfAlive(Command command) {
        try {
            call(command);
        } catch (IllegalStateException ended) {
            // the loop ended by itself meanwhile; nothing is left to stop
        }
    }

    private void closePorts() {
        synchronized (ports) {
            for (ListeningPort port : ports) {
                port.close();
            }
            ports.clear();
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the core answers PEERS with snapshots
    public List<PeerSnapshot> peers() {
        return (List<PeerSnapshot>) call(new Command.Peers()).orElseThrow();
    }

    @Override
    public Optional<PeerSnapshot> peer(String name) {
        return peers().stream()
                .filter(peer -> peer.config().name().equals(name))
                .findFirst();
    }

    @Override
    public void addPeer(PeerConfig peer) {
        call(new Command.AddPeer(peer));
    }

    @Override
    public void updatePeer(PeerConfig peer) {
        call(new Command.UpdatePeer(peer));
    }

    @Override
    public boolean removePeer(String name) {
        return (Boolean) call(new Command.RemovePeer(name)).orElseThrow();
    }

    @Override
    public void setPeerEnabled(String name, boolean enabled) {
        call(new Command.EnablePeer(name, enabled));
    }

    @Override
    public void resetPeer(String name, ResetKind kind, String text) {
        call(new Command.ResetPeer(name, kind, text));
    }

    @Override
    public void peerDown(String name, String reason) {
        call(new Command.PeerDown(name, reason));
    }

    @Override
    @SuppressWarnings("unchecked") // the core answers NETWORKS with spaces
    public List<NetworkSpace> networks() {
        return (List<NetworkSpace>) call(new Command.Networks()).orElseThrow();
    }

    @Override
    public void addNetwork(NetworkSpace space) {
        call(new Command.AddNetwork(space));
    }

    @Override
    public boolean removeNetwork(IpPrefix prefix) {
        return (Boolean) call(new Command.RemoveNetwork(prefix)).orElseThrow();
    }

    @Override
    @SuppressWarnings("unchecked") // the core answers VPN_GATEWAYS with gateways
    public List<VpnGateway> vpnGateways() {
        return (List<VpnGateway>) call(new Command.VpnGateways()).orElseThrow();
    }

    @Override
    public void addVpnGateway(VpnGateway gateway) {
        call(new Command.AddVpnGateway(gateway));
    }

    @Override
    public void updateVpnGateway(VpnGateway gateway) {
        call(new Command.UpdateVpnGateway(gateway));
    }

    @Override
    public boolean removeVpnGateway(String name) {
        return (Boolean) call(new Command.RemoveVpnGateway(name)).orElseThrow();
    }

    @Override
    public VirtualNetwork virtualNetwork() {
        return network;
    }

    @Override
    public RouteServerConfig configuration() {
        return (RouteServerConfig) call(new Command.Configuration()).orElseThrow();
    }

    @Override
    public boolean change(NetworkChange change) {
        return (Boolean) call(new Command.ChangeNetwork(change)).orElseThrow();
    }

    @Override
    public EffectivePage effectivePage(String table, long cursor, int limit) {
        checkPage(cursor, limit);
        return (EffectivePage)
                call(new Command.EffectivePage(table, cursor, limit)).orElseThrow();
    }

    @Override
    public Stream<EffectiveRoute> effectiveRoutes(String table) {
        return Stream.iterate(
                        Optional.of(effectivePage(table, 0, PAGE_LIMIT)),
                        Optional::isPresent,
                        page -> page.map(EffectivePage::next)
                                .filter(OptionalLong::isPresent)
                                .map(next -> effectivePage(table, next.getAsLong(), PAGE_LIMIT)))
                .flatMap(page -> page.orElseThrow().routes().stream());
    }

    @Override
    public void setRoutingPreference(RoutingPreference preference) {
        call(new Command.SetPreference(preference));
    }

    @Override
    public void setBranchToBranch(boolean on) {
        call(new Command.SetBranchToBranch(on));
    }

    @Override
    public long setImportPolicy(Optional<RoutePolicy> policy) {
        return (Long) call(new Command.SetPolicy(true, policy)).orElseThrow();
    }

    @Override
    public long setExportPolicy(Optional<RoutePolicy> policy) {
        return (Long) call(new Command.SetPolicy(false, policy)).orElseThrow();
    }

    @Override
    public RoutePage page(RouteQuery query, int cursor, int limit) {
        checkPage(cursor, limit);
        return (RoutePage) call(new Command.Page(query, cursor, limit)).orElseThrow();
    }

    private static void checkPage(long cursor, int limit) {
        if (cursor < 0 || limit < 1 || limit > PAGE_LIMIT) {
            throw new ConfigurationException(
                    "page",
                    "cursor " + cursor + ", limit " + limit + " is not 0 or more, 1 to " + PAGE_LIMIT,
                    "ARS-70");
        }
    }

    @Override
    public Stream<RouteEntry> routes(RouteQuery query) {
        return Stream.iterate(
                        Optional.of(page(query, 0, PAGE_LIMIT)),
                        Optional::isPresent,
                        page -> page.flatMap(this::nonEmptyNext).map(next -> page(query, next, PAGE_LIMIT)))
                .flatMap(page -> page.orElseThrow().entries().stream());
    }

    private Optional<Integer> nonEmptyNext(RoutePage page) {
        return page.next().isPresent() ? Optional.of(page.next().getAsInt()) : Optional.empty();
    }

    @Override
    public Subscription subscribe(ServerEventListener listener) {
        if (loop.isDead()) {
            throw new IllegalStateException("the server has stopped");
        }
        Runnable remove = hosts.addListener(listener);
        return remove::run;
    }

    @Override
    public Subscription attachSink(String name, RouteSink sink) {
        return attach(name, sink, id -> new Command.AttachSink(id, name));
    }

    @Override
    public Subscription attachSink(String name, String table, RouteSink sink) {
        return attach(name, sink, id -> new Command.AttachTableSink(id, name, table));
    }

    private Subscription attach(String name, RouteSink sink, IntFunction<Command> command) {
        int id = nextSink.getAndIncrement();
        if (sinks.putIfAbsent(name, id) != null) {
            throw new ConfigurationException("sink." + name, "is there already; names are unique", "");
        }
        hosts.addSink(id, name, sink);
        try {
            call(command.apply(id));
        } catch (ConfigurationException refused) {
            sinks.remove(name, id);
            hosts.removeSink(id);
            throw refused;
        }
        return () -> {
            if (sinks.remove(name, id)) {
                hosts.removeSink(id);
                callIfAlive(new Command.DetachSink(id));
            }
        };
    }

    private Optional<Object> call(Command command) {
        if (loop.isLoopThread()) {
            throw new IllegalStateException("a RoutePolicy is a pure function; it may not call the server");
        }
        try {
            return hosts.call(command, loop).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw failed;
        }
    }
}
