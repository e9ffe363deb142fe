package dev.waymark.api;

import dev.waymark.api.net.IpPrefix;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A peering, and what comes of each of its address spaces. Immutable.
 *
 * @param peering the peering
 * @param spaces the state of each space, in the order of the peering
 */
public record PeeringSnapshot(NetworkPeering peering, Map<IpPrefix, PeeredSpaceState> spaces) {
    /** Copies the map, in its order. */
    public PeeringSnapshot {
        spaces = Collections.unmodifiableMap(new LinkedHashMap<>(spaces));
    }

    /** Returns what comes of a peering in a server with this configuration. */
    public static PeeringSnapshot of(NetworkPeering peering, RouteServerConfig config) {
        Map<IpPrefix, PeeredSpaceState> states = new LinkedHashMap<>();
        for (NetworkSpace space : peering.spaces()) {
            states.put(space.prefix(), stateOf(space.prefix(), peering, config));
        }
        return new PeeringSnapshot(peering, states);
    }

    /** An IPv4 space of a server that speaks no IPv4 is refused before (ARS-15). */
    private static PeeredSpaceState stateOf(IpPrefix prefix, NetworkPeering peering, RouteServerConfig config) {
        if (!config.session().families().contains(prefix.family())) {
            return PeeredSpaceState.IPV6_UNSUPPORTED;
        }
        return peering.usesRemoteGateway() ? PeeredSpaceState.ADVERTISED : PeeredSpaceState.NOT_ADVERTISED;
    }
}
