package dev.waymark.api;

import dev.waymark.api.net.Asn;

/**
 * A range of AS numbers that peers may not have, and why (ARS-12). Immutable.
 *
 * @param first the first number
 * @param last the last number, not before the first
 * @param reason who reserved it: {@code reserved by Azure}, {@code reserved by IANA}
 */
public record AsnRange(Asn first, Asn last, String reason) {
    /** Checks the order. */
    public AsnRange {
        Checks.require(
                first.compareTo(last) <= 0, "reservedAsns", first + "-" + last + " has its last before its first", "");
    }

    /** Returns whether the number lies in the range. */
    public boolean contains(Asn asn) {
        return first.compareTo(asn) <= 0 && asn.compareTo(last) <= 0;
    }

    @Override
    public String toString() {
        return first.equals(last) ? first.toString() : first + "-" + last;
    }
}
