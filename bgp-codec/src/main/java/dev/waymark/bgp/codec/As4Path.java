package dev.waymark.bgp.codec;

/**
 * AS4_PATH beside AS_PATH on a session of two-octet AS numbers (RFC 6793 §4.2): how the real path is put together from
 * both, and how it is taken apart again. Paths are octets with four per AS number. Stateless.
 *
 * <p>RFC 6793 §4.2.3: with fewer hops in AS_PATH than in AS4_PATH, AS4_PATH is ignored. Otherwise as much of the front of
 * AS_PATH is put before AS4_PATH as AS4_PATH has hops less; a confederation segment that leads, or stands beside a
 * segment that is put there, comes along. In code:
 *
 * <ol>
 *   <li>surplus = hops(AS_PATH) - hops(AS4_PATH)
 *   <li>take whole segments while their hops fit the surplus, confederation segments for nothing
 *   <li>take the first part of a sequence that is longer than the rest of the surplus
 *   <li>append AS4_PATH; two sequences that meet become one when they fit 255, as they were before a speaker split them
 * </ol>
 */
final class As4Path {

    private static final int MAX_SEGMENT = 255;

    private As4Path() {}

    /** Writes a path without its confederation segments (RFC 6793 §4.2.2, §6); returns the length. */
    static int strip(byte[] buf, int from, int length, byte[] target, int targetFrom) {
        int to = targetFrom;
        for (int at = from; at < from + length; ) {
            int octets = 2 + 4 * (buf[at + 1] & 0xff);
            if (!isConfederation(buf[at])) {
                System.arraycopy(buf, at, target, to, octets);
                to += octets;
            }
            at += octets;
        }
        return to - targetFrom;
    }

    /** Returns the length of a path without its confederation segments. */
    static int strippedLength(byte[] buf, int from, int length) {
        int stripped = 0;
        for (int at = from; at < from + length; ) {
            int octets = 2 + 4 * (buf[at + 1] & 0xff);
            stripped += isConfederation(buf[at]) ? 0 : octets;
            at += octets;
        }
        return stripped;
    }

    /** Writes the path that both together mean; returns the length, or -1 when AS4_PATH is to be ignored. */
    static int merge(byte[] path, int pathLength, byte[] as4, int as4Length, byte[] target) {
        int surplus = AsPathOctets.hops(path, 0, pathLength) - AsPathOctets.hops(as4, 0, as4Length);
        if (surplus < 0) {
            return -1;
        }
        int at = 0;
        int to = 0;
        int open = -1; // where a sequence at the end of what was taken begins
        while (at < pathLength) {
            int type = path[at];
            int count = path[at + 1] & 0xff;
            boolean isSequence = type == AsPathOctets.AS_SEQUENCE;
            int hops = isSequence ? count : type == AsPathOctets.AS_SET ? 1 : 0;
            if (hops > surplus && !(isSequence && surplus > 0)) {
                break;
            }
            int taken = isSequence ? Math.min(count, surplus) : count;
            open = isSequence ? to : -1;
            target[to] = (byte) type;
            target[to + 1] = (byte) taken;
            System.arraycopy(path, at + 2, target, to + 2, 4 * taken);
            to += 2 + 4 * taken;
            surplus -= Math.min(hops, surplus);
            if (taken < count) {
                break;
            }
            at += 2 + 4 * count;
        }
        return append(as4, as4Length, target, to, open);
    }

    private static boolean isConfederation(int type) {
        return type >= AsPathOctets.AS_CONFED_SEQUENCE;
    }

    private static int append(byte[] as4, int as4Length, byte[] target, int to, int open) {
        boolean joins = open >= 0
                && as4Length > 0
                && as4[0] == AsPathOctets.AS_SEQUENCE
                && (target[open + 1] & 0xff) + (as4[1] & 0xff) <= MAX_SEGMENT;
        if (!joins) {
            System.arraycopy(as4, 0, target, to, as4Length);
            return to + as4Length;
        }
        target[open + 1] += as4[1];
        System.arraycopy(as4, 2, target, to, as4Length - 2);
        return to + as4Length - 2;
    }
}
