package dev.waymark.engine;

import dev.waymark.rib.Aggregate;
import dev.waymark.rib.DecisionProcess;
import dev.waymark.rib.PathList;
import dev.waymark.rib.PathRib;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which paths of a row an update group with ADD-PATH is sent (RFC 7911): all that may be, each judged by itself, in the order
 * in which the decision would choose them (ARS-34). A path's identifier is its number in {@link dev.waymark.rib.AdjRibIn}: it has it as
 * long as it lives, no other path has it meanwhile, and nothing about it is left to chance. Confined to the engine loop.
 */
final class PathChoice {
    /** The identifier of what export policy made of other routes (ARS-62); no path has it. */
    static final int AGGREGATE_ID = 0x8000_0000;

    private final FamilyRib rib;
    private final DecisionProcess process;
    private final ExportRules exports;
    private final AggregateChoice made;
    private final SendCaps caps;
    private final PathList.Builder list = new PathList.Builder();
    private final List<PathParts.Wanted> parts = new ArrayList<>();

    PathChoice(FamilyRib rib, DecisionProcess process, ExportRules exports, AggregateChoice made, SendCaps caps) {
        this.rib = rib;
        this.process = process;
        this.exports = exports;
        this.made = made;
        this.caps = caps;
    }

    /** Evaluates a row's paths for a group, and notes which of them are parts of aggregates. */
    void choose(UpdateGroup group, PathRib paths, int row, boolean isSystemRoute) {
        list.clear();
        parts.clear();
        process.load(row);
        for (int path = process.pick(); path != 0; path = process.pick()) {
            process.exclude(path);
            int source = Slots.ofSession(rib.paths().slot(path));
            int attributes = exports.evaluate(rib, group, row, path, isSystemRoute);
            if (attributes != 0 && exports.aggregate().isPresent()) {
                parts.add(new PathParts.Wanted(exports.aggregate().get(), attributes, source));
            } else if (attributes != 0) {
                list.add(path, attributes, source, PathList.ALL);
                if (list.size() > paths.most() && list.size() - list.mostFromOne() >= paths.most()) {
                    break; // whoever of them is left out as the source gets enough of the others
                }
            }
        }
        group.parts().put(rib, group, row, parts);
    }

    /** Puts what was chosen last into the group's table, behind it the aggregate of the row's prefix if there is one. */
    void store(UpdateGroup group, PathRib paths, int row, @Nullable Aggregate aggregate) {
        if (aggregate != null && !aggregate.isEmpty()) {
            made.choose(group.key(), aggregate);
            if (made.attributes() != 0) {
                list.add(AGGREGATE_ID, made.attributes(), made.source(), PathList.ALL);
            }
            if (made.alternative() != 0) {
                list.add(AGGREGATE_ID, made.alternative(), made.alternativeSource(), made.source());
            }
        }
        if (group.cap() == null) {
            paths.set(row, list.build());
        } else {
            caps.store(group, paths, row, list.build());
        }
    }
}
