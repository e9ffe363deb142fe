package dev.waymark.rib;

/**
 * The Adj-RIBs-In (RFC 4271 §3.2) of all peers of a server, for one address family: before and after import policy.
 *
 * <p>A path is what one peer slot announced for one row: attributes as received, attributes after policy (stored only
 * where they differ), a verdict, and a generation that tells what a route refresh has renewed. Rejected paths are kept, so
 * that a change of policy can be judged without asking the peer again. Paths are numbered from 1; 0 means none. The paths
 * of a row are a chain whose order means nothing. A slot whose peer sends path identifiers (RFC 7911 §3) has as many paths in a
 * row as there are identifiers, and is asked with them; any other has one at most, whose identifier is 0 and not looked at.
 *
 * <p>This table alone holds the references of its paths to attribute sets. Confined to the engine loop; no operation
 * allocates but when pages are added.
 */
public final class AdjRibIn {
    /** The highest slot number. */
    public static final int MAX_SLOT = 0xfffe;

    private final AttributeRefs refs;
    private final RowIds ids = new RowIds(1);
    private final IntColumn heads = new IntColumn(0);
    private final IntColumn nexts = new IntColumn(0);
    private final ShortColumn slots = new ShortColumn((short) 0);
    private final IntColumn received = new IntColumn(0);
    private final IntColumn effective = new IntColumn(0);
    private final ByteColumn verdicts = new ByteColumn(Verdict.ACCEPTED);
    private final ByteColumn generations = new ByteColumn((byte) 0);
    private final IntColumn pathIds = new IntColumn(0);
    private final PathChange change = new PathChange();

    /**
     * Makes an empty table.
     *
     * @param refs where references to attribute sets are counted
     */
    public AdjRibIn(AttributeRefs refs) {
        this.refs = refs;
    }

    /**
     * Stores what a peer announces for a row, in place of what it announced before.
     *
     * @param slot the peer's slot, 0 to {@value #MAX_SLOT}
     * @param receivedAttributes the attribute id as received, above 0
     * @param effectiveAttributes the attribute id after import policy, above 0
     * @param verdict {@link Verdict#ACCEPTED}, {@link Verdict#CONTRIBUTES}, or why it is rejected
     * @param generation of the slot's current refresh round, 0 to 255
     * @return what was there before, valid until the next operation
     */
    public PathChange announce(
            int row, int slot, int receivedAttributes, int effectiveAttributes, byte verdict, int generation) {
        int path = find(row, slot);
        remember(row, slot, path);
        if (path == 0) {
            add(row, slot, receivedAttributes, effectiveAttributes, verdict);
        } else {
            store(path, receivedAttributes, effectiveAttributes, verdict);
        }
        generations.set(change.path, (byte) generation);
        return change;
    }

    /**
     * Stores what a peer that sends path identifiers announces for a row, in place of what it announced with the same one.
     *
     * @param pathId the path identifier as unsigned 32 bits
     * @return what was there before, valid until the next operation
     */
    public PathChange announce(
            int row,
            int slot,
            int pathId,
            int receivedAttributes,
            int effectiveAttributes,
            byte verdict,
            int generation) {
        int path = find(row, slot, pathId);
        remember(row, slot, path);
        if (path == 0) {
            add(row, slot, receivedAttributes, effectiveAttributes, verdict);
            pathIds.set(change.path, pathId);
        } else {
            store(path, receivedAttributes, effectiveAttributes, verdict);
        }
        generations.set(change.path, (byte) generation);
        return change;
    }

    /**
     * Stores what a new policy says about a path; the attributes as received stay.
     *
     * @return what was there before, valid until the next operation
     */
    public PathChange reevaluate(int row, int path, int effectiveAttributes, byte verdict) {
        remember(row, slot(path), path);
        store(path, received.get(path), effectiveAttributes, verdict);
        return change;
    }

    /**
     * Removes a peer's path for a row, if there is one.
     *
     * @return what was there before, valid until the next operation
     */
    public PathChange withdraw(int row, int slot) {
        int before = 0;
        int path = heads.get(row);
        while (path != 0 && slot(path) != slot) {
            before = path;
            path = nexts.get(path);
        }
        remember(row, slot, path);
        if (path != 0) {
            unlink(row, before, path);
        }
        return change;
    }

