package dev.waymark.engine;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.EffectiveRoute;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PairPeer;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteServerPair;
import dev.waymark.api.RouteServerPairConfig;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.Subscription;
import dev.waymark.api.TwinFinding;
import dev.waymark.api.VirtualNetwork;
import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.RoutePolicy;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.ServerEventListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The {@link RouteServerPair} that hosts hold: two instances and the union of what they program. Its lock is held while it
 * waits for the instances' answers, and never by what these wait for. Thread-safe.
 */
final class EnginePair implements RouteServerPair, EngineVirtualNetwork.Target {
    private static final long CALLS_GRACE_NANOS = 5_000_000_000L;

    private final HostCalls hosts;
    private final PairUnion union;
    private final List<PairSide> sides = new ArrayList<>();
    private final Runnable release;
    private final Map<String, Integer> sinks = new ConcurrentHashMap<>();
    private final AtomicInteger nextSink = new AtomicInteger(1);
    private final VirtualNetwork network = new EngineVirtualNetwork(this);
    private volatile RouteServerPairConfig config;
    private volatile boolean isStopped;
    private boolean isStarted;
    private Consumer<RouteServer> importChange = server -> {};
    private Consumer<RouteServer> exportChange = server -> {};

    /**
     * Makes a pair.
     *
     * @param config with a transport, a clock and an executor that both instances use
     * @param instances makes an instance
     * @param release gives back what was made for this pair, when it has stopped
     */
    EnginePair(
            RouteServerPairConfig config,
            HostCalls hosts,
            PairUnion union,
            Function<RouteServerConfig, RouteServer> instances,
            Runnable release) {
        this.config = config;
        this.hosts = hosts;
        this.union = union;
        this.release = release;
        try {
            for (int i = 0; i < UnionTable.INSTANCES; i++) {
                sides.add(new PairSide(i, config, union, instances, server -> {}));
            }
        } catch (RuntimeException refused) {
            sides.forEach(side -> side.stop(""));
            release.run();
            throw refused;
        }
    }

    @Override
    public RouteServerPairConfig config() {
        return config;
    }

    @Override
    public synchronized void start() {
        requireRunning();
        if (isStarted) {
            throw new IllegalStateException("the pair was started before; create another one");
        }
        try {
            sides.forEach(side -> side.start(config, this::prepare));
        } catch (RuntimeException failed) {
            sides.forEach(side -> side.renew(config, this::prepare));
            throw failed;
        }
        isStarted = true;
    }

    /** Lets a new server have the policies of now; all else is in its configuration. */
    private void prepare(RouteServer server) {
        importChange.accept(server);
        exportChange.accept(server);
    }

    @Override
    public void stop(String text) {
        synchronized (this) {
            if (isStopped) {
                return;
            }
            isStopped = true;
            union.close();
            sides.forEach(side -> side.stop(text));
        }
        union.tellStopped();
        if (!hosts.isInsideCall()) {
            hosts.awaitCalls(CALLS_GRACE_NANOS);
        }
        release.run();
    }

    @Override
    public RouteServer instance(String name) {
        return side(name).server();
    }

    @Override
    public synchronized void startInstance(String name) {
        requireRunning();
        side(name).start(config, this::prepare);
    }

    @Override
    public synchronized void stopInstance(String name, String text) {
        requireRunning();
        side(name).stop(text);
    }

    @Override
    public void drainInstance(String name, String text, Duration after) {
        side(name).server().drain(text, after);
    }

    @Override
    public void resumeInstance(String name) {
        side(name).server().resume();
    }

    @Override
    public List<PairPeer> peers() {
        requireRunning();
        Map<String, Map<String, PeerSnapshot>> byPeer = new HashMap<>();
        for (PairSide side : sides) {
            for (PeerSnapshot peer : peersOf(side)) {
                byPeer.computeIfAbsent(peer.config().name(), unused -> new LinkedHashMap<>())
                        .put(side.own().name(), peer);
            }
        }
        return config.shared().peers().stream()
                .map(peer -> new PairPeer(peer, byPeer.getOrDefault(peer.name(), Map.of())))
                .toList();
    }

