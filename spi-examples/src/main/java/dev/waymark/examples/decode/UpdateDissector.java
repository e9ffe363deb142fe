package dev.waymark.examples.decode;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.ExtendedCommunity;
import java.util.Arrays;
import java.util.Optional;
import java.util.StringJoiner;

/** Takes an UPDATE apart for people. Confined to one thread. */
final class UpdateDissector {
    private static final int HEADER = 19;
    private static final int EXTENDED_LENGTH = 0x10;

    private final Dissection parts;
    private final int end;
    private final DecodeContext context;

    UpdateDissector(Dissection parts, int end, DecodeContext context) {
        this.parts = parts;
        this.end = end;
        this.context = context;
    }

    void dissect() {
        if (end < HEADER + 4) {
            Dissector.rest(parts, HEADER, end);
            return;
        }
        int withdrawn = parts.u16(HEADER);
        parts.add(HEADER, HEADER + 2, 0, "withdrawn routes, " + withdrawn + " octets");
        int at = HEADER + 2;
        if (withdrawn > end - at - 2) {
            parts.addFault(at, end, 0, "the withdrawn routes reach over the message");
            return;
        }
        prefixes(AddressFamily.IPV4_UNICAST, at, at + withdrawn, 1, "withdrawn ");
        at += withdrawn;
        int attributes = parts.u16(at);
        parts.add(at, at + 2, 0, "path attributes, " + attributes + " octets");
        at += 2;
        if (attributes > end - at) {
            parts.addFault(at, end, 0, "the path attributes reach over the message");
            return;
        }
        attributes(at, at + attributes);
        prefixes(AddressFamily.IPV4_UNICAST, at + attributes, end, 0, "announced ");
    }

    private void attributes(int from, int to) {
        int at = from;
        while (at < to) {
            int header = to - at >= 3 && (parts.u8(at) & EXTENDED_LENGTH) != 0 ? 4 : 3;
            if (to - at < header) {
                parts.addFault(at, to, 1, "too little for an attribute");
                return;
            }
            int length = header == 4 ? parts.u16(at + 2) : parts.u8(at + 2);
            int type = parts.u8(at + 1);
            String name =
                    AttributeNames.of(type) + " (" + type + "), " + flags(parts.u8(at)) + ", " + length + " octets";
            if (length > to - at - header) {
                parts.addFault(at, to, 1, name + ": reaches over the attributes");
                return;
            }
            parts.add(at, at + header, 1, name);
            at += header;
            value(type, at, at + length);
            at += length;
        }
    }

    private static String flags(int flags) {
        return ((flags & 0x80) != 0 ? "optional" : "well-known")
                + ((flags & 0x40) != 0 ? " transitive" : "")
                + ((flags & 0x20) != 0 ? " partial" : "");
    }

