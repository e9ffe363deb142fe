package dev.waymark.examples.fulltable;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one speaker holds of one family: prefix and attributes, read from UPDATEs of a session with four-octet AS numbers.
 * Compact, since tests hold several full tables. Confined to one thread.
 */
final class RouteTable {
    private static final int HEADER = 19;
    private static final int UPDATE = 2;
    private static final int MOST_DIFFERENCES = 10;

    private final AddressFamily family;
    private final AttributePool pool;
    private final AttributePool.Scratch scratch = new AttributePool.Scratch();
    private long[] highs = new long[1 << 12];
    private long[] lows = new long[1 << 12];
    private short[] lengths = new short[1 << 12];
    private byte[] @Nullable [] attributes = new byte[1 << 12][];
    private int used;
    private int size;
    private long idleWithdrawals;
    private long sameAnnouncements;

    RouteTable(AddressFamily family, AttributePool pool) {
        this.family = family;
        this.pool = pool;
        Arrays.fill(lengths, (short) -1);
    }

    /** Returns an empty table of the same family and attributes. */
    RouteTable emptyCopy() {
        return new RouteTable(family, pool);
    }

    /** Returns the number of prefixes. */
    int size() {
        return size;
    }

    /** Returns how often a prefix was withdrawn that wasn't there. */
    long idleWithdrawals() {
        return idleWithdrawals;
    }

    /** Returns how often a prefix was announced as it was already. */
    long sameAnnouncements() {
        return sameAnnouncements;
    }

    /** Applies all messages of a stream that is nothing but UPDATEs. */
    RouteTable applyAll(byte[] stream) {
        for (int at = 0; at < stream.length; at += AttributePool.u16(stream, at + 16)) {
            apply(stream, at);
        }
        return this;
    }

    /** Applies an UPDATE. */
    void apply(byte[] message, int offset) {
        int end = offset + AttributePool.u16(message, offset + 16);
        if (message[offset + 18] != UPDATE) {
            throw new AssertionError("not an UPDATE: type " + message[offset + 18]);
        }
        int withdrawn = offset + HEADER + 2;
        int attributesFrom = withdrawn + AttributePool.u16(message, withdrawn - 2) + 2;
        int nlri = attributesFrom + AttributePool.u16(message, attributesFrom - 2);
        scratch.read(message, attributesFrom, nlri);
        int mpUnreach = scratch.mpUnreach();
        int mpReach = scratch.mpReach();
        each(message, withdrawn, attributesFrom - 2, null);
        if (mpUnreach >= 0) {
            each(message, mpUnreach + 3, scratch.mpUnreachEnd(), null);
        }
        if (nlri < end || mpReach >= 0) {
            byte[] set = pool.intern(message, scratch);
            each(message, nlri, end, set);
            if (mpReach >= 0) {
                each(message, mpReach + 5 + (message[mpReach + 3] & 0xff), scratch.mpReachEnd(), set);
            }
        }
    }

    private void each(byte[] message, int from, int to, byte @Nullable [] set) {
        int at = from;
        while (at < to) {
            int length = message[at++] & 0xff;
            int octets = (length + 7) / 8;
            put(bits(message, at, Math.min(8, octets)), bits(message, at + 8, octets - 8), length, set);
            at += octets;
        }
        if (at != to) {
            throw new AssertionError("a prefix reaches over the end");
        }
    }

    private static long bits(byte[] message, int at, int octets) {
        long bits = 0;
        for (int i = 0; i < octets; i++) {
            bits |= (message[at + i] & 0xffL) << (56 - 8 * i);
        }
        return bits;
    }

    @SuppressWarnings("ReferenceEquality") // a pool holds each set once
    private void put(long high, long low, int length, byte @Nullable [] set) {
        int at = find(high, low, length);
        if (lengths[at] < 0) {
            if (set == null) {
                idleWithdrawals++;
                return;
            }
            if (++used > highs.length / 2) {
                grow();
                at = find(high, low, length);
            }
            highs[at] = high;
            lows[at] = low;
            lengths[at] = (short) length;
        }
        byte[] before = attributes[at];
        attributes[at] = set;
        size += (set == null ? 0 : 1) - (before == null ? 0 : 1);
        idleWithdrawals += set == null && before == null ? 1 : 0;
        sameAnnouncements += set != null && set == before ? 1 : 0;
    }

    /** The place of a prefix, or the empty one where it belongs. Places are never freed. */
    private int find(long high, long low, int length) {
        long hash = (high * 31 + low + length) * 0x9e37_79b9_7f4a_7c15L;
        hash = (hash ^ hash >>> 32) * 0xbf58_476d_1ce4_e5b9L;
        int mask = highs.length - 1;
        int at = (int) (hash >>> 32) & mask;
        while (lengths[at] >= 0 && (highs[at] != high || lows[at] != low || lengths[at] != (short) length)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldHighs = highs;
        long[] oldLows = lows;
        short[] oldLengths = lengths;
        byte[] @Nullable [] oldAttributes = attributes;
        int capacity = oldHighs.length * 2;
        highs = new long[capacity];
        lows = new long[capacity];
        lengths = new short[capacity];
        Arrays.fill(lengths, (short) -1);
        attributes = new byte[capacity][];
        for (int i = 0; i < oldHighs.length; i++) {
            if (oldLengths[i] >= 0) {
                int at = find(oldHighs[i], oldLows[i], oldLengths[i]);
                highs[at] = oldHighs[i];
                lows[at] = oldLows[i];
                lengths[at] = oldLengths[i];
                attributes[at] = oldAttributes[i];
            }
        }
    }

    /** Returns the attributes of a prefix, one object per distinct set; null if it isn't there. */
    byte @Nullable [] attributes(long high, long low, int length) {
        return attributes[find(high, low, length)];
    }

    /** Tells of every route. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < highs.length; i++) {
            byte[] set = attributes[i];
            if (set != null) {
                visitor.visit(highs[i], lows[i], lengths[i], set);
            }
        }
    }

    /** Takes routes one by one. */
    interface Visitor {
        void visit(long high, long low, int length, byte[] attributes);
    }

    /** Adds a route, of the same pool. */
    void add(long high, long low, int length, byte[] set) {
        put(high, low, length, set);
    }

    /** Returns what is missing, extra or different here, the first few; empty if the tables are equal. */
    @SuppressWarnings("ReferenceEquality") // a pool holds each set once
    List<String> differencesFrom(RouteTable expected) {
        List<String> differences = new ArrayList<>();
        expected.forEach((high, low, length, set) -> {
            byte[] here = attributes(high, low, length);
            if (here != set && differences.size() < MOST_DIFFERENCES) {
                differences.add(prefix(high, low, length)
                        + (here == null ? " is missing: " : " has " + hex(here) + ", not ")
                        + hex(set));
            }
        });
        forEach((high, low, length, set) -> {
            if (expected.attributes(high, low, length) == null && differences.size() < MOST_DIFFERENCES) {
                differences.add(prefix(high, low, length) + " is extra: " + hex(set));
            }
        });
        return differences;
    }

    /** Returns a prefix of this table's family. */
    IpPrefix prefix(long high, long low, int length) {
        return new IpPrefix(family, high, low, length);
    }

    private static String hex(byte[] set) {
        return HexFormat.of().formatHex(set);
    }
}
