package dev.waymark.bgp.codec;

import dev.waymark.api.net.Asn;

/**
 * The attributes of a session with two-octet AS numbers while they are turned into four-octet ones (RFC 6793 §4.2.3).
 * The four attributes involved may come in any order, so they are collected first and put together at the end.
 * Reused. Confined to one thread.
 */
final class NarrowAttributes {

    private static final int MIN_AS4_PATH = 6;

    private byte[] path = new byte[256];
    private int pathLength;
    private byte[] as4 = {};
    private int as4Length;
    private boolean hasAs4Path;
    private boolean hasAs4Set;
    private byte[] merged = {};
    private final byte[] aggregator = new byte[8];
    private boolean hasAggregator;
    private boolean hasAs4Aggregator;
    private long as4Aggregator;

    void clear() {
        pathLength = 0;
        hasAs4Path = false;
        hasAs4Set = false;
        hasAggregator = false;
        hasAs4Aggregator = false;
    }

    byte[] path() {
        return path;
    }

    int pathLength() {
        return pathLength;
    }

    byte[] aggregator() {
        return aggregator;
    }

    boolean isAggregatorWide() {
        return Wire.u16(aggregator, 0) != 0;
    }

    /** Whether an AS4_PATH that may be used has an AS_SET. */
    boolean hasAs4Set() {
        return hasAs4Path && hasAs4Set;
    }

    boolean readPath(byte[] buf, int at, int length) {
        if (path.length < 2 * length) {
            path = new byte[2 * length];
        }
        pathLength = Math.max(0, AsPathOctets.widen(buf, at, length, path));
        return length == 0 || pathLength > 0;
    }

    void readAggregator(int as, int address) {
        Wire.put32(aggregator, 0, as);
        Wire.put32(aggregator, 4, address);
        hasAggregator = true;
    }

    /** Returns false when the attribute is malformed or has AS 0 (RFC 6793 §6, RFC 7607 §2). */
    boolean readAs4Path(byte[] buf, int at, int length) {
        if (length < MIN_AS4_PATH
                || !AsPathOctets.isWellFormed(buf, at, length, 4)
                || AsPathOctets.contains(buf, at, length, 0)) {
            return false;
        }
        if (as4.length < length) {
            as4 = new byte[length];
        }
        as4Length = As4Path.strip(buf, at, length, as4, 0);
        hasAs4Path = true;
        for (int i = 0; i < as4Length; i += 2 + 4 * (as4[i + 1] & 0xff)) {
            hasAs4Set |= as4[i] == AsPathOctets.AS_SET;
        }
        return true;
    }

    /** Returns false when the attribute is malformed or has AS 0 (RFC 6793 §6, RFC 7607 §2). */
    boolean readAs4Aggregator(byte[] buf, int at, int length) {
        if (length != 8 || Wire.i32(buf, at) == 0) {
            return false;
        }
        as4Aggregator = Wire.i64(buf, at);
        hasAs4Aggregator = true;
        return true;
    }

    /**
     * Puts the attributes together. When both aggregators are there and the two-octet one isn't AS_TRANS, a speaker that
     * knows nothing of four octets has aggregated since: both AS4 attributes are stale.
     */
    void reconstruct() {
        if (hasAggregator && hasAs4Aggregator) {
            if (Wire.i32(aggregator, 0) != Asn.AS_TRANS.bits()) {
                return;
            }
            Wire.put64(aggregator, 0, as4Aggregator);
        }
        if (hasAs4Path) {
            if (merged.length < pathLength + as4Length) {
                merged = new byte[pathLength + as4Length];
            }
            int length = As4Path.merge(path, pathLength, as4, as4Length, merged);
            if (length >= 0) {
                byte[] spare = path;
                path = merged;
                pathLength = length;
                merged = spare;
            }
        }
    }
}
