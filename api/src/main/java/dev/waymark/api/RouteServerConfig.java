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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Everything a route server instance starts with. A profile, {@link #azure()} or {@link #standard()}, is only a set of
 * values: each can be changed. Immutable; {@link RouteServerConfigBuilder#build()} checks all of it at once.
 */
public final class RouteServerConfig {
    private final RouteServerConfigBuilder values;

    RouteServerConfig(RouteServerConfigBuilder values) {
        this.values = values;
    }

    /** Starts from what Azure Route Server does: ASN 65515, 8 peers, 4,000 routes each, IPv4, two-octet AS numbers. */
    public static RouteServerConfigBuilder azure() {
        return Profiles.azure();
    }

    /** Starts from a modern route server: IPv6, four-octet AS numbers, no limits, nothing without a policy (RFC 8212). */
    public static RouteServerConfigBuilder standard() {
        return Profiles.standard();
    }

    /** Returns a builder that holds these values. */
    public RouteServerConfigBuilder toBuilder() {
        return values.copy();
    }

    /** Returns the name of the instance, for logs, events and metrics. */
    public String name() {
        return values.name;
    }

    /** Returns the server's own AS number (ARS-10). */
    public Asn localAsn() {
        return values.localAsn;
    }

    /** Returns the BGP identifier; unique among the servers of one AS (RFC 6286). */
    public RouterId routerId() {
        return values.requiredRouterId();
    }

    /** Returns the addresses that connections are accepted on; may be empty. */
    public List<InetSocketAddress> listen() {
        return List.copyOf(values.listen);
    }

    /** Returns the instance's own address in a family: next hop of its own routes, source of its connections. */
    public Optional<IpAddress> localAddress(AddressFamily family) {
        return Optional.ofNullable(values.localAddresses.get(family));
    }

    /** Returns how sessions are held. */
    public SessionSettings session() {
        return values.session;
    }

    /** Returns what bounds the server. */
    public LimitSettings limits() {
        return values.limits;
    }

    /** Returns how routes are chosen. */
    public SelectionSettings selection() {
        return values.selection;
    }

    /** Returns what leaves the server, and how. */
    public ExportSettings export() {
        return values.export;
    }

    /** Returns the AS numbers that peers may not have (ARS-12). */
    public List<AsnRange> reservedAsns() {
        return List.copyOf(values.reservedAsns);
    }

    /** Returns what route maps may not do (ARS-63). */
    public RouteMapRestrictions routeMapRestrictions() {
        return values.routeMapRestrictions;
    }

    /** Returns whether a peer without an import, or export, policy receives, or is sent, nothing (RFC 8212). */
    public boolean requiresPolicy() {
        return values.requirePolicy;
    }

    /** Returns the import policy of peers that have none of their own. */
    public Optional<RoutePolicy> importPolicy() {
        return values.importPolicy;
    }

    /** Returns the export policy of peers that have none of their own. */
    public Optional<RoutePolicy> exportPolicy() {
        return values.exportPolicy;
    }

    /** Returns the peers to start with, in order. */
    public List<PeerConfig> peers() {
        return List.copyOf(values.peers);
    }

    /** Returns the virtual network's address spaces to start with, in order. */
    public List<NetworkSpace> networks() {
        return List.copyOf(values.networks);
    }

    /** Returns what VPN gateways must be (ARS-53). */
    public GatewaySettings gateways() {
        return values.gateways;
    }

    /** Returns the VPN gateways to start with, in order; their peers are among {@link #peers()} too. */
    public List<VpnGateway> vpnGateways() {
        return values.vpnGateways.stream()
                .map(parts -> parts.with(values.peers))
                .toList();
    }

    /** Returns where the server is deployed; empty: nothing is checked about that (ARS-5). */
    public Optional<Deployment> deployment() {
        return values.deployment;
    }

    /** Returns where virtual networks are taken, if the host has such a place (ARS-5). */
    public Optional<DeploymentRegistry> deployments() {
        return values.deployments;
    }

    /** Returns the peerings to start with, in order. */
    public List<NetworkPeering> peerings() {
        return List.copyOf(values.peerings);
    }

    /** Returns the peering of a name. */
    public Optional<NetworkPeering> peering(String name) {
        return values.peerings.stream()
                .filter(peering -> peering.name().equals(name))
                .findFirst();
    }

    /** Returns the address spaces of service endpoints to start with, in order. */
    public List<IpPrefix> serviceEndpoints() {
        return List.copyOf(values.serviceEndpoints);
    }

    /** Returns the route tables to start with, in order. */
    public List<RouteTable> routeTables() {
        return List.copyOf(values.routeTables);
    }

    /** Returns the route table of a name. */
    public Optional<RouteTable> routeTable(String name) {
        return values.routeTables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst();
    }

    /** Returns whether a route table of this configuration is programmed with routes from BGP (ARS-42). */
    public boolean isProgrammed(RouteTable table) {
        return table.propagates()
                && (table.peering().isEmpty()
                        || peering(table.peering().get())
                                .filter(NetworkPeering::usesRemoteGateway)
                                .isPresent());
    }

    /** Returns the address spaces that are advertised to every peer: the own ones, and those of peerings (ARS-40). */
    public List<NetworkSpace> advertisedSpaces() {
        List<NetworkSpace> spaces = new ArrayList<>(values.networks);
        for (NetworkPeering peering : values.peerings) {
            Map<IpPrefix, PeeredSpaceState> states =
                    PeeringSnapshot.of(peering, this).spaces();
            for (NetworkSpace space : peering.spaces()) {
                if (states.get(space.prefix()) == PeeredSpaceState.ADVERTISED) {
                    spaces.add(space);
                }
            }
        }
        return List.copyOf(spaces);
    }

    /** Returns the seed of jitter and hashes; equal seeds and inputs give equal outputs. */
    public long seed() {
        return values.seed;
    }

    /** Returns the transport that the host gave. */
    public Optional<Transport> transport() {
        return values.transport;
    }

    /** Returns the clock that the host gave. */
    public Optional<MonotonicClock> clock() {
        return values.clock;
    }

    /** Returns the sinks that the host gave, by name, in order. */
    public Map<String, RouteSink> sinks() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values.sinks));
    }

    /** Returns the route table of each sink that is for one; a sink that is not in it gets all that is programmed. */
    public Map<String, String> sinkTables() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values.sinkTables));
    }

    /** Returns the event listeners that the host gave, in order. */
    public List<ServerEventListener> listeners() {
        return List.copyOf(values.listeners);
    }

    /** Returns the metrics binding that the host gave. */
    public Optional<ServerMetrics> metrics() {
        return values.metrics;
    }

    /** Returns the executor for sinks, listeners and metrics; without one the server makes daemon threads. */
    public Optional<Executor> executor() {
        return values.executor;
    }

    /** Returns the class loader in which providers are looked up; empty: none are. */
    public Optional<ClassLoader> providers() {
        return values.providers;
    }
}
