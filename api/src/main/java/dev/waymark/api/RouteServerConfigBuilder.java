package dev.waymark.api;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.net.RouterId;
import dev.waymark.spi.MonotonicClock;
import dev.waymark.spi.RoutePolicy;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.ServerEventListener;
import dev.waymark.spi.ServerMetrics;
import dev.waymark.spi.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects the values of a {@link RouteServerConfig}; starts from a profile. Not thread-safe. */
public final class RouteServerConfigBuilder {
    String name = "waymark";
    Asn localAsn;

    @Nullable
    RouterId routerId;

    final List<InetSocketAddress> listen = new ArrayList<>();
    final Map<AddressFamily, IpAddress> localAddresses = new EnumMap<>(AddressFamily.class);
    SessionSettings session;
    LimitSettings limits;
    SelectionSettings selection;
    ExportSettings export;
    List<AsnRange> reservedAsns;
    RouteMapRestrictions routeMapRestrictions;
    GatewaySettings gateways = GatewaySettings.standard();
    boolean requirePolicy;
    Optional<RoutePolicy> importPolicy = Optional.empty();
    Optional<RoutePolicy> exportPolicy = Optional.empty();
    final List<PeerConfig> peers = new ArrayList<>();
    final List<NetworkSpace> networks = new ArrayList<>();
    /** Without their peers, which are among {@link #peers}. */
    final List<GatewayParts> vpnGateways = new ArrayList<>();

    final List<NetworkPeering> peerings = new ArrayList<>();
    final List<IpPrefix> serviceEndpoints = new ArrayList<>();
    final List<RouteTable> routeTables = new ArrayList<>();
    long seed = 1;
    Optional<Transport> transport = Optional.empty();
    Optional<MonotonicClock> clock = Optional.empty();
    final Map<String, RouteSink> sinks = new LinkedHashMap<>();
    final Map<String, String> sinkTables = new LinkedHashMap<>();
    final List<ServerEventListener> listeners = new ArrayList<>();
    Optional<ServerMetrics> metrics = Optional.empty();
    Optional<Executor> executor = Optional.empty();
    Optional<ClassLoader> providers = Optional.empty();
    Optional<Deployment> deployment = Optional.empty();
    Optional<DeploymentRegistry> deployments = Optional.empty();

    RouteServerConfigBuilder(
            Asn localAsn,
            SessionSettings session,
            LimitSettings limits,
            SelectionSettings selection,
            ExportSettings export,
            List<AsnRange> reservedAsns,
            RouteMapRestrictions routeMapRestrictions,
            boolean requirePolicy) {
        this.localAsn = localAsn;
        this.session = session;
        this.limits = limits;
        this.selection = selection;
        this.export = export;
        this.reservedAsns = reservedAsns;
        this.routeMapRestrictions = routeMapRestrictions;
        this.requirePolicy = requirePolicy;
    }

    RouteServerConfigBuilder copy() {
        RouteServerConfigBuilder copy = new RouteServerConfigBuilder(
                localAsn, session, limits, selection, export, reservedAsns, routeMapRestrictions, requirePolicy);
        copy.name = name;
        copy.routerId = routerId;
        copy.listen.addAll(listen);
        copy.localAddresses.putAll(localAddresses);
        copy.importPolicy = importPolicy;
        copy.exportPolicy = exportPolicy;
        copy.peers.addAll(peers);
        copy.networks.addAll(networks);
        copy.gateways = gateways;
        copy.vpnGateways.addAll(vpnGateways);
        copy.peerings.addAll(peerings);
        copy.serviceEndpoints.addAll(serviceEndpoints);
        copy.routeTables.addAll(routeTables);
        copy.seed = seed;
        copy.transport = transport;
        copy.clock = clock;
        copy.sinks.putAll(sinks);
        copy.sinkTables.putAll(sinkTables);
        copy.listeners.addAll(listeners);
        copy.metrics = metrics;
        copy.executor = executor;
        copy.providers = providers;
        copy.deployment = deployment;
        copy.deployments = deployments;
        return copy;
    }

