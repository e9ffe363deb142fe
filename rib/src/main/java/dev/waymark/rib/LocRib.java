package dev.waymark.rib;

/**
 * The Loc-RIB (RFC 4271 §3.2) of one address family: for each row, the path chosen and the set of next hops programmed.
 *
 * <p>Rows are those of the effective prefix. Mostly that is the received prefix; where a policy replaced it (ARS-62), the row
 * has a path for the aggregate of each peer, and {@link Contributors} knows what that is made of. Confined to the engine loop.
 */
public final class LocRib {
    private final NextHopSets sets;
    private final IntColumn bests = new IntColumn(0);
    private final IntColumn programmed = new IntColumn(0);
    private int size;

    /**
     * Makes an empty table.
     *
     * @param sets where its references to next-hop sets are counted
     */
    public LocRib(NextHopSets sets) {
        this.sets = sets;
    }

    /** Returns the path chosen for a row, 0 if there is none. */
    public int best(int row) {
        return bests.get(row);
    }

    /** Returns the set of next hops programmed for a row, 0 if there are none. */
    public int nextHops(int row) {
        return programmed.get(row);
    }

    /**
     * Sets the path chosen for a row.
     *
     * @param path 0 for none
     * @return what was chosen before; its number may have been used again for another path since
     */
    public int setBest(int row, int path) {
        int before = bests.get(row);
        bests.set(row, path);
        size += (path == 0 ? 0 : 1) - (before == 0 ? 0 : 1);
        return before;
    }

    /**
     * Sets the next hops programmed for a row; holds a reference to the set until it is replaced.
     *
     * @param set an id of {@link NextHopSets}, 0 for none
     * @return whether it is another set than before
     */
    public boolean setNextHops(int row, int set) {
        int before = programmed.get(row);
        if (before == set) {
            return false;
        }
        programmed.set(row, set);
        sets.retain(set);
        sets.release(before);
        return true;
    }

    /** Returns how many rows have a chosen path. */
    public int size() {
        return size;
    }

    /** Returns the octets that the arrays of this table hold, without their headers. */
    public long octets() {
        return bests.octets() + programmed.octets();
    }
}
