package dev.waymark.engine;

import dev.waymark.api.RejectReason;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.Community;
import dev.waymark.bgp.codec.AttributeFlags;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.Aggregate;
import dev.waymark.rib.PathChange;
import dev.waymark.rib.Verdict;

/**
 * Makes aggregates of routes to which import gave another prefix (ARS-62): one path for each peer and prefix, which then is chosen,
 * programmed and sent as if the peer had announced it. It is no announcement: accounts and route limits know the contributors
 * only, the limit on all prefixes (ARS-27) the aggregate only.
 *
 * <p>What a contributor forbids with NO_ADVERTISE, or with NO_EXPORT where it is honoured, the aggregate may not do either, though
 * it has none of its communities (ARS-51): they stand in what counts as received of it. Confined to the engine loop.
 */
final class ImportAggregates {
    private static final int RESTRICTIONS =
            AttributeFlags.NO_EXPORT | AttributeFlags.NO_ADVERTISE | AttributeFlags.NO_EXPORT_SUBCONFED;
    private static final int RESTRICTION_BITS = 3;

    private final AttributeTable attributes;
    private final AggregateAttributes merge;
    private final Slots slots;
    private final PeerMemory memory;
    private final EventBursts bursts;
    private final IntList parts = new IntList();
    private int restrictions;

    ImportAggregates(
            AttributeTable attributes, AggregateAttributes merge, Slots slots, PeerMemory memory, EventBursts bursts) {
        this.attributes = attributes;
        this.merge = merge;
        this.slots = slots;
        this.memory = memory;
        this.bursts = bursts;
    }

    /** A path was stored that is, or was, a part of an aggregate. */
    void stored(FamilyRib rib, Session session, int path, byte verdict, ImportRules rules) {
        if (verdict != Verdict.CONTRIBUTES) {
            rib.contributors().remove(path);
            return;
        }
        IpPrefix prefix = rules.aggregate();
        int row = rib.prefixes().findOrAdd(prefix);
        AdjRibIn paths = rib.paths();
        int restricted = attributes.flags(paths.received(path)) & RESTRICTIONS;
        long kind = (long) paths.effective(path) << RESTRICTION_BITS | restricted;
        rib.contributors().put(path, row, Slots.aggregate(session.slot()), kind);
        rib.markDirty(row); // so that the row is not given to another prefix before it has its path
    }

    /** The attributes of a part were changed where it is stored. */
    static void changed(FamilyRib rib, int slot, int path) {
        int row = rib.contributors().row(path);
        long restricted = rib.contributors().kind(path) & RESTRICTIONS;
        long kind = (long) rib.paths().effective(path) << RESTRICTION_BITS | restricted;
        rib.contributors().put(path, row, Slots.aggregate(slot), kind);
        rib.markDirty(row);
    }

    /** Makes anew what changed; to be called before rows are decided. */
    void refresh(FamilyRib rib) {
        for (Aggregate next = rib.contributors().poll();
                next != null;
                next = rib.contributors().poll()) {
            Session session = slots.session(next.slot());
            if (next.isEmpty() || session == null) {
                rib.paths().withdraw(next.row(), next.slot());
                rib.cap().released(rib, next.row());
                rib.markDirty(next.row());
            } else if (session.isEligible()
                    || rib.paths().find(next.row(), next.slot()) == 0) { // the row must have a path
                store(rib, session, next);
            }
        }
    }

    private void store(FamilyRib rib, Session session, Aggregate aggregate) {
        parts.clear();
        restrictions = 0;
        aggregate.forEachKind(kind -> {
            int part = (int) (kind >>> RESTRICTION_BITS);
            restrictions |= (int) kind & RESTRICTIONS;
            if (parts.isEmpty() || parts.get(parts.size() - 1) != part) {
                parts.add(part);
            }
        });
        int effective = merge.merge(parts);
        int received = restricted(effective);
        memory.claim(session.slot(), effective);
        memory.claim(session.slot(), received);
        int row = aggregate.row();
        byte verdict = rib.cap().admit(rib, row, Verdict.ACCEPTED);
        PathChange before = rib.paths().announce(row, aggregate.slot(), received, effective, verdict, 0);
        boolean isNewlyRefused = verdict != Verdict.ACCEPTED && !(before.existed() && before.verdict() == verdict);
        if (before.existed() && verdict != Verdict.ACCEPTED) {
            rib.cap().released(rib, row);
        }
        RejectReason reason = Verdict.reason(verdict);
        if (isNewlyRefused && reason != null) {
            bursts.recordRejected(session, reason, "", rib.prefixes(), row);
        }
        rib.markDirty(row);
        if (verdict == Verdict.ACCEPTED) {
            rib.cap().admitted(rib, row);
        }
    }

    /** Returns attributes with the communities of contributors that keep routes from being sent on. */
    private int restricted(int effective) {
        if (restrictions == 0) {
            return effective;
        }
        AttributesEdit edit = attributes.view(effective).edit();
        if ((restrictions & AttributeFlags.NO_ADVERTISE) != 0) {
            edit.addCommunity(Community.NO_ADVERTISE);
        }
        if ((restrictions & AttributeFlags.NO_EXPORT) != 0) {
            edit.addCommunity(Community.NO_EXPORT);
        }
        if ((restrictions & AttributeFlags.NO_EXPORT_SUBCONFED) != 0) {
            edit.addCommunity(Community.NO_EXPORT_SUBCONFED);
        }
        return attributes.intern(edit.build());
    }
}
