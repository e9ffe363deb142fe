package dev.waymark.engine;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.IpAddress;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.session.IdleHoldReason;
import java.util.ArrayList;
import java.util.List;

/** Performs what hosts ask of peers (ARS-74); no other session is touched (ARS-8). Confined to the engine loop. */
final class PeerCommands {
    private final Settings settings;
    private final Peers peers;
    private final Sessions sessions;
    private final Refreshes refreshes;
    private final Membership membership;
    private final PolicyReviews reviews;
    private final PeerViews views;
    private final Outbox out;
    private boolean isStarted;
    private long streams;

    PeerCommands(
            Settings settings,
            Peers peers,
            Sessions sessions,
            Refreshes refreshes,
            Membership membership,
            PolicyReviews reviews,
            PeerViews views,
            Outbox out) {
        this.settings = settings;
        this.peers = peers;
        this.sessions = sessions;
        this.refreshes = refreshes;
        this.membership = membership;
        this.reviews = reviews;
        this.views = views;
        this.out = out;
    }

    List<PeerSnapshot> snapshots(long nowNanos) {
        return views.snapshots(nowNanos);
    }

    /** Takes a peer that is part of the configuration already. */
    Peer adopt(PeerConfig config, long nowNanos) {
        Peer peer = new Peer(config, settings.config(), ++streams, nowNanos);
        peers.add(peer);
        return peer;
    }

    void startAll(long nowNanos) {
        isStarted = true;
        publishAddresses();
        for (Peer peer : peers.all()) {
            if (peer.config().enabled()) {
                sessions.start(peer, nowNanos);
            }
        }
    }

    void stopAll(String text, long nowNanos) {
        isStarted = false;
        NotificationMessage cease = NotificationMessage.withText(NotificationSubcode.ADMINISTRATIVE_SHUTDOWN, text);
        for (Peer peer : new ArrayList<>(peers.all())) {
            sessions.stop(peer, cease, nowNanos);
        }
    }

    void add(PeerConfig config, long nowNanos) {
        settings.replace(settings.config().toBuilder().peer(config).build());
        begin(config, nowNanos);
    }

    /** Starts a peer that is part of the configuration already. */
    void begin(PeerConfig config, long nowNanos) {
        Peer peer = adopt(config, nowNanos);
        publishAddresses();
        if (isStarted && config.enabled()) {
            sessions.start(peer, nowNanos);
        }
    }

    boolean remove(String name, long nowNanos) {
        if (peers.byName(name) == null) {
            return false;
        }
        settings.replace(settings.config().toBuilder().removePeer(name).build());
        end(name, nowNanos);
        return true;
    }

    /** Ends a peer that is not part of the configuration any more. */
    void end(String name, long nowNanos) {
        Peer peer = existing(name);
        sessions.stop(peer, NotificationMessage.of(NotificationSubcode.PEER_DECONFIGURED), nowNanos);
        peers.remove(peer);
        sessions.forget(peer.config().address());
        views.forget(peer, out);
        publishAddresses();
    }

    void update(PeerConfig config, long nowNanos) {
        existing(config.name());
        settings.replace(replaced(config));
        change(config, nowNanos);
    }

    /** Gives a peer a configuration that is part of the server's already. */
    void change(PeerConfig config, long nowNanos) {
        Peer peer = existing(config.name());
        PeerConfig before = peer.config();
        RouteServerConfig changed = settings.config();
        boolean restarts = !isSameSession(before, config);
        if (restarts) {
            sessions.stop(peer, NotificationMessage.of(NotificationSubcode.OTHER_CONFIGURATION_CHANGE), nowNanos);
        }
        IpAddress address = before.address();
        peer.reconfigure(config, changed);
        peers.moved(peer, address);
        if (!address.equals(config.address())) {
            sessions.forget(address);
        }
        publishAddresses();
        if (restarts) {
            peer.renew(changed);
            if (isStarted && config.enabled()) {
                sessions.start(peer, nowNanos);
            }
            return;
        }
        Session session = peer.session();
        if (session != null) {
            for (SessionFamily family : session.families()) {
                if (!before.routeLimit().equals(config.routeLimit())) {
                    family.setLimit(peer.routeLimit());
                }
            }
            membership.regroup(session);
        }
        if (!before.pointToSite().equals(config.pointToSite())) {
            membership.rebuildGroups();
        }
        if (!before.importPolicy().equals(config.importPolicy())) {
            reviews.imports(settings.nextPolicyVersion());
        }
        enable(config.name(), config.enabled(), nowNanos);
    }

    void enable(String name, boolean enabled, long nowNanos) {
        Peer peer = existing(name);
        if (peer.config().enabled() != enabled) {
            PeerConfig changed = peer.config().toBuilder().enabled(enabled).build();
            settings.replace(replaced(changed));
            peer.reconfigure(changed, settings.config());
        }
        if (!enabled) {
            sessions.stop(peer, NotificationMessage.of(NotificationSubcode.ADMINISTRATIVE_SHUTDOWN), nowNanos);
        } else if (isStarted) {
            sessions.start(peer, nowNanos);
        }
    }

    void reset(String name, ResetKind kind, String text, long nowNanos) {
        Peer peer = existing(name);
        Session session = peer.session();
        switch (kind) {
            case SOFT_IN -> {
                if (session != null && !refreshes.request(session, "reset by the host")) {
                    restart(peer, text, nowNanos);
                }
            }
            case SOFT_OUT -> {
                if (session != null) {
                    refreshes.resendAll(session);
                }
            }
            case HARD -> restart(peer, text, nowNanos);
        }
    }

    /** Asks every NVA for its routes again; those that can't be asked start over with Cease/4 (ARS-43). */
    void resetNvasSoftly(String cause, long nowNanos) {
        for (Peer peer : new ArrayList<>(peers.all())) {
            Session session = peer.session();
            if (session != null && peer.config().role() == PeerRole.NVA && !refreshes.request(session, cause)) {
                restart(peer, cause, nowNanos);
            }
        }
    }

    void down(String name, String reason, long nowNanos) {
        NotificationMessage cease = NotificationMessage.of(NotificationSubcode.BFD_DOWN);
        sessions.tearDown(existing(name), cease, IdleHoldReason.ERROR, reason, nowNanos);
    }

    private void restart(Peer peer, String text, long nowNanos) {
        NotificationMessage cease = NotificationMessage.withText(NotificationSubcode.ADMINISTRATIVE_RESET, text);
        sessions.stop(peer, cease, nowNanos);
        if (isStarted && peer.config().enabled()) {
            sessions.start(peer, nowNanos);
        }
    }

    private RouteServerConfig replaced(PeerConfig config) {
        return settings.config().toBuilder()
                .removePeer(config.name())
                .peer(config)
                .build();
    }

    /** Tells whether a session can go on: nothing that was said in OPEN, or that decides how routes are read, is new. */
    private static boolean isSameSession(PeerConfig one, PeerConfig other) {
        return one.address().equals(other.address())
                && one.port() == other.port()
                && one.asn().equals(other.asn())
                && one.role() == other.role()
                && one.passive() == other.passive()
                && one.holdTime().equals(other.holdTime())
                && one.enforceFirstAs().equals(other.enforceFirstAs())
                && one.addPath().equals(other.addPath())
                && one.protection() == other.protection();
    }

    private void publishAddresses() {
        out.add(new Output.PeerAddresses(peers.addresses()));
    }

    private Peer existing(String name) {
        Peer peer = peers.byName(name);
        if (peer == null) {
            throw new ConfigurationException("peer." + name, "is not there", "ARS-74");
        }
        return peer;
    }
}
