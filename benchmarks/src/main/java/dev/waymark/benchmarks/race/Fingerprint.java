package dev.waymark.benchmarks.race;

import dev.waymark.benchmarks.Frames;

/**
 * A number for path attributes (RFC 4271 §4.3), the same for the same types, values and flags. Order means nothing, neither of
 * attributes nor of communities, which some servers sort (RFC 1997, RFC 8092); nor does it whether a length has one octet or two.
 * Other attributes have the same number by chance only, once in 2^64. Stateless.
 */
final class Fingerprint {
    /** What is returned for octets that aren't attributes. */
    static final long ILLEGIBLE = 0;

    private static final int COMMUNITIES = 8;
    private static final int LARGE_COMMUNITIES = 32;
    private static final int EXTENDED_LENGTH = 0x10;
    private static final int OPTIONAL_TRANSITIVE_PARTIAL = 0xe0;
    private static final long ODD = 0x9e37_79b9_7f4a_7c15L;

    private Fingerprint() {}

    /** Returns the number of the attributes between two indices. */
    static long of(byte[] octets, int from, int to) {
        long sum = 1;
        int at = from;
        while (at < to) {
            int flags = octets[at];
            int value = at + ((flags & EXTENDED_LENGTH) != 0 ? 4 : 3);
            if (value > to) {
                return ILLEGIBLE;
            }
            int end = value + (value - at == 4 ? Frames.u16(octets, at + 2) : octets[at + 2] & 0xff);
            if (end > to) {
                return ILLEGIBLE;
            }
            int type = octets[at + 1] & 0xff;
            sum += value(octets, value, end, type, mix((flags & OPTIONAL_TRANSITIVE_PARTIAL) << 8 | type, end - value));
            at = end;
        }
        return sum;
    }

    private static long value(byte[] octets, int from, int to, int type, long seed) {
        int part = type == COMMUNITIES ? 4 : type == LARGE_COMMUNITIES ? 12 : to - from;
        long sum = seed;
        for (int at = from; at < to; at += part) {
            long hash = seed;
            for (int i = at; i < Math.min(at + part, to); i++) {
                hash = mix(hash, octets[i]);
            }
            sum += hash;
        }
        return sum;
    }

    private static long mix(long hash, int octet) {
        long mixed = (hash ^ octet) * ODD;
        return mixed ^ mixed >>> 29;
    }
}
