package dev.waymark.engine;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.SendLimit;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.session.Negotiated;
import dev.waymark.bgp.session.RoleRules;
import dev.waymark.bgp.session.SessionEnd;
import dev.waymark.rib.AttributeRefs;
import dev.waymark.rib.SendCap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings sessions into the tables and out again: slots, update groups, and the sweep of what a session leaves behind.
 * Confined to the engine loop.
 */
final class Membership {
    private final Settings settings;
    private final List<FamilyRib> ribs;
    private final Slots slots;
    private final Jobs jobs;
    private final AttributeRefs refs;
    private final PeerMemory memory;
    private final Restarts restarts;
    private final Outbox out;
    private final List<Session> sweeping = new ArrayList<>();
    private final List<Session> waiting = new ArrayList<>();

    Membership(
            Settings settings,
            List<FamilyRib> ribs,
            Slots slots,
            Jobs jobs,
            AttributeRefs refs,
            PeerMemory memory,
            Restarts restarts,
            Outbox out) {
        this.settings = settings;
        this.ribs = ribs;
        this.slots = slots;
        this.jobs = jobs;
        this.refs = refs;
        this.memory = memory;
        this.restarts = restarts;
        this.out = out;
    }

    /** A session came up: it gets a slot, or the one that its routes were kept in, and joins a group for each family. */
    void up(Peer peer, Link link, Negotiated negotiated, EncodeOptions encoding, long nowNanos) {
        Session before = resumable(peer, negotiated);
        int slot = before == null ? slots.take() : before.slot();
        Session session = new Session(slot, peer, link, negotiated, encoding, before);
        slots.bind(slot, session);
        memory.begin(slot);
        link.setSession(session);
        peer.sessionUp(session);
        if (before != null) {
            before.markDead();
            restarts.resume(session, nowNanos);
            if (before.routerId() != session.routerId()) {
                jobs.add(new Redecision(ribs)); // routes that are kept have another place in the order of choice
            }
        }
        joinWhenSwept(session);
    }

    /** A peer with the address of one that was removed is the same router: it would be sent its own routes, too. */
    private void joinWhenSwept(Session session) {
        if (session.peer().isLeaving()) {
            return;
        }
        IpAddress address = session.config().address();
        for (Session before : sweeping) {
            if (before.config().address().equals(address)) {
                waiting.add(session);
                return;
            }
        }
        join(session);
    }

    /**
     * Returns the session that kept its routes, or null. Where path identifiers came or went (RFC 7911), there is no telling which of
     * those routes an announcement replaces: then they are not kept.
     */
    private @Nullable Session resumable(Peer peer, Negotiated negotiated) {
        Session kept = peer.kept();
        if (kept != null && !hasSamePathIds(kept.negotiated(), negotiated)) {
            dropKept(peer, "the peer came back with ADD-PATH, or without it");
        }
        return peer.kept();
    }

    private static boolean hasSamePathIds(Negotiated one, Negotiated other) {
        return one.extensions().addPathReceive().equals(other.extensions().addPathReceive());
    }

    /**
     * What an earlier session of the peer left behind has been swept: only now may the peer be sent routes, or it would be
     * sent its own.
     */
    void swept(Session before) {
        slots.release(before.slot());
        before.peer().swept();
        sweeping.remove(before);
        Session session = before.peer().session();
        if (session != null) {
            joinWhenSwept(session);
        }
        List<Session> waited = List.copyOf(waiting);
        waiting.clear();
        for (Session other : waited) {
            if (other.isAlive()) {
                joinWhenSwept(other);
            }
        }
    }

    private void join(Session session) {
        for (FamilyRib rib : ribs) {
            SessionFamily family = session.family(rib.family());
            boolean isWanted = session.negotiated().families().contains(rib.family());
            if (isWanted && family != null && family.member() == null) {
                join(rib, session, family);
            }
        }
    }

    /**
     * A session is gone: its routes are not eligible from now on, and swept in the background; or they are kept until the
     * peer is back (RFC 4724 §4.2).
     */
    void down(Peer peer, SessionEnd end, long nowNanos) {
        Session session = peer.session();
        if (session == null) {
            throw new AssertionError(peer.name() + " is down and was not up");
        }
        for (FamilyRib rib : ribs) {
            SessionFamily family = session.family(rib.family());
            if (family != null) {
                leave(rib, family);
            }
        }
        if (restarts.keep(session, end, nowNanos)) {
            session.markKept();
            peer.sessionKept(end.text());
        } else {
            peer.sessionDown(end.text());
            sweep(session);
        }
    }

    /** What was kept of a peer's lost session goes now, if there is anything. */
    void dropKept(Peer peer, String cause) {
        Session session = peer.kept();
        if (session != null) {
            peer.dropKept();
            restarts.forget(session.slot(), cause);
            sweep(session);
        }
    }

    private void sweep(Session session) {
        session.markDead();
        session.peer().leaving();
        sweeping.add(session);
        jobs.add(new SessionSweep(ribs, this, session));
    }

