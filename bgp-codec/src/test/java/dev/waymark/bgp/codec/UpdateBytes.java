package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Puts an UPDATE together octet by octet, right or wrong as the test wants it. */
final class UpdateBytes {

    private final ByteArrayOutputStream withdrawn = new ByteArrayOutputStream();
    private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream nlri = new ByteArrayOutputStream();
    private int withdrawnLengthError;
    private int attributesLengthError;

    /** ORIGIN IGP, AS_PATH 65001, NEXT_HOP 192.0.2.1 and 10.0.0.0/8: an UPDATE that nothing is wrong with. */
    static UpdateBytes sound() {
        return mandatory().nlri("10.0.0.0/8");
    }

    static UpdateBytes mandatory() {
        return new UpdateBytes().origin().asPath("65001").nextHop();
    }

    UpdateBytes origin() {
        return attribute(0x40, 1, "00");
    }

    UpdateBytes asPath(String path) {
        return attribute(0x40, 2, AsPath.parse(path).toOctets());
    }

    UpdateBytes nextHop() {
        return attribute(0x40, 3, "c0000201");
    }

    UpdateBytes attribute(int flags, int type, String hex) {
        return attribute(flags, type, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    UpdateBytes attribute(int flags, int type, byte[] value) {
        boolean isExtended = (flags & 0x10) != 0 || value.length > 255;
        attributes.write(isExtended ? flags | 0x10 : flags);
        attributes.write(type);
        if (isExtended) {
            attributes.write(value.length >>> 8);
        }
        attributes.write(value.length);
        attributes.writeBytes(value);
        return this;
    }

    /** Adds octets to the attributes as they are. */
    UpdateBytes octets(String hex) {
        attributes.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
        return this;
    }

    UpdateBytes nlri(String... prefixes) {
        for (String prefix : prefixes) {
            nlri.writeBytes(encode(prefix));
        }
        return this;
    }

    UpdateBytes nlriOctets(String hex) {
        nlri.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
        return this;
    }

    UpdateBytes withdraw(String... prefixes) {
        for (String prefix : prefixes) {
            withdrawn.writeBytes(encode(prefix));
        }
        return this;
    }

    UpdateBytes withdrawOctets(String hex) {
        withdrawn.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
        return this;
    }

    UpdateBytes mpReach(String nextHopHex, String... prefixes) {
        return mpReach(0x80, AddressFamily.IPV6_UNICAST, nextHopHex, prefixes);
    }

    UpdateBytes mpReach(int flags, AddressFamily family, String nextHopHex, String... prefixes) {
        byte[] hop = HexFormat.of().parseHex(nextHopHex.replace(" ", ""));
        ByteArrayOutputStream value = family(family);
        value.write(hop.length);
        value.writeBytes(hop);
        value.write(0);
        for (String prefix : prefixes) {
            value.writeBytes(encode(prefix));
        }
        return attribute(flags, 14, value.toByteArray());
    }

    UpdateBytes mpUnreach(AddressFamily family, String... prefixes) {
        ByteArrayOutputStream value = family(family);
        for (String prefix : prefixes) {
            value.writeBytes(encode(prefix));
        }
        return attribute(0x80, 15, value.toByteArray());
    }

    /** Makes the withdrawn routes length wrong by a difference. */
    UpdateBytes withdrawnLengthOff(int difference) {
        withdrawnLengthError = difference;
        return this;
    }

    /** Makes the total attribute length wrong by a difference. */
    UpdateBytes attributesLengthOff(int difference) {
        attributesLengthError = difference;
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = 23 + withdrawn.size() + attributes.size() + nlri.size();
        for (int i = 0; i < 16; i++) {
            out.write(0xff);
        }
        writeShort(out, length);
        out.write(2);
        writeShort(out, withdrawn.size() + withdrawnLengthError);
        out.writeBytes(withdrawn.toByteArray());
        writeShort(out, attributes.size() + attributesLengthError);
        out.writeBytes(attributes.toByteArray());
        out.writeBytes(nlri.toByteArray());
        return out.toByteArray();
    }

    /** Returns a prefix as it stands on the wire: its length and as many octets as it needs. */
    static byte[] encode(String text) {
        IpPrefix prefix = IpPrefix.parse(text);
        byte[] octets = new byte[1 + (prefix.length() + 7) / 8];
        octets[0] = (byte) prefix.length();
        for (int i = 1; i < octets.length; i++) {
            long half = i <= 8 ? prefix.high() : prefix.low();
            octets[i] = (byte) (half >>> (56 - 8 * ((i - 1) & 7)));
        }
        return octets;
    }

    private static ByteArrayOutputStream family(AddressFamily family) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        writeShort(value, family.afi());
        value.write(family.safi());
        return value;
    }

    private static void writeShort(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }
}