    private static List<PeerSnapshot> peersOf(PairSide side) {
        try {
            return side.isAlive() ? side.server().peers() : List.of();
        } catch (IllegalStateException stopped) {
            return List.of(); // meanwhile
        }
    }

    @Override
    public Optional<PairPeer> peer(String name) {
        return peers().stream()
                .filter(peer -> peer.config().name().equals(name))
                .findFirst();
    }

    @Override
    public void addPeer(PeerConfig peer) {
        change(shared -> shared.peer(peer), server -> server.addPeer(peer));
    }

    @Override
    public synchronized void updatePeer(PeerConfig peer) {
        configured(peer.name());
        change(shared -> shared.removePeer(peer.name()).peer(peer), server -> server.updatePeer(peer));
    }

    @Override
    public synchronized boolean removePeer(String name) {
        boolean isThere =
                config.shared().peers().stream().anyMatch(peer -> peer.name().equals(name));
        change(shared -> shared.removePeer(name), server -> server.removePeer(name));
        return isThere;
    }

    @Override
    public synchronized void setPeerEnabled(String name, boolean enabled) {
        PeerConfig changed = configured(name).toBuilder().enabled(enabled).build();
        change(shared -> shared.removePeer(name).peer(changed), server -> server.setPeerEnabled(name, enabled));
    }

    @Override
    public synchronized void resetPeer(String name, ResetKind kind, String text) {
        configured(name);
        change(shared -> shared, server -> server.resetPeer(name, kind, text));
    }

    @Override
    public synchronized void peerDown(String name, String reason) {
        configured(name);
        change(shared -> shared, server -> server.peerDown(name, reason));
    }

