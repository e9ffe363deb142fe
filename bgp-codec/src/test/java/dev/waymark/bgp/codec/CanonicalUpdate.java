package dev.waymark.bgp.codec;

import java.util.List;

/**
 * Tells whether the sender of an UPDATE wrote it the way RFC 7606 §5.1 and we do, from the octets alone and by other code
 * than the decoder's: then writing it again has to give the same octets.
 */
final class CanonicalUpdate {

    private static final List<Integer> WELL_KNOWN = List.of(1, 2, 3, 5, 6);
    private static final List<Integer> OPTIONAL = List.of(4, 9, 10, 14, 15);
    private static final List<Integer> OPTIONAL_TRANSITIVE = List.of(7, 8, 16, 25, 32, 35);

    private CanonicalUpdate() {}

    static boolean isCanonical(byte[] message, boolean hasPathIds) {
        int withdrawn = Wire.u16(message, 19);
        int from = 23 + withdrawn;
        int to = from + Wire.u16(message, 21 + withdrawn);
        int fields = (withdrawn > 0 ? 1 : 0) + (to < message.length ? 1 : 0);
        int last = -1;
        boolean hasNextHop = false;
        for (int at = from; at < to; ) {
            int flags = message[at] & 0xff;
            int type = message[at + 1] & 0xff;
            boolean isLong = (flags & 0x10) != 0;
            int value = at + (isLong ? 4 : 3);
            int length = isLong ? Wire.u16(message, at + 2) : message[at + 2] & 0xff;
            int rank = type == 14 || type == 15 ? 0 : type;
            if (rank <= last || isLong != length > 255 || (flags & 0xef) != flags(type)) {
                return false;
            }
            if (type == 14 || type == 15) {
                fields++;
                int prefixes = type == 15 ? value + 3 : value + 5 + (message[value + 3] & 0xff);
                boolean isReservedSet = type == 14 && message[prefixes - 1] != 0;
                if (isReservedSet || !isMasked(message, prefixes, value + length, hasPathIds)) {
                    return false;
                }
                boolean isIpv4 = Wire.u16(message, value) == 1;
                if (isIpv4 || (type == 15 && to > value + length) || (type == 14 && value + length == prefixes)) {
                    return false; // we write IPv4 into the fields, and attributes with prefixes only
                }
            }
            hasNextHop |= type == 3;
            last = rank;
            at = value + length;
        }
        boolean usesField = withdrawn > 0 || to < message.length;
        return fields == 1
                && (to == from || last > 0 || withdrawn == 0)
                && (hasNextHop ? to < message.length : true)
                && (withdrawn == 0 || to == from)
                && (!usesField
                        || (isMasked(message, 21, 21 + withdrawn, hasPathIds)
                                && isMasked(message, to, message.length, hasPathIds)));
    }

    /** Tells whether AGGREGATOR of an AS that isn't AS_TRANS is there, and AS4_PATH, but no AS4_AGGREGATOR. */
    static boolean hasLoneAggregator(MrtRecord record) {
        byte[] message = record.message;
        int from = 23 + Wire.u16(message, 19);
        int to = from + Wire.u16(message, from - 2);
        boolean hasOld = false;
        boolean hasPath = false;
        boolean hasNew = false;
        for (int at = from; at < to; ) {
            boolean isLong = (message[at] & 0x10) != 0;
            int value = at + (isLong ? 4 : 3);
            hasOld |= message[at + 1] == 7 && Wire.u16(message, value) != 23456;
            hasPath |= message[at + 1] == 17;
            hasNew |= message[at + 1] == 18;
            at = value + (isLong ? Wire.u16(message, at + 2) : message[at + 2] & 0xff);
        }
        return !record.isFourOctet && hasOld && hasPath && !hasNew;
    }

    /** Returns the flags that a type goes out with; -1 for types that don't. */
    private static int flags(int type) {
        return WELL_KNOWN.contains(type)
                ? 0x40
                : OPTIONAL.contains(type) ? 0x80 : OPTIONAL_TRANSITIVE.contains(type) ? 0xc0 : 0xe0;
    }

    private static boolean isMasked(byte[] message, int from, int to, boolean hasPathIds) {
        for (int at = from; at < to; ) {
            int start = at + (hasPathIds ? 5 : 1);
            int bits = message[start - 1] & 0xff;
            int next = start + (bits + 7) / 8;
            if (bits % 8 != 0 && (message[next - 1] & (0xff >>> bits % 8)) != 0) {
                return false;
            }
            at = next;
        }
        return true;
    }
}
