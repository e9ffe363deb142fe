package dev.waymark.api.net;

import dev.waymark.api.internal.Digits;

/** Reads and writes the text of addresses: dotted quads, and IPv6 per RFC 4291 §2.2 (in) and RFC 5952 §4 (out). */
final class AddressText {

    /** What {@link #parseIpv4} returns when the text isn't a dotted quad. */
    static final long NONE = Digits.NONE;

    private static final int GROUPS = 8;

    private AddressText() {}

    /** Returns the 32 bits of a dotted quad as an unsigned number, or {@link #NONE}. */
    static long parseIpv4(String text, int from, int to) {
        long bits = 0;
        int start = from;
        for (int part = 0; part < 4; part++) {
            int dot = part == 3 ? to : text.indexOf('.', start);
            if (dot < 0 || dot > to) {
                return NONE;
            }
            long octet = Digits.decimal(text, start, dot, 255);
            if (octet == Digits.NONE) {
                return NONE;
            }
            bits = bits << 8 | octet;
            start = dot + 1;
        }
        return bits;
    }

    /** Writes the IPv6 address into {@code result} (high, low), or returns false when the text isn't one. */
    static boolean parseIpv6(String text, long[] result) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1; // the group at which "::" stands
        int at = 0;
        int end = text.length();
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < end) {
            int colon = text.indexOf(':', at);
            int stop = colon < 0 ? end : colon;
            int read = readGroups(text, at, stop, colon < 0, groups, count);
            if (read == 0) {
                return false;
            }
            count += read;
            if (colon < 0) {
                break;
            }
            at = colon + 1;
            if (at < end && text.charAt(at) == ':') {
                if (gap >= 0) {
                    return false; // a second "::"
                }
                gap = count;
                at++;
            } else if (at == end) {
                return false; // a single colon at the end
            }
        }
        if (gap < 0 ? count != GROUPS : count == GROUPS) {
            return false; // "::" stands for one group at least
        }
        spread(groups, count, gap, result);
        return true;
    }

    /** Reads one group, or a dotted quad as two groups when it comes last; returns how many, 0 for none. */
    private static int readGroups(String text, int from, int to, boolean last, int[] groups, int count) {
        if (last && count <= GROUPS - 2 && text.indexOf('.', from) >= 0) {
            long quad = parseIpv4(text, from, to);
            if (quad == NONE) {
                return 0;
            }
            groups[count] = (int) (quad >>> 16);
            groups[count + 1] = (int) (quad & 0xffff);
            return 2;
        }
        long group = count < GROUPS ? Digits.hexadecimal(text, from, to, 4) : Digits.NONE;
        if (group == Digits.NONE) {
            return 0;
        }
        groups[count] = (int) group;
        return 1;
    }

    private static void spread(int[] groups, int count, int gap, long[] result) {
        int missing = GROUPS - count;
        for (int i = 0; i < GROUPS; i++) {
            int group = gap < 0 || i < gap ? groups[i] : i < gap + missing ? 0 : groups[i - missing];
            result[i >> 2] = result[i >> 2] << 16 | group;
        }
    }

    static String formatIpv4(int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }

    /** Writes lower case, no leading zeros, the first longest run of two or more zero groups as "::" (RFC 5952 §4). */
    static String formatIpv6(long high, long low) {
        if (high == 0 && low >>> 32 == 0xffff) {
            return "::ffff:" + formatIpv4((int) low); // RFC 5952 §5: IPv4-mapped
        }
        int runStart = -1;
        int runLength = 1; // a single zero group is never shortened (RFC 5952 §4.2.2)
        for (int i = 0; i < GROUPS; i++) {
            int length = zeroRun(high, low, i);
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
            } else {
                if (i > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(group(high, low, i)));
            }
        }
        return text.toString();
    }

    private static int zeroRun(long high, long low, int from) {
        int i = from;
        while (i < GROUPS && group(high, low, i) == 0) {
            i++;
        }
        return i - from;
    }

    private static int group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
    }
}
