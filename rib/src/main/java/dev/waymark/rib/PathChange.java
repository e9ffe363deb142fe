package dev.waymark.rib;

/**
 * What an operation on {@link AdjRibIn} found in place of the path that it wrote or removed: what accounts, limits and
 * decisions need to know about the state before.
 *
 * <p>One object per table, overwritten by the next operation: read it at once, keep nothing of it. Confined to the engine
 * loop.
 */
public final class PathChange {
    int row;
    int slot;
    int path;
    boolean existed;
    int received;
    int effective;
    byte verdict;
    byte generation;

    PathChange() {}

    /** Returns the row of the operation. */
    public int row() {
        return row;
    }

    /** Returns the peer slot of the operation. */
    public int slot() {
        return slot;
    }

    /** Returns the path written or removed, 0 if there was none to remove. The number of a removed path may be used again. */
    public int path() {
        return path;
    }

    /** Tells whether the slot had a path for the row before; if not, what follows is zero. */
    public boolean existed() {
        return existed;
    }

    /** Tells whether there was a path before and it was accepted, as a part of an aggregate perhaps. */
    public boolean wasAccepted() {
        return existed && Verdict.isAccepted(verdict);
    }

    /** Returns the attributes as received before; the id is valid until the end of the turn. */
    public int received() {
        return received;
    }

    /** Returns the attributes after import policy before; the id is valid until the end of the turn. */
    public int effective() {
        return effective;
    }

    /** Returns the verdict before. */
    public byte verdict() {
        return verdict;
    }

    /** Returns the generation before, 0 to 255. */
    public int generation() {
        return generation & 0xff;
    }
}