    private PeerConfig configured(String name) {
        return config.shared().peers().stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException("peer." + name, "is not there", "ARS-74"));
    }

    @Override
    public List<NetworkSpace> networks() {
        return config.shared().networks();
    }

    @Override
    public void addNetwork(NetworkSpace space) {
        change(shared -> shared.network(space), server -> server.addNetwork(space));
    }

    @Override
    public synchronized boolean removeNetwork(IpPrefix prefix) {
        boolean isThere = networks().stream().anyMatch(space -> space.prefix().equals(prefix));
        change(shared -> shared.removeNetwork(prefix), server -> server.removeNetwork(prefix));
        return isThere;
    }

    @Override
    public List<VpnGateway> vpnGateways() {
        return config.shared().vpnGateways();
    }

    @Override
    public void addVpnGateway(VpnGateway gateway) {
        change(shared -> shared.vpnGateway(gateway), server -> server.addVpnGateway(gateway));
    }

    @Override
    public synchronized void updateVpnGateway(VpnGateway gateway) {
        if (vpnGateways().stream().noneMatch(one -> one.name().equals(gateway.name()))) {
            throw new ConfigurationException("vpnGateway." + gateway.name(), "is not there", "ARS-53");
        }
        change(
                shared -> shared.removeVpnGateway(gateway.name()).vpnGateway(gateway),
                server -> server.updateVpnGateway(gateway));
    }

    @Override
    public synchronized boolean removeVpnGateway(String name) {
        boolean isThere =
                vpnGateways().stream().anyMatch(gateway -> gateway.name().equals(name));
        change(shared -> shared.removeVpnGateway(name), server -> server.removeVpnGateway(name));
        return isThere;
    }

    @Override
    public VirtualNetwork virtualNetwork() {
        return network;
    }

    @Override
    public RouteServerConfig configuration() {
        requireRunning();
        return config.shared();
    }

    @Override
    public synchronized boolean change(NetworkChange change) {
        requireRunning();
        if (!change.applies(config.shared())) {
            return false;
        }
        change(change::edit, server -> ((EngineRouteServer) server).change(change));
        union.setProgrammed(NetworkCommands.programmed(config.shared()));
        return true;
    }

    @Override
    public Stream<EffectiveRoute> effectiveRoutes(String table) {
        requireTable(table, "effectiveRoutes.table");
        EffectiveUnion both = new EffectiveUnion(config.shared().selection().maxNextHops());
        for (PairSide side : sides) {
            both.add(effectiveRoutes(side, table));
        }
        return both.routes();
    }

    private static Stream<EffectiveRoute> effectiveRoutes(PairSide side, String table) {
        try {
            return side.isAlive()
                    ? side.server().virtualNetwork().effectiveRoutes(table).toList().stream()
                    : Stream.empty();
        } catch (IllegalStateException stopped) {
            return Stream.empty(); // meanwhile
        }
    }

    private void requireTable(String table, String parameter) {
        if (configuration().routeTable(table).isEmpty()) {
            throw new ConfigurationException(parameter, "there is no route table '" + table + "'", "ARS-42");
        }
    }

    @Override
    public void setRoutingPreference(RoutingPreference preference) {
        change(
                shared -> shared.selection(selection -> selection.withPreference(preference)),
                server -> server.setRoutingPreference(preference));
    }

    @Override
    public void setBranchToBranch(boolean on) {
        change(
                shared -> shared.export(export -> export.withBranchToBranch(on)),
                server -> server.setBranchToBranch(on));
    }

    @Override
    public synchronized void setImportPolicy(Optional<RoutePolicy> policy) {
        Consumer<RouteServer> set = server -> server.setImportPolicy(policy);
        change(shared -> shared, set);
        importChange = set;
    }

    @Override
    public synchronized void setExportPolicy(Optional<RoutePolicy> policy) {
        Consumer<RouteServer> set = server -> server.setExportPolicy(policy);
        change(shared -> shared, set);
        exportChange = set;
    }

    /** Checks a change for both instances before it touches one, then makes it on those that run. */
    private synchronized void change(UnaryOperator<RouteServerConfigBuilder> edit, Consumer<RouteServer> call) {
        requireRunning();
        RouteServerConfig shared = edit.apply(config.shared().toBuilder()).build();
        RouteServerPairConfig changed = config.withShared(shared);
        for (PairSide side : sides) {
            if (side.isAlive()) {
                call.accept(side.server());
            }
        }
        config = changed;
    }

    @Override
    public List<TwinFinding> check() {
        return new TwinChecker(
                        sides.get(0).own(),
                        sides.get(0).server(),
                        sides.get(1).own(),
                        sides.get(1).server())
                .check(peers(), config.shared().session().families());
    }

    @Override
    public Subscription subscribe(ServerEventListener listener) {
        requireRunning();
        Runnable remove = hosts.addListener(listener);
        return remove::run;
    }

    @Override
    public Subscription attachSink(String name, RouteSink sink) {
        return attach(name, sink, id -> union.attach(id, name));
    }

    @Override
    public Subscription attachSink(String name, String table, RouteSink sink) {
        requireTable(table, "sink." + name);
        return attach(name, sink, id -> union.attach(id, name, table));
    }

    private Subscription attach(String name, RouteSink sink, IntConsumer toUnion) {
        requireRunning();
        int id = nextSink.getAndIncrement();
        if (sinks.putIfAbsent(name, id) != null) {
            throw new ConfigurationException("sink." + name, "is there already; names are unique", "");
        }
        hosts.addSink(id, name, sink);
        toUnion.accept(id);
        return () -> {
            if (sinks.remove(name, id)) {
                hosts.removeSink(id);
                union.detach(id);
            }
        };
    }

    private PairSide side(String name) {
        requireRunning();
        return sides.stream()
                .filter(side -> side.own().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException("instance." + name, "is not there", "ARS-2"));
    }

    private void requireRunning() {
        if (isStopped) {
            throw new IllegalStateException("the pair has stopped; create another one");
        }
    }
}
