package dev.waymark.engine;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.VpnGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Performs what hosts ask of VPN gateways as a whole (ARS-53). Confined to the engine loop. */
final class GatewayCommands {
    private final Settings settings;
    private final PeerCommands peers;
    private final StaticRoutes statics;
    private final Membership membership;

    GatewayCommands(Settings settings, PeerCommands peers, StaticRoutes statics, Membership membership) {
        this.settings = settings;
        this.peers = peers;
        this.statics = statics;
        this.membership = membership;
    }

    List<VpnGateway> all() {
        return settings.config().vpnGateways();
    }

    void add(VpnGateway gateway, long nowNanos) {
        settings.replace(settings.config().toBuilder().vpnGateway(gateway).build());
        statics.add(gateway);
        for (PeerConfig peer : gateway.peers()) {
            peers.begin(peer, nowNanos);
        }
    }

    void update(VpnGateway gateway, long nowNanos) {
        VpnGateway before = find(gateway.name());
        if (before == null) {
            throw new ConfigurationException("vpnGateway." + gateway.name(), "is not there", "ARS-53");
        }
        RouteServerConfig changed = settings.config().toBuilder()
                .removeVpnGateway(gateway.name())
                .vpnGateway(gateway)
                .build();
        settings.replace(changed);
        statics.remove(before);
        statics.add(gateway);
        List<PeerConfig> gone = new ArrayList<>(before.peers());
        for (PeerConfig peer : gateway.peers()) {
            gone.removeIf(old -> old.name().equals(peer.name()));
        }
        for (PeerConfig peer : gone) { // first, so that a new one may have the address of an old one
            peers.end(peer.name(), nowNanos);
        }
        for (PeerConfig peer : gateway.peers()) {
            Optional<PeerConfig> old = before.peers().stream()
                    .filter(one -> one.name().equals(peer.name()))
                    .findFirst();
            if (old.isEmpty()) {
                peers.begin(peer, nowNanos);
            } else if (!old.get().equals(peer)) {
                peers.change(peer, nowNanos);
            }
        }
        membership.rebuildGroups(); // static prefixes may have become point-to-site ones, or the other way round
    }

    boolean remove(String name, long nowNanos) {
        VpnGateway gateway = find(name);
        if (gateway == null) {
            return false;
        }
        settings.replace(settings.config().toBuilder().removeVpnGateway(name).build());
        statics.remove(gateway);
        for (PeerConfig peer : gateway.peers()) {
            peers.end(peer.name(), nowNanos);
        }
        return true;
    }

    private @Nullable VpnGateway find(String name) {
        for (VpnGateway gateway : all()) {
            if (gateway.name().equals(name)) {
                return gateway;
            }
        }
        return null;
    }
}
