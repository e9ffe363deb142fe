package dev.waymark.bgp.codec;

/**
 * Validates a block of attributes at first sight, in one pass over the values, and takes from them what the columns of
 * the table hold. Each attribute has its own method for its own rule (RFC 7606 §7). Where the canonical octets differ
 * from what came, because AS numbers are widened or something is dropped, it keeps the parts that are different and
 * {@link #write} puts them together. Reused. Confined to one thread.
 */
final class AttributeValidator {

    private static final int LARGE_COMMUNITY_OCTETS = 12;
    private static final int ORIGIN_HEADER = 0x400101; // flags, type, length
    private static final int AS_PATH_HEADER = 0x4002; // flags, type
    private static final int NEXT_HOP_HEADER = 0x400304; // flags, type, length
    private static final int NEXT_HOP_OCTETS = 7;
    private static final int MANDATORY_OCTETS = 4 + 3 + NEXT_HOP_OCTETS; // at least
    private static final long MANDATORY =
            bit(AttributeType.ORIGIN) | bit(AttributeType.AS_PATH) | bit(AttributeType.NEXT_HOP);

    private final int ownAs;
    private final AttributeSummary summary = new AttributeSummary();
    private final LargeCommunities largeCommunities;
    private final NarrowAttributes narrow = new NarrowAttributes();
    private final byte[] discards = new byte[8]; // indices of conditions
    private int discardCount;
    private long dropped; // attribute types up to 63
    private long replaced;
    private byte[] buf = {};
    private int base;
    private DecodeClass decodeClass = DecodeClass.CANONICAL;
    private int faultIndex;

    AttributeValidator(int ownAs, long seed) {
        this.ownAs = ownAs;
        largeCommunities = new LargeCommunities(seed);
    }

    AttributeSummary summary() {
        return summary;
    }

    /** Whether the canonical octets are not those that were validated. */
    boolean isRewritten() {
        return (dropped | replaced) != 0;
    }

    int discards() {
        return discardCount;
    }

    DecodeCondition discard(int index) {
        return DecodeCondition.at(discards[index]);
    }

    /** Returns the discards packed into one number, one octet each; 0 for none. */
    long packedDiscards() {
        long packed = 0;
        for (int i = 0; i < discardCount; i++) {
            packed |= (discards[i] & 0xffL) << (8 * i);
        }
        return packed;
    }

    /** Returns which attribute the condition of {@link #validate} is about, -1 when it is about none. */
    int faultIndex() {
        return faultIndex;
    }

    /**
     * Validates attributes.
     *
     * @param message index of the message's first octet, from which spans are counted
     * @param spans the attributes in ascending order
     * @return the first condition that is stronger than a discard, or {@link DecodeCondition#NONE}
     */
    DecodeCondition validate(byte[] octets, int message, AttributeSpans spans, DecodeClass rules) {
        clear(octets, message, rules);
        for (int i = 0; i < spans.size(); i++) {
            int type = spans.type(i);
            DecodeCondition condition = judge(type, base + spans.offset(i), spans.length(i));
            if (condition != DecodeCondition.NONE) {
                if (condition.action() != ErrorAction.ATTRIBUTE_DISCARD) {
                    faultIndex = i;
                    return condition;
                }
                drop(type, condition);
            }
        }
        faultIndex = -1;
        return finish();
    }

    /**
     * Validates a block where it stands, header and value of each attribute in one go.
     *
     * @param hasLongPath whether the AS_PATH may have two octets for a length that needs one
     * @return true when the octets are canonical, nothing is missing and nothing wrong: what is accepted so would be accepted
     *     by {@link #validate} too; false when it has to be asked
     */
    boolean acceptsCanonical(byte[] octets, int from, int end, boolean hasLongPath, CodecOptions options) {
        AttributeRules rules = options.rules();
        clear(octets, 0, options.decodeClass());
        int at = behindMandatory(from, end, hasLongPath);
        boolean hasMandatory = at > from;
        long seen = hasMandatory ? MANDATORY : 0;
        int last = hasMandatory ? AttributeType.NEXT_HOP : -1;
        while (at < end) {
            int left = end - at;
            if (left < 3) {
                return false;
            }
            int head = left == 3 ? Wire.u16(octets, at) << 16 | Wire.u8(octets, at + 2) << 8 : Wire.i32(octets, at);
            int flags = head >>> 24;
            int type = head >>> 16 & 0xff;
            boolean isExtended = (flags & AttributeType.FLAG_EXTENDED) != 0;
            int length = isExtended ? head & 0xffff : head >>> 8 & 0xff;
            int value = isExtended ? at + 4 : at + 3;
            at = value + length;
            if (at > end || type <= last || !rules.isPlain(type, flags)) {
                return false;
            }
            if (isExtended != length > 255 && !(hasLongPath && type == AttributeType.AS_PATH)) {
                return false;
            }
            if (judge(type, value, length) != DecodeCondition.NONE) {
                return false;
            }
            seen |= bit(type);
            last = type;
        }
        return (seen & MANDATORY) == MANDATORY && finish() == DecodeCondition.NONE && !isRewritten();
    }