    private void value(int type, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return;
        }
        switch (type) {
            case AttributeNames.MP_REACH_NLRI -> reach(from, to);
            case AttributeNames.MP_UNREACH_NLRI -> {
                if (length < 3) {
                    parts.addFault(from, to, 2, "too short");
                } else {
                    family(from, from + 3);
                    known(from)
                            .ifPresentOrElse(
                                    family -> prefixes(family, from + 3, to, 2, "withdrawn "),
                                    () -> parts.add(from + 3, to, 2, "prefixes of another family"));
                }
            }
            default -> {
                String meaning = meaning(type, from, length);
                if (meaning.isEmpty()) {
                    parts.addFault(from, to, 2, "of no possible length or content");
                } else {
                    parts.add(from, to, 2, meaning);
                }
            }
        }
    }

    /** Returns what a value says; nothing when it is malformed. */
    private String meaning(int type, int from, int length) {
        return switch (type) {
            case AttributeNames.ORIGIN ->
                length == 1 && parts.u8(from) < 3 ? new String[] {"IGP", "EGP", "INCOMPLETE"}[parts.u8(from)] : "";
            case AttributeNames.AS_PATH -> path(from, from + length, context.isSet(ContextKey.AS4, true) ? 4 : 2);
            case 17 -> path(from, from + length, 4);
            case AttributeNames.NEXT_HOP, AttributeNames.ORIGINATOR_ID ->
                length == 4 ? "" + IpAddress.ofIpv4Bits(parts.i32(from)) : "";
            case AttributeNames.MED, AttributeNames.LOCAL_PREF, AttributeNames.ONLY_TO_CUSTOMER ->
                length == 4 ? Integer.toUnsignedString(parts.i32(from)) : "";
            case AttributeNames.AGGREGATOR, 18 ->
                switch (length) {
                    case 6 -> parts.u16(from) + " " + IpAddress.ofIpv4Bits(parts.i32(from + 2));
                    case 8 ->
                        Integer.toUnsignedString(parts.i32(from)) + " " + IpAddress.ofIpv4Bits(parts.i32(from + 4));
                    default -> "";
                };
            case AttributeNames.COMMUNITIES -> list(from, length, 4);
            case AttributeNames.CLUSTER_LIST -> list(from, length, -4);
            case AttributeNames.EXTENDED_COMMUNITIES -> list(from, length, 8);
            case AttributeNames.LARGE_COMMUNITIES -> list(from, length, 12);
            default -> "value";
        };
    }

    private String path(int from, int to, int width) {
        StringJoiner path = new StringJoiner(" ");
        int at = from;
        while (at < to) {
            int asns = to - at < 2 ? 0 : parts.u8(at + 1);
            if (asns == 0 || parts.u8(at) < 1 || parts.u8(at) > 4 || asns * width > to - at - 2) {
                return "";
            }
            String opening = new String[] {"{", "", "(", "["}[parts.u8(at) - 1];
            String closing = new String[] {"}", "", ")", "]"}[parts.u8(at) - 1];
            StringJoiner segment = new StringJoiner(parts.u8(at) % 3 == 1 ? "," : " ", opening, closing);
            at += 2;
            for (int i = 0; i < asns; i++, at += width) {
                segment.add(width == 2 ? "" + parts.u16(at) : Integer.toUnsignedString(parts.i32(at)));
            }
            path.add(segment.toString());
        }
        return path.toString();
    }

    private String list(int from, int length, int kind) {
        int size = Math.abs(kind);
        StringJoiner list = new StringJoiner(" ");
        for (int at = from; length % size == 0 && at < from + length; at += size) {
            list.add(
                    switch (kind) {
                        case 4 -> {
                            Community community = Community.ofBits(parts.i32(at));
                            yield community.name().orElse(community.toString());
                        }
                        case -4 -> "" + IpAddress.ofIpv4Bits(parts.i32(at));
                        case 8 ->
                            ""
                                    + ExtendedCommunity.ofBits(
                                            (long) parts.i32(at) << 32 | Integer.toUnsignedLong(parts.i32(at + 4)));
                        default ->
                            Integer.toUnsignedString(parts.i32(at)) + ":" + Integer.toUnsignedString(parts.i32(at + 4))
                                    + ":" + Integer.toUnsignedString(parts.i32(at + 8));
                    });
        }
        return list.toString();
    }

    private void family(int from, int to) {
        parts.add(from, to, 2, CapabilityJson.family(parts.u16(from), parts.u8(from + 2)));
    }

    private Optional<AddressFamily> known(int from) {
        return AddressFamily.of(parts.u16(from), parts.u8(from + 2));
    }

    private void reach(int from, int to) {
        if (to - from < 5 || parts.u8(from + 3) > to - from - 5) {
            parts.addFault(from, to, 2, "too short");
            return;
        }
        family(from, from + 3);
        int octets = parts.u8(from + 3);
        parts.add(from + 3, from + 4, 2, "next hop, " + octets + " octets");
        int hop = from + 4;
        StringJoiner hops = new StringJoiner(", ");
        int size = octets == 4 ? 4 : 16;
        for (int at = hop; octets % size == 0 && at < hop + octets; at += size) {
            hops.add("" + IpAddress.of(Arrays.copyOfRange(parts.octets(), at, at + size)));
        }
        parts.add(hop, hop + octets, 2, hops.length() == 0 ? "of another family" : hops.toString());
        parts.add(hop + octets, hop + octets + 1, 2, "reserved");
        int nlri = hop + octets + 1;
        known(from)
                .ifPresentOrElse(
                        family -> prefixes(family, nlri, to, 2, "announced "),
                        () -> parts.add(nlri, to, 2, "prefixes of another family"));
    }

    private void prefixes(AddressFamily family, int from, int to, int depth, String verb) {
        int idOctets = context.addPath().contains(family) ? 4 : 0;
        int at = from;
        while (at < to) {
            int bits = to - at > idOctets ? parts.u8(at + idOctets) : 256;
            int octets = (bits + 7) / 8;
            int next = at + idOctets + 1 + octets;
            if (bits > family.maxPrefixLength() || next > to) {
                parts.addFault(at, to, depth, "no prefix of " + family);
                return;
            }
            byte[] address = new byte[family.maxPrefixLength() / 8];
            System.arraycopy(parts.octets(), next - octets, address, 0, octets);
            String id = idOctets == 0 ? "" : " path " + Integer.toUnsignedString(parts.i32(at));
            parts.add(at, next, depth, verb + IpPrefix.ofMasked(IpAddress.of(address), bits) + id);
            at = next;
        }
    }
}
