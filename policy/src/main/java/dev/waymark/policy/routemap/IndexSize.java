package dev.waymark.policy.routemap;

/** What the hash indexes share. Stateless. */
final class IndexSize {

    private IndexSize() {}

    /** Returns the logarithm of a table size that leaves half of it free, at least 1. */
    static int log(int entries) {
        return 65 - Long.numberOfLeadingZeros(Math.max(1, entries));
    }

    /** Spreads a key over 64 bits, the upper ones best. */
    static long mix(long key) {
        long mixed = key * 0x9e37_79b9_7f4a_7c15L;
        return (mixed ^ mixed >>> 32) * 0x9e37_79b9_7f4a_7c15L;
    }
}
