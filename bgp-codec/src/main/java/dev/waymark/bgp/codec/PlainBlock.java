package dev.waymark.bgp.codec;

import java.util.Arrays;

/**
 * The quick way over the attributes of an UPDATE: when types ascend, flags are what they should be and nothing is to be
 * dropped, the block that is looked up is what stands there, multiprotocol attributes and needless Extended Length bits
 * aside. If those are there, the runs between them are copied. Anything else is left to {@link AttributeWalk}. Values are
 * not read. Reused. Confined to one thread.
 */
final class PlainBlock {

    private static final int NOTHING = -1;

    private byte[] scratch = new byte[512];
    private int scratchLength;
    private int runFrom;
    private int runTo;
    private boolean hasNextHop;
    private int mpReachAt;
    private int mpUnreachAt;

    /** The array that holds the block, given the message's. */
    byte[] octets(byte[] buf) {
        return scratchLength == 0 ? buf : scratch;
    }

    int from() {
        return scratchLength == 0 ? runFrom : 0;
    }

    int length() {
        return scratchLength == 0 ? runTo - runFrom : scratchLength;
    }

    boolean hasNextHop() {
        return hasNextHop;
    }

    /** Returns where the header of MP_REACH_NLRI begins, or -1. */
    int mpReachAt() {
        return mpReachAt;
    }

    /** Returns where the header of MP_UNREACH_NLRI begins, or -1. */
    int mpUnreachAt() {
        return mpUnreachAt;
    }

    /** Returns false when the attributes are not that plain; then nothing else that this object says counts. */
    boolean read(byte[] buf, int from, int to, AttributeRules rules) {
        scratchLength = 0;
        runFrom = from;
        runTo = from;
        hasNextHop = false;
        mpReachAt = NOTHING;
        mpUnreachAt = NOTHING;
        int last = NOTHING;
        int at = from;
        while (at < to) {
            int left = to - at;
            if (left < 3) {
                return false;
            }
            int head = left == 3 ? Wire.u16(buf, at) << 16 | (buf[at + 2] & 0xff) << 8 : Wire.i32(buf, at);
            int flags = head >>> 24;
            int type = head >>> 16 & 0xff;
            boolean isExtended = (flags & AttributeType.FLAG_EXTENDED) != 0;
            int length = isExtended ? head & 0xffff : head >>> 8 & 0xff;
            int value = isExtended ? at + 4 : at + 3;
            int next = value + length;
            if (next > to) {
                return false;
            }
            if (type > last && rules.isPlain(type, flags)) {
                last = type;
                hasNextHop |= type == AttributeType.NEXT_HOP;
                if (isExtended && length < 256) {
                    shorten(buf, value, head, length, to - from);
                } else if (at != runTo) {
                    skipTo(buf, at, to - from);
                }
                runTo = next;
            } else if (!isMultiprotocol(type, flags, at)) {
                return false;
            }
            at = next;
        }
        if (scratchLength > 0) {
            copyRun(buf, to - from);
        }
        return true;
    }

    /** Takes a multiprotocol attribute, which the block doesn't hold. */
    private boolean isMultiprotocol(int type, int flags, int at) {
        if ((flags & ~AttributeType.FLAG_EXTENDED) != AttributeType.FLAG_OPTIONAL) {
            return false;
        }
        if (type == AttributeType.MP_REACH_NLRI && mpReachAt == NOTHING) {
            mpReachAt = at;
            return true;
        }
        if (type == AttributeType.MP_UNREACH_NLRI && mpUnreachAt == NOTHING) {
            mpUnreachAt = at;
            return true;
        }
        return false;
    }

    /** Writes a header anew that says in two octets what fits one. */
    private void shorten(byte[] buf, int value, int head, int length, int room) {
        copyRun(buf, room);
        scratchLength = AttributeOctets.putHeader(
                scratch, scratchLength, head >>> 24 & ~AttributeType.FLAG_EXTENDED, head >>> 16 & 0xff, length);
        runFrom = value;
    }

    private void skipTo(byte[] buf, int at, int room) {
        if (runTo > runFrom) {
            copyRun(buf, room);
        }
        runFrom = at;
    }

    private void copyRun(byte[] buf, int room) {
        if (scratch.length < room) {
            scratch = Arrays.copyOf(scratch, Integer.highestOneBit(room) << 1);
        }
        System.arraycopy(buf, runFrom, scratch, scratchLength, runTo - runFrom);
        scratchLength += runTo - runFrom;
    }
}
