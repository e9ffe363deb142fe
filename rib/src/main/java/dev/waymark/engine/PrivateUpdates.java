package dev.waymark.engine;

import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.rib.GroupChanges;
import dev.waymark.rib.MemberLag;

/**
 * Sends UPDATEs that are for one member of a group only: what concerns the source of a route, the withdrawals of one that
 * catches up, and what one is owed. Only as much is taken as surely fits into the member's window, so that nothing counts
 * as sent that is not. Confined to the engine loop.
 */
final class PrivateUpdates {
    /** More than one prefix and one UPDATE around it can need besides the attributes. */
    private static final int OVERHEAD_OCTETS = 64;

    private final FamilyRib rib;
    private final AttributeTable attributes;
    private final UpdateWriter writer;
    private final Buckets announced = new Buckets();
    private final IntList withdrawn = new IntList();
    private long roomOctets;

    PrivateUpdates(FamilyRib rib, AttributeTable attributes, UpdateWriter writer) {
        this.rib = rib;
        this.attributes = attributes;
        this.writer = writer;
    }

    /** Sends, or owes, the private changes of the current flush. */
    void send(UpdateGroup group, Member member, Outbox out) {
        IntList indexes = member.privateChanges();
        if (indexes.isEmpty()) {
            return;
        }
        begin(member);
        GroupChanges changes = group.changes();
        MemberLag lag = member.lag();
        for (int i = 0; i < indexes.size(); i++) {
            int change = indexes.get(i);
            int row = changes.row(change);
            int before = changes.before(change, member.slot());
            int after = changes.after(change, member.slot());
            if (roomOctets <= 0) {
                lag.missed(row, before, after);
            } else if (after != 0) {
                if (before != after || lag.owes(row)) {
                    lag.announced(row, before);
                    announce(row, after);
                }
            } else if (lag.withdraws(row, before)) {
                withdraw(row);
            }
        }
        indexes.clear();
        finish(group, member, out);
    }

    /**
     * Sends rows that the member is owed.
     *
     * @param units how many rows, at most
     * @return how many rows were looked at; 0 if there is no room for any, or nothing is owed
     */
    int drain(UpdateGroup group, Member member, int units, Outbox out) {
        begin(member);
        MemberLag lag = member.lag();
        int looked = 0;
        while (looked < units && roomOctets > 0) {
            int row = lag.nextOwed();
            if (row < 0 || (lag.isDumpComplete() && looked > 0)) {
                break;
            }
            int attribute = lag.take(row);
            if (attribute == MemberLag.WITHDRAW) {
                withdraw(row);
            } else if (attribute != MemberLag.NOTHING) {
                announce(row, attribute);
            }
            looked++;
        }
        finish(group, member, out);
        return looked;
    }

    private void begin(Member member) {
        announced.clear();
        withdrawn.clear();
        roomOctets = member.session().window().roomOctets();
    }

    private void announce(int row, int attribute) {
        announced.add(0, attribute, row);
        roomOctets -= attributes.octets(attribute) + OVERHEAD_OCTETS;
    }

    private void withdraw(int row) {
        withdrawn.add(row);
        roomOctets -= OVERHEAD_OCTETS;
    }

    private void finish(UpdateGroup group, Member member, Outbox out) {
        if (!withdrawn.isEmpty()) {
            writer.beginWithdrawal(group.key().encoding());
            for (int i = 0; i < withdrawn.size(); i++) {
                writer.prefix(rib.prefixes(), withdrawn.get(i));
            }
            writer.end();
        }
        if (announced.sourceCount() > 0) {
            for (int bucket = announced.firstBucket(0); bucket >= 0; bucket = announced.nextBucket(bucket)) {
                writer.beginAnnouncement(group.key().encoding(), announced.attribute(bucket));
                for (int place = announced.firstPlace(bucket); place >= 0; place = announced.nextPlace(place)) {
                    writer.prefix(rib.prefixes(), announced.item(place));
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
