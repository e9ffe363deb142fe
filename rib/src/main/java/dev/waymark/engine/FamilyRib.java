package dev.waymark.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.AttributeRefs;
import dev.waymark.rib.Bitmap;
import dev.waymark.rib.Contributors;
import dev.waymark.rib.LocRib;
import dev.waymark.rib.NextHopSets;
import dev.waymark.rib.PrefixTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything a server holds of one address family: rows, paths, choices, update groups, and which rows wait for a decision.
 * Confined to the engine loop.
 */
final class FamilyRib implements SinkRows {
    private static final int UNKNOWN = -1;

    private final AddressFamily family;
    private final PrefixTable prefixes;
    private final AdjRibIn paths;
    private final LocRib loc;
    private final Contributors contributors = new Contributors();
    private final PrefixCap cap;
    private final List<UpdateGroup> groups = new ArrayList<>();
    private final Bitmap isDirty = new Bitmap();
    private final IntList dirty = new IntList();
    private final Bitmap maybeFree = new Bitmap();
    private int collectCursor;
    private int heldCandidates;
    private boolean isDisturbed;

    FamilyRib(AddressFamily family, AttributeRefs refs, NextHopSets sets, PrefixCap cap, long hashSeed) {
        this.family = family;
        this.prefixes = new PrefixTable(family, hashSeed);
        this.paths = new AdjRibIn(refs);
        this.loc = new LocRib(sets);
        this.cap = cap;
    }

    AddressFamily family() {
        return family;
    }

    @Override
    public PrefixTable prefixes() {
        return prefixes;
    }

    AdjRibIn paths() {
        return paths;
    }

    @Override
    public int nextHops(int row) {
        return loc.nextHops(row);
    }

    LocRib loc() {
        return loc;
    }

    /** Returns which paths are parts of which aggregates (ARS-62). */
    Contributors contributors() {
        return contributors;
    }

    /** Returns the limit on prefixes that all families share. */
    PrefixCap cap() {
        return cap;
    }

    List<UpdateGroup> groups() {
        return groups;
    }

    /** Has all groups evaluate their rows again; what comes out the same is not sent again. */
    void rebuildGroups() {
        for (UpdateGroup group : groups) {
            group.rebuild();
        }
    }

    /** Has a row decided anew at the next flush. */
    void markDirty(int row) {
        if (isDirty.set(row)) {
            dirty.add(row);
        }
    }

    /** Returns the rows that wait for a decision, in the order they were marked. */
    IntList dirty() {
        return dirty;
    }

    /** Forgets which rows wait. */
    void clearDirty() {
        for (int i = 0; i < dirty.size(); i++) {
            isDirty.clear(dirty.get(i));
        }
        dirty.clear();
    }

    boolean isDirty(int row) {
        return isDirty.get(row);
    }

    /** Returns the rows that lost their last path and may be free for another prefix. */
    @Override
    public Bitmap maybeFree() {
        return maybeFree;
    }

    /** Returns where the last look at them stopped. */
    int collectCursor() {
        return collectCursor;
    }

    /** Notes where a look at them stopped; a negative row means that it came to the end. */
    void collected(int row) {
        heldCandidates = row < 0 && !isDisturbed ? maybeFree.count() : UNKNOWN;
        isDisturbed &= row >= 0;
        collectCursor = Math.max(row, 0);
    }

    /** What held them may be gone: they are looked at again, and a look that has begun won't tell which are held. */
    void disturbCandidates() {
        heldCandidates = UNKNOWN;
        isDisturbed = collectCursor > 0;
    }

    /** Tells whether there are any but those that a whole look has left because something holds them, if nothing happened since. */
    boolean hasCandidates() {
        return maybeFree.count() != heldCandidates;
    }
}
