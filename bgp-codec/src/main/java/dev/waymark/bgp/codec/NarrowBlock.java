package dev.waymark.bgp.codec;

import dev.waymark.api.net.Asn;

/**
 * Canonical attributes rewritten for a session with two-octet AS numbers (RFC 6793 §4.2.2): numbers that don't fit
 * become AS_TRANS, and where we are known to speak four octets, AS4_PATH and AS4_AGGREGATOR carry the real ones along.
 * Reused. Confined to one thread.
 */
final class NarrowBlock {

    private static final int OPTIONAL_TRANSITIVE = AttributeType.FLAG_OPTIONAL | AttributeType.FLAG_TRANSITIVE;

    private byte[] octets = new byte[512];
    private int length;
    private boolean isPathWide;
    private boolean isAggregatorWide;

    byte[] octets() {
        return octets;
    }

    int length() {
        return length;
    }

    /** Writes the attributes with two-octet AS numbers. */
    void narrow(byte[] content, int contentLength, boolean localFourOctet) {
        ensureRoom(2 * contentLength + 32);
        isPathWide = false;
        isAggregatorWide = false;
        int pathAt = -1;
        int aggregatorAt = -1;
        boolean isAs4Written = !localFourOctet;
        int to = 0;
        for (int at = 0; at < contentLength; at = AttributeOctets.next(content, at)) {
            int type = AttributeOctets.type(content, at);
            if (type >= AttributeType.AS4_PATH && !isAs4Written) {
                to = putAs4(content, pathAt, aggregatorAt, to);
                isAs4Written = true;
            }
            switch (type) {
                case AttributeType.AS_PATH -> {
                    pathAt = at;
                    to = putPath(content, at, to);
                }
                case AttributeType.AGGREGATOR -> {
                    aggregatorAt = at;
                    to = putAggregator(content, at, to);
                }
                case AttributeType.AS4_PATH -> to = isPathWide && localFourOctet ? to : copy(content, at, to);
                case AttributeType.AS4_AGGREGATOR ->
                    to = isAggregatorWide && localFourOctet ? to : copy(content, at, to);
                default -> to = copy(content, at, to);
            }
        }
        length = isAs4Written ? to : putAs4(content, pathAt, aggregatorAt, to);
    }

    /** Writes the attributes without AS4_PATH and AS4_AGGREGATOR. */
    void dropAs4(byte[] content, int contentLength) {
        ensureRoom(contentLength);
        int to = 0;
        for (int at = 0; at < contentLength; at = AttributeOctets.next(content, at)) {
            int type = AttributeOctets.type(content, at);
            if (type != AttributeType.AS4_PATH && type != AttributeType.AS4_AGGREGATOR) {
                to = copy(content, at, to);
            }
        }
        length = to;
    }

    private int putPath(byte[] content, int attribute, int to) {
        int from = AttributeOctets.value(content, attribute);
        int end = AttributeOctets.next(content, attribute);
        int narrowLength = 0;
        for (int at = from; at < end; at += 2 + 4 * (content[at + 1] & 0xff)) {
            narrowLength += 2 + 2 * (content[at + 1] & 0xff);
        }
        int target = AttributeOctets.putHeader(
                octets, to, AttributeType.FLAG_TRANSITIVE, AttributeType.AS_PATH, narrowLength);
        for (int at = from; at < end; ) {
            int count = content[at + 1] & 0xff;
            octets[target] = content[at];
            octets[target + 1] = content[at + 1];
            at += 2;
            target += 2;
            for (int i = 0; i < count; i++, at += 4, target += 2) {
                int as = Wire.i32(content, at);
                isPathWide |= as >>> 16 != 0;
                Wire.put16(octets, target, narrowAs(as));
            }
        }
        return target;
    }

    private int putAggregator(byte[] content, int attribute, int to) {
        int from = AttributeOctets.value(content, attribute);
        int as = Wire.i32(content, from);
        isAggregatorWide = as >>> 16 != 0;
        int target = AttributeOctets.putHeader(
                octets,
                to,
                OPTIONAL_TRANSITIVE | (content[attribute] & AttributeType.FLAG_PARTIAL),
                AttributeType.AGGREGATOR,
                6);
        Wire.put16(octets, target, narrowAs(as));
        Wire.put32(octets, target + 2, Wire.i32(content, from + 4));
        return target + 6;
    }

    private int putAs4(byte[] content, int pathAt, int aggregatorAt, int to) {
        int target = to;
        if (isPathWide) {
            int from = AttributeOctets.value(content, pathAt);
            int pathLength = AttributeOctets.length(content, pathAt);
            int valueLength = As4Path.strippedLength(content, from, pathLength);
            if (valueLength > 0) { // RFC 6793 §6: an empty one is malformed; segments of confederations are not in it
                target = AttributeOctets.putHeader(
                        octets, target, OPTIONAL_TRANSITIVE, AttributeType.AS4_PATH, valueLength);
                target += As4Path.strip(content, from, pathLength, octets, target);
            }
        }
        if (isAggregatorWide) {
            target = AttributeOctets.putHeader(octets, target, OPTIONAL_TRANSITIVE, AttributeType.AS4_AGGREGATOR, 8);
            Wire.put64(octets, target, Wire.i64(content, AttributeOctets.value(content, aggregatorAt)));
            target += 8;
        }
        return target;
    }

    private int copy(byte[] content, int attribute, int to) {
        int octetCount = AttributeOctets.next(content, attribute) - attribute;
        System.arraycopy(content, attribute, octets, to, octetCount);
        return to + octetCount;
    }

    private void ensureRoom(int room) {
        if (octets.length < room) {
            octets = new byte[Integer.highestOneBit(room) << 1];
        }
    }

    private static int narrowAs(int as) {
        return as >>> 16 != 0 ? Asn.AS_TRANS.bits() : as;
    }
}
