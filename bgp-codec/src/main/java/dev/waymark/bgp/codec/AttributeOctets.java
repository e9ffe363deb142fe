package dev.waymark.bgp.codec;

/** Walks and writes the headers of canonical attributes, which are known to be well-formed. Stateless. */
final class AttributeOctets {

    private AttributeOctets() {}

    /** Returns the index of the value of the attribute that begins at an index. */
    static int value(byte[] octets, int at) {
        return at + ((octets[at] & AttributeType.FLAG_EXTENDED) != 0 ? 4 : 3);
    }

    /** Returns the length of the value of the attribute that begins at an index. */
    static int length(byte[] octets, int at) {
        return (octets[at] & AttributeType.FLAG_EXTENDED) != 0 ? Wire.u16(octets, at + 2) : Wire.u8(octets, at + 2);
    }

    static int type(byte[] octets, int at) {
        return Wire.u8(octets, at + 1);
    }

    /** Returns the index behind the attribute that begins at an index. */
    static int next(byte[] octets, int at) {
        return value(octets, at) + length(octets, at);
    }

    /** Returns where an attribute type begins, or -1. */
    static int find(byte[] octets, int to, int type) {
        for (int at = 0; at < to; at = next(octets, at)) {
            int found = type(octets, at);
            if (found >= type) {
                return found == type ? at : -1; // ascending
            }
        }
        return -1;
    }

    /** Writes flags, type and length, Extended Length exactly when it is needed; returns the index of the value. */
    static int putHeader(byte[] target, int at, int flags, int type, int length) {
        target[at + 1] = (byte) type;
        if (length > 255) {
            target[at] = (byte) (flags | AttributeType.FLAG_EXTENDED);
            Wire.put16(target, at + 2, length);
            return at + 4;
        }
        target[at] = (byte) flags;
        target[at + 2] = (byte) length;
        return at + 3;
    }
}
