package dev.waymark.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.api.route.RouteChange;
import dev.waymark.rib.NextHopSets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The union of what two instances program, keyed (prefix, instance), and the sinks that it is told to (ARS-2). Like a core it
 * is a value: no thread, clock or callback; the same calls give the same outputs. A prefix leaves it when the last instance
 * gives it up. Memory is bounded by the prefixes that the instances and the sinks hold; a sink that is slow, blocks or throws
 * is owed bits, never a queue (see {@link SinkFeed}).
 *
 * <p>Confined to one caller at a time, {@link PairUnion}.
 */
final class UnionTable {
    static final int INSTANCES = 2;

    private static final int COLLECT_UNITS = 8_192;

    private final List<UnionRows> families = new ArrayList<>();
    private final NextHopSets sets;
    private final Revisions revisions = new Revisions();
    private final SinkFeeds sinks;
    private final Outbox out = new Outbox();

    /** Where a walk over the rows of an instance is; a new one begins at the first row. */
    static final class Walk {
        private int family;
        private int row;
    }

    UnionTable(Collection<AddressFamily> families, int maxNextHops, long hashSeed) {
        this.sets = new NextHopSets(hashSeed);
        for (AddressFamily family : AddressFamily.values()) {
            if (families.contains(family)) {
                this.families.add(new UnionRows(family, sets, maxNextHops, hashSeed));
            }
        }
        this.sinks = new SinkFeeds(this.families, sets, revisions);
    }

    /** Adds a sink, which gets a snapshot first. */
    void attach(int id, String name) {
        sinks.attach(id, name);
    }

    /** Adds a sink of a route table, see {@link SinkFeeds#attach(int, String, String)}. */
    void attach(int id, String name, String table) {
        sinks.attach(id, name, table);
    }

    /** Says which route tables are programmed now (ARS-42). */
    void setProgrammed(Set<String> tables) {
        sinks.setProgrammed(tables);
    }

    /** Forgets a sink. */
    void detach(int id) {
        sinks.detach(id);
    }

    /** A sink's call returned, or threw. */
    void ready(int id, long nowNanos, @Nullable String error) {
        sinks.ready(id, nowNanos, error, out);
    }

    /** An instance begins to tell all that it has; what it had stays until it has told. */
    void snapshotBegin(int instance) {
        for (UnionRows rows : families) {
            rows.beginSnapshot(instance);
        }
    }

    /** An instance tells of prefixes, in a snapshot or as changes. */
    void put(int instance, RouteBatch batch) {
        for (RouteChange change : batch.changes()) {
            int family = indexOf(change.prefix().family());
            int row = families.get(family).put(instance, change.prefix(), change.nextHops());
            if (row >= 0) {
                mark(family, row);
            }
        }
    }

    /**
     * Removes what an instance had and did not tell of since {@link #snapshotBegin}, looking at as many rows as given at most.
     * Returns whether there are more to look at.
     */
    boolean removeUnconfirmed(int instance, Walk walk, int units) {
        return remove(instance, walk, units, false);
    }

    /** Removes all that an instance has, looking at as many rows as given. Returns whether there are more to look at. */
    boolean removeAll(int instance, Walk walk, int units) {
        return remove(instance, walk, units, true);
    }

    private boolean remove(int instance, Walk walk, int units, boolean isAll) {
        int looked = 0;
        while (walk.family < families.size()) {
            UnionRows rows = families.get(walk.family);
            if (walk.row >= rows.prefixes().rowLimit()) {
                walk.family++;
                walk.row = 0;
                continue;
            }
            if (looked++ == units) {
                return true;
            }
            int row = walk.row++;
            if (isAll ? rows.removeAny(instance, row) : rows.removeUnconfirmed(instance, row)) {
                mark(walk.family, row);
            }
        }
        return false;
    }

    private void mark(int family, int row) {
        for (SinkFeed sink : sinks.feeds()) {
            sink.mark(family, row);
        }
    }

    private int indexOf(AddressFamily family) {
        for (int i = 0; i < families.size(); i++) {
            if (families.get(i).prefixes().family() == family) {
                return i;
            }
        }
        throw new IllegalArgumentException(family + " is not among the families of the pair");
    }

    /** Gives every sink that is ready its next call, frees what nobody has, and hands out what is to be done, once. */
    List<Output> feed(long nowNanos) {
        do {
            sinks.feed(nowNanos, out);
        } while (sinks.hasWork());
        for (int i = 0; i < families.size(); i++) {
            families.get(i).collect(i, sinks.feeds(), COLLECT_UNITS);
        }
        sets.sweep();
        List<Output> outputs = List.copyOf(out.outputs());
        out.clear();
        return outputs;
    }

    /** Returns whether a sink's call has not returned, or a sink that threw waits for its next one. */
    boolean isPending() {
        return sinks.isPending();
    }

    /** Returns the earliest time at which {@link #feed} has something to do for a sink that threw, at most {@code latest}. */
    long nextDeadlineNanos(long latest) {
        return sinks.nextDeadlineNanos(latest);
    }

    /** Returns how many prefixes have a row. */
    int size() {
        int size = 0;
        for (UnionRows rows : families) {
            size += rows.prefixes().size();
        }
        return size;
    }
}
