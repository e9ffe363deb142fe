package dev.waymark.engine;

import dev.waymark.api.LimitSettings;
import dev.waymark.api.MemoryBudget;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.ServerEvent;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.session.IdleHoldReason;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions that make the server keep more than their budget (ERROR-HANDLING 9): Cease/8, and the others go on. Looked at
 * once a turn, so that what may be kept above a budget is what arrives between two turns. Confined to the engine loop.
 */
final class MemoryGuard {
    private final LimitSettings limits;
    private final Peers peers;
    private final PeerMemory memory;
    private final Sessions sessions;
    private final Outbox out;

    MemoryGuard(LimitSettings limits, Peers peers, PeerMemory memory, Sessions sessions, Outbox out) {
        this.limits = limits;
        this.peers = peers;
        this.memory = memory;
        this.sessions = sessions;
        this.out = out;
    }

    /** Ends the sessions that are over a budget. */
    void turn(long nowNanos) {
        long all = 0;
        for (int i = 0; i < peers.all().size(); i++) {
            Peer peer = peers.all().get(i);
            Session session = peer.holder();
            if (session != null && !endsForItself(peer, session, nowNanos)) {
                all += memory.octets(session);
            }
        }
        while (limits.memoryOctets() > 0 && all > limits.memoryOctets()) {
            Peer worst = worst();
            Session session = worst == null ? null : worst.holder();
            if (worst == null || session == null) {
                return;
            }
            long kept = memory.octets(session);
            end(worst, MemoryBudget.ALL_PEERS, all, limits.memoryOctets(), nowNanos);
            all -= kept;
        }
    }

    private boolean endsForItself(Peer peer, Session session, long nowNanos) {
        long octets = memory.octets(session);
        if (limits.peerMemoryOctets() > 0 && octets > limits.peerMemoryOctets()) {
            end(peer, MemoryBudget.ONE_PEER, octets, limits.peerMemoryOctets(), nowNanos);
            return true;
        }
        long routes = peer.routeLimit().map(RouteLimit::routes).orElse(0);
        long sets = routes * limits.attributeSetsPerRoute();
        if (sets > 0 && memory.sets(session) > sets) {
            end(peer, MemoryBudget.ATTRIBUTE_SETS, memory.sets(session), sets, nowNanos);
            return true;
        }
        return false;
    }

    /** Returns the peer that keeps most; the first of equals. */
    private @Nullable Peer worst() {
        Peer worst = null;
        long most = -1;
        for (Peer peer : peers.all()) {
            Session session = peer.holder();
            long kept = session == null ? -1 : memory.octets(session);
            if (kept > most) {
                most = kept;
                worst = peer;
            }
        }
        return worst;
    }

    private void end(Peer peer, MemoryBudget budget, long kept, long limit, long nowNanos) {
        out.add(new Output.Publish(
                new ServerEvent.MemoryLimitExceeded(peer.config().identity(), budget, kept, limit)));
        String text = "memory budget passed: " + kept + " > " + limit + " (" + budget + ")";
        NotificationMessage cease = NotificationMessage.of(NotificationSubcode.OUT_OF_RESOURCES);
        sessions.tearDown(peer, cease, IdleHoldReason.LIMIT, text, nowNanos);
    }
}
