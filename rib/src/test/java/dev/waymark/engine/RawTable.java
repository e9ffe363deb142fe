package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a peer holds by the octets that it was sent, read without the product's decoder: IPv4 prefixes in hex, each with its
 * attributes as flags, type and value in ascending order of type. Checks how attributes are written.
 */
final class RawTable {
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
        for (int at = from + 2; at < attributesAt; at += 1 + size(octets[at])) {
            routes.remove(prefix(octets, at));
        }
        int nlriAt = attributesAt + 2 + RawMessages.u16(octets, attributesAt);
        String attributes = attributes(octets, attributesAt + 2, nlriAt);
        for (int at = nlriAt; at < end; at += 1 + size(octets[at])) {
            routes.put(prefix(octets, at), attributes);
        }
    }

    private static String attributes(byte[] octets, int from, int end) {
        Map<Integer, String> all = new TreeMap<>();
        int at = from;
        while (at < end) {
            int flags = octets[at] & 0xff;
            int type = octets[at + 1] & 0xff;
            boolean isExtended = (flags & 0x10) != 0;
            int length = isExtended ? RawMessages.u16(octets, at + 2) : octets[at + 2] & 0xff;
            assertEquals(length > 255, isExtended, "ERROR-HANDLING 5: Extended Length exactly over 255 octets");
            at += isExtended ? 4 : 3;
            String before = all.put(type, text(flags & 0xe0, type, octets, at, length));
            assertTrue(before == null, "an attribute twice");
            at += length;
        }
        return String.join(" ", all.values());
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
