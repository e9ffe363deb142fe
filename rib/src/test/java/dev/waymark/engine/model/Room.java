package dev.waymark.engine.model;

import dev.waymark.api.RejectReason;
import dev.waymark.api.net.IpPrefix;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The limit on all prefixes of the server (ARS-27): who is in, and who waits, oldest first. */
final class Room {
    private final Model model;
    private final Set<IpPrefix> waiting = new LinkedHashSet<>();

    Room(Model model) {
        this.model = model;
    }

    /** Tells whether a route that import accepts finds room, without overtaking; if not, its prefix waits. */
    boolean admits(IpPrefix prefix) {
        int limit = model.setup.totalPrefixes();
        if (limit == 0 || inside().contains(prefix)) {
            return true;
        }
        int room = limit - inside().size();
        int others = waiting.size() - (waiting.contains(prefix) ? 1 : 0);
        boolean isFirst = waiting.stream().findFirst().filter(prefix::equals).isPresent();
        if (room > others || (room > 0 && isFirst)) {
            return true;
        }
        waiting.add(prefix);
        return false;
    }

    /** Lets those in that wait while there is room, and forgets those that wait no more. */
    void retry() {
        waiting.removeIf(prefix -> !isWaiting(prefix));
        while (!waiting.isEmpty() && inside().size() < model.setup.totalPrefixes()) {
            IpPrefix first = waiting.iterator().next();
            waiting.remove(first);
            letIn(first);
        }
    }

    /** A prefix is in: all its routes that were refused for want of room are. */
    void letIn(IpPrefix prefix) {
        for (ModelPeer peer : model.peers.values()) {
            ModelPeer.Heard route = peer.heard.get(prefix);
            if (route != null && isOver(route)) {
                peer.heard.put(prefix, new ModelPeer.Heard(route.received(), route.effective(), Optional.empty()));
                peer.ledger(prefix.family()).admitted++;
            }
        }
        waiting.remove(prefix);
    }

    /** A route that waited is gone. */
    void forget(IpPrefix prefix) {
        if (!isWaiting(prefix)) {
            waiting.remove(prefix);
        }
    }

    private boolean isWaiting(IpPrefix prefix) {
        return model.peers.values().stream()
                .map(peer -> peer.heard.get(prefix))
                .anyMatch(route -> route != null && isOver(route));
    }

    private static boolean isOver(ModelPeer.Heard route) {
        return route.refusal().filter(RejectReason.TOTAL_LIMIT::equals).isPresent();
    }

    private Set<IpPrefix> inside() {
        Set<IpPrefix> inside = new HashSet<>(model.networks.keySet());
        for (ModelPeer peer : model.peers.values()) {
            peer.heard.forEach((prefix, route) -> {
                if (route.isAccepted()) {
                    inside.add(prefix);
                }
            });
        }
        return inside;
    }
}