    /**
     * Takes the attributes that nearly all blocks begin with, ORIGIN, AS_PATH and NEXT_HOP, without asking what each one is.
     *
     * @return the index behind them; {@code from} when the block begins in another way or anything is wrong
     */
    private int behindMandatory(int from, int end, boolean hasLongPath) {
        if (end - from < MANDATORY_OCTETS || !decodeClass.fourOctetSession()) {
            return from;
        }
        int path = Wire.i32(buf, from + 4);
        int pathLength = hasLongPath ? path & 0xffff : path >>> 8 & 0xff;
        int pathAt = from + (hasLongPath ? 8 : 7);
        int hopAt = pathAt + pathLength;
        boolean isUsual = Wire.i32(buf, from) >>> 8 == ORIGIN_HEADER
                && (hasLongPath || path >>> 16 == AS_PATH_HEADER)
                && end - hopAt >= NEXT_HOP_OCTETS
                && Wire.i32(buf, hopAt) >>> 8 == NEXT_HOP_HEADER;
        return isUsual
                        && origin(from + 3, 1) == DecodeCondition.NONE
                        && asPath(pathAt, pathLength) == DecodeCondition.NONE
                        && nextHop(hopAt + 3, 4) == DecodeCondition.NONE
                ? hopAt + NEXT_HOP_OCTETS
                : from;
    }

    /** Writes the canonical octets of what was validated; returns the end. For {@link #isRewritten()} blocks. */
    int write(AttributeSpans spans, byte[] target) {
        int at = 0;
        for (int i = 0; i < spans.size(); i++) {
            int type = spans.type(i);
            long bit = bit(type);
            if ((dropped & bit) != 0) {
                continue;
            }
            if ((replaced & bit) != 0) {
                at = writeReplaced(type, spans.flags(i), target, at);
            } else {
                int length = spans.length(i);
                at = AttributeOctets.putHeader(target, at, spans.flags(i), type, length);
                System.arraycopy(buf, base + spans.offset(i), target, at, length);
                at += length;
            }
        }
        return at;
    }

    private void clear(byte[] octets, int message, DecodeClass rules) {
        summary.clear();
        narrow.clear();
        discardCount = 0;
        dropped = 0;
        replaced = 0;
        buf = octets;
        base = message;
        decodeClass = rules;
    }

    private int writeReplaced(int type, int flags, byte[] target, int from) {
        byte[] value = switch (type) {
            case AttributeType.AS_PATH -> narrow.path();
            case AttributeType.AGGREGATOR -> narrow.aggregator();
            default -> largeCommunities.distinct();
        };
        int length = switch (type) {
            case AttributeType.AS_PATH -> narrow.pathLength();
            case AttributeType.AGGREGATOR -> 8;
            default -> largeCommunities.distinctLength();
        };
        int at = AttributeOctets.putHeader(target, from, flags, type, length);
        System.arraycopy(value, 0, target, at, length);
        return at + length;
    }

