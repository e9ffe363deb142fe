package dev.waymark.engine;

import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.DecisionProcess;
import dev.waymark.rib.LocRib;
import dev.waymark.rib.NextHopSets;
import dev.waymark.rib.Selection;
import java.util.List;

/**
 * Decides the rows of one family that changed, and spreads what came out: the next hops to program to the sinks, the path to
 * advertise to the update groups. The only place where choices are made (DESIGN §6). Confined to the engine loop.
 */
final class Decisions {
    private final FamilyRib rib;
    private final int familyIndex;
    private final AttributeTable attributes;
    private final DecisionProcess process;
    private final SystemSpaces spaces;
    private final NextHopSets sets;
    private final ExportRules exports;
    private final List<SinkFeed> sinks;
    private final int maxNextHops;
    private final Selection selection = new Selection();

    Decisions(
            FamilyRib rib,
            int familyIndex,
            AttributeTable attributes,
            DecisionProcess process,
            SystemSpaces spaces,
            NextHopSets sets,
            ExportRules exports,
            List<SinkFeed> sinks,
            Settings settings) {
        this.rib = rib;
        this.familyIndex = familyIndex;
        this.attributes = attributes;
        this.process = process;
        this.spaces = spaces;
        this.sets = sets;
        this.exports = exports;
        this.sinks = sinks;
        this.maxNextHops = settings.config().selection().maxNextHops();
    }

    /** Decides all rows that wait. */
    void decideDirty() {
        IntList dirty = rib.dirty();
        for (int i = 0; i < dirty.size(); i++) {
            decide(dirty.get(i));
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
            if (!rib.isDirty(row)) {
                export(group, row, rib.loc().best(row));
            }
        }
        group.setBuildCursor(end, limit);
        return Math.max(1, looked);
    }

    private void decide(int row) {
        process.decide(row, selection);
        int best = selection.best();
        LocRib loc = rib.loc();
        loc.setBest(row, best);
        if (loc.setNextHops(row, nextHopsToProgram(row))) {
            for (int i = 0; i < sinks.size(); i++) {
                sinks.get(i).mark(familyIndex, row);
            }
        }
        for (int i = 0; i < rib.groups().size(); i++) {
            export(rib.groups().get(i), row, best);
        }
        if (rib.paths().first(row) == 0) {
            rib.maybeFree().set(row);
        }
    }

    private void export(UpdateGroup group, int row, int best) {
        boolean isSystemRoute = best != 0 && spaces.contains(rib.family(), rib.prefixes(), row);
        int attribute = exports.evaluate(rib, group, row, best, isSystemRoute);
        int source = attribute == 0 ? Slots.OWN : rib.paths().slot(best);
        group.rib().set(row, attribute, source, 0, group.changes());
    }

    /** System routes are never programmed, nor is what a system route beats (ARS-41). */
    private int nextHopsToProgram(int row) {
        if (selection.isEmpty() || spaces.contains(rib.family(), rib.prefixes(), row)) {
            return 0;
        }
        AdjRibIn paths = rib.paths();
        sets.begin(maxNextHops);
        for (int i = 0; i < selection.size(); i++) {
            sets.add(attributes.nextHop(paths.effective(selection.path(i))));
        }
        return sets.intern();
    }
}
