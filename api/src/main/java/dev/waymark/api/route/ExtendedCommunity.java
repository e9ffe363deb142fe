package dev.waymark.api.route;

import dev.waymark.api.internal.Refusal;

/**
 * An extended community of eight octets (RFC 4360), ordered as an unsigned number. Immutable.
 *
 * <p>As text, a transitive route target is {@code rt:65001:100}, {@code rt:192.0.2.1:100} or {@code rt:65001L:100} (four
 * octets for the AS, RFC 5668), a transitive route origin the same with {@code soo}, and every other one its 16
 * hexadecimal digits after {@code 0x}.
 *
 * @param bits the octets in network order, the type in the uppermost
 */
public record ExtendedCommunity(long bits) implements Comparable<ExtendedCommunity> {

    private static final int TRANSITIVE_CLEAR = 0x40;

    /**
     * Returns the extended community with the given octets, as they stand on the wire.
     *
     * @param bits the octets in network order, the type in the uppermost
     * @return the extended community
     */
    public static ExtendedCommunity ofBits(long bits) {
        return new ExtendedCommunity(bits);
    }

    /**
     * Returns the extended community with a type, a subtype and a value.
     *
     * @param type the type octet with its flag bits, 0 to 255
     * @param subtype the subtype octet, 0 to 255; for a type without subtype (RFC 4360 §2) the value's first octet
     * @param value the last six octets, 0 to 2^48 - 1
     * @return the extended community
     * @throws IllegalArgumentException when one is out of range
     */
    public static ExtendedCommunity of(int type, int subtype, long value) {
        Refusal.checkRange("extended community type", type, 0, 0xff);
        Refusal.checkRange("extended community subtype", subtype, 0, 0xff);
        Refusal.checkRange("extended community value", value, 0, ExtendedCommunityText.VALUE_MASK);
        return new ExtendedCommunity((long) type << 56 | (long) subtype << 48 | value);
    }

    /**
     * Reads the text that {@link #toString()} writes.
     *
     * @param text a route target or origin, or {@code 0x} and 16 hexadecimal digits
     * @return the extended community
     * @throws IllegalArgumentException when it is something else or a number is out of range
     */
    public static ExtendedCommunity parse(String text) {
        return ExtendedCommunityText.parse(text);
    }

    /**
     * Returns the type octet with its flag bits.
     *
     * @return 0 to 255
     */
    public int type() {
        return (int) (bits >>> 56);
    }

    /**
     * Returns the subtype octet.
     *
     * @return 0 to 255
     */
    public int subtype() {
        return (int) (bits >>> 48) & 0xff;
    }

    /**
     * Returns the last six octets.
     *
     * @return 0 to 2^48 - 1
     */
    public long value() {
        return bits & ExtendedCommunityText.VALUE_MASK;
    }

    /**
     * Tells whether the community may leave the AS (RFC 4360 §2: the T bit is clear).
     *
     * @return true when it may
     */
    public boolean isTransitive() {
        return (type() & TRANSITIVE_CLEAR) == 0;
    }

    @Override
    public int compareTo(ExtendedCommunity other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
        return ExtendedCommunityText.format(this);
    }
}
