package dev.waymark.engine;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Makes BGP messages octet by octet, good ones and bad ones, without the product's encoder. */
final class RawMessages {
    static final int HEADER = 19;
    static final int OPEN = 1;
    static final int UPDATE = 2;
    static final int NOTIFICATION = 3;
    static final int KEEPALIVE = 4;
    static final int ROUTE_REFRESH = 5;

    private RawMessages() {}

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] u16(int value) {
        return new byte[] {(byte) (value >>> 8), (byte) value};
    }

    static int u16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | (octets[at + 1] & 0xff);
    }

    static byte[] header(int length, int type) {
        byte[] marker = new byte[16];
        Arrays.fill(marker, (byte) 0xff);
        return join(marker, u16(length), new byte[] {(byte) type});
    }

    static byte[] message(int type, byte[] body) {
        return join(header(HEADER + body.length, type), body);
    }

    /** Makes an UPDATE; all length fields are right. */
    static byte[] update(byte[] withdrawn, List<byte[]> attributes, byte[] nlri) {
        byte[] block = join(attributes.toArray(byte[][]::new));
        return message(UPDATE, join(u16(withdrawn.length), withdrawn, u16(block.length), block, nlri));
    }

    static byte[] update(List<byte[]> attributes, byte[] nlri) {
        return update(new byte[0], attributes, nlri);
    }

    /** Makes an attribute; its length field has the width that the flags say. */
    static byte[] attribute(int flags, int type, byte[] value) {
        byte[] length = (flags & 0x10) != 0 ? u16(value.length) : new byte[] {(byte) value.length};
        return join(new byte[] {(byte) flags, (byte) type}, length, value);
    }

    static byte[] attribute(int flags, int type, String hex) {
        return attribute(flags, type, hex(hex));
    }

    /** Makes an IPv4 prefix of 24 bits, 20.x.y.0. */
    static byte[] prefix(int number) {
        return new byte[] {24, 20, (byte) (number >>> 8), (byte) number};
    }
}
