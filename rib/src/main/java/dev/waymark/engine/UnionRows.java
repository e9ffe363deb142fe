package dev.waymark.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.rib.Bitmap;
import dev.waymark.rib.IntColumn;
import dev.waymark.rib.NextHopSets;
import dev.waymark.rib.PrefixTable;
import java.util.List;

/**
 * What two instances program in one family: a row for each prefix, with the next hops of each instance and their union.
 * Confined to its {@link UnionTable}.
 */
final class UnionRows implements SinkRows {
    private final PrefixTable prefixes;
    private final NextHopSets sets;
    private final int maxNextHops;
    private final IntColumn[] parts = new IntColumn[UnionTable.INSTANCES];
    private final Bitmap[] confirmed = new Bitmap[UnionTable.INSTANCES];
    private final IntColumn union = new IntColumn(0);
    private final Bitmap maybeFree = new Bitmap();
    private int collectCursor;

    UnionRows(AddressFamily family, NextHopSets sets, int maxNextHops, long hashSeed) {
        this.prefixes = new PrefixTable(family, hashSeed);
        this.sets = sets;
        this.maxNextHops = maxNextHops;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new IntColumn(0);
            confirmed[i] = new Bitmap();
        }
    }

    @Override
    public PrefixTable prefixes() {
        return prefixes;
    }

    @Override
    public int nextHops(int row) {
        return union.get(row);
    }

    @Override
    public Bitmap maybeFree() {
        return maybeFree;
    }

    /** An instance begins to tell all that it has. */
    void beginSnapshot(int instance) {
        confirmed[instance].clearAll();
    }

    /** Sets what an instance has for a prefix; returns the row if the union changed, else -1. */
    int put(int instance, IpPrefix prefix, List<IpAddress> nextHops) {
        if (nextHops.isEmpty()) {
            int row = prefixes.find(prefix);
            return row >= 0 && remove(instance, row) ? row : -1;
        }
        int row = prefixes.findOrAdd(prefix);
        confirmed[instance].set(row);
        sets.begin(0);
        for (int i = 0; i < nextHops.size(); i++) {
            sets.add(nextHops.get(i));
        }
        return change(instance, row, sets.intern()) ? row : -1;
    }

    /** Removes what an instance has for a row; returns whether the union changed. */
    private boolean remove(int instance, int row) {
        confirmed[instance].clear(row);
        return change(instance, row, 0);
    }

    /** Removes a row of an instance that its last whole snapshot did not confirm; returns whether the union changed. */
    boolean removeUnconfirmed(int instance, int row) {
        return parts[instance].get(row) != 0 && !confirmed[instance].get(row) && remove(instance, row);
    }

    /** Removes a row of an instance; returns whether the union changed. */
    boolean removeAny(int instance, int row) {
        return parts[instance].get(row) != 0 && remove(instance, row);
    }

    private boolean change(int instance, int row, int set) {
        IntColumn part = parts[instance];
        int before = part.get(row);
        if (before == set) {
            return false;
        }
        sets.retain(set);
        part.set(row, set);
        sets.release(before);
        return unite(row);
    }

    private boolean unite(int row) {
        sets.begin(maxNextHops);
        for (IntColumn part : parts) {
            List<IpAddress> nextHops = sets.nextHops(part.get(row));
            for (int i = 0; i < nextHops.size(); i++) {
                sets.add(nextHops.get(i));
            }
        }
        int set = sets.intern();
        int before = union.get(row);
        if (set == 0) {
            maybeFree.set(row);
        }
        if (set == before) {
            return false;
        }
        sets.retain(set);
        union.set(row, set);
        sets.release(before);
        return true;
    }

    /** Gives rows that nobody has, and no sink is owed, to other prefixes; looks at as many as given at most. */
    void collect(int familyIndex, List<SinkFeed> sinks, int units) {
        int row = maybeFree.isEmpty() ? -1 : maybeFree.nextSet(collectCursor);
        for (int looked = 0; row >= 0 && looked < units; looked++) {
            if (union.get(row) != 0 || !prefixes.contains(row)) {
                maybeFree.clear(row);
            } else if (!isOwed(familyIndex, sinks, row)) {
                maybeFree.clear(row);
                prefixes.remove(row);
            }
            row = maybeFree.nextSet(row + 1);
        }
        collectCursor = Math.max(row, 0);
    }

    private static boolean isOwed(int familyIndex, List<SinkFeed> sinks, int row) {
        boolean isOwed = false;
        for (SinkFeed sink : sinks) {
            isOwed |= sink.isOwed(familyIndex, row);
        }
        return isOwed;
    }
}
