package dev.waymark.examples.fulltable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Attributes of UPDATEs in one form, each distinct set once, so that equal sets are one object: ascending types, lengths of
 * two octets, the next hop of MP_REACH_NLRI in the place of NEXT_HOP. Written for the tests, from the RFCs and not with the
 * codec that they test. Thread-safe.
 */
final class AttributePool {
    static final int ORIGIN = 1;
    static final int AS_PATH = 2;
    static final int NEXT_HOP = 3;
    static final int MED = 4;
    static final int AGGREGATOR = 7;
    static final int COMMUNITIES = 8;
    static final int MP_REACH = 14;
    static final int MP_UNREACH = 15;
    private static final int EXTENDED = 0x10;
    private static final int KNOWN_FLAGS = 0xe0;
    private static final int HEADER = 4;

    private final Map<ByteBuffer, byte[]> sets = new ConcurrentHashMap<>();

    /** Reads attributes one after another; reused. Confined to one thread. */
    static final class Scratch {
        private final int[] types = new int[256];
        private final int[] from = new int[256];
        private final int[] to = new int[256];
        private final byte[] form = new byte[8_192];
        private int count;
        private int mpReach;
        private int mpUnreach;

        /** Returns where the value of MP_REACH_NLRI starts, or -1. */
        int mpReach() {
            return mpReach < 0 ? -1 : from[mpReach];
        }

        int mpReachEnd() {
            return to[mpReach];
        }

        /** Returns where the value of MP_UNREACH_NLRI starts, or -1. */
        int mpUnreach() {
            return mpUnreach < 0 ? -1 : from[mpUnreach];
        }

        int mpUnreachEnd() {
            return to[mpUnreach];
        }

        /** Finds the attributes of a message. */
        void read(byte[] message, int start, int end) {
            count = 0;
            mpReach = -1;
            mpUnreach = -1;
            int at = start;
            while (at < end) {
                boolean isLong = (message[at] & EXTENDED) != 0;
                int value = at + (isLong ? 4 : 3);
                int length = isLong ? u16(message, at + 2) : message[at + 2] & 0xff;
                types[count] = (message[at + 1] & 0xff) << 8 | (message[at] & KNOWN_FLAGS);
                from[count] = value;
                to[count] = value + length;
                mpReach = types[count] >> 8 == MP_REACH ? count : mpReach;
                mpUnreach = types[count] >> 8 == MP_UNREACH ? count : mpUnreach;
                count++;
                at = value + length;
            }
            if (at != end) {
                throw new AssertionError("the attributes do not fill their field");
            }
        }

        /** Writes them in the one form; returns its length. */
        private int form(byte[] message) {
            int length = 0;
            for (int type = 1; type < 256; type++) {
                for (int i = 0; i < count; i++) {
                    if (types[i] >> 8 == type && i != mpUnreach) {
                        length = i == mpReach ? addNextHop(message, length) : add(message, i, length);
                    }
                }
            }
            return length;
        }

        private int add(byte[] message, int i, int at) {
            return add(types[i] >> 8, types[i] & 0xff, message, from[i], to[i], at);
        }

        /** AFI, SAFI and a length of one octet stand before the next hop (RFC 4760 §3). */
        private int addNextHop(byte[] message, int at) {
            int length = message[from[mpReach] + 3] & 0xff;
            return add(NEXT_HOP, 0x40, message, from[mpReach] + 4, from[mpReach] + 4 + length, at);
        }

        private int add(int type, int flags, byte[] message, int start, int end, int at) {
            form[at] = (byte) type;
            form[at + 1] = (byte) flags;
            form[at + 2] = (byte) ((end - start) >> 8);
            form[at + 3] = (byte) (end - start);
            System.arraycopy(message, start, form, at + HEADER, end - start);
            return at + HEADER + end - start;
        }
    }

    /** Returns the set that was last read from a message. */
    byte[] intern(byte[] message, Scratch scratch) {
        int length = scratch.form(message);
        byte[] known = sets.get(ByteBuffer.wrap(scratch.form, 0, length));
        if (known != null) {
            return known;
        }
        byte[] fresh = Arrays.copyOf(scratch.form, length);
        byte[] other = sets.putIfAbsent(ByteBuffer.wrap(fresh), fresh);
        return other == null ? fresh : other;
    }

    /** Returns where the value of an attribute starts in a set, or -1. */
    static int find(byte[] set, int type) {
        for (int at = 0; at < set.length; at += HEADER + u16(set, at + 2)) {
            if ((set[at] & 0xff) == type) {
                return at + HEADER;
            }
        }
        return -1;
    }

    /** Returns the length of the attribute whose value starts there. */
    static int length(byte[] set, int value) {
        return u16(set, value - 2);
    }

    /** Returns a set without the attributes of a type. */
    byte[] without(byte[] set, int type) {
        int value = find(set, type);
        if (value < 0) {
            return set;
        }
        int next = value + length(set, value);
        byte[] rest = Arrays.copyOf(set, set.length - (next - value + HEADER));
        System.arraycopy(set, next, rest, value - HEADER, set.length - next);
        byte[] known = sets.putIfAbsent(ByteBuffer.wrap(rest), rest);
        return known == null ? rest : known;
    }

    static int u16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | (octets[at + 1] & 0xff);
    }

    static long u32(byte[] octets, int at) {
        return (long) u16(octets, at) << 16 | u16(octets, at + 2);
    }
}
