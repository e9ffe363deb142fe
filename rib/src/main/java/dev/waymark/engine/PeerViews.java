package dev.waymark.engine;

import dev.waymark.api.PeerHealth;
import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.session.Negotiated;
import dev.waymark.bgp.session.SessionTimers;
import dev.waymark.bgp.session.TimerKind;
import dev.waymark.rib.PrefixLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows peers to hosts: snapshots, and the metrics that changed (ARS-73). Confined to the engine loop. */
final class PeerViews {
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final Peers peers;
    private final Map<Peer, Output.Measured> measured = new HashMap<>();
    private long measuredAtNanos;
    private boolean hasMeasured;
    private boolean isTouched = true;

    PeerViews(Peers peers) {
        this.peers = peers;
    }

    /** Returns all peers as they are now. */
    List<PeerSnapshot> snapshots(long nowNanos) {
        List<PeerSnapshot> snapshots = new ArrayList<>();
        for (Peer peer : peers.all()) {
            snapshots.add(snapshot(peer, nowNanos));
        }
        return snapshots;
    }

    private static PeerSnapshot snapshot(Peer peer, long nowNanos) {
        Session session = peer.session();
        Session holder = peer.holder();
        Negotiated negotiated = session == null ? null : session.negotiated();
        return new PeerSnapshot(
                peer.config(),
                peer.shownState(),
                Duration.ofNanos(nowNanos - peer.stateSinceNanos()),
                Optional.ofNullable(negotiated).map(Negotiated::peerId),
                negotiated == null ? Set.of() : negotiated.families(),
                negotiated == null ? Set.of() : negotiated.extensions().addPathReceive(),
                negotiated == null ? Set.of() : negotiated.extensions().addPathSend(),
                Duration.ofSeconds(negotiated == null ? 0 : negotiated.holdTimeSeconds()),
                peer.establishedCount(),
                peer.lastDownReason().isEmpty() ? Optional.empty() : Optional.of(peer.lastDownReason()),
                holder == null ? Map.of() : counts(holder),
                health(peer, session, nowNanos));
    }

    private static PeerHealth health(Peer peer, @Nullable Session session, long nowNanos) {
        SessionTimers timers = peer.connections().primary().timers();
        Optional<Duration> idleHold = timers.isRunning(TimerKind.IDLE_HOLD)
                ? Optional.of(Duration.ofNanos(Math.max(0, timers.deadlineNanos(TimerKind.IDLE_HOLD) - nowNanos)))
                : Optional.empty();
        return new PeerHealth(idleHold, lastEnd(peer, nowNanos), session == null ? List.of() : warnings(session));
    }

    private static Optional<PeerHealth.LastEnd> lastEnd(Peer peer, long nowNanos) {
        ServerEvent.SessionEnded end = peer.lastEnd();
        return end == null
                ? Optional.empty()
                : Optional.of(new PeerHealth.LastEnd(
                        end.wasEstablished(),
                        end.byPeer(),
                        end.notificationCode(),
                        end.notificationSubcode(),
                        end.text(),
                        Duration.ofNanos(nowNanos - peer.lastEndNanos())));
    }

    private static List<PeerHealth.LimitWarning> warnings(Session session) {
        List<PeerHealth.LimitWarning> warnings = new ArrayList<>();
        for (SessionFamily family : session.families()) {
            PrefixLimit limit = family.limit();
            if (limit != null && limit.isWarned(family.account())) {
                warnings.add(
                        new PeerHealth.LimitWarning(family.family(), limit.heldOf(family.account()), limit.limit()));
            }
        }
        return warnings;
    }

    private static Map<AddressFamily, RouteCounts> counts(Session session) {
        Map<AddressFamily, RouteCounts> counts = new EnumMap<>(AddressFamily.class);
        for (SessionFamily family : session.families()) {
            counts.put(family.family(), family.account().snapshot(advertised(family)));
        }
        return counts;
    }

    /** Returns the size of the session's Adj-RIB-Out in a family. */
    static long advertised(SessionFamily family) {
        Member member = family.member();
        return member == null ? 0 : member.held();
    }

    /** Notes that numbers may have changed. */
    void touch() {
        isTouched = true;
    }

    /** Hands out the numbers that changed, at most once a second. Returns when to call again, or {@code none}. */
    long measure(long nowNanos, long none, Outbox out) {
        if (!isTouched) {
            return none;
        }
        if (hasMeasured && nowNanos - measuredAtNanos < INTERVAL_NANOS) {
            return measuredAtNanos + INTERVAL_NANOS;
        }
        isTouched = false;
        hasMeasured = true;
        measuredAtNanos = nowNanos;
        for (Peer peer : peers.all()) {
            Output.Measured now = measured(peer);
            if (!now.equals(measured.put(peer, now))) {
                out.add(now);
            }
        }
        return none;
    }

    /** Forgets a peer that was removed; its last numbers are 0. */
    void forget(Peer peer, Outbox out) {
        if (measured.remove(peer) != null) {
            out.add(new Output.Measured(peer.config().identity(), 0, 0, 0));
        }
    }

    private static Output.Measured measured(Peer peer) {
        @Nullable Session holder = peer.holder();
        long learned = 0;
        long advertised = 0;
        if (holder != null) {
            for (SessionFamily family : holder.families()) {
                learned += family.account().storedNow();
                advertised += advertised(family);
            }
        }
        return new Output.Measured(peer.config().identity(), peer.session() == null ? 0 : 1, learned, advertised);
    }
}
