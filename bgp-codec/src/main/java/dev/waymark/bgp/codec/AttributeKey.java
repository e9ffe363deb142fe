package dev.waymark.bgp.codec;

import java.util.Arrays;

/**
 * What a set of attributes is looked up by, where it stands: a block of attributes without the multiprotocol ones, and
 * the next hop of MP_REACH_NLRI, if the family has it there. The first eight octets of the block are held apart, so that one
 * needless octet among them can be left out without a copy of the rest. Reused. Confined to one thread.
 */
final class AttributeKey {

    private static final long LONG_PATH = 0x4001_0100_5002_0000L;
    private static final long LONG_PATH_MASK = 0xffff_ff00_ffff_ff00L;
    private static final long SHORT_PATH = 0x4002_0000L;

    private long head;
    private int headLength; // 8, or 0 of a shorter block
    private byte[] rest = {};
    private int restOffset;
    private int restLength;
    private byte[] nextHop = {};
    private int nextHopOffset;
    private int nextHopLength;
    private int hash;

    /** Takes a block and a next hop, which may have no octets. */
    void set(BlockHash hashing, byte[] octets, int offset, int length, byte[] hop, int hopOffset, int hopLength) {
        headLength = length < 8 ? 0 : 8;
        head = length < 8 ? 0 : Wire.i64(octets, offset);
        setRest(octets, offset + headLength, length - headLength);
        nextHop = hop;
        nextHopOffset = hopOffset;
        nextHopLength = hopLength;
        hash(hashing);
    }

    /**
     * Tells whether a block begins with ORIGIN and an AS_PATH that has two octets for a length below 256. Some daemons, Quagga
     * and FRR among them, write every AS_PATH so.
     */
    static boolean hasLongPath(byte[] octets, int offset, int length) {
        return length > 8 && (Wire.i64(octets, offset) & LONG_PATH_MASK) == LONG_PATH;
    }

    /** Returns the first eight octets of a block, without the needless one of a long path. */
    static long head(byte[] octets, int offset, boolean hasLongPath) {
        return hasLongPath
                ? (long) Wire.i32(octets, offset) << 32 | SHORT_PATH | Wire.u16(octets, offset + 7)
                : Wire.i64(octets, offset);
    }

    /** Returns where the octets behind the {@link #head} begin. */
    static int restOf(int offset, boolean hasLongPath) {
        return hasLongPath ? offset + 9 : offset + 8;
    }

    /** Returns the {@link #hash()} of a block without a next hop. */
    static int hash(BlockHash hashing, long head, byte[] octets, int offset, int length) {
        return BlockHash.fold(hashing.hash(head, octets, offset, length, 0));
    }

    /** Takes a block without a next hop whose {@link #hash(BlockHash, long, byte[], int, int)} is known. */
    void setHashed(int hashOfBlock, long first, byte[] octets, int offset, int length) {
        head = first;
        headLength = 8;
        setRest(octets, offset, length);
        nextHopLength = 0;
        hash = hashOfBlock;
    }

    /** Takes another block, and the next hop of another key. */
    void setBlock(BlockHash hashing, byte[] octets, int length, AttributeKey other) {
        set(hashing, octets, 0, length, other.nextHop, other.nextHopOffset, other.nextHopLength);
    }

    int hash() {
        return hash;
    }

    /** Returns the octets of block and next hop together. */
    int length() {
        return headLength + restLength + nextHopLength;
    }

    int nextHopLength() {
        return nextHopLength;
    }

    /** Tells whether stored octets, block first and next hop behind it, are those of the key. */
    boolean isEqualTo(byte[] stored) {
        return stored.length == length()
                && (headLength == 0 || Wire.i64(stored, 0) == head)
                && isEqual(stored, headLength, rest, restOffset, restLength)
                && (nextHopLength == 0
                        || isEqual(stored, headLength + restLength, nextHop, nextHopOffset, nextHopLength));
    }

    /** Returns a copy: block first, next hop behind it. */
    byte[] toOctets() {
        byte[] octets = new byte[length()];
        if (headLength > 0) {
            Wire.put64(octets, 0, head);
        }
        System.arraycopy(rest, restOffset, octets, headLength, restLength);
        if (nextHopLength > 0) {
            System.arraycopy(nextHop, nextHopOffset, octets, headLength + restLength, nextHopLength);
        }
        return octets;
    }

    private void setRest(byte[] octets, int offset, int length) {
        rest = octets;
        restOffset = offset;
        restLength = length;
    }

    private void hash(BlockHash hashing) {
        long wide = hashing.hash(head, rest, restOffset, restLength, 0);
        if (nextHopLength != 0) {
            wide = hashing.hash(nextHopLength, nextHop, nextHopOffset, nextHopLength, wide);
        }
        hash = BlockHash.fold(wide);
    }

    /**
     * Tells whether stored octets are those of a block without a next hop: what {@link #setHashed} and {@link #isEqualTo}
     * would say, without a key.
     *
     * @param head the first eight octets
     * @param length how many octets follow the head at an index, at least 8
     */
    static boolean isEqual(byte[] stored, long head, byte[] octets, int offset, int length) {
        return stored.length == 8 + length && Wire.i64(stored, 0) == head && isEqual(stored, 8, octets, offset, length);
    }

    /**
     * Compares in words, and the last one overlaps the one before. Arrays.equals does the same, but blocks are too short for
     * its loops. A plain loop, because what is unrolled by hand has more bounds to check than words to compare.
     */
    private static boolean isEqual(byte[] a, int fromA, byte[] b, int fromB, int length) {
        int last = length - 8;
        if (last < 0) {
            return Arrays.equals(a, fromA, fromA + length, b, fromB, fromB + length);
        }
        if (BlockHash.word(a, fromA + last) != BlockHash.word(b, fromB + last)) {
            return false;
        }
        for (int i = 0; i < last; i += 8) {
            if (BlockHash.word(a, fromA + i) != BlockHash.word(b, fromB + i)) {
                return false;
            }
        }
        return true;
    }
}
