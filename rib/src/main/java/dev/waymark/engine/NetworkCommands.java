package dev.waymark.engine;

import dev.waymark.api.NetworkSpace;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteTable;
import dev.waymark.api.net.IpPrefix;
import java.util.HashSet;
import java.util.Set;

/** Performs what hosts ask of the virtual network: its spaces, peerings, route tables. Confined to the engine loop. */
final class NetworkCommands {
    private final Settings settings;
    private final OwnNetworks networks;
    private final SinkFeeds sinks;
    private final PeerCommands peers;

    NetworkCommands(Settings settings, OwnNetworks networks, SinkFeeds sinks, PeerCommands peers) {
        this.settings = settings;
        this.networks = networks;
        this.sinks = sinks;
        this.peers = peers;
        apply();
    }

    void add(NetworkSpace space) {
        settings.replace(settings.config().toBuilder().network(space).build());
        apply();
    }

    boolean remove(IpPrefix prefix) {
        boolean isThere = settings.config().networks().stream()
                .anyMatch(space -> space.prefix().equals(prefix));
        if (isThere) {
            settings.replace(settings.config().toBuilder().removeNetwork(prefix).build());
            apply();
        }
        return isThere;
    }

    /** Makes a change; returns whether there was something to change. A new peering resets NVAs softly (ARS-43). */
    boolean change(NetworkChange change, long nowNanos) {
        RouteServerConfig before = settings.config();
        if (!change.applies(before)) {
            return false;
        }
        settings.replace(change.edit(before.toBuilder()).build());
        apply();
        if (!change.refreshCause().isEmpty()) {
            peers.resetNvasSoftly(change.refreshCause(), nowNanos);
        }
        return true;
    }

    private void apply() {
        networks.update();
        sinks.setProgrammed(programmed(settings.config()));
    }

    /** Returns the names of the route tables that routes from BGP are programmed in (ARS-42). */
    static Set<String> programmed(RouteServerConfig config) {
        Set<String> names = new HashSet<>();
        for (RouteTable table : config.routeTables()) {
            if (config.isProgrammed(table)) {
                names.add(table.name());
            }
        }
        return names;
    }
}
