package dev.waymark.engine;

import dev.waymark.api.net.IpAddress;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.Aggregate;
import dev.waymark.rib.DecisionProcess;
import dev.waymark.rib.LocRib;
import dev.waymark.rib.NextHopSets;
import dev.waymark.rib.PathRib;
import dev.waymark.rib.Selection;
import java.util.List;

/**
 * Decides the rows of one family that changed, and spreads what came out: the next hops to program to the sinks, the path to
 * advertise to the update groups. The only place where choices are made (DESIGN §6). Confined to the engine loop.
 */
final class Decisions {
    private static final int EXPORTED_FIELDS = 4;

    private final FamilyRib rib;
    private final int familyIndex;
    private final AttributeTable attributes;
    private final DecisionProcess process;
    private final SystemSpaces spaces;
    private final NextHopSets sets;
    private final ExportRules exports;
    private final GroupChoice choice;
    private final SendCaps caps;
    private final AggregateChoice aggregateChoice;
    private final PathChoice pathChoice;
    private final List<SinkFeed> sinks;
    private final int maxNextHops;
    private final Selection selection = new Selection();
    /** What was chosen for the last row: the set of next hops, and for each group the values of {@link GroupChoice}. */
    private final IntList exported = new IntList();

    private int nextHops;
    private boolean looksAtPrefixes;
    private boolean isGeneral;
    private int lastSlot;
    private int lastReceived;
    private int lastEffective;

    Decisions(
            FamilyRib rib,
            int familyIndex,
            AttributeTable attributes,
            DecisionProcess process,
            SystemSpaces spaces,
            NextHopSets sets,
            ExportRules exports,
            SendCaps caps,
            List<SinkFeed> sinks,
            Settings settings) {
        this.rib = rib;
        this.familyIndex = familyIndex;
        this.attributes = attributes;
        this.process = process;
        this.spaces = spaces;
        this.sets = sets;
        this.exports = exports;
        this.caps = caps;
        this.choice = new GroupChoice(
                rib, process, exports, settings.config().selection().perClientBest());
        this.aggregateChoice = new AggregateChoice(rib, attributes, exports);
        this.pathChoice = new PathChoice(rib, process, exports, aggregateChoice, caps);
        this.sinks = sinks;
        this.maxNextHops = settings.config().selection().maxNextHops();
    }

    /** Decides all rows that wait. */
    void decideDirty() {
        IntList dirty = rib.dirty();
        looksAtPrefixes = !spaces.isEmpty() || hasOwnViewOfPrefixes() || exports.looksAtPrefixes();
        isGeneral = false;
        for (int i = 0; i < dirty.size(); i++) {
            int row = dirty.get(i);
            int path = rib.paths().first(row);
            if (isLikeLast(path)) {
                apply(row, path);
            } else {
                choose(row);
                apply(row, selection.best());
            }
        }
        rib.clearDirty();
    }

    /** Evaluates a group's rows again, from its build cursor on. Returns the rows looked at. */
    int build(UpdateGroup group, int units) {
        int limit = rib.prefixes().rowLimit();
        int row = group.buildCursor();
        int end = (int) Math.min(limit, (long) row + units);
        int looked = end - row;
        for (; row < end; row++) {
            PathRib paths = group.paths();
            if (rib.isDirty(row)) {
                continue;
            }
            if (paths != null) {
                update(group, paths, row);
            } else {
                choose(group, row, rib.loc().best(row));
                notePart(group, row);
                if (!isLeftToAggregates(group, row)) {
                    set(group, row);
                }
            }
        }
        group.setBuildCursor(end, limit);
        return Math.max(1, looked);
    }

