package dev.waymark.api.net;

import dev.waymark.api.internal.Refusal;

/**
 * A BGP identifier: four octets, unique within an AS, zero on no valid speaker (RFC 6286 §2.1). It is written like an
 * IPv4 address but need not be one. Ordered as unsigned numbers, as RFC 4271 §6.8 compares them. Immutable.
 *
 * @param bits the identifier as an unsigned 32-bit value
 */
public record RouterId(int bits) implements Comparable<RouterId> {

    /**
     * Returns the identifier with the given bits, as they stand on the wire.
     *
     * @param bits the identifier as an unsigned 32-bit value; zero is representable, because a peer may send it
     * @return the identifier
     */
    public static RouterId ofBits(int bits) {
        return new RouterId(bits);
    }

    /**
     * Reads an identifier in dotted form.
     *
     * @param text four numbers from 0 to 255 with dots between them
     * @return the identifier
     * @throws IllegalArgumentException when the text is something else
     */
    public static RouterId parse(String text) {
        long bits = AddressText.parseIpv4(text, 0, text.length());
        if (bits == AddressText.NONE) {
            throw Refusal.ofText("router id", text, "a dotted quad such as 192.0.2.1 (each part 0 to 255)");
        }
        return new RouterId((int) bits);
    }

    @Override
    public int compareTo(RouterId other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    /** Returns the identifier as a dotted quad. */
    @Override
    public String toString() {
        return AddressText.formatIpv4(bits);
    }
}