    private DecodeCondition judge(int type, int at, int length) {
        return switch (type) {
            case AttributeType.ORIGIN -> origin(at, length);
            case AttributeType.AS_PATH -> asPath(at, length);
            case AttributeType.NEXT_HOP -> nextHop(at, length);
            case AttributeType.MED -> med(at, length);
            case AttributeType.LOCAL_PREF ->
                flagged(length, AttributeFlags.HAS_LOCAL_PREF, DecodeCondition.LOCAL_PREF_LENGTH);
            case AttributeType.ATOMIC_AGGREGATE ->
                length == 0 ? DecodeCondition.NONE : DecodeCondition.ATOMIC_AGGREGATE_LENGTH;
            case AttributeType.AGGREGATOR -> aggregator(at, length);
            case AttributeType.COMMUNITIES -> communities(at, length);
            case AttributeType.ORIGINATOR_ID ->
                flagged(length, AttributeFlags.IS_REFLECTED, DecodeCondition.ORIGINATOR_ID_LENGTH);
            case AttributeType.CLUSTER_LIST -> clusterList(length);
            case AttributeType.EXTENDED_COMMUNITIES -> counted(length, 8, DecodeCondition.EXTENDED_COMMUNITIES_LENGTH);
            case AttributeType.AS4_PATH -> as4Path(at, length);
            case AttributeType.AS4_AGGREGATOR -> as4Aggregator(at, length);
            case AttributeType.IPV6_EXTENDED_COMMUNITIES ->
                counted(length, 20, DecodeCondition.IPV6_EXTENDED_COMMUNITIES_LENGTH);
            case AttributeType.LARGE_COMMUNITY -> largeCommunity(at, length);
            case AttributeType.OTC -> flagged(length, AttributeFlags.HAS_OTC, DecodeCondition.OTC_LENGTH);
            default -> DecodeCondition.NONE;
        };
    }

    /** RFC 7606 §7.1. */
    private DecodeCondition origin(int at, int length) {
        if (length != 1) {
            return DecodeCondition.ORIGIN_LENGTH;
        }
        summary.origin = buf[at] & 0xff;
        return summary.origin > 2 ? DecodeCondition.ORIGIN_VALUE : DecodeCondition.NONE;
    }

    /** RFC 7606 §7.2, RFC 7607 §2, RFC 9774 §3; two-octet paths are judged once AS4_PATH is read too. */
    private DecodeCondition asPath(int at, int length) {
        if (decodeClass.fourOctetSession()) {
            return AsPathOctets.scan(buf, at, length, decodeClass, ownAs, summary);
        }
        replaced |= bit(AttributeType.AS_PATH);
        return narrow.readPath(buf, at, length) ? DecodeCondition.NONE : DecodeCondition.AS_PATH_SYNTAX;
    }

    /** RFC 7606 §7.3, RFC 4271 §6.3. */
    private DecodeCondition nextHop(int at, int length) {
        if (length != 4) {
            return DecodeCondition.NEXT_HOP_LENGTH;
        }
        summary.nextHop = Wire.i32(buf, at);
        return isHostAddress(summary.nextHop) ? DecodeCondition.NONE : DecodeCondition.NEXT_HOP_VALUE;
    }

