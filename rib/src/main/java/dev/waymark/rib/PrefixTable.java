package dev.waymark.rib;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;

/**
 * The prefixes of one address family, each with a row number that all tables of the family share.
 *
 * <p>Keys are left-aligned: an IPv4 prefix is the top 32 bits of {@code high}, the rest zero. Row numbers start at 0, are
 * the lowest free ones, and depend on the order of operations alone, never on the hash seed. A removed row's number is used
 * again; whoever keeps state by row clears it first.
 *
 * <p>Confined to the engine loop. Nothing here allocates but when pages are added.
 */
public final class PrefixTable {
    /** What {@link #find} returns when there is no such prefix. */
    public static final int NONE = -1;

    private final AddressFamily family;
    private final RowIds rows = new RowIds(0);
    private final PrefixKeys keys;
    private final PrefixIndex index;

    /**
     * Makes an empty table.
     *
     * @param family the family of all prefixes
     * @param hashSeed makes collisions unpredictable for peers; has no influence on what the table answers
     */
    public PrefixTable(AddressFamily family, long hashSeed) {
        this.family = family;
        this.keys = new PrefixKeys(family, hashSeed);
        this.index = new PrefixIndex(keys);
    }

    /** Returns the family of all prefixes here. */
    public AddressFamily family() {
        return family;
    }

    /** Returns the row of a prefix, or {@link #NONE}. */
    public int find(long high, long low, int length) {
        return index.find(keys.hash(high, low, length), high, low, length);
    }

    /** Returns the row of a prefix, or {@link #NONE}; a prefix of another family is not found. */
    public int find(IpPrefix prefix) {
        return prefix.family() == family ? find(prefix.high(), prefix.low(), prefix.length()) : NONE;
    }

    /**
     * Has the processor fetch what {@link #find} will look at first. Called for all prefixes of a message before the first
     * one is looked up, their waits for memory overlap: at a million prefixes, that is most of what a lookup costs.
     *
     * @return a number without meaning; whoever drops it invites the compiler to drop the call
     */
    public int touch(long high, long low, int length) {
        return index.touch(keys.hash(high, low, length));
    }

    /**
     * Returns the row of a prefix, adding it if it isn't there.
     *
     * @throws IllegalStateException if the table holds 67,108,862 prefixes already
     */
    public int findOrAdd(long high, long low, int length) {
        long hash = keys.hash(high, low, length);
        int row = index.find(hash, high, low, length);
        if (row >= 0) {
            return row;
        }
        if (rows.size() == PrefixIndex.MAX_ROWS) {
            throw new IllegalStateException("the table is full: " + PrefixIndex.MAX_ROWS + " prefixes");
        }
        row = rows.take();
        keys.set(row, high, low, length);
        index.insertMissing(hash, row);
        return row;
    }

    /** Returns the row of a prefix of this table's family, adding it if it isn't there. */
    public int findOrAdd(IpPrefix prefix) {
        if (prefix.family() != family) {
            throw new IllegalArgumentException(prefix + " is not " + family);
        }
        return findOrAdd(prefix.high(), prefix.low(), prefix.length());
    }

    /**
     * Removes a row. Its number may be given to another prefix at once, so no path, group state or owed bit may be left
     * for it anywhere.
     */
    public void remove(int row) {
        if (!rows.isTaken(row)) {
            throw new AssertionError("no such row: " + row);
        }
        if (rows.size() == 1) {
            index.clear();
        } else {
            index.remove(keys.hash(row), row);
        }
        keys.clear(row);
        rows.release(row);
    }

    /** Tells whether a row holds a prefix. */
    public boolean contains(int row) {
        return rows.isTaken(row);
    }

    /** Returns the left-aligned first 64 bits of a row's address. */
    public long high(int row) {
        return keys.high(row);
    }

    /** Returns the last 64 bits of a row's address; 0 for IPv4. */
    public long low(int row) {
        return keys.low(row);
    }

    /** Returns a row's prefix length in bits. */
    public int length(int row) {
        return keys.length(row);
    }

    /** Returns a row's prefix as a value; allocates. */
    public IpPrefix prefix(int row) {
        return IpPrefix.of(new IpAddress(family, high(row), low(row)), length(row));
    }

    /** Returns a number above every row in use: walks go from 0 to here and skip rows that hold nothing. */
    public int rowLimit() {
        return rows.limit();
    }

    /** Returns how many prefixes the table holds. */
    public int size() {
        return rows.size();
    }

    /** Returns the octets that the arrays of this table hold, without their headers. */
    public long octets() {
        return rows.octets() + keys.octets() + index.octets();
    }
}
