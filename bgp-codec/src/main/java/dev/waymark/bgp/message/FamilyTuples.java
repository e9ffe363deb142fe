package dev.waymark.bgp.message;

import java.io.ByteArrayOutputStream;

/** How capabilities write lists of families. Stateless. */
final class FamilyTuples {

    private FamilyTuples() {}

    static int u16(Octets value, int at) {
        return value.get(at) << 8 | value.get(at + 1);
    }

    static int u24(Octets value, int at) {
        return value.get(at) << 16 | u16(value, at + 1);
    }

    static void put16(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }

    static void put24(ByteArrayOutputStream out, int value) {
        out.write(value >>> 16);
        put16(out, value);
    }

    /** Refuses to a host what has no place in the field. */
    static void checkRange(String field, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(
                    "capability: " + field + " " + value + " is out of range: allowed is 0 to " + max);
        }
    }

    /** Refuses to a host a list that does not fit the length octet of a capability. */
    static void checkOctets(int octets) {
        if (octets > 255) {
            throw new IllegalArgumentException(
                    "capability: a list of " + octets + " octets is too long: allowed is 0 to 255 (RFC 5492 §4)");
        }
    }
}