    RouterId requiredRouterId() {
        if (routerId == null) {
            throw new ConfigurationException(
                    "routerId", "is missing; give a BGP identifier like 10.0.0.4", "RFC 4271 4.2");
        }
        return routerId;
    }

    /** Sets the instance's name; {@code waymark} if left out. */
    public RouteServerConfigBuilder name(String value) {
        name = value;
        return this;
    }

    /** Sets the server's own AS number. */
    public RouteServerConfigBuilder localAsn(Asn value) {
        localAsn = value;
        return this;
    }

    /** Sets the BGP identifier; required unless an IPv4 local address is given, which it then is. */
    public RouteServerConfigBuilder routerId(RouterId value) {
        routerId = value;
        return this;
    }

    /** Adds an address to accept connections on. */
    public RouteServerConfigBuilder listen(InetSocketAddress value) {
        listen.add(value);
        return this;
    }

    /** Sets the instance's own address of a family; at most one each. */
    public RouteServerConfigBuilder localAddress(IpAddress value) {
        localAddresses.put(value.family(), value);
        if (routerId == null && value.isIpv4()) {
            routerId = RouterId.ofBits(value.ipv4Bits());
        }
        return this;
    }

    /** Changes how sessions are held. */
    public RouteServerConfigBuilder session(UnaryOperator<SessionSettings> change) {
        session = change.apply(session);
        return this;
    }

    /** Changes what bounds the server. */
    public RouteServerConfigBuilder limits(UnaryOperator<LimitSettings> change) {
        limits = change.apply(limits);
        return this;
    }

    /** Changes how routes are chosen. */
    public RouteServerConfigBuilder selection(UnaryOperator<SelectionSettings> change) {
        selection = change.apply(selection);
        return this;
    }

    /** Changes what leaves the server. */
    public RouteServerConfigBuilder export(UnaryOperator<ExportSettings> change) {
        export = change.apply(export);
        return this;
    }

    /** Replaces the AS numbers that peers may not have. */
    public RouteServerConfigBuilder reservedAsns(List<AsnRange> value) {
        reservedAsns = List.copyOf(value);
        return this;
    }

    /** Changes what route maps may not do. */
    public RouteServerConfigBuilder routeMapRestrictions(UnaryOperator<RouteMapRestrictions> change) {
        routeMapRestrictions = change.apply(routeMapRestrictions);
        return this;
    }

    /** Sets whether peers without a policy exchange nothing (RFC 8212). */
    public RouteServerConfigBuilder requirePolicy(boolean value) {
        requirePolicy = value;
        return this;
    }

    /** Sets the import policy of peers that have none of their own. */
    public RouteServerConfigBuilder importPolicy(RoutePolicy value) {
        importPolicy = Optional.of(value);
        return this;
    }

    /** Sets the export policy of peers that have none of their own. */
    public RouteServerConfigBuilder exportPolicy(RoutePolicy value) {
        exportPolicy = Optional.of(value);
        return this;
    }

    /** Adds a peer. */
    public RouteServerConfigBuilder peer(PeerConfig value) {
        peers.add(value);
        return this;
    }

    /** Removes the peer of that name, if there is one. */
    public RouteServerConfigBuilder removePeer(String peerName) {
        peers.removeIf(peer -> peer.name().equals(peerName));
        return this;
    }

    /** Adds an address space of the virtual network, advertised with the instance's address as next hop. */
    public RouteServerConfigBuilder network(IpPrefix prefix) {
        return network(NetworkSpace.of(prefix));
    }

    /** Adds an address space of the virtual network. */
    public RouteServerConfigBuilder network(NetworkSpace value) {
        networks.add(value);
        return this;
    }

    /** Removes the address space, if it is there. */
    public RouteServerConfigBuilder removeNetwork(IpPrefix prefix) {
        networks.removeIf(space -> space.prefix().equals(prefix));
        return this;
    }

    /** Changes what VPN gateways must be (ARS-53). */
    public RouteServerConfigBuilder gateways(UnaryOperator<GatewaySettings> change) {
        gateways = change.apply(gateways);
        return this;
    }

    /** Adds a VPN gateway, with its peers. */
    public RouteServerConfigBuilder vpnGateway(VpnGateway value) {
        peers.addAll(value.peers());
        vpnGateways.add(GatewayParts.of(value));
        return this;
    }

