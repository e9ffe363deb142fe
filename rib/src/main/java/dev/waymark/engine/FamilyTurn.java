package dev.waymark.engine;

import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.rib.PathRib;
import io.netty.buffer.ByteBufAllocator;

/** What a turn does for one family: decide what changed, flush it to the groups, build groups, drain members. */
final class FamilyTurn {
    private final FamilyRib rib;
    private final ImportAggregates aggregates;
    private final Decisions decisions;
    private final GroupFlush flush;
    private final MemberDrain drain;
    private final PathUpdates severally;

    FamilyTurn(
            FamilyRib rib,
            ImportAggregates aggregates,
            Decisions decisions,
            AttributeTable attributes,
            ByteBufAllocator allocator) {
        this.rib = rib;
        this.aggregates = aggregates;
        this.decisions = decisions;
        UpdateWriter writer = new UpdateWriter(rib.family(), attributes, allocator);
        PrivateUpdates privately = new PrivateUpdates(rib, attributes, writer);
        this.flush = new GroupFlush(rib, writer, privately);
        this.severally = new PathUpdates(rib, attributes, writer);
        this.drain = new MemberDrain(rib, privately, severally, writer);
    }

    /** Returns whether there are rows to decide. */
    boolean hasChanges() {
        return !rib.dirty().isEmpty();
    }

    /** Decides the rows that changed and sends what follows. */
    void flush(Outbox out) {
        aggregates.refresh(rib);
        decisions.decideDirty();
        for (UpdateGroup group : rib.groups()) {
            flush(group, out);
        }
    }

    /** A row changes once in a flush, so that what became of aggregates goes in another. */
    private void flush(UpdateGroup group, Outbox out) {
        PathRib paths = group.paths();
        if (paths != null) {
            decisions.aggregate(group);
            severally.flush(group, paths, out);
            return;
        }
        flush.flush(group, out);
        if (group.aggregates() != null) {
            decisions.aggregate(group);
            flush.flush(group, out);
        }
    }

    /** Goes on with building groups and draining members; returns what is left of the units. */
    int work(int units, Outbox out) {
        int left = units;
        for (UpdateGroup group : rib.groups()) {
            if (left > 0 && group.isBuilding()) {
                left -= decisions.build(group, left);
                flush(group, out);
            }
            for (Member member : group.members()) {
                if (left > 0 && MemberDrain.hasWork(group, member)) {
                    left -= drain.drain(group, member, Math.max(1, left / 4), out);
                }
            }
        }
        return left;
    }

    /** Returns whether a turn would find something to do. */
    boolean hasWork() {
        if (hasChanges()) {
            return true;
        }
        for (UpdateGroup group : rib.groups()) {
            if (group.isBuilding()) {
                return true;
            }
            for (Member member : group.members()) {
                if (MemberDrain.hasWork(group, member)) {
                    return true;
                }
            }
        }
        return false;
    }
}
