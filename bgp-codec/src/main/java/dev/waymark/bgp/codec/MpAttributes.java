package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.Octets;
import org.jspecify.annotations.Nullable;

/**
 * Reads MP_REACH_NLRI and MP_UNREACH_NLRI (RFC 4760 §3, §4; RFC 7606 §7.11, §7.12). Reused. Confined to one thread.
 */
final class MpAttributes {

    private static final int IPV6_OCTETS = 16;
    private static final int IPV4_OCTETS = 4;

    private final NlriList ipv4 = new NlriList(AddressFamily.IPV4_UNICAST);
    private boolean announces;
    private @Nullable AddressFamily endOfRib;
    private int nextHopFrom;
    private int nextHopLength;

    /** IPv4 prefixes of MP_REACH_NLRI; IPv6 ones go straight to the result. */
    NlriList ipv4() {
        return ipv4;
    }

    /** Whether MP_REACH_NLRI encodes prefixes, those of families that aren't read included. */
    boolean announces() {
        return announces;
    }

    /** Returns the negotiated family of an MP_UNREACH_NLRI without prefixes. */
    @Nullable
    AddressFamily endOfRib() {
        return endOfRib;
    }

    int nextHopFrom() {
        return nextHopFrom;
    }

    /** Octets of the next hop in MP_REACH_NLRI: 4, 16 or 32. */
    int nextHopLength() {
        return nextHopLength;
    }

    /** Says that neither attribute is there. */
    void clear() {
        ipv4.clear();
        announces = false;
        endOfRib = null;
        nextHopFrom = 0;
        nextHopLength = 0;
    }

    /** Reads both attributes, whose headers begin at the given indices, -1 for one that isn't there. */
    void read(byte[] buf, int reachAt, int unreachAt, CodecOptions options, DecodedUpdate out) {
        if (unreachAt >= 0) {
            readUnreach(buf, unreachAt, options, out);
        }
        if (reachAt >= 0) {
            readReach(buf, reachAt, options, out);
        }
    }

    private void readUnreach(byte[] buf, int at, CodecOptions options, DecodedUpdate out) {
        int from = AttributeOctets.value(buf, at);
        int to = AttributeOctets.next(buf, at);
        if (to - from < 3) {
            note(DecodeCondition.MP_UNREACH_LENGTH, AttributeType.MP_UNREACH_NLRI, buf, at, out);
            return;
        }
        AddressFamily family = family(buf, from, options);
        if (family == null) {
            ignore(AttributeType.MP_UNREACH_NLRI, out);
            return;
        }
        if (to - from == 3) {
            endOfRib = family;
        }
        NlriList list = out.withdrawn(family);
        int ignored = NlriReader.read(buf, from + 3, to, options.receivesPathIds(family), list);
        if (ignored < 0) {
            note(DecodeCondition.MP_NLRI, AttributeType.MP_UNREACH_NLRI, buf, at, out);
        } else {
            out.addIgnoredPrefixes(ignored);
        }
    }

    private void readReach(byte[] buf, int at, CodecOptions options, DecodedUpdate out) {
        int from = AttributeOctets.value(buf, at);
        int to = AttributeOctets.next(buf, at);
        if (to - from < 5) {
            note(DecodeCondition.MP_REACH_LENGTH, AttributeType.MP_REACH_NLRI, buf, at, out);
            return;
        }
        AddressFamily family = family(buf, from, options);
        if (family == null) {
            announces = true;
            ignore(AttributeType.MP_REACH_NLRI, out);
            return;
        }
        int hopOctets = Wire.u8(buf, from + 3);
        int nlriFrom = from + 4 + hopOctets + 1; // a reserved octet stands between
        if (nlriFrom > to) {
            note(DecodeCondition.MP_REACH_LENGTH, AttributeType.MP_REACH_NLRI, buf, at, out);
            return;
        }
        if (!isNextHopLength(hopOctets, family, options)) {
            note(DecodeCondition.MP_REACH_NEXT_HOP_LENGTH, AttributeType.MP_REACH_NLRI, buf, at, out);
            return;
        }
        nextHopFrom = from + 4;
        nextHopLength = hopOctets;
        announces = nlriFrom < to;
        NlriList list = family == AddressFamily.IPV4_UNICAST ? ipv4 : out.announced(family);
        int ignored = NlriReader.read(buf, nlriFrom, to, options.receivesPathIds(family), list);
        if (ignored < 0) {
            note(DecodeCondition.MP_NLRI, AttributeType.MP_REACH_NLRI, buf, at, out);
            return;
        }
        out.addIgnoredAnnouncements(family, ignored);
        if (family == AddressFamily.IPV4_UNICAST) {
            judgeIpv4(buf, at, out);
        } else {
            judgeIpv6(buf, at, out);
        }
    }

    private void judgeIpv4(byte[] buf, int at, DecodedUpdate out) {
        if (nextHopLength == IPV4_OCTETS) {
            if (!AttributeValidator.isHostAddress(Wire.i32(buf, nextHopFrom))) {
                note(DecodeCondition.MP_REACH_NEXT_HOP, AttributeType.MP_REACH_NLRI, buf, at, out);
            }
        } else {
            judgeIpv6(buf, at, out);
        }
    }

    /** Refuses ::, ::1 and ff00::/8; a link-local address behind the global one isn't judged. */
    private void judgeIpv6(byte[] buf, int at, DecodedUpdate out) {
        long high = Wire.i64(buf, nextHopFrom);
        long low = Wire.i64(buf, nextHopFrom + 8);
        boolean isUnicast = high >>> 56 != 0xff && (high != 0 || low >>> 1 != 0);
        if (!isUnicast) {
            note(DecodeCondition.MP_REACH_NEXT_HOP, AttributeType.MP_REACH_NLRI, buf, at, out);
        }
    }

    private static boolean isNextHopLength(int octets, AddressFamily family, CodecOptions options) {
        boolean isIpv6 = octets == IPV6_OCTETS || octets == 2 * IPV6_OCTETS;
        return family == AddressFamily.IPV6_UNICAST
                ? isIpv6
                : octets == IPV4_OCTETS || (isIpv6 && options.hasExtendedNextHop());
    }

    /** Returns the family of an attribute if it was negotiated. */
    private static @Nullable AddressFamily family(byte[] buf, int from, CodecOptions options) {
        int afi = Wire.u16(buf, from);
        AddressFamily family = switch (Wire.u8(buf, from + 2) == 1 ? afi : 0) {
            case 1 -> AddressFamily.IPV4_UNICAST;
            case 2 -> AddressFamily.IPV6_UNICAST;
            default -> null;
        };
        return family != null && options.hasFamily(family) ? family : null;
    }

    private static void ignore(int type, DecodedUpdate out) {
        out.addIgnoredFamily();
        out.problem().note(DecodeCondition.FAMILY, type, Octets.empty());
    }

    private static void note(DecodeCondition condition, int type, byte[] buf, int at, DecodedUpdate out) {
        out.problem().note(condition, type, buf, at, AttributeOctets.next(buf, at));
    }
}