    /** Tells whether an IPv4 address is outside 0/8, 127/8, 224/4 and 240/4. */
    static boolean isHostAddress(int bits) {
        int first = bits >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    /** RFC 7606 §7.4. */
    private DecodeCondition med(int at, int length) {
        if (length != 4) {
            return DecodeCondition.MED_LENGTH;
        }
        summary.med = Wire.i32(buf, at);
        summary.flags |= AttributeFlags.HAS_MED;
        return DecodeCondition.NONE;
    }

    /** RFC 7606 §7.7: the length depends on the session's AS numbers alone. */
    private DecodeCondition aggregator(int at, int length) {
        boolean isWide = decodeClass.fourOctetSession();
        if (length != (isWide ? 8 : 6)) {
            return DecodeCondition.AGGREGATOR_LENGTH;
        }
        int as = isWide ? Wire.i32(buf, at) : Wire.u16(buf, at);
        if (as == 0) {
            return DecodeCondition.AGGREGATOR_ZERO;
        }
        if (isWide) {
            summary.flags |= as >>> 16 != 0 ? AttributeFlags.HAS_WIDE_AS : 0;
        } else {
            narrow.readAggregator(as, Wire.i32(buf, at + 2));
            replaced |= bit(AttributeType.AGGREGATOR);
        }
        return DecodeCondition.NONE;
    }

    /** RFC 7606 §7.8. */
    private DecodeCondition communities(int at, int length) {
        DecodeCondition condition = counted(length, 4, DecodeCondition.COMMUNITIES_LENGTH);
        if (condition == DecodeCondition.NONE) {
            for (int next = at; next < at + length; next += 4) {
                summary.flags |= AttributeFlags.ofCommunity(Wire.i32(buf, next));
            }
        }
        return condition;
    }

    /** RFC 7606 §7.10. */
    private DecodeCondition clusterList(int length) {
        summary.flags |= AttributeFlags.IS_REFLECTED;
        return length == 0 || length % 4 != 0 ? DecodeCondition.CLUSTER_LIST_LENGTH : DecodeCondition.NONE;
    }

    /** RFC 6793 §6. Without the capability on our side it is a stranger's attribute. */
    private DecodeCondition as4Path(int at, int length) {
        if (!decodeClass.localFourOctet()) {
            summary.flags |= AttributeFlags.HAS_OPAQUE_AS4;
            return DecodeCondition.NONE;
        }
        dropped |= bit(AttributeType.AS4_PATH);
        return narrow.readAs4Path(buf, at, length) ? DecodeCondition.NONE : DecodeCondition.AS4_PATH_SYNTAX;
    }

    /** RFC 6793 §6. */
    private DecodeCondition as4Aggregator(int at, int length) {
        if (!decodeClass.localFourOctet()) {
            summary.flags |= AttributeFlags.HAS_OPAQUE_AS4;
            return DecodeCondition.NONE;
        }
        dropped |= bit(AttributeType.AS4_AGGREGATOR);
        return narrow.readAs4Aggregator(buf, at, length) ? DecodeCondition.NONE : DecodeCondition.AS4_AGGREGATOR_SYNTAX;
    }

    /** RFC 8092 §3, §6. */
    private DecodeCondition largeCommunity(int at, int length) {
        DecodeCondition condition = counted(length, LARGE_COMMUNITY_OCTETS, DecodeCondition.LARGE_COMMUNITY_LENGTH);
        boolean isWithinLimit = summary.communities <= decodeClass.maxCommunities();
        if (condition == DecodeCondition.NONE && isWithinLimit && largeCommunities.hasRepeated(buf, at, length)) {
            replaced |= bit(AttributeType.LARGE_COMMUNITY);
        }
        return condition;
    }

    /** Counts communities of one size; none, or a part of one, is malformed. */
    private DecodeCondition counted(int length, int size, DecodeCondition malformed) {
        summary.communities += length / size;
        return length == 0 || length % size != 0 ? malformed : DecodeCondition.NONE;
    }

    private DecodeCondition flagged(int length, int flag, DecodeCondition malformed) {
        summary.flags |= flag;
        return length == 4 ? DecodeCondition.NONE : malformed;
    }

    /** What can only be judged when everything is read. */
    private DecodeCondition finish() {
        if (summary.communities > decodeClass.maxCommunities()) {
            return DecodeCondition.TOO_MANY_COMMUNITIES;
        }
        if (decodeClass.fourOctetSession()) {
            return DecodeCondition.NONE;
        }
        if (narrow.hasAs4Set() && !decodeClass.allowAsSet()) {
            return DecodeCondition.AS_PATH_SET;
        }
        narrow.reconstruct();
        if ((replaced & bit(AttributeType.AGGREGATOR)) != 0) {
            summary.flags |= narrow.isAggregatorWide() ? AttributeFlags.HAS_WIDE_AS : 0;
        }
        return (replaced & bit(AttributeType.AS_PATH)) == 0
                ? DecodeCondition.NONE
                : AsPathOctets.scan(narrow.path(), 0, narrow.pathLength(), decodeClass, ownAs, summary);
    }

    private void drop(int type, DecodeCondition condition) {
        dropped |= bit(type);
        discards[discardCount++] = (byte) condition.index();
    }

    private static long bit(int type) {
        return type < 64 ? 1L << type : 0;
    }

    /** Returns the conditions of packed discards; each one belongs to one attribute type. */
    static int discardedType(DecodeCondition condition) {
        return switch (condition) {
            case ATOMIC_AGGREGATE_LENGTH -> AttributeType.ATOMIC_AGGREGATE;
            case AGGREGATOR_LENGTH, AGGREGATOR_ZERO -> AttributeType.AGGREGATOR;
            case AS4_PATH_SYNTAX -> AttributeType.AS4_PATH;
            case AS4_AGGREGATOR_SYNTAX -> AttributeType.AS4_AGGREGATOR;
            default -> throw new AssertionError(condition + " does not discard by value");
        };
    }
}