    /** Removes the VPN gateway of that name with its peers, if there is one. */
    public RouteServerConfigBuilder removeVpnGateway(String gatewayName) {
        vpnGateways.removeIf(gateway -> gateway.name().equals(gatewayName));
        peers.removeIf(peer -> peer.gateway().equals(Optional.of(gatewayName)));
        return this;
    }

    /** Says where the server is deployed, which is checked then (ARS-5). */
    public RouteServerConfigBuilder deployment(Deployment value) {
        deployment = Optional.of(value);
        return this;
    }

    /** Sets where virtual networks are taken, so that none gets two route servers (ARS-5); of use with a deployment only. */
    public RouteServerConfigBuilder deployments(DeploymentRegistry value) {
        deployments = Optional.of(value);
        return this;
    }

    /** Adds a peered virtual network. */
    public RouteServerConfigBuilder peering(NetworkPeering value) {
        peerings.add(value);
        return this;
    }

    /** Removes the peering of that name, if there is one. */
    public RouteServerConfigBuilder removePeering(String peeringName) {
        peerings.removeIf(peering -> peering.name().equals(peeringName));
        return this;
    }

    /** Adds the address space of a service endpoint. */
    public RouteServerConfigBuilder serviceEndpoint(IpPrefix value) {
        serviceEndpoints.add(value);
        return this;
    }

    /** Removes the address space of a service endpoint, if it is there. */
    public RouteServerConfigBuilder removeServiceEndpoint(IpPrefix value) {
        serviceEndpoints.removeIf(value::equals);
        return this;
    }

    /** Adds a route table. */
    public RouteServerConfigBuilder routeTable(RouteTable value) {
        routeTables.add(value);
        return this;
    }

    /** Removes the route table of that name, if there is one. */
    public RouteServerConfigBuilder removeRouteTable(String tableName) {
        routeTables.removeIf(table -> table.name().equals(tableName));
        return this;
    }

    /** Sets the seed of jitter and hashes; a host that fears hash flooding gives a secret one. */
    public RouteServerConfigBuilder seed(long value) {
        seed = value;
        return this;
    }

    /** Sets the transport. */
    public RouteServerConfigBuilder transport(Transport value) {
        transport = Optional.of(value);
        return this;
    }

    /** Sets the clock; the JVM's if left out. */
    public RouteServerConfigBuilder clock(MonotonicClock value) {
        clock = Optional.of(value);
        return this;
    }

    /** Adds a sink under a unique name. */
    public RouteServerConfigBuilder sink(String sinkName, RouteSink value) {
        Checks.require(!sinks.containsKey(sinkName), "sink." + sinkName, "is there twice; names are unique", "");
        sinks.put(sinkName, value);
        return this;
    }

    /** Adds a sink under a unique name that gets what is programmed in one route table (ARS-42). */
    public RouteServerConfigBuilder sink(String sinkName, String tableName, RouteSink value) {
        sink(sinkName, value);
        sinkTables.put(sinkName, tableName);
        return this;
    }

    /** Adds an event listener; it hears everything from the first event on. */
    public RouteServerConfigBuilder listener(ServerEventListener value) {
        listeners.add(value);
        return this;
    }

    /** Sets the metrics binding. */
    public RouteServerConfigBuilder metrics(ServerMetrics value) {
        metrics = Optional.of(value);
        return this;
    }

    /** Sets the executor for sinks, listeners and metrics; it should have a thread for each that may block. */
    public RouteServerConfigBuilder executor(Executor value) {
        executor = Optional.of(value);
        return this;
    }

    /** Has providers of every SPI looked up by ServiceLoader; what was given as an instance always wins. */
    public RouteServerConfigBuilder discoverProviders(ClassLoader loader) {
        providers = Optional.of(loader);
        return this;
    }

    /** Returns the configuration, or throws a {@link ConfigurationException} that names the first thing that is wrong. */
    public RouteServerConfig build() {
        RouteServerConfig config = new RouteServerConfig(copy());
        ConfigChecks.check(config);
        return config;
    }
}