    /** Makes anew what changed of the aggregates that a group is sent (ARS-62). The group's changes must have been flushed. */
    void aggregate(UpdateGroup group) {
        GroupAggregates aggregates = group.aggregates();
        if (aggregates == null) {
            return;
        }
        for (int left = aggregates.changedCount(); left > 0; left--) {
            Aggregate next = aggregates.poll();
            int row = next.row();
            if (rib.isDirty(row)) {
                aggregates.touch(row); // until the row is decided, it is not known what else there is to send
                continue;
            }
            PathRib paths = group.paths();
            if (paths != null) {
                pathChoice.choose(group, paths, row, isSystemRoute(row));
                pathChoice.store(group, paths, row, next);
            } else {
                choose(group, row, rib.loc().best(row));
                setAggregate(group, next);
            }
        }
    }

    /** Puts the paths that a group with ADD-PATH is sent for a row into its table. */
    private void update(UpdateGroup group, PathRib paths, int row) {
        pathChoice.choose(group, paths, row, isSystemRoute(row));
        if (!isLeftToAggregates(group, row)) {
            pathChoice.store(group, paths, row, null);
        }
    }

    private boolean isSystemRoute(int row) {
        return spaces.contains(rib.family(), rib.prefixes(), row);
    }

    /** Puts what the last choice and an aggregate make together into a group's table: a route of the same prefix comes first. */
    private void setAggregate(UpdateGroup group, Aggregate aggregate) {
        int row = aggregate.row();
        AggregateChoice made = aggregateChoice;
        boolean isComplete = choice.attributes() != 0 && choice.alternative() != 0;
        if (aggregate.isEmpty() || isComplete || choice.isHeldBack()) {
            set(group, row);
        } else if (choice.attributes() != 0) {
            made.chooseFor(group.key(), aggregate, choice.source());
            storeWithinCap(
                    group, row, choice.attributes(), choice.source(), made.alternative(), made.alternativeSource());
        } else {
            made.choose(group.key(), aggregate);
            boolean isAlone = made.attributes() == 0 && choice.alternative() != 0;
            int source = isAlone ? choice.source() : made.source();
            boolean isTaken = choice.alternative() != 0 && source == choice.source();
            storeWithinCap(
                    group,
                    row,
                    made.attributes(),
                    source,
                    isTaken ? choice.alternative() : made.alternative(),
                    isTaken ? choice.alternativeSource() : made.alternativeSource());
        }
    }

    private void storeWithinCap(
            UpdateGroup group, int row, int attribute, int source, int alternative, int alternativeSource) {
        if (caps.permits(group, row, attribute, source, alternative)) {
            store(group, row, attribute, source, alternative, alternativeSource);
        } else {
            store(group, row, 0, GroupChoice.HELD_BACK, 0, Slots.OWN);
        }
    }

    /** Puts the last choice into a group's table. */
    private void set(UpdateGroup group, int row) {
        store(group, row, choice.attributes(), choice.source(), choice.alternative(), choice.alternativeSource());
    }

    /** Notes what the last choice makes a row a part of, and that it no longer is a part of something else. */
    private void notePart(UpdateGroup group, int row) {
        boolean isPart =
                choice.aggregate().isPresent() || choice.alternativeAggregate().isPresent();
        if (isPart) {
            group.aggregatesToAdd().put(rib, row, choice);
        } else if (group.aggregates() != null) {
            group.aggregates().remove(row);
        }
    }

    /** Returns whether what a group is sent for a row depends on contributors, too, so that it is found out later. */
    private static boolean isLeftToAggregates(UpdateGroup group, int row) {
        GroupAggregates aggregates = group.aggregates();
        if (aggregates == null || !aggregates.isUsed(row)) {
            return false;
        }
        aggregates.touch(row);
        return true;
    }

    /** Finds out what is to be done for a row, and whether the same holds for every row with the like of its only path. */
    private void choose(int row) {
        process.decide(row, selection);
        int best = selection.best();
        nextHops = nextHopsToProgram(row);
        exported.clear();
        for (int i = 0; i < rib.groups().size(); i++) {
            if (rib.groups().get(i).paths() == null) {
                choose(rib.groups().get(i), row, best);
                notePart(rib.groups().get(i), row);
            }
            exported.add(choice.attributes());
            exported.add(choice.source());
            exported.add(choice.alternative());
            exported.add(choice.alternativeSource());
        }
        AdjRibIn paths = rib.paths();
        isGeneral = !looksAtPrefixes && paths.first(row) == best && paths.next(best) == 0;
        lastSlot = paths.slot(best);
        lastReceived = paths.received(best);
        lastEffective = paths.effective(best);
    }

