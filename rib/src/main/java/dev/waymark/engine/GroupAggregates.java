package dev.waymark.engine;

import dev.waymark.api.net.IpPrefix;
import dev.waymark.rib.Aggregate;
import dev.waymark.rib.AttributeRefs;
import dev.waymark.rib.Contributors;
import java.util.Optional;

/**
 * Which rows an update group is sent as parts of aggregates instead of by themselves, as export policy has it (ARS-62): each row's
 * route for all, and, with per-client best, the one that the source of the first gets. Holds references to the attribute sets of
 * the parts. Confined to the engine loop.
 */
final class GroupAggregates {
    /** Nobody has this slot: a part for all but its source. */
    static final int ALL = 0xffff;

    private static final int SLOT_BITS = 16;

    private final AttributeRefs refs;
    private final Contributors contributors = new Contributors();

    GroupAggregates(AttributeRefs refs) {
        this.refs = refs;
    }

    /** Returns the kind of part that a path is for all but its source. */
    static long kind(int attributes, int source) {
        return kind(attributes, source, ALL);
    }

    private static long kind(int attributes, int source, int target) {
        return ((long) attributes << (2 * SLOT_BITS)) | ((long) source << SLOT_BITS) | target;
    }

    /** Returns the attributes of a kind of part. */
    static int attributes(long kind) {
        return (int) (kind >>> (2 * SLOT_BITS));
    }

    /** Returns the slot that a kind of part comes from. */
    static int source(long kind) {
        return (int) (kind >>> SLOT_BITS) & ALL;
    }

    /** Returns the slot of the one member that a kind of part is for, or {@link #ALL}. */
    static int target(long kind) {
        return (int) kind & ALL;
    }

    /** Sets what a row is a part of, and no longer is. */
    void put(FamilyRib rib, int row, GroupChoice choice) {
        put(rib, 2 * row, choice.aggregate(), choice.part(), choice.source(), ALL);
        put(
                rib,
                2 * row + 1,
                choice.alternativeAggregate(),
                choice.alternativePart(),
                choice.alternativeSource(),
                choice.source());
    }

    /** Makes a row no part of anything. */
    void remove(int row) {
        drop(2 * row);
        drop(2 * row + 1);
    }

    /** Takes over the parts of another group, as they are now. */
    void copy(GroupAggregates from, int rowLimit) {
        for (int member = 0; member < 2 * rowLimit; member++) {
            int row = from.contributors.row(member);
            if (row != Contributors.NONE) {
                put(member, row, from.contributors.kind(member));
            }
        }
    }

    /** Returns whether a row is that of an aggregate, or was when aggregates were last made. */
    boolean isUsed(int row) {
        return contributors.isTarget(row);
    }

    /** Returns the row of the aggregate that a row is a part of for a member, or {@link Contributors#NONE}. */
    int aggregateOf(int row, int slot) {
        long kind = contributors.kind(2 * row);
        boolean isSource = kind != 0 && source(kind) == slot;
        int alternative = 2 * row + 1;
        if (target(contributors.kind(alternative)) == slot && contributors.row(alternative) != Contributors.NONE) {
            return contributors.row(alternative);
        }
        return isSource ? Contributors.NONE : contributors.row(2 * row);
    }

    /** Returns what a row brings into the aggregate that it is a part of for a member; meaningless if there is none. */
    long kindOf(int row, int slot) {
        long alternative = contributors.kind(2 * row + 1);
        return alternative != 0 && target(alternative) == slot ? alternative : contributors.kind(2 * row);
    }

    /** Returns the first kind of part that others than a member bring into the aggregate of a row; 0 if there is none. */
    long firstPart(int row, int member) {
        Aggregate aggregate = contributors.find(row, Slots.OWN);
        long[] first = {0};
        if (aggregate != null) {
            aggregate.forEachKind(kind -> {
                boolean isFor = target(kind) == ALL || target(kind) == member;
                first[0] = first[0] == 0 && isFor && source(kind) != member ? kind : first[0];
            });
        }
        return first[0];
    }

    /** Has the aggregate of a row made anew. */
    void touch(int row) {
        contributors.touch(row, Slots.OWN);
    }

    /** Returns how many aggregates have to be made anew. */
    int changedCount() {
        return contributors.changedCount();
    }

    /** Returns the next aggregate that has to be made anew; there must be one. */
    Aggregate poll() {
        Aggregate next = contributors.poll();
        if (next == null) {
            throw new AssertionError("no aggregate has changed");
        }
        return next;
    }

    /** Returns whether there are no parts, and no aggregate has to be made anew. */
    boolean isEmpty() {
        return contributors.isEmpty();
    }

    private void put(FamilyRib rib, int member, Optional<IpPrefix> aggregate, int attributes, int source, int target) {
        if (aggregate.isEmpty()) {
            drop(member);
        } else {
            put(rib, member, aggregate.get(), kind(attributes, source, target));
        }
    }

    /** Makes something that has a number a part of an aggregate, and of nothing else; returns the row of the aggregate. */
    int put(FamilyRib rib, int member, IpPrefix aggregate, long kind) {
        int row = rib.prefixes().findOrAdd(aggregate);
        rib.maybeFree().set(row); // it may have no path that goes, and the group may go before its aggregates
        put(member, row, kind);
        return row;
    }

    /** Makes something that has a number a part of the aggregate of a row, and of nothing else. */
    void put(int member, int row, long kind) {
        long before = contributors.kind(member);
        refs.retain(attributes(kind));
        contributors.put(member, row, Slots.OWN, kind);
        release(before);
    }

    /** Makes something that has a number a part of nothing. */
    void drop(int member) {
        long before = contributors.kind(member);
        contributors.remove(member);
        release(before);
    }

    private void release(long kind) {
        if (kind != 0) {
            refs.release(attributes(kind));
        }
    }
}
