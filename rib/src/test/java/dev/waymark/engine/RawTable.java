package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a peer holds by the octets that it was sent, read without the product's decoder: prefixes in hex, those of IPv6 with
 * {@link #IPV6} before, each with its attributes as flags, type and value in ascending order of type. Of MP_REACH_NLRI only
 * the next hop is an attribute of routes, and NEXT_HOP is none of IPv6 routes. Checks how attributes are written.
 */
final class RawTable {
    static final String IPV6 = "v6:";

    final Map<String, String> routes = new TreeMap<>();
    int keepalives;
    int updates;

    /** Hears whole messages. */
    void hear(byte[] octets) {
        int at = 0;
        while (at < octets.length) {
            int length = RawMessages.u16(octets, at + 16);
            if (octets[at + 18] == RawMessages.UPDATE) {
                update(octets, at + RawMessages.HEADER, at + length);
            } else if (octets[at + 18] == RawMessages.KEEPALIVE) {
                keepalives++;
            }
            at += length;
        }
        assertEquals(octets.length, at, "whole messages");
    }

    private void update(byte[] octets, int from, int end) {
        updates++;
        int attributesAt = from + 2 + RawMessages.u16(octets, from);
        withdraw(octets, from + 2, attributesAt, "");
        int nlriAt = attributesAt + 2 + RawMessages.u16(octets, attributesAt);
        Map<Integer, String> attributes = new TreeMap<>();
        byte[][] multiprotocol = attributes(octets, attributesAt + 2, nlriAt, attributes);
        byte[] unreachable = multiprotocol[1];
        withdraw(unreachable, 3, unreachable.length, IPV6);
        announce(octets, nlriAt, end, "", attributes);
        byte[] reachable = multiprotocol[0];
        if (reachable.length > 0) {
            int nextHopEnd = 4 + reachable[3];
            attributes.remove(3);
            attributes.put(14, text(0x80, 14, reachable, 4, reachable[3]));
            announce(reachable, nextHopEnd + 1, reachable.length, IPV6, attributes);
        }
    }

    private void withdraw(byte[] octets, int from, int end, String family) {
        for (int at = from; at < end; at += 1 + size(octets[at])) {
            routes.remove(family + prefix(octets, at));
        }
    }

    private void announce(byte[] octets, int from, int end, String family, Map<Integer, String> attributes) {
        for (int at = from; at < end; at += 1 + size(octets[at])) {
            routes.put(family + prefix(octets, at), String.join(" ", attributes.values()));
        }
    }

    /** Puts the attributes into a map, but MP_REACH_NLRI and MP_UNREACH_NLRI, whose values are returned. */
    private static byte[][] attributes(byte[] octets, int from, int end, Map<Integer, String> all) {
        byte[][] multiprotocol = {{}, {}};
        int at = from;
        while (at < end) {
            int flags = octets[at] & 0xff;
            int type = octets[at + 1] & 0xff;
            boolean isExtended = (flags & 0x10) != 0;
            int length = isExtended ? RawMessages.u16(octets, at + 2) : octets[at + 2] & 0xff;
            assertEquals(length > 255, isExtended, "ERROR-HANDLING 5: Extended Length exactly over 255 octets");
            at += isExtended ? 4 : 3;
            if (type == 14 || type == 15) {
                assertEquals(0x80, flags & 0xe0, "flags of a multiprotocol attribute");
                assertEquals(0, multiprotocol[type - 14].length, "an attribute twice");
                multiprotocol[type - 14] = Arrays.copyOfRange(octets, at, at + length);
                assertEquals(0x0002_01, RawMessages.u16(octets, at) << 8 | octets[at + 2], "IPv6 unicast");
            } else {
                String before = all.put(type, text(flags & 0xe0, type, octets, at, length));
                assertTrue(before == null, "an attribute twice");
            }
            at += length;
        }
        return multiprotocol;
    }

    static String text(int flags, int type, byte[] octets, int at, int length) {
        return String.format("%02x/%02x:", flags, type) + HexFormat.of().formatHex(octets, at, at + length);
    }

    static String prefix(byte[] octets, int at) {
        return HexFormat.of().formatHex(octets, at, at + 1 + size(octets[at]));
    }

    static int size(byte bits) {
        return ((bits & 0xff) + 7) / 8;
    }
}