    /** Moves a session to the groups that its peer's configuration of now asks for; only differences are sent. */
    void regroup(Session session) {
        for (FamilyRib rib : ribs) {
            SessionFamily family = session.family(rib.family());
            UpdateGroup group = family == null ? null : family.group();
            GroupKey key = keyOf(rib.family(), session);
            if (family == null || group == null || group.key().equals(key)) {
                continue;
            }
            if (key.capped().isEmpty()) {
                tellLifted(group);
            }
            UpdateGroup target = find(rib, key);
            if (target != null) {
                jobs.add(new GroupMove(this, rib, session, target));
            } else if (group.members().size() == 1) {
                group.changeKey(key);
            } else {
                UpdateGroup copy = group.copy(key, rib.prefixes().rowLimit());
                rib.groups().add(copy);
                move(rib, session, copy);
            }
        }
    }

    /** The only member of a group with a cap gets a group without: what was over the cap is sent now (ARS-55). */
    private void tellLifted(UpdateGroup group) {
        SendCap cap = group.cap();
        if (cap != null && !group.members().isEmpty() && (cap.isExceeded() || cap.takesOwedClear())) {
            Member member = group.members().get(0);
            int held = group.sentCount(member.slot());
            out.add(new Output.Publish(new ServerEvent.SendLimitCleared(
                    member.session().config().identity(), group.family(), held, cap.limit())));
        }
    }

    /** Has all groups evaluate their rows again; what comes out the same is not sent again. */
    void rebuildGroups() {
        for (FamilyRib rib : ribs) {
            rib.rebuildGroups();
        }
    }

    /** Moves a session to a group that it waited for, unless its configuration has changed again. */
    void regroupTo(FamilyRib rib, Session session, UpdateGroup target) {
        if (rib.groups().contains(target) && target.key().equals(keyOf(rib.family(), session))) {
            move(rib, session, target);
        } else {
            regroup(session);
        }
    }

    /** Moves a session to another group; it is owed what differs. */
    private void move(FamilyRib rib, Session session, UpdateGroup target) {
        SessionFamily family = session.family(rib.family());
        if (family == null) {
            return;
        }
        UpdateGroup group = family.group();
        Member member = family.member();
        if (group != null && member != null && group != target) {
            group.members().remove(member);
            member.moveTo(target, rib.prefixes().rowLimit());
            target.members().add(member);
            target.settleLater();
            family.join(target, member);
            dropIfEmpty(rib, group);
        }
    }

    private void join(FamilyRib rib, Session session, SessionFamily family) {
        UpdateGroup group = groupFor(rib, keyOf(rib.family(), session));
        Member member = new Member(session, group);
        if (group.sentCount(member.slot()) > 0) {
            member.join(rib.prefixes().rowLimit());
        }
        group.members().add(member);
        family.join(group, member);
    }

    private void leave(FamilyRib rib, SessionFamily family) {
        UpdateGroup group = family.group();
        Member member = family.member();
        family.leave();
        if (group != null && member != null) {
            group.members().remove(member);
            dropIfEmpty(rib, group);
        }
    }

    private void dropIfEmpty(FamilyRib rib, UpdateGroup group) {
        if (group.members().isEmpty()) {
            rib.groups().remove(group);
            jobs.dissolve(rib, group);
        }
    }

    private UpdateGroup groupFor(FamilyRib rib, GroupKey key) {
        UpdateGroup group = find(rib, key);
        if (group == null) {
            group = new UpdateGroup(rib.family(), key, refs);
            rib.groups().add(group);
        }
        return group;
    }

    private static @Nullable UpdateGroup find(FamilyRib rib, GroupKey key) {
        for (UpdateGroup group : rib.groups()) {
            if (group.key().equals(key)) {
                return group;
            }
        }
        return null;
    }

    private GroupKey keyOf(AddressFamily family, Session session) {
        PeerConfig config = session.config();
        boolean usesServerPolicy = config.exportPolicy().isEmpty();
        return new GroupKey(
                config.role(),
                session.negotiated().external(),
                session.encoding(),
                config.prependLocalAs().orElse(settings.config().export().prependLocalAs()),
                settings.config().export().nextHopSelf(),
                settings.config().localAddress(family),
                session.negotiated()
                        .extensions()
                        .role()
                        .filter(RoleRules::addsOnExport)
                        .isPresent(),
                usesServerPolicy ? settings.exportPolicy() : config.exportPolicy(),
                settings.config().requiresPolicy(),
                usesServerPolicy,
                settings.isDraining(),
                !settings.longLivedRestart() || session.negotiated().restart().longLived(),
                sentPathsOf(family, session),
                cappedOf(config));
    }

    /** Returns how many paths of a prefix a session is sent; 0 where ADD-PATH is not set or the peer can't take it: then one (ARS-34). */
    private static int sentPathsOf(AddressFamily family, Session session) {
        if (!session.negotiated().extensions().addPathSend().contains(family)) {
            return 0;
        }
        int most = session.config().addPath().sentPaths();
        return most == AddPathSettings.ALL_PATHS ? Integer.MAX_VALUE : most;
    }

    private Optional<GroupKey.Capped> cappedOf(PeerConfig config) {
        Optional<SendLimit> ofRole = config.role() == PeerRole.EXPRESS_ROUTE_GATEWAY
                ? settings.config().limits().expressRouteSendLimit()
                : Optional.empty();
        return config.sendLimit().or(() -> ofRole).map(limit -> new GroupKey.Capped(config.name(), limit));
    }
}
