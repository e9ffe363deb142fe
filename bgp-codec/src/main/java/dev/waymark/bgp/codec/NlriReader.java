package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;

/**
 * Reads prefixes (RFC 4271 §4.3, RFC 4760 §5, RFC 7911 §3) out of a slice of a message. Prefixes that aren't unicast are
 * counted and left out (RFC 4271 §6.3). Stateless.
 */
final class NlriReader {

    private static final int BROKEN = -1;
    private static final int IPV4_MULTICAST = 0xe; // 224/4; 240/4 behind it isn't unicast either
    private static final int IPV6_MULTICAST = 0xff;

    private NlriReader() {}

    /**
     * Appends the prefixes between two indices to a list.
     *
     * @return how many prefixes were left out, or -1 when one is too long or cut short
     */
    static int read(byte[] buf, int from, int to, boolean hasPathIds, NlriList list) {
        if (list.family() == AddressFamily.IPV4_UNICAST) {
            return hasPathIds ? readIpv4WithIds(buf, from, to, list) : readIpv4(buf, from, to, list);
        }
        return readIpv6(buf, from, to, hasPathIds, list);
    }

    /**
     * The loop that a full table spends its time in: the list has room for all before it begins, an address is read in one
     * go, also where it reaches behind the slice, and that the last prefix is cut short is seen when the loop has ended. Nearly
     * all prefixes take four octets. A branch that says so lets a processor go on with the next one before it has read the
     * length of this one, which takes a third off the time of the loop.
     */
    private static int readIpv4(byte[] buf, int from, int to, NlriList list) {
        int at = from;
        int size = list.reserve(to - from);
        int ignored = 0;
        long[] highs = list.highs();
        byte[] lengths = list.lengths();
        int wideTo = Math.min(to, buf.length - 4);
        while (at < wideTo) {
            int length = buf[at] & 0xff;
            int bits = Wire.i32(buf, at + 1) & (int) ~(0xffff_ffffL >>> length);
            if ((length - 17) >>> 3 == 0) { // 17 to 24
                at += 4;
            } else if (length > 32) {
                return BROKEN;
            } else {
                at += 1 + ((length + 7) >>> 3);
            }
            highs[size] = (long) bits << 32;
            lengths[size] = (byte) length;
            size++;
            if (bits >>> 29 == 7 && length >= 4) {
                size--;
                ignored++;
            }
        }
        if (at < to) {
            list.size(size);
            int more = readIpv4Narrow(buf, at, to, list);
            return more < 0 ? BROKEN : ignored + more;
        }
        if (at != to) {
            return BROKEN;
        }
        list.size(size);
        return ignored;
    }

    /** The last prefixes of an array that ends with them. */
    private static int readIpv4Narrow(byte[] buf, int from, int to, NlriList list) {
        int ignored = 0;
        int at = from;
        while (at < to) {
            int length = buf[at] & 0xff;
            int octets = (length + 7) >>> 3;
            if (length > 32 || octets >= to - at) {
                return BROKEN;
            }
            long high = ipv4(buf, at + 1, length);
            if (isIpv4Unicast(high, length)) {
                list.add(high, 0, length);
            } else {
                ignored++;
            }
            at += 1 + octets;
        }
        return ignored;
    }

    private static int readIpv4WithIds(byte[] buf, int from, int to, NlriList list) {
        int ignored = 0;
        int at = from;
        while (at < to) {
            if (to - at < 5) {
                return BROKEN;
            }
            int length = buf[at + 4] & 0xff;
            int octets = (length + 7) >>> 3;
            if (length > 32 || octets > to - at - 5) {
                return BROKEN;
            }
            long high = ipv4(buf, at + 5, length);
            if (isIpv4Unicast(high, length)) {
                list.add(high, 0, length, Wire.i32(buf, at));
            } else {
                ignored++;
            }
            at += 5 + octets;
        }
        return ignored;
    }

    private static int readIpv6(byte[] buf, int from, int to, boolean hasPathIds, NlriList list) {
        int ignored = 0;
        int at = from;
        int idOctets = hasPathIds ? 4 : 0;
        while (at < to) {
            if (to - at <= idOctets) {
                return BROKEN;
            }
            int length = buf[at + idOctets] & 0xff;
            int octets = (length + 7) >>> 3;
            int start = at + idOctets + 1;
            if (length > 128 || octets > to - start) {
                return BROKEN;
            }
            long high = bits(buf, start, Math.min(octets, 8)) & mask(Math.min(length, 64));
            long low = length <= 64 ? 0 : bits(buf, start + 8, octets - 8) & mask(length - 64);
            if (length >= 8 && high >>> 56 == IPV6_MULTICAST) {
                ignored++;
            } else if (hasPathIds) {
                list.add(high, low, length, Wire.i32(buf, at));
            } else {
                list.add(high, low, length);
            }
            at = start + octets;
        }
        return ignored;
    }

    /** Reads a prefix of at most 32 bits, in one read where the array is long enough, and masks what is behind it. */
    private static long ipv4(byte[] buf, int at, int length) {
        long bits = at + 4 <= buf.length ? (long) Wire.i32(buf, at) << 32 : bits(buf, at, (length + 7) >>> 3);
        return bits & ~(-1L >>> length);
    }

    private static boolean isIpv4Unicast(long high, int length) {
        return length < 4 || high >>> 60 < IPV4_MULTICAST;
    }

    /** Reads at most eight octets, left-aligned. */
    private static long bits(byte[] buf, int at, int octets) {
        if (at + 8 <= buf.length) {
            return octets == 0 ? 0 : Wire.i64(buf, at) & mask(octets << 3);
        }
        long bits = 0;
        for (int i = 0; i < octets; i++) {
            bits |= (buf[at + i] & 0xffL) << (56 - (i << 3));
        }
        return bits;
    }

    /** Returns a mask of the uppermost bits; 0 to 64 of them. */
    private static long mask(int length) {
        return length == 0 ? 0 : -1L << (64 - length);
    }
}
