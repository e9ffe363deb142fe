package dev.waymark.engine;

import dev.waymark.rib.GroupChanges;
import dev.waymark.rib.MemberLag;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Hands what changed in an update group to its members: encoded once, in chunks that contain one source's rows, the same
 * octets for every member but the source (DESIGN §4, §9). A member whose window is full is owed the rows instead; what it
 * is sent later is the state of then. One that catches up takes announcements like all others and has its withdrawals
 * filtered, since it may not hold what is withdrawn.
 *
 * <p>Confined to the engine loop.
 */
final class GroupFlush {
    /** No peer has this slot: what "all others" were sent. */
    private static final int OTHERS = 0xfffe;
    /** Nor this one. */
    private static final int NOBODY = -1;

    private final FamilyRib rib;
    private final UpdateWriter writer;
    private final PrivateUpdates privately;
    private final Buckets buckets = new Buckets();
    private final IntList chunkChanges = new IntList();
    private IntList flips = new IntList();
    private IntList otherFlips = new IntList();

    GroupFlush(FamilyRib rib, UpdateWriter writer, PrivateUpdates privately) {
        this.rib = rib;
        this.writer = writer;
        this.privately = privately;
    }

    /** Sends, or owes, all changes of a group and forgets them. */
    void flush(UpdateGroup group, Outbox out) {
        GroupChanges changes = group.changes();
        if (changes.size() == 0) {
            return;
        }
        announce(group, out);
        withdraw(group, out);
        for (Member member : group.members()) {
            privately.send(group, member, out);
        }
        changes.clear();
    }

    private void announce(UpdateGroup group, Outbox out) {
        GroupChanges changes = group.changes();
        buckets.clear();
        for (int i = 0; i < changes.size(); i++) {
            int before = changes.before(i, OTHERS);
            int after = changes.after(i, OTHERS);
            if (before == after) { // it is news for the old and the new source only
                addPrivate(group.member(changes.source(i)), i);
                if (changes.oldSource(i) != changes.source(i)) {
                    addPrivate(group.member(changes.oldSource(i)), i);
                }
            } else if (after != 0 && isFlip(changes, i)) {
                flips.add(i);
            } else if (after != 0) {
                buckets.add(changes.source(i), after, i);
            }
        }
        announceBuckets(group, NOBODY, out);
        while (!flips.isEmpty()) {
            announceFlips(group, changes.oldSource(flips.get(0)), out);
        }
    }

    /** Tells whether the best and the runner-up changed places: the old source holds already what all others now get. */
    private static boolean isFlip(GroupChanges changes, int change) {
        int oldSource = changes.oldSource(change);
        return oldSource != changes.source(change) && changes.before(change, oldSource) == changes.attributes(change);
    }

    /** Announces flips of one old source, and leaves the others for later. */
    private void announceFlips(UpdateGroup group, int holder, Outbox out) {
        GroupChanges changes = group.changes();
        buckets.clear();
        for (int i = 0; i < flips.size(); i++) {
            int change = flips.get(i);
            if (changes.oldSource(change) == holder) {
                buckets.add(changes.source(change), changes.attributes(change), change);
            } else {
                otherFlips.add(change);
            }
        }
        IntList done = flips;
        flips = otherFlips;
        otherFlips = done;
        otherFlips.clear();
        announceBuckets(group, holder, out);
    }

    private void announceBuckets(UpdateGroup group, int holder, Outbox out) {
        for (int s = 0; s < buckets.sourceCount(); s++) {
            int source = buckets.source(s);
            for (int bucket = buckets.firstBucket(source); bucket >= 0; bucket = buckets.nextBucket(bucket)) {
                announceBucket(group, source, holder, bucket, out);
            }
            dispatchAnnouncements(group, source, holder, out);
        }
    }

