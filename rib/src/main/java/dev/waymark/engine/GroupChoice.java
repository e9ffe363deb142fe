package dev.waymark.engine;

import dev.waymark.api.net.IpPrefix;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.DecisionProcess;
import java.util.Optional;

/**
 * Chooses what an update group is sent for a row: one path for all, and, with per-client best, another one for the peer that
 * the first came from (RFC 7947 §2.3, ARS-34). A path that export policy refuses then hides no other; one that a
 * well-known community keeps here does, since selection comes first (ARS-51). Either may be a part of an aggregate instead of a
 * route (ARS-62). Overwritten by the next choice. Confined to
 * the engine loop.
 */
final class GroupChoice {
    /** The source of what a cap holds back; no peer has this slot. */
    static final int HELD_BACK = 0xfffe;

    private final FamilyRib rib;
    private final DecisionProcess process;
    private final ExportRules exports;
    private final boolean isPerClient;
    private int attributes;
    private int source;
    private int alternative;
    private int alternativeSource;
    private Optional<IpPrefix> aggregate = Optional.empty();
    private Optional<IpPrefix> alternativeAggregate = Optional.empty();

    GroupChoice(FamilyRib rib, DecisionProcess process, ExportRules exports, boolean isPerClient) {
        this.rib = rib;
        this.process = process;
        this.exports = exports;
        this.isPerClient = isPerClient;
    }

    /** Returns the attributes that the group is sent, 0 for none. */
    int attributes() {
        return aggregate.isPresent() ? 0 : attributes;
    }

    /** Returns the slot that they came from, which is not sent them. */
    int source() {
        return source;
    }

    /** Returns the attributes that the source is sent instead, 0 for none. */
    int alternative() {
        return alternativeAggregate.isPresent() ? 0 : alternative;
    }

    /** Returns the slot that the alternative came from. */
    int alternativeSource() {
        return alternativeSource;
    }

    /** Returns the aggregate that the route is a part of for the group, if any. */
    Optional<IpPrefix> aggregate() {
        return aggregate;
    }

    /** Returns what the route brings into it. */
    int part() {
        return attributes;
    }

    /** Returns the aggregate that the alternative is a part of for the source, if any. */
    Optional<IpPrefix> alternativeAggregate() {
        return alternativeAggregate;
    }

    /** Returns what the alternative brings into it. */
    int alternativePart() {
        return alternative;
    }

    /**
     * Chooses for a row.
     *
     * @param best the row's best path, or 0
     * @param isSystemRoute whether the row lies in a system route's space (ARS-41)
     */
    void choose(UpdateGroup group, int row, int best, boolean isSystemRoute) {
        AdjRibIn paths = rib.paths();
        alternative = 0;
        alternativeSource = Slots.OWN;
        alternativeAggregate = Optional.empty();
        attributes = exports.evaluate(rib, group, row, best, isSystemRoute);
        aggregate = exports.aggregate();
        source = best == 0 ? Slots.OWN : Slots.ofSession(paths.slot(best));
        if (!isPerClient || isOnly(paths, row, best)) {
            return;
        }
        process.load(row);
        int path = best;
        while (attributes == 0 && exports.reason().givesWay()) {
            process.exclude(path);
            path = process.pick();
            if (path == 0) {
                return;
            }
            attributes = exports.evaluate(rib, group, row, path, isSystemRoute);
            aggregate = exports.aggregate();
        }
        source = Slots.ofSession(paths.slot(path));
        if (source != Slots.OWN) {
            chooseForSource(group, row, isSystemRoute);
        }
    }

    /** What was chosen is held back by the group's cap (ARS-55). */
    void holdBack() {
        attributes = 0;
        source = HELD_BACK;
        alternative = 0;
        aggregate = Optional.empty(); // a part that is for others, and the group has one member
        alternativeAggregate = Optional.empty();
    }

    /** Returns whether a cap holds back what was chosen. */
    boolean isHeldBack() {
        return source == HELD_BACK;
    }

    private void chooseForSource(UpdateGroup group, int row, boolean isSystemRoute) {
        process.excludeSlot(source);
        if (!rib.contributors().isEmpty()) {
            process.excludeSlot(Slots.aggregate(source));
        }
        boolean goesOn = true;
        while (alternative == 0 && goesOn) {
            int path = process.pick();
            alternative = exports.evaluate(rib, group, row, path, isSystemRoute);
            alternativeAggregate = exports.aggregate();
            alternativeSource =
                    path == 0 ? Slots.OWN : Slots.ofSession(rib.paths().slot(path));
            process.exclude(path);
            goesOn = exports.reason().givesWay();
        }
    }

    private static boolean isOnly(AdjRibIn paths, int row, int best) {
        return best == 0 || (paths.first(row) == best && paths.next(best) == 0);
    }
}
