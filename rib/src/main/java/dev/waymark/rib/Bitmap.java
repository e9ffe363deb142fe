package dev.waymark.rib;

/**
 * A sparse set of row numbers: one bit a row, in pages of 131,072 bits (16 KB) that exist only while they hold a set bit.
 *
 * <p>Confined to the engine loop.
 */
public final class Bitmap {
    private final LongColumn words = new LongColumn(0);
    private int count;

    /** Makes an empty set. */
    public Bitmap() {}

    /** Tells whether a row is in the set. */
    public boolean get(int row) {
        return (words.get(row >>> 6) & (1L << row)) != 0;
    }

    /**
     * Adds a row.
     *
     * @param row from 0
     * @return false if it was in the set already
     */
    public boolean set(int row) {
        long word = words.get(row >>> 6);
        long with = word | (1L << row);
        if (word == with) {
            return false;
        }
        words.set(row >>> 6, with);
        count++;
        return true;
    }

    /**
     * Removes a row.
     *
     * @return false if it wasn't in the set
     */
    public boolean clear(int row) {
        long word = words.get(row >>> 6);
        long without = word & ~(1L << row);
        if (word == without) {
            return false;
        }
        words.set(row >>> 6, without);
        count--;
        return true;
    }

    /** Removes every row and frees all pages. */
    public void clearAll() {
        words.clear();
        count = 0;
    }

    /**
     * Returns the lowest row of the set that is at least {@code from}, or -1 if there is none. Absent pages are skipped
     * whole.
     *
     * @param from at least 0
     */
    public int nextSet(int from) {
        if (count == 0) {
            return -1;
        }
        int word = from >>> 6;
        long bits = words.get(word) & (-1L << from);
        while (bits == 0) {
            word = words.nextInPage(word + 1);
            if (word < 0) {
                return -1;
            }
            bits = words.get(word);
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /** Returns how many rows the set holds. */
    public int count() {
        return count;
    }

    /** Tells whether the set holds no row. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** Returns the octets that the arrays of this set hold, without their headers. */
    public long octets() {
        return words.octets();
    }
}
