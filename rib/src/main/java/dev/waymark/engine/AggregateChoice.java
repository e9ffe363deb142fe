package dev.waymark.engine;

import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.rib.Aggregate;

/**
 * Finds out what members of an update group are sent of an aggregate that export policy made (ARS-62). No peer is sent an aggregate
 * of its own routes alone: the peer that the aggregate's next hop comes from gets one that is made without it, all others the one
 * that is made of all. Overwritten by the next choice. Confined to the engine loop.
 */
final class AggregateChoice {
    private static final int NOBODY = -1;

    private final FamilyRib rib;
    private final AttributeTable attributesOf;
    private final ExportRules exports;
    private final IntList parts = new IntList();
    private int attributes;
    private int source;
    private int alternative;
    private int alternativeSource;
    private int nearest;
    private int nearestPart;

    AggregateChoice(FamilyRib rib, AttributeTable attributes, ExportRules exports) {
        this.rib = rib;
        this.attributesOf = attributes;
        this.exports = exports;
    }

    /** Returns the attributes that the group is sent, 0 for none. */
    int attributes() {
        return attributes;
    }

    /** Returns the slot that the next hop came from, to which the alternative is sent instead. */
    int source() {
        return source;
    }

    /** Returns the attributes that the source is sent, 0 for none. */
    int alternative() {
        return alternative;
    }

    /** Returns the slot that the alternative's next hop came from. */
    int alternativeSource() {
        return alternativeSource;
    }

    /** Chooses for all members. Where there are parts for single members only, the first of these by address gets its own. */
    void choose(GroupKey key, Aggregate aggregate) {
        attributes = make(key, aggregate, NOBODY);
        source = nearest;
        if (attributes == 0 && parts.isEmpty()) {
            source = firstTarget(aggregate);
        }
        chooseFor(key, aggregate, source);
    }

    /** Chooses the alternative for one member. */
    void chooseFor(GroupKey key, Aggregate aggregate, int member) {
        alternative = member == Slots.OWN ? 0 : make(key, aggregate, member);
        alternativeSource = nearest;
    }

    /** Makes the aggregate for a member, or for those that are no source; returns 0 if there is none. */
    private int make(GroupKey key, Aggregate aggregate, int member) {
        parts.clear();
        nearest = Slots.OWN;
        nearestPart = 0;
        aggregate.forEachKind(kind -> {
            int target = GroupAggregates.target(kind);
            int from = GroupAggregates.source(kind);
            if ((target == GroupAggregates.ALL || target == member) && from != member) {
                add(GroupAggregates.attributes(kind), from);
            }
        });
        return parts.isEmpty() ? 0 : exports.evaluate(rib.family(), key, parts, nearest);
    }

    /** Kinds come in ascending order, those of one attribute set one after another. */
    private void add(int part, int from) {
        if (parts.isEmpty() || parts.get(parts.size() - 1) != part) {
            parts.add(part);
        }
        int byNextHop = nearestPart == 0 ? -1 : attributesOf.nextHop(part).compareTo(attributesOf.nextHop(nearestPart));
        if (byNextHop < 0 || (byNextHop == 0 && exports.compareSources(from, nearest) < 0)) {
            nearest = from;
            nearestPart = part;
        }
    }

    private int firstTarget(Aggregate aggregate) {
        nearest = Slots.OWN;
        aggregate.forEachKind(kind -> {
            int target = GroupAggregates.target(kind);
            if (target != GroupAggregates.ALL
                    && (nearest == Slots.OWN || exports.compareSources(target, nearest) < 0)) {
                nearest = target;
            }
        });
        return nearest;
    }
}
