package dev.waymark.engine;

import dev.waymark.api.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configured peers, in the order they were added. Confined to the engine loop. */
final class Peers {
    private final List<Peer> peers = new ArrayList<>();
    private final Map<String, Peer> byName = new HashMap<>();
    private final Map<IpAddress, Peer> byAddress = new HashMap<>();

    void add(Peer peer) {
        peers.add(peer);
        byName.put(peer.name(), peer);
        byAddress.put(peer.config().address(), peer);
    }

    void remove(Peer peer) {
        peers.remove(peer);
        byName.remove(peer.name());
        byAddress.remove(peer.config().address());
    }

    /** Notes that a peer's address is another now. */
    void moved(Peer peer, IpAddress before) {
        byAddress.remove(before);
        byAddress.put(peer.config().address(), peer);
    }

    List<Peer> all() {
        return peers;
    }

    @Nullable
    Peer byName(String name) {
        return byName.get(name);
    }

    @Nullable
    Peer byAddress(IpAddress address) {
        return byAddress.get(address);
    }

    Set<IpAddress> addresses() {
        return Set.copyOf(byAddress.keySet());
    }
}
