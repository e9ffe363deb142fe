package dev.waymark.engine.model;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Writes UPDATEs octet by octet, as RFC 4271 §4.3, RFC 4760 and RFC 6793 say. */
public final class WireWriter {
    private static final long AS_TRANS = 23456;

    private WireWriter() {}

    /**
     * Returns the messages of a step: one, or for IPv6 up to two.
     *
     * @param isFourOctet whether AS numbers have four octets on the session
     */
    public static byte[] update(Step.Say say, boolean isFourOctet) {
        boolean isIpv4 = say.family() == AddressFamily.IPV4_UNICAST;
        byte[] withdrawn = nlri(say.withdrawn());
        byte[] announced = nlri(say.announced());
        ByteArrayOutputStream attributes = new ByteArrayOutputStream();
        if (!isIpv4 && withdrawn.length > 0) {
            attribute(attributes, 0x80, 15, join(new byte[] {0, 2, 1}, withdrawn));
        }
        if (announced.length > 0) {
            Attrs attrs = say.attrs().orElseThrow();
            if (!isIpv4) {
                byte[] head = {0, 2, 1, 16};
                attribute(attributes, 0x80, 14, join(head, attrs.nextHop().toBytes(), new byte[1], announced));
            }
            write(attributes, attrs, isIpv4, isFourOctet, say.flaw());
        }
        byte[] block = attributes.toByteArray();
        byte[] none = {};
        return message(
                2,
                join(
                        u16(isIpv4 ? withdrawn.length : 0),
                        isIpv4 ? withdrawn : none,
                        u16(block.length),
                        block,
                        isIpv4 ? announced : none));
    }

    /** Returns an UPDATE with a prefix of 33 bits. */
    public static byte[] badPrefixLength() {
        return message(2, join(u16(6), new byte[] {33, 10, 0, 0, 0, 0}, u16(0)));
    }

    private static void write(
            ByteArrayOutputStream out, Attrs attrs, boolean isIpv4, boolean isFourOctet, Step.Flaw flaw) {
        attribute(out, 0x40, 1, new byte[] {(byte) (flaw == Step.Flaw.BAD_ORIGIN ? 9 : attrs.origin())});
        attribute(out, 0x40, 2, path(attrs.path(), isFourOctet));
        if (isIpv4) {
            attribute(out, 0x40, 3, attrs.nextHop().toBytes());
        }
        attrs.med().ifPresent(med -> attribute(out, 0x80, 4, u32(med)));
        attrs.localPref().ifPresent(pref -> attribute(out, 0x40, 5, u32(pref)));
        if (flaw == Step.Flaw.BAD_ATOMIC_AGGREGATE) {
            attribute(out, 0x40, 6, new byte[1]);
        }
        if (flaw == Step.Flaw.BAD_COMMUNITIES) {
            attribute(out, 0xc0, 8, new byte[3]);
        } else if (!attrs.communities().isEmpty()) {
            attribute(out, 0xc0, 8, u32s(attrs.communities()));
        }
        attrs.originator().ifPresent(id -> attribute(out, 0x80, 9, u32(id)));
        if (!attrs.clusters().isEmpty()) {
            attribute(out, 0x80, 10, u32s(attrs.clusters()));
        }
        if (!isFourOctet && attrs.path().stream().anyMatch(asn -> asn > 0xffff)) {
            attribute(out, 0xc0, 17, path(attrs.path(), true));
        }
        if (flaw == Step.Flaw.UNKNOWN_NON_TRANSITIVE) {
            attribute(out, 0x80, 98, new byte[2]);
        }
        attrs.unknown().ifPresent(value -> attribute(out, 0xc0, 99, new byte[] {value.byteValue()}));
    }

    private static byte[] path(List<Long> path, boolean isFourOctet) {
        if (path.isEmpty()) {
            return new byte[0];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(2);
        out.write(path.size());
        for (long asn : path) {
            out.writeBytes(isFourOctet ? u32(asn) : u16((int) (asn > 0xffff ? AS_TRANS : asn)));
        }
        return out.toByteArray();
    }

    private static byte[] nlri(List<IpPrefix> prefixes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (IpPrefix prefix : prefixes) {
            out.write(prefix.length());
            out.writeBytes(Arrays.copyOf(prefix.address().toBytes(), (prefix.length() + 7) / 8));
        }
        return out.toByteArray();
    }

    private static void attribute(ByteArrayOutputStream out, int flags, int type, byte[] value) {
        boolean isExtended = value.length > 255;
        out.write(isExtended ? flags | 0x10 : flags);
        out.write(type);
        out.writeBytes(isExtended ? u16(value.length) : new byte[] {(byte) value.length});
        out.writeBytes(value);
    }

    private static byte[] message(int type, byte[] body) {
        byte[] marker = new byte[16];
        Arrays.fill(marker, (byte) 0xff);
        return join(marker, u16(19 + body.length), new byte[] {(byte) type}, body);
    }

    private static byte[] u16(int value) {
        return new byte[] {(byte) (value >>> 8), (byte) value};
    }

    private static byte[] u32(long value) {
        return ByteBuffer.allocate(4).putInt((int) value).array();
    }

    private static byte[] u32s(List<Long> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        values.forEach(value -> out.writeBytes(u32(value)));
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
