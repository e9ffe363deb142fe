package dev.waymark.bgp.codec;

/** Reads and checks AS_PATH values (RFC 4271 §4.3, RFC 6793 §4.1) inside their slice. Stateless. */
final class AsPathOctets {

    static final int AS_SET = 1;
    static final int AS_SEQUENCE = 2;
    static final int AS_CONFED_SEQUENCE = 3;
    static final int AS_CONFED_SET = 4;

    /** {@link #widen} met a malformed path. */
    static final int MALFORMED = -1;

    private AsPathOctets() {}

    /**
     * Checks a path of four-octet AS numbers and takes from it what the columns hold.
     *
     * @param ownAs the server's AS number, 0 for none
     * @return what is wrong, {@link DecodeCondition#NONE} when nothing is
     */
    static DecodeCondition scan(
            byte[] buf, int from, int length, DecodeClass decodeClass, int ownAs, AttributeSummary summary) {
        int end = from + length;
        int flags = length == 0 ? AttributeFlags.EMPTY_AS_PATH : 0;
        int hops = 0;
        int firstAs = 0;
        boolean isFirst = true;
        int at = from;
        while (at < end) {
            if (!isSegment(buf, at, end, 4)) {
                return DecodeCondition.AS_PATH_SYNTAX;
            }
            int type = buf[at];
            int count = buf[at + 1] & 0xff;
            if (type != AS_SEQUENCE) {
                DecodeCondition condition = judgeSegment(type, decodeClass);
                if (condition != DecodeCondition.NONE) {
                    return condition;
                }
                flags |= segmentFlags(type);
            }
            hops += type == AS_SEQUENCE ? count : type == AS_SET ? 1 : 0;
            if (isFirst && type <= AS_SEQUENCE) {
                isFirst = false;
                firstAs = type == AS_SEQUENCE ? Wire.i32(buf, at + 2) : 0;
            }
            at += 2;
            for (int next = at + 4 * count; at < next; at += 4) {
                int as = Wire.i32(buf, at);
                if (as == 0) {
                    return DecodeCondition.AS_PATH_ZERO;
                }
                flags |= (as >>> 16 != 0 ? AttributeFlags.HAS_WIDE_AS : 0)
                        | (as == ownAs ? AttributeFlags.OWN_AS_IN_PATH : 0);
            }
        }
        summary.flags |= flags;
        summary.asPathLength = hops;
        summary.firstAs = firstAs;
        return hops > decodeClass.maxAsPathHops() ? DecodeCondition.AS_PATH_TOO_LONG : DecodeCondition.NONE;
    }

    /** Tells whether a segment of a known type with one AS or more stands at an index and fits before the end. */
    static boolean isSegment(byte[] buf, int at, int end, int asOctets) {
        if (end - at < 2 || buf[at] < AS_SET || buf[at] > AS_CONFED_SET) {
            return false;
        }
        int count = buf[at + 1] & 0xff;
        return count > 0 && asOctets * count <= end - at - 2;
    }

    /** Tells whether a value consists of well-formed segments. */
    static boolean isWellFormed(byte[] buf, int from, int length, int asOctets) {
        int end = from + length;
        int at = from;
        while (at < end) {
            if (!isSegment(buf, at, end, asOctets)) {
                return false;
            }
            at += 2 + asOctets * (buf[at + 1] & 0xff);
        }
        return true;
    }

    /**
     * Writes a path of two-octet AS numbers with four octets each.
     *
     * @return the length written, or {@link #MALFORMED}
     */
    static int widen(byte[] buf, int from, int length, byte[] target) {
        if (!isWellFormed(buf, from, length, 2)) {
            return MALFORMED;
        }
        int end = from + length;
        int at = from;
        int to = 0;
        while (at < end) {
            int count = buf[at + 1] & 0xff;
            target[to] = buf[at];
            target[to + 1] = buf[at + 1];
            at += 2;
            to += 2;
            for (int i = 0; i < count; i++, at += 2, to += 4) {
                Wire.put32(target, to, Wire.u16(buf, at));
            }
        }
        return to;
    }

    /** Returns the hops of well-formed segments: an AS_SET counts one, confederation segments none. */
    static int hops(byte[] buf, int from, int length) {
        int hops = 0;
        for (int at = from; at < from + length; at += 2 + 4 * (buf[at + 1] & 0xff)) {
            hops += buf[at] == AS_SEQUENCE ? buf[at + 1] & 0xff : buf[at] == AS_SET ? 1 : 0;
        }
        return hops;
    }

    /** Tells whether an AS number stands in well-formed segments. */
    static boolean contains(byte[] buf, int from, int length, int as) {
        int end = from + length;
        for (int at = from; at < end; ) {
            int next = at + 2 + 4 * (buf[at + 1] & 0xff);
            for (at += 2; at < next; at += 4) {
                if (Wire.i32(buf, at) == as) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the last AS of the last segment, 0 when that isn't an AS_SEQUENCE. */
    static int originAs(byte[] buf, int from, int length) {
        int end = from + length;
        int last = from;
        for (int at = from; at < end; at += 2 + 4 * (buf[at + 1] & 0xff)) {
            last = at;
        }
        return length > 0 && buf[last] == AS_SEQUENCE ? Wire.i32(buf, end - 4) : 0;
    }

    private static DecodeCondition judgeSegment(int type, DecodeClass decodeClass) {
        if (type >= AS_CONFED_SEQUENCE && !decodeClass.allowConfederation()) {
            return DecodeCondition.AS_PATH_CONFEDERATION;
        }
        boolean isSet = type == AS_SET || type == AS_CONFED_SET;
        return isSet && !decodeClass.allowAsSet() ? DecodeCondition.AS_PATH_SET : DecodeCondition.NONE;
    }

    private static int segmentFlags(int type) {
        return switch (type) {
            case AS_SET -> AttributeFlags.HAS_AS_SET;
            case AS_CONFED_SET -> AttributeFlags.HAS_AS_SET | AttributeFlags.HAS_CONFEDERATION;
            default -> AttributeFlags.HAS_CONFEDERATION;
        };
    }
}
