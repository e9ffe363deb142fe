package dev.waymark.api.route;

import dev.waymark.api.internal.Refusal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One path attribute as type, flags and the octets of its value (RFC 4271 §4.3). AS numbers in it have four octets.
 * Immutable.
 */
public final class RawAttribute {

    /** The Optional bit: not every speaker knows the attribute. */
    public static final int OPTIONAL = 0x80;

    /** The Transitive bit: a speaker that doesn't know the attribute passes it on. */
    public static final int TRANSITIVE = 0x40;

    /** The Partial bit: a speaker on the way didn't know the attribute. */
    public static final int PARTIAL = 0x20;

    private static final int MEANINGFUL = OPTIONAL | TRANSITIVE | PARTIAL;
    private static final int MAX_OCTETS = 0xffff;

    private final int type;
    private final int flags;
    private final byte[] octets;

    private RawAttribute(int type, int flags, byte[] octets) {
        this.type = type;
        this.flags = flags;
        this.octets = octets;
    }

    /**
     * Returns the attribute with the given parts.
     *
     * @param type the attribute type code, 0 to 255
     * @param flags the flags octet, 0 to 255; the Extended Length bit and the unused low bits aren't kept, because they
     *     say how the attribute was written and nothing about it
     * @param octets the value, at most 65535 octets; copied
     * @return the attribute
     * @throws IllegalArgumentException when one is out of range
     */
    public static RawAttribute of(int type, int flags, byte[] octets) {
        return of(type, flags, octets, 0, octets.length);
    }

    /**
     * Returns the attribute whose value stands inside a larger array.
     *
     * @param type the attribute type code, 0 to 255
     * @param flags the flags octet, 0 to 255, kept as {@link #of(int, int, byte[])} says
     * @param octets where the value stands; copied
     * @param offset index of its first octet
     * @param length 0 to 65535 octets
     * @return the attribute
     * @throws IllegalArgumentException when one is out of range
     */
    public static RawAttribute of(int type, int flags, byte[] octets, int offset, int length) {
        Refusal.checkRange("attribute type", type, 0, 0xff);
        Refusal.checkRange("attribute flags", flags, 0, 0xff);
        Refusal.checkRange("attribute length", length, 0, MAX_OCTETS);
        Refusal.checkRange("attribute offset", offset, 0, octets.length - length);
        return new RawAttribute(type, flags & MEANINGFUL, Arrays.copyOfRange(octets, offset, offset + length));
    }

    /**
     * Returns the attribute type code.
     *
     * @return 0 to 255
     */
    public int type() {
        return type;
    }

    /**
     * Returns the flags that mean something: {@link #OPTIONAL}, {@link #TRANSITIVE} and {@link #PARTIAL}.
     *
     * @return the flags, all other bits clear
     */
    public int flags() {
        return flags;
    }

    /**
     * Returns the length of the value.
     *
     * @return 0 to 65535 octets
     */
    public int length() {
        return octets.length;
    }

    /**
     * Returns one octet of the value.
     *
     * @param index 0 to {@code length() - 1}
     * @return 0 to 255
     * @throws IndexOutOfBoundsException when there is no such octet
     */
    public int octetAt(int index) {
        return octets[index] & 0xff;
    }

    /**
     * Returns the value.
     *
     * @return a new array
     */
    public byte[] octets() {
        return octets.clone();
    }

    /**
     * Returns the value without copying it.
     *
     * @return a new read-only buffer, in network order
     */
    public ByteBuffer viewOctets() {
        return ByteBuffer.wrap(octets).asReadOnlyBuffer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawAttribute attribute
                && type == attribute.type
                && flags == attribute.flags
                && Arrays.equals(octets, attribute.octets);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * type + flags) + Arrays.hashCode(octets);
    }

    /** Returns type, flags and value as {@code 8/c0:ffffff02}, the last two in hexadecimal. */
    @Override
    public String toString() {
        return type + "/" + String.format("%02x", flags) + ":" + HexFormat.of().formatHex(octets);
    }
}
