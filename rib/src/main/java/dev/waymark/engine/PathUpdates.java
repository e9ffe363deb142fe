package dev.waymark.engine;

import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.rib.MemberPaths;
import dev.waymark.rib.PathList;
import dev.waymark.rib.PathRib;
import java.util.List;

/**
 * Tells members of update groups with ADD-PATH what changed and what they are owed (RFC 7911 §5): the paths of a row that are new to
 * a member or have other attributes, and the identifiers of those that it no longer has. Most of what changed is encoded once for all
 * members that keep up and have room for it ({@link SharedPaths}). What the others are sent is made for each alone; only as much is
 * taken as fits into its window, and rows that don't are owed (DESIGN §9). Confined to the engine loop.
 */
final class PathUpdates {
    /** More than one prefix and one UPDATE around it can need besides the attributes. */
    private static final int OVERHEAD_OCTETS = 64;
    /** So many changes are flushed together at most, so that they fit into windows. */
    private static final int FLUSHED_TOGETHER = 1_024;

    private final FamilyRib rib;
    private final AttributeTable attributes;
    private final UpdateWriter writer;
    private final SharedPaths shared;
    private final Buckets announced = new Buckets();
    private final IntList rows = new IntList();
    private final IntList pathIds = new IntList();
    private final IntList withdrawnRows = new IntList();
    private final IntList withdrawnIds = new IntList();
    private long roomOctets;

    PathUpdates(FamilyRib rib, AttributeTable attributes, UpdateWriter writer) {
        this.rib = rib;
        this.attributes = attributes;
        this.writer = writer;
        this.shared = new SharedPaths(rib, writer);
    }

    /** Sends, or owes, all changes of a group and forgets them. */
    void flush(UpdateGroup group, PathRib paths, Outbox out) {
        List<PathRib.Change> changes = paths.changes();
        for (int from = 0; from < changes.size(); from += FLUSHED_TOGETHER) {
            int to = Math.min(changes.size(), from + FLUSHED_TOGETHER);
            flush(group, paths, changes.subList(from, to), out);
        }
        paths.clearChanges();
    }

    private void flush(UpdateGroup group, PathRib paths, List<PathRib.Change> changes, Outbox out) {
        boolean isShared = group.members().size() > 1;
        if (isShared) {
            shared.encode(group, paths, changes);
        }
        for (Member member : group.members()) {
            boolean takesShared = isShared
                    && member.isLive()
                    && member.session().window().roomOctets() >= shared.octetsFor(member.slot());
            if (takesShared) {
                shared.send(member, out);
            }
            begin(member);
            for (int i = 0; i < changes.size(); i++) {
                if (!takesShared || !shared.contains(i)) {
                    tell(paths, member, changes.get(i));
                }
            }
            finish(group, member, out);
        }
        shared.release();
    }

    private void tell(PathRib paths, Member member, PathRib.Change change) {
        MemberPaths lag = member.paths();
        int row = change.row();
        PathList after = paths.get(row);
        boolean isOwed = lag.owes(row);
        if (!isOwed && change.before().isSameFor(member.slot(), paths.most(), after)) {
            return;
        }
        if (roomOctets <= 0) {
            lag.missed(row, change.before(), after);
        } else {
            PathList holds = lag.holds(row, change.before());
            lag.told(row, change.before());
            tell(row, member.slot(), paths.most(), holds, after, isOwed);
        }
    }

    /**
     * Sends rows that the member is owed.
     *
     * @param units how many rows, at most
     * @return how many rows were looked at; 0 if there is no room for any, or nothing is owed
     */
    int drain(UpdateGroup group, PathRib paths, Member member, int units, Outbox out) {
        begin(member);
        MemberPaths lag = member.paths();
        int looked = 0;
        while (looked < units && roomOctets > 0) {
            int row = lag.nextOwed();
            if (row < 0 || (lag.isDumpComplete() && looked > 0)) {
                break;
            }
            PathList current = paths.get(row);
            PathList holds = lag.holds(row, current);
            lag.told(row, current);
            tell(row, member.slot(), paths.most(), holds, current, true);
            looked++;
        }
        finish(group, member, out);
        return looked;
    }

    /** Withdraws what a member holds and shall not, and announces what it shall hold: all of it, or what differs. */
    private void tell(int row, int slot, int most, PathList holds, PathList current, boolean all) {
        int seen = 0;
        for (int i = holds.next(0, slot); i < holds.size() && seen < most; i = holds.next(i + 1, slot)) {
            seen++;
            if (current.find(holds.pathId(i), slot, most) < 0) {
                withdraw(row, holds.pathId(i));
            }
        }
        seen = 0;
        for (int i = current.next(0, slot); i < current.size() && seen < most; i = current.next(i + 1, slot)) {
            seen++;
            int before = all ? -1 : holds.find(current.pathId(i), slot, most);
            if (before < 0 || holds.attributes(before) != current.attributes(i)) {
                announce(row, current.pathId(i), current.attributes(i));
            }
        }
    }

    private void begin(Member member) {
        announced.clear();
        rows.clear();
        pathIds.clear();
        withdrawnRows.clear();
        withdrawnIds.clear();
        roomOctets = member.session().window().roomOctets();
    }

    private void announce(int row, int pathId, int attribute) {
        announced.add(0, attribute, rows.size());
        rows.add(row);
        pathIds.add(pathId);
        roomOctets -= attributes.octets(attribute) + OVERHEAD_OCTETS;
    }

    private void withdraw(int row, int pathId) {
        withdrawnRows.add(row);
        withdrawnIds.add(pathId);
        roomOctets -= OVERHEAD_OCTETS;
    }

    private void finish(UpdateGroup group, Member member, Outbox out) {
        if (!withdrawnRows.isEmpty()) {
            writer.beginWithdrawal(group.key().encoding());
            for (int i = 0; i < withdrawnRows.size(); i++) {
                writer.prefix(rib.prefixes(), withdrawnRows.get(i), withdrawnIds.get(i));
            }
            writer.end();
        }
        if (announced.sourceCount() > 0) {
            for (int bucket = announced.firstBucket(0); bucket >= 0; bucket = announced.nextBucket(bucket)) {
                writer.beginAnnouncement(group.key().encoding(), announced.attribute(bucket));
                for (int place = announced.firstPlace(bucket); place >= 0; place = announced.nextPlace(place)) {
                    int item = announced.item(place);
                    writer.prefix(rib.prefixes(), rows.get(item), pathIds.get(item));
                }
                writer.end();
                if (writer.isChunkFull()) {
                    member.session().send(writer.takeChunk(), out);
                }
            }
        }
        if (writer.hasChunk()) {
            member.session().send(writer.takeChunk(), out);
        }
    }
}
