package dev.waymark.engine;

import dev.waymark.api.LimitAction;
import dev.waymark.api.PeerIdentity;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.session.IdleHoldReason;
import dev.waymark.rib.PathList;
import dev.waymark.rib.PathRib;
import dev.waymark.rib.SendCap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies caps on what peers are sent (ARS-55): holds back what is over one, sends it when there is room, tells the host, and
 * ends sessions where that is asked for. A group with a cap has one member, so the group's table is its Adj-RIB-Out and
 * the count is exact. Confined to the engine loop.
 */
final class SendCaps {
    private final List<FamilyRib> ribs;
    private final Sessions sessions;
    private final Outbox out;
    private final List<Breach> breaches = new ArrayList<>();

    private record Breach(Session session, String text) {}

    SendCaps(List<FamilyRib> ribs, Sessions sessions, Outbox out) {
        this.ribs = ribs;
        this.sessions = sessions;
        this.out = out;
    }

    /** Tells whether a group may be sent for a row what was chosen, as far as its cap goes. */
    boolean permits(UpdateGroup group, int row, int attribute, int source, int alternative) {
        SendCap cap = group.cap();
        if (cap == null || group.members().isEmpty()) {
            return true;
        }
        int slot = group.members().get(0).slot();
        int wanted = source == slot ? alternative : attribute;
        boolean isHeld = group.rib().sentTo(slot, row) != 0;
        return wanted == 0 || cap.permits(row, isHeld, group.rib().sentCount(slot));
    }

    /** Puts what was chosen for a row into the group's table, and counts it. */
    void store(UpdateGroup group, int row, int attribute, int source, int alternative, int alternativeSource) {
        SendCap cap = group.cap();
        int slot =
                group.members().isEmpty() ? Slots.OWN : group.members().get(0).slot();
        boolean wasHeld = group.rib().sentTo(slot, row) != 0;
        group.rib().set(row, attribute, source, alternative, alternativeSource, group.changes());
        if (cap != null) {
            cap.stored(row, wasHeld, group.rib().sentTo(slot, row) != 0, source == GroupChoice.HELD_BACK);
        }
    }

    /** Puts what was chosen of a row's paths into the table of a group with ADD-PATH, as many as its cap permits, and counts them. */
    void store(UpdateGroup group, PathRib paths, int row, PathList wanted) {
        SendCap cap = group.cap();
        if (cap == null || group.members().isEmpty()) {
            paths.set(row, wanted);
            return;
        }
        int slot = group.members().get(0).slot();
        int before = paths.get(row).count(slot, paths.most());
        int all = wanted.count(slot, paths.most());
        int permitted = cap.permitted(row, all, before, paths.sentCount(slot));
        paths.set(row, permitted < all ? wanted.firstFor(slot, permitted) : wanted);
        cap.stored(row, before, permitted, permitted < all);
    }

    /** After a flush: what waits goes where there is room, and what is over a cap is told. */
    void turn(long nowNanos) {
        for (int f = 0; f < ribs.size(); f++) {
            FamilyRib rib = ribs.get(f);
            for (int i = 0; i < rib.groups().size(); i++) {
                UpdateGroup group = rib.groups().get(i);
                SendCap cap = group.cap();
                if (cap != null && !group.members().isEmpty()) {
                    look(rib, group, cap, group.members().get(0));
                }
            }
        }
        for (Breach breach : breaches) {
            NotificationMessage cease =
                    NotificationMessage.withText(NotificationSubcode.ADMINISTRATIVE_RESET, breach.text());
            sessions.tearDown(breach.session().peer(), cease, IdleHoldReason.LIMIT, breach.text(), nowNanos);
        }
        breaches.clear();
    }

    private void look(FamilyRib rib, UpdateGroup group, SendCap cap, Member member) {
        if (member.isLive() && group.isFlushed()) {
            cap.settle();
        }
        int held = group.sentCount(member.slot());
        int row = cap.firstWaiting();
        for (int room = cap.room(held); room > 0; room--) {
            rib.markDirty(row);
            row = cap.nextWaiting(row);
        }
        PeerIdentity peer = member.session().config().identity();
        AddressFamily family = rib.family();
        if (cap.crossesWarning(held)) {
            publish(new ServerEvent.SendLimitWarning(peer, family, held, cap.limit()));
        }
        boolean isExceeded = cap.isOver(held) || (cap.isExceeded() && cap.waiting() > 0);
        boolean isNews = cap.turnsExceeded(isExceeded);
        if (isExceeded || !group.isBuilding()) {
            boolean wasOwed = cap.takesOwedClear(); // of a limit that was another one
            isNews = isNews || (wasOwed && !isExceeded);
        }
        if (!isNews) {
            return;
        }
        if (!isExceeded) {
            publish(new ServerEvent.SendLimitCleared(peer, family, held, cap.limit()));
            return;
        }
        long wanted = (long) held + cap.waiting();
        int first = cap.firstWaiting();
        Optional<IpPrefix> firstOver =
                first < 0 ? Optional.empty() : Optional.of(rib.prefixes().prefix(first));
        publish(new ServerEvent.SendLimitExceeded(peer, family, wanted, cap.limit(), firstOver, cap.action()));
        if (cap.action() == LimitAction.TEAR_DOWN) {
            String text = "send limit passed: " + wanted + " routes > " + cap.limit() + " (" + family + ", ARS-55)";
            breaches.add(new Breach(member.session(), text));
        }
    }

    private void publish(ServerEvent event) {
        out.add(new Output.Publish(event));
    }
}
