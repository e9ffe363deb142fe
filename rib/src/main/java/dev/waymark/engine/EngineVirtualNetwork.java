package dev.waymark.engine;

import dev.waymark.api.EffectiveRoute;
import dev.waymark.api.NetworkPeering;
import dev.waymark.api.PeeringSnapshot;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteTable;
import dev.waymark.api.VirtualNetwork;
import dev.waymark.api.net.IpPrefix;
import java.util.List;
import java.util.stream.Stream;

/** The {@link VirtualNetwork} of a server or a pair: turns calls into changes of its configuration. Thread-safe. */
final class EngineVirtualNetwork implements VirtualNetwork {
    private final Target target;

    /** What makes the changes. */
    interface Target {
        /** Returns the configuration of now. */
        RouteServerConfig configuration();

        /** Makes a change; returns whether there was something to change. */
        boolean change(NetworkChange change);

        /** Returns the effective routes of a table. */
        Stream<EffectiveRoute> effectiveRoutes(String table);
    }

    EngineVirtualNetwork(Target target) {
        this.target = target;
    }

    @Override
    public List<PeeringSnapshot> peerings() {
        RouteServerConfig config = target.configuration();
        return config.peerings().stream()
                .map(peering -> PeeringSnapshot.of(peering, config))
                .toList();
    }

    @Override
    public void addPeering(NetworkPeering peering) {
        target.change(new NetworkChange.AddPeering(peering));
    }

    @Override
    public void updatePeering(NetworkPeering peering) {
        target.change(new NetworkChange.UpdatePeering(peering));
    }

    @Override
    public boolean removePeering(String name) {
        return target.change(new NetworkChange.RemovePeering(name));
    }

    @Override
    public List<IpPrefix> serviceEndpoints() {
        return target.configuration().serviceEndpoints();
    }

    @Override
    public void addServiceEndpoint(IpPrefix space) {
        target.change(new NetworkChange.AddServiceEndpoint(space));
    }

    @Override
    public boolean removeServiceEndpoint(IpPrefix space) {
        return target.change(new NetworkChange.RemoveServiceEndpoint(space));
    }

    @Override
    public List<RouteTable> routeTables() {
        return target.configuration().routeTables();
    }

    @Override
    public void addRouteTable(RouteTable table) {
        target.change(new NetworkChange.AddTable(table));
    }

    @Override
    public void updateRouteTable(RouteTable table) {
        target.change(new NetworkChange.UpdateTable(table));
    }

    @Override
    public boolean removeRouteTable(String name) {
        return target.change(new NetworkChange.RemoveTable(name));
    }

    @Override
    public Stream<EffectiveRoute> effectiveRoutes(String table) {
        return target.effectiveRoutes(table);
    }
}