    /**
     * Removes a path of a row.
     *
     * @param path a path of the row, not 0
     * @return what it was, valid until the next operation
     */
    public PathChange remove(int row, int path) {
        int before = 0;
        for (int at = heads.get(row); at != path; at = nexts.get(at)) {
            if (at == 0) {
                throw new AssertionError("path " + path + " is not in row " + row);
            }
            before = at;
        }
        remember(row, slot(path), path);
        unlink(row, before, path);
        return change;
    }

    /** Returns the path of a peer slot for a row, or 0; any of them where the peer sends path identifiers. */
    public int find(int row, int slot) {
        int path = heads.get(row);
        while (path != 0 && slot(path) != slot) {
            path = nexts.get(path);
        }
        return path;
    }

    /** Returns the path of a peer slot with a path identifier for a row, or 0. */
    public int find(int row, int slot, int pathId) {
        int path = heads.get(row);
        while (path != 0 && (slot(path) != slot || pathIds.get(path) != pathId)) {
            path = nexts.get(path);
        }
        return path;
    }

    /** Returns one path of a row to begin a walk with {@link #next}, or 0 if it has none. */
    public int first(int row) {
        return heads.get(row);
    }

    /** Returns another path of the same row, or 0 at the end of the walk. */
    public int next(int path) {
        return nexts.get(path);
    }

    /** Returns the peer slot of a path. */
    public int slot(int path) {
        return slots.get(path) & 0xffff;
    }

    /** Returns the identifier that the peer gave a path, as unsigned 32 bits; 0 where it gives none. */
    public int pathId(int path) {
        return pathIds.get(path);
    }

    /** Returns the attribute id of a path as received. */
    public int received(int path) {
        return received.get(path);
    }

    /** Returns the attribute id of a path after import policy. */
    public int effective(int path) {
        int own = effective.get(path);
        return own != 0 ? own : received.get(path);
    }

    /** Returns a path's verdict. */
    public byte verdict(int path) {
        return verdicts.get(path);
    }

    /** Tells whether a path takes part in selection by itself; a part of an aggregate doesn't. */
    public boolean isAccepted(int path) {
        return verdicts.get(path) == Verdict.ACCEPTED;
    }

    /** Returns the refresh round in which a path was last announced, 0 to 255. */
    public int generation(int path) {
        return generations.get(path) & 0xff;
    }

    /** Returns how many paths the table holds, rejected ones included. */
    public int size() {
        return ids.size();
    }

    /** Returns the octets that the arrays of this table hold, without their headers. */
    public long octets() {
        return ids.octets()
                + heads.octets()
                + nexts.octets()
                + slots.octets()
                + received.octets()
                + effective.octets()
                + verdicts.octets()
                + generations.octets()
                + pathIds.octets();
    }

    private void remember(int row, int slot, int path) {
        change.row = row;
        change.slot = slot;
        change.path = path;
        change.existed = path != 0;
        // Path 0 isn't there, so it has the default of every column: zero.
        change.received = received.get(path);
        change.effective = effective(path);
        change.verdict = verdicts.get(path);
        change.generation = generations.get(path);
    }

    private void add(int row, int slot, int receivedAttributes, int effectiveAttributes, byte verdict) {
        int path = ids.take();
        change.path = path;
        nexts.set(path, heads.get(row));
        heads.set(row, path);
        slots.set(path, (short) slot);
        received.set(path, receivedAttributes);
        refs.retain(receivedAttributes);
        if (effectiveAttributes != receivedAttributes) {
            effective.set(path, effectiveAttributes);
            refs.retain(effectiveAttributes);
        }
        verdicts.set(path, verdict);
    }

    private void store(int path, int receivedAttributes, int effectiveAttributes, byte verdict) {
        int ownEffective = effectiveAttributes == receivedAttributes ? 0 : effectiveAttributes;
        replace(received, path, receivedAttributes);
        replace(effective, path, ownEffective);
        verdicts.set(path, verdict);
    }

    private void replace(IntColumn column, int path, int attributes) {
        int old = column.get(path);
        if (old == attributes) {
            return;
        }
        column.set(path, attributes);
        if (attributes != 0) {
            refs.retain(attributes);
        }
        if (old != 0) {
            refs.release(old);
        }
    }

    private void unlink(int row, int before, int path) {
        int after = nexts.get(path);
        if (before == 0) {
            heads.set(row, after);
        } else {
            nexts.set(before, after);
        }
        replace(received, path, 0);
        replace(effective, path, 0);
        nexts.set(path, 0);
        slots.set(path, (short) 0);
        verdicts.set(path, Verdict.ACCEPTED);
        generations.set(path, (byte) 0);
        pathIds.set(path, 0);
        ids.release(path);
    }
}
