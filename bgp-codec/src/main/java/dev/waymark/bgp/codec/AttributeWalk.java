package dev.waymark.bgp.codec;

import dev.waymark.bgp.message.Octets;

/**
 * The walk over the attribute headers of an UPDATE with everything that can be there: bounds, repeated attributes, flags,
 * and what is dropped by its type alone. Values are not read. Afterwards {@link #spans()} holds what is kept. Most
 * messages need less, see {@link PlainBlock}. Reused. Confined to one thread.
 */
final class AttributeWalk {

    private final AttributeSpans spans = new AttributeSpans();
    private final long[] seen = new long[4];
    private boolean hasOthers;
    private int mpReachAt;
    private int mpUnreachAt;

    AttributeSpans spans() {
        return spans;
    }

    /** Whether there is any attribute besides MP_UNREACH_NLRI (RFC 7606 §5.2). */
    boolean hasOthersThanMpUnreach() {
        return hasOthers;
    }

    /** Returns where the header of MP_REACH_NLRI begins, or -1. */
    int mpReachAt() {
        return mpReachAt;
    }

    /** Returns where the header of MP_UNREACH_NLRI begins, or -1. */
    int mpUnreachAt() {
        return mpUnreachAt;
    }

    /**
     * Walks the attributes between two indices. Problems and discards go to {@code out}.
     *
     * @param base index of the message's first octet
     */
    void walk(byte[] buf, int base, int from, int to, AttributeRules rules, DecodedUpdate out) {
        clear();
        int at = from;
        while (at < to) {
            int left = to - at;
            if (left < 3) {
                overrun(-1, buf, at, to, out);
                return;
            }
            int flags = buf[at] & 0xff;
            int type = buf[at + 1] & 0xff;
            int header = 3;
            int length = buf[at + 2] & 0xff;
            if ((flags & AttributeType.FLAG_EXTENDED) != 0) {
                if (left < 4) {
                    overrun(type, buf, at, to, out);
                    return;
                }
                header = 4;
                length = Wire.u16(buf, at + 2);
            }
            if (length > left - header) {
                overrun(type, buf, at, to, out);
                return;
            }
            int next = at + header + length;
            take(buf, base, at, header, next, flags, type, rules.of(type), out);
            at = next;
        }
    }

    private void overrun(int type, byte[] buf, int from, int to, DecodedUpdate out) {
        hasOthers = true; // whatever it was meant to be
        out.problem().note(DecodeCondition.ATTRIBUTE_OVERRUN, type, buf, from, to);
    }

    private void clear() {
        spans.clear();
        seen[0] = 0;
        seen[1] = 0;
        seen[2] = 0;
        seen[3] = 0;
        hasOthers = false;
        mpReachAt = -1;
        mpUnreachAt = -1;
    }

    private void take(
            byte[] buf, int base, int at, int header, int next, int flags, int type, int rule, DecodedUpdate out) {
        hasOthers |= type != AttributeType.MP_UNREACH_NLRI;
        int kind = AttributeRules.kind(rule);
        long bit = 1L << type;
        if ((seen[type >>> 6] & bit) != 0) {
            if (kind == AttributeRules.MULTIPROTOCOL) {
                out.problem().note(DecodeCondition.MP_REPEATED, type, buf, at, next);
            }
            return; // RFC 7606 §3(g): the first one counts
        }
        seen[type >>> 6] |= bit;
        if (kind == AttributeRules.KNOWN) {
            if ((flags & (AttributeType.FLAG_OPTIONAL | AttributeType.FLAG_TRANSITIVE)) != AttributeRules.flags(rule)) {
                out.problem().note(DecodeCondition.FLAGS, type, buf, at, next);
            }
            keep(base, at, header, next, type, AttributeRules.canonicalFlags(rule, flags));
        } else {
            takeOther(buf, base, at, header, next, flags, type, rule, out);
        }
    }

    private void takeOther(
            byte[] buf, int base, int at, int header, int next, int flags, int type, int rule, DecodedUpdate out) {
        int kind = AttributeRules.kind(rule);
        if (kind == AttributeRules.UNKNOWN) {
            if ((flags & AttributeType.FLAG_OPTIONAL) == 0) {
                out.problem().note(DecodeCondition.UNKNOWN_WELL_KNOWN, type, buf, at, next);
            } else if ((flags & AttributeType.FLAG_TRANSITIVE) == 0) {
                discard(type, DecodeCondition.UNKNOWN_NON_TRANSITIVE, out);
            } else {
                keep(base, at, header, next, type, AttributeRules.canonicalFlags(rule, flags));
            }
            return;
        }
        if (kind != AttributeRules.DISCARD_UNREAD
                && (flags & (AttributeType.FLAG_OPTIONAL | AttributeType.FLAG_TRANSITIVE))
                        != AttributeRules.flags(rule)) {
            out.problem().note(DecodeCondition.FLAGS, type, buf, at, next);
        }
        if (kind != AttributeRules.MULTIPROTOCOL) {
            discard(type, AttributeRules.discardCondition(type), out);
        } else if (type == AttributeType.MP_REACH_NLRI) {
            mpReachAt = at;
        } else {
            mpUnreachAt = at;
        }
    }

    private void keep(int base, int at, int header, int next, int type, int canonicalFlags) {
        spans.add(type, canonicalFlags, header, at + header - base, next - at - header);
    }

    private static void discard(int type, DecodeCondition condition, DecodedUpdate out) {
        out.addDiscard(type, condition);
        out.problem().note(condition, type, Octets.empty());
    }
}
