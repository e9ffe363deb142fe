package dev.waymark.api.net;

import dev.waymark.api.internal.Digits;
import dev.waymark.api.internal.Refusal;

/**
 * An autonomous system number of four octets (RFC 6793). Numbers up to 65535 are the two-octet ones of RFC 4271. Ordered
 * as unsigned numbers. Immutable.
 *
 * @param bits the number as an unsigned 32-bit value; use {@link #value()} to calculate with it
 */
public record Asn(int bits) implements Comparable<Asn> {

    /** The largest AS number, 4294967295. */
    public static final long MAX_VALUE = 0xffff_ffffL;

    /** AS_TRANS, 23456: stands in two-octet fields for a number that doesn't fit (RFC 6793 §9). */
    public static final Asn AS_TRANS = new Asn(23456);

    /** AS 0, which no AS may use (RFC 7607). */
    public static final Asn ZERO = new Asn(0);

    private static final String ALLOWED = "0 to 4294967295, as 65515 or in dotted form as 1.10 (each half 0 to 65535)";
    private static final int MAX_TWO_OCTET = 0xffff;

    /**
     * Returns the AS with a number.
     *
     * @param value 0 to 4294967295
     * @return the AS number
     * @throws IllegalArgumentException when it is out of range
     */
    public static Asn of(long value) {
        return new Asn((int) Refusal.checkRange("asn", value, 0, MAX_VALUE));
    }

    /**
     * Returns the AS number with the given unsigned bits, as they stand on the wire.
     *
     * @param bits the number as an unsigned 32-bit value
     * @return the AS number
     */
    public static Asn ofBits(int bits) {
        return new Asn(bits);
    }

    /**
     * Reads an AS number in asplain ({@code 65546}) or asdot ({@code 1.10}) notation (RFC 5396 §2).
     *
     * @param text the text
     * @return the AS number
     * @throws IllegalArgumentException when it is neither, or out of range
     */
    public static Asn parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            long value = Digits.decimal(text, MAX_VALUE);
            if (value != Digits.NONE) {
                return new Asn((int) value);
            }
        } else {
            long upper = Digits.decimal(text, 0, dot, MAX_TWO_OCTET);
            long lower = Digits.decimal(text, dot + 1, text.length(), MAX_TWO_OCTET);
            if (upper != Digits.NONE && lower != Digits.NONE) {
                return new Asn((int) (upper << 16 | lower));
            }
        }
        throw Refusal.ofText("asn", text, ALLOWED);
    }

    /**
     * Returns the number.
     *
     * @return 0 to 4294967295
     */
    public long value() {
        return Integer.toUnsignedLong(bits);
    }

    /**
     * Tells whether the number fits the two octets of RFC 4271.
     *
     * @return true for 0 to 65535
     */
    public boolean isTwoOctet() {
        return bits >>> 16 == 0;
    }

    /**
     * Tells whether the number is reserved for private use: 64512 to 65534 and 4200000000 to 4294967294 (RFC 6996 §5).
     *
     * @return true for a private AS number
     */
    public boolean isPrivate() {
        long value = value();
        return (value >= 64512 && value <= 65534) || (value >= 4_200_000_000L && value <= 4_294_967_294L);
    }

    @Override
    public int compareTo(Asn other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    /** Returns the number in asplain notation, such as {@code 65546} (RFC 5396 §2). */
    @Override
    public String toString() {
        return Integer.toUnsignedString(bits);
    }
}