    private void announceBucket(UpdateGroup group, int source, int holder, int bucket, Outbox out) {
        int attribute = buckets.attribute(bucket);
        writer.beginAnnouncement(group.key().encoding(), attribute);
        for (int place = buckets.firstPlace(bucket); place >= 0; place = buckets.nextPlace(place)) {
            if (writer.isChunkFull()) {
                writer.end();
                dispatchAnnouncements(group, source, holder, out);
                writer.beginAnnouncement(group.key().encoding(), attribute);
            }
            int change = buckets.item(place);
            writer.prefix(rib.prefixes(), group.changes().row(change));
            chunkChanges.add(change);
        }
        writer.end();
        if (writer.isChunkFull()) {
            dispatchAnnouncements(group, source, holder, out);
        }
    }

    private void dispatchAnnouncements(UpdateGroup group, int source, int holder, Outbox out) {
        if (chunkChanges.isEmpty()) {
            return;
        }
        ByteBuf chunk = writer.takeChunk();
        for (Member member : group.members()) {
            if (member.slot() == holder) {
                continue; // what it is owed of these, it stays owed
            }
            if (member.slot() == source) {
                addChunkPrivately(member);
            } else if (member.session().window().hasRoom(chunk.readableBytes())) {
                announced(group.changes(), member);
                member.session().send(chunk.retainedDuplicate(), out);
            } else {
                missed(group.changes(), member);
            }
        }
        chunk.release();
        chunkChanges.clear();
    }

    private void withdraw(UpdateGroup group, Outbox out) {
        GroupChanges changes = group.changes();
        buckets.clear();
        for (int i = 0; i < changes.size(); i++) {
            if (changes.attributes(i) != 0 || changes.before(i, OTHERS) == 0) {
                continue;
            }
            if (changes.alternative(i) == 0) {
                buckets.add(changes.oldSource(i), 0, i);
            } else { // withdrawn from all but a source that may be another one than before: rare, and told one by one
                for (Member member : group.members()) {
                    addPrivate(member, i);
                }
            }
        }
        for (int s = 0; s < buckets.sourceCount(); s++) {
            int source = buckets.source(s);
            int bucket = buckets.firstBucket(source);
            writer.beginWithdrawal(group.key().encoding());
            for (int place = buckets.firstPlace(bucket); place >= 0; place = buckets.nextPlace(place)) {
                if (writer.isChunkFull()) {
                    writer.end();
                    dispatchWithdrawals(group, source, out);
                    writer.beginWithdrawal(group.key().encoding());
                }
                writer.prefix(rib.prefixes(), changes.row(buckets.item(place)));
                chunkChanges.add(buckets.item(place));
            }
            writer.end();
            dispatchWithdrawals(group, source, out);
        }
    }

    private void dispatchWithdrawals(UpdateGroup group, int source, Outbox out) {
        ByteBuf chunk = writer.takeChunk();
        for (Member member : group.members()) {
            if (member.slot() == source || !member.lag().isLive()) {
                addChunkPrivately(member);
            } else if (member.session().window().hasRoom(chunk.readableBytes())) {
                member.session().send(chunk.retainedDuplicate(), out);
            } else {
                missed(group.changes(), member);
            }
        }
        chunk.release();
        chunkChanges.clear();
    }

    private static void addPrivate(@Nullable Member member, int change) {
        if (member != null) {
            member.privateChanges().add(change);
        }
    }

    private void addChunkPrivately(Member member) {
        for (int i = 0; i < chunkChanges.size(); i++) {
            member.privateChanges().add(chunkChanges.get(i));
        }
    }

    private void announced(GroupChanges changes, Member member) {
        MemberLag lag = member.lag();
        if (lag.isLive()) {
            return;
        }
        for (int i = 0; i < chunkChanges.size(); i++) {
            int change = chunkChanges.get(i);
            lag.announced(changes.row(change), changes.before(change, member.slot()));
        }
    }

    private void missed(GroupChanges changes, Member member) {
        for (int i = 0; i < chunkChanges.size(); i++) {
            int change = chunkChanges.get(i);
            int slot = member.slot();
            member.lag().missed(changes.row(change), changes.before(change, slot), changes.after(change, slot));
        }
    }
}