    /**
     * Rows that change together mostly have one path each, of one peer and with the same attributes, or none any more. What
     * was chosen for the last row then holds for the next, unless something looks at prefixes. Path 0, none, has the defaults
     * of all columns, so it is like no other.
     */
    private boolean isLikeLast(int path) {
        AdjRibIn paths = rib.paths();
        return isGeneral
                && paths.next(path) == 0
                && paths.slot(path) == lastSlot
                && paths.received(path) == lastReceived
                && paths.effective(path) == lastEffective
                && paths.isAccepted(path);
    }

    /** Returns whether a group has an export policy, or a cap that makes the same routes differ. */
    private boolean hasOwnViewOfPrefixes() {
        for (int i = 0; i < rib.groups().size(); i++) {
            UpdateGroup group = rib.groups().get(i);
            boolean hasOwnView = group.key().policy().isPresent() || group.cap() != null || group.aggregates() != null;
            if (hasOwnView && group.paths() == null) { // where it has several paths, it looks at each row anyway
                return true;
            }
        }
        return false;
    }

    /** Puts what was chosen into the tables, and tells sinks and groups. */
    private void apply(int row, int best) {
        LocRib loc = rib.loc();
        loc.setBest(row, best);
        if (loc.setNextHops(row, nextHops)) {
            for (int i = 0; i < sinks.size(); i++) {
                sinks.get(i).mark(familyIndex, row);
            }
        }
        for (int i = 0; i < rib.groups().size(); i++) {
            UpdateGroup group = rib.groups().get(i);
            PathRib paths = group.paths();
            if (paths != null) {
                update(group, paths, row);
                continue;
            }
            if (isLeftToAggregates(group, row)) {
                continue;
            }
            int at = i * EXPORTED_FIELDS;
            store(group, row, exported.get(at), exported.get(at + 1), exported.get(at + 2), exported.get(at + 3));
        }
        if (best == 0 && rib.paths().first(row) == 0) {
            rib.maybeFree().set(row);
        }
    }

    private void choose(UpdateGroup group, int row, int best) {
        boolean isSystemRoute = best != 0 && spaces.contains(rib.family(), rib.prefixes(), row);
        choice.choose(group, row, best, isSystemRoute);
        if (!caps.permits(group, row, choice.attributes(), choice.source(), choice.alternative())) {
            choice.holdBack();
        }
    }

    private void store(UpdateGroup group, int row, int attribute, int source, int alternative, int alternativeSource) {
        if (group.cap() == null) {
            group.rib().set(row, attribute, source, alternative, alternativeSource, group.changes());
        } else {
            caps.store(group, row, attribute, source, alternative, alternativeSource);
        }
    }

    /** System routes are never programmed, nor is what a system route beats (ARS-41). */
    private int nextHopsToProgram(int row) {
        if (selection.isEmpty() || spaces.contains(rib.family(), rib.prefixes(), row)) {
            return 0;
        }
        return selectedNextHops();
    }

    private int selectedNextHops() {
        AdjRibIn paths = rib.paths();
        sets.begin(maxNextHops);
        for (int i = 0; i < selection.size(); i++) {
            sets.add(attributes.nextHop(paths.effective(selection.path(i))));
        }
        return sets.intern();
    }

    /** Returns the next hops that a row would be programmed with if there were no system route, and no network of its own. */
    List<IpAddress> learnedNextHops(int row) {
        process.load(row);
        process.excludeSlot(Slots.OWN);
        process.decideLoaded(selection);
        return sets.nextHops(selectedNextHops());
    }
}
