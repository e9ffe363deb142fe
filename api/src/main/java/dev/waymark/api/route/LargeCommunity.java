package dev.waymark.api.route;

import dev.waymark.api.internal.Digits;
import dev.waymark.api.internal.Refusal;
import dev.waymark.api.net.Asn;
import java.util.Comparator;

/**
 * A large community of twelve octets (RFC 8092), ordered part by part as unsigned numbers. Immutable.
 *
 * @param globalAdministrator an AS number that says who defines the rest, as an unsigned 32-bit value
 * @param data1 the first operator-defined part, as an unsigned 32-bit value
 * @param data2 the second operator-defined part, as an unsigned 32-bit value
 */
public record LargeCommunity(int globalAdministrator, int data1, int data2) implements Comparable<LargeCommunity> {

    private static final long MAX_PART = 0xffff_ffffL;
    private static final Comparator<LargeCommunity> ORDER = Comparator.<LargeCommunity>comparingLong(
                    c -> Integer.toUnsignedLong(c.globalAdministrator))
            .thenComparingLong(c -> Integer.toUnsignedLong(c.data1))
            .thenComparingLong(c -> Integer.toUnsignedLong(c.data2));

    /**
     * Returns the large community with the given parts.
     *
     * @param globalAdministrator 0 to 4294967295
     * @param data1 0 to 4294967295
     * @param data2 0 to 4294967295
     * @return the large community
     * @throws IllegalArgumentException when one is out of range
     */
    public static LargeCommunity of(long globalAdministrator, long data1, long data2) {
        return new LargeCommunity(
                (int) Refusal.checkRange("large community global administrator", globalAdministrator, 0, MAX_PART),
                (int) Refusal.checkRange("large community data 1", data1, 0, MAX_PART),
                (int) Refusal.checkRange("large community data 2", data2, 0, MAX_PART));
    }

    /**
     * Reads the text of RFC 8092 §5: three decimal numbers with colons, without leading zeros.
     *
     * @param text the text, such as {@code 65536:1:2}
     * @return the large community
     * @throws IllegalArgumentException when it is something else
     */
    public static LargeCommunity parse(String text) {
        int first = text.indexOf(':');
        int second = text.indexOf(':', first + 1);
        if (first >= 0 && second >= 0) {
            long administrator = Digits.decimal(text, 0, first, MAX_PART);
            long data1 = Digits.decimal(text, first + 1, second, MAX_PART);
            long data2 = Digits.decimal(text, second + 1, text.length(), MAX_PART);
            if (administrator != Digits.NONE && data1 != Digits.NONE && data2 != Digits.NONE) {
                return new LargeCommunity((int) administrator, (int) data1, (int) data2);
            }
        }
        throw Refusal.ofText("large community", text, "three numbers from 0 to 4294967295 such as 65536:1:2");
    }

    /**
     * Returns the global administrator as an AS number.
     *
     * @return the AS whose operator defines the other parts
     */
    public Asn administrator() {
        return Asn.ofBits(globalAdministrator);
    }

    @Override
    public int compareTo(LargeCommunity other) {
        return ORDER.compare(this, other);
    }

    /** Returns the canonical text, such as {@code 65536:1:2} (RFC 8092 §5). */
    @Override
    public String toString() {
        return Integer.toUnsignedString(globalAdministrator) + ":" + Integer.toUnsignedString(data1) + ":"
                + Integer.toUnsignedString(data2);
    }
}
