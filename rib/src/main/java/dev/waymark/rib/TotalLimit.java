package dev.waymark.rib;

import dev.waymark.api.net.AddressFamily;

/**
 * The limit on the distinct prefixes of a server, all families and its own networks together (ARS-27). Prefixes beyond it are
 * rejected and wait; nothing is evicted. When there is room again, they are tried oldest first.
 *
 * <p>A prefix is counted while at least one route for it is accepted, or it is a network of the server's own. So the engine
 * asks {@link #tryCount} before it accepts a route; if that is refused, the route is stored with the verdict {@code
 * TOTAL_LIMIT}, and the prefix waits. It says {@link #uncount} when a prefix loses its last accepted route, and {@link #forget}
 * when it loses its last waiting one. While {@link #hasRoom}, it judges the routes of the prefix {@link #next} anew, which
 * leads to {@code tryCount}, or else to {@code forget}. A prefix that comes while others wait doesn't overtake them.
 *
 * <p>Confined to the engine loop.
 */
public final class TotalLimit {
    private long limit;
    private final Bitmap counted = new Bitmap();
    private final Bitmap own = new Bitmap();
    private final RowQueue waiting = new RowQueue();
    /** How many prefixes are in both sets. */
    private int both;

    /**
     * Makes a limit with nothing counted.
     *
     * @param limit the most prefixes, 1 or more
     */
    public TotalLimit(int limit) {
        this.limit = limit;
    }

    /** Sets another limit, 1 or more. If more prefixes are counted already, they stay. */
    public void setLimit(int newLimit) {
        this.limit = newLimit;
    }

    /** Counts a network of the server's own; it is never refused. */
    public void countOwn(AddressFamily family, int row) {
        int key = key(family, row);
        if (own.set(key) && counted.get(key)) {
            both++;
        }
    }

    /** Counts a network of the server's own no more. */
    public void uncountOwn(AddressFamily family, int row) {
        int key = key(family, row);
        if (own.clear(key) && counted.get(key)) {
            both--;
        }
    }

    /**
     * Counts a prefix, if there is room or it is counted already. If not, it waits, behind those that wait already.
     *
     * @return whether a route for it may be accepted
     */
    public boolean tryCount(AddressFamily family, int row) {
        int key = key(family, row);
        if (counted.get(key)) {
            return true;
        }
        if (!own.get(key) && !isItsTurn(key)) {
            waiting.add(key);
            return false;
        }
        counted.set(key);
        if (own.get(key)) {
            both++;
        }
        waiting.remove(key);
        return true;
    }

    /** Notes that a prefix has no accepted route any more. */
    public void uncount(AddressFamily family, int row) {
        int key = key(family, row);
        if (counted.clear(key) && own.get(key)) {
            both--;
        }
    }

    /** Notes that a prefix has no waiting route any more. */
    public void forget(AddressFamily family, int row) {
        waiting.remove(key(family, row));
    }

    /** Tells whether a prefix waits for which there is room now. */
    public boolean hasRoom() {
        return waiting.size() > 0 && size() < limit;
    }

    /** Returns the row of the prefix that has waited longest; which family's, {@link #nextFamily} says. */
    public int next() {
        return waiting.first() >> 1;
    }

    /** Returns the family of the prefix that has waited longest. */
    public AddressFamily nextFamily() {
        return (waiting.first() & 1) == 0 ? AddressFamily.IPV4_UNICAST : AddressFamily.IPV6_UNICAST;
    }

    /** Tells whether a prefix waits; its row must not be recycled. */
    public boolean isWaiting(AddressFamily family, int row) {
        return waiting.contains(key(family, row));
    }

    /** Returns how many prefixes are counted, the server's own networks included. */
    public long size() {
        return (long) counted.count() + own.count() - both;
    }

    /** Returns how many prefixes wait. */
    public int waiting() {
        return waiting.size();
    }

    private boolean isItsTurn(int key) {
        long room = limit - size();
        int others = waiting.size() - (waiting.contains(key) ? 1 : 0);
        return room > 0 && (room > others || waiting.first() == key);
    }

    private static int key(AddressFamily family, int row) {
        return row << 1 | (family == AddressFamily.IPV4_UNICAST ? 0 : 1);
    }
}
