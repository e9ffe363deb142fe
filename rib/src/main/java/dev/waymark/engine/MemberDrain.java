package dev.waymark.engine;

import dev.waymark.rib.PathRib;

/**
 * Sends members of update groups what they are owed, with what is left of their windows: to one that just joined, the table;
 * to one that was too slow, the latest state of what it missed; to one that asked, everything again. Confined to the engine
 * loop.
 */
final class MemberDrain {
    private final FamilyRib rib;
    private final PrivateUpdates privately;
    private final PathUpdates severally;
    private final UpdateWriter writer;

    MemberDrain(FamilyRib rib, PrivateUpdates privately, PathUpdates severally, UpdateWriter writer) {
        this.rib = rib;
        this.privately = privately;
        this.severally = severally;
        this.writer = writer;
    }

    /** Returns whether {@link #drain} would send something now. */
    static boolean hasWork(UpdateGroup group, Member member) {
        if (member.owed() > 0) {
            return member.session().window().isHalfFree();
        }
        return !member.isLive() || (member.owesEndOfRib() && !group.isBuilding());
    }

    /**
     * Goes on with what the member is owed, and sends the end marker of a dump that is complete.
     *
     * @param units rows to look at, at most
     * @return the rows looked at
     */
    int drain(UpdateGroup group, Member member, int units, Outbox out) {
        int looked = member.owed() == 0 ? 0 : pay(group, member, units, out);
        if (member.isDumpComplete()) {
            member.endDump();
            if (member.owesEndOfRefresh()) {
                member.paidEndOfRefresh();
                member.session().sendRefreshEnd(group.family(), out);
            }
            if (member.owesAnotherRefresh()) {
                member.session().sendRefreshBegin(group.family(), out);
                member.refresh(rib.prefixes().rowLimit());
            }
        }
        if (member.owesEndOfRib() && !group.isBuilding() && !member.isDumping()) {
            member.paidEndOfRib();
            writer.endOfRib();
            member.session().send(writer.takeChunk(), out);
        }
        return Math.max(1, looked);
    }

    private int pay(UpdateGroup group, Member member, int units, Outbox out) {
        PathRib paths = group.paths();
        return paths == null
                ? privately.drain(group, member, units, out)
                : severally.drain(group, paths, member, units, out);
    }
}
