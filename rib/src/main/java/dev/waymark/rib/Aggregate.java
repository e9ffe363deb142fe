package dev.waymark.rib;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * One route that is made of many (ARS-62): what its contributors bring into it, each kind with how many bring it. What becomes of
 * the route depends on the kinds alone, so that neither order nor number of contributors shows. Confined to the engine loop.
 */
public final class Aggregate {
    private final int row;
    private final int slot;
    private final NavigableMap<Long, Integer> kinds = new TreeMap<>();
    boolean isChanged;

    Aggregate(int row, int slot) {
        this.row = row;
        this.slot = slot;
    }

    /** Returns the row of the aggregate's prefix. */
    public int row() {
        return row;
    }

    /** Returns the slot of the peer whose routes contribute; without meaning where those of many do. */
    public int slot() {
        return slot;
    }

    /** Tells whether there is no contributor left. */
    public boolean isEmpty() {
        return kinds.isEmpty();
    }

    /** Gives each kind of contribution once, in ascending order. */
    public void forEachKind(LongConsumer taker) {
        for (Map.Entry<Long, Integer> kind : kinds.entrySet()) {
            taker.accept(kind.getKey());
        }
    }

    /** Adds a contribution; returns whether it is the first of its kind. */
    boolean add(long kind) {
        return kinds.merge(kind, 1, Integer::sum) == 1;
    }

    /** Removes a contribution; returns whether it was the last of its kind. */
    boolean remove(long kind) {
        Integer left = kinds.computeIfPresent(kind, (key, count) -> count == 1 ? null : count - 1);
        return left == null;
    }
}
