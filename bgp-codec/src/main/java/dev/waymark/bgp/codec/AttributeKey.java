package dev.waymark.bgp.codec;

import java.util.Arrays;

/**
 * What a set of attributes is looked up by, where it stands: a block of attributes without the multiprotocol ones, and
 * the next hop of MP_REACH_NLRI, if the family has it there. Reused. Confined to one thread.
 */
final class AttributeKey {

    private byte[] block = {};
    private int blockOffset;
    private int blockLength;
    private byte[] nextHop = {};
    private int nextHopOffset;
    private int nextHopLength;
    private int hash;

    void set(BlockHash hashing, byte[] octets, int offset, int length, byte[] hop, int hopOffset, int hopLength) {
        block = octets;
        blockOffset = offset;
        blockLength = length;
        nextHop = hop;
        nextHopOffset = hopOffset;
        nextHopLength = hopLength;
        long wide = hashing.hash(octets, offset, length, hopLength);
        if (hopLength != 0) {
            wide = hashing.hash(hop, hopOffset, hopLength, wide);
        }
        hash = (int) (wide >>> 32 ^ wide);
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
        return blockLength + nextHopLength;
    }

    int nextHopLength() {
        return nextHopLength;
    }

    /** Tells whether stored octets, block first and next hop behind it, are those of the key. */
    boolean isEqualTo(byte[] stored) {
        return stored.length == blockLength + nextHopLength
                && Arrays.equals(stored, 0, blockLength, block, blockOffset, blockOffset + blockLength)
                && (nextHopLength == 0
                        || Arrays.equals(
                                stored,
                                blockLength,
                                stored.length,
                                nextHop,
                                nextHopOffset,
                                nextHopOffset + nextHopLength));
    }

    /** Returns a copy: block first, next hop behind it. */
    byte[] toOctets() {
        byte[] octets = new byte[blockLength + nextHopLength];
        System.arraycopy(block, blockOffset, octets, 0, blockLength);
        System.arraycopy(nextHop, nextHopOffset, octets, blockLength, nextHopLength);
        return octets;
    }
}
