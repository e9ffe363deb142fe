package dev.waymark.api.net;

import dev.waymark.api.internal.Digits;
import dev.waymark.api.internal.Refusal;

/**
 * An IPv4 or IPv6 prefix: a network and its length. Bits behind the length are always zero, so equal prefixes are equal
 * objects. Ordered by family, network, then length (a supernet comes before what it contains). Immutable.
 *
 * @param family whose prefix it is
 * @param high the first 64 bits of the network, left-aligned; an IPv4 network fills the upper 32
 * @param low the last 64 bits of the network; zero for IPv4
 * @param length the number of bits that count: 0 to 32, or to 128 for IPv6
 */
public record IpPrefix(AddressFamily family, long high, long low, int length) implements Comparable<IpPrefix> {

    private static final String ALLOWED =
            "address/length, such as 10.0.0.0/8 (length 0 to 32) or 2001:db8::/32" + " (length 0 to 128)";

    /**
     * Checks the length and that no bit behind it is set.
     *
     * @param family whose prefix it is
     * @param high the first 64 bits of the network
     * @param low the last 64 bits of the network
     * @param length the number of bits that count
     * @throws IllegalArgumentException when the length is out of range or a host bit is set
     */
    public IpPrefix {
        checkLength(family, length);
        if ((high & ~highMask(length)) != 0 || (low & ~lowMask(length)) != 0) {
            throw hostBits(family, high, low, length);
        }
    }

    /**
     * Returns the prefix of an address, which must have no bit set behind the length.
     *
     * @param address the network
     * @param length 0 to 32, or to 128 for IPv6
     * @return the prefix
     * @throws IllegalArgumentException when the length is out of range or a host bit is set
     */
    public static IpPrefix of(IpAddress address, int length) {
        return new IpPrefix(address.family(), address.high(), address.low(), length);
    }

    /**
     * Returns the prefix of the given length that contains an address: host bits are cleared.
     *
     * @param address an address inside the prefix
     * @param length 0 to 32, or to 128 for IPv6
     * @return the prefix
     * @throws IllegalArgumentException when the length is out of range
     */
    public static IpPrefix ofMasked(IpAddress address, int length) {
        checkLength(address.family(), length);
        return new IpPrefix(
                address.family(), address.high() & highMask(length), address.low() & lowMask(length), length);
    }

    /**
     * Returns the IPv4 prefix with the given network.
     *
     * @param network the network as an unsigned 32-bit value
     * @param length 0 to 32
     * @return the prefix
     * @throws IllegalArgumentException when the length is out of range or a host bit is set
     */
    public static IpPrefix ofIpv4Bits(int network, int length) {
        return new IpPrefix(AddressFamily.IPV4_UNICAST, (long) network << 32, 0, length);
    }

    /**
     * Reads a prefix.
     *
     * @param text an address, a slash and the length; the address must have no bit set behind the length
     * @return the prefix
     * @throws IllegalArgumentException when it is something else, out of range, or has host bits
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw Refusal.ofText("prefix", text, ALLOWED);
        }
        long length = Digits.decimal(text, slash + 1, text.length(), 128);
        IpAddress address;
        try {
            address = IpAddress.parse(text.substring(0, slash));
        } catch (IllegalArgumentException e) {
            throw refused(text, e);
        }
        if (length == Digits.NONE || length > address.family().maxPrefixLength()) {
            throw Refusal.ofText("prefix", text, ALLOWED);
        }
        return of(address, (int) length);
    }

    /**
     * Returns the network's address.
     *
     * @return the first address of the prefix
     */
    public IpAddress address() {
        return new IpAddress(family, high, low);
    }

    /**
     * Tells whether another prefix is this one or inside it.
     *
     * @param other a prefix of either family
     * @return false when the families differ
     */
    public boolean contains(IpPrefix other) {
        return other.length >= length && covers(other.family, other.high, other.low);
    }

    /**
     * Tells whether an address is inside this prefix.
     *
     * @param address an address of either family
     * @return false when the families differ
     */
    public boolean contains(IpAddress address) {
        return covers(address.family(), address.high(), address.low());
    }

    @Override
    public int compareTo(IpPrefix other) {
        int byFamily = family.compareTo(other.family);
        if (byFamily != 0) {
            return byFamily;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        if (byHigh != 0) {
            return byHigh;
        }
        int byLow = Long.compareUnsigned(low, other.low);
        return byLow != 0 ? byLow : Integer.compare(length, other.length);
    }

    /** Returns the prefix as {@code 10.0.0.0/8}, or with the canonical IPv6 text of RFC 5952 §4. */
    @Override
    public String toString() {
        return address() + "/" + length;
    }

    private boolean covers(AddressFamily otherFamily, long otherHigh, long otherLow) {
        return family == otherFamily
                && ((high ^ otherHigh) & highMask(length)) == 0
                && ((low ^ otherLow) & lowMask(length)) == 0;
    }

    private static void checkLength(AddressFamily family, int length) {
        Refusal.checkRange("prefix length", length, 0, family.maxPrefixLength());
    }

    private static IllegalArgumentException hostBits(AddressFamily family, long high, long low, int length) {
        if (family == AddressFamily.IPV4_UNICAST && (low != 0 || (int) high != 0)) {
            return new IllegalArgumentException("prefix bits high " + Long.toHexString(high) + " low "
                    + Long.toHexString(low)
                    + " are not valid: allowed for IPv4 is 32 bits, left-aligned in high, and zero elsewhere");
        }
        IpAddress given = new IpAddress(family, high, low);
        return new IllegalArgumentException("prefix \"" + given + "/" + length + "\" has bits set behind its length:"
                + " allowed is " + ofMasked(given, length));
    }

    private static IllegalArgumentException refused(String text, IllegalArgumentException cause) {
        IllegalArgumentException refusal = Refusal.ofText("prefix", text, ALLOWED);
        refusal.initCause(cause);
        return refusal;
    }

    /** The bits of {@code high} that a prefix of this length uses. */
    private static long highMask(int length) {
        return length == 0 ? 0 : length >= Long.SIZE ? -1L : -1L << (Long.SIZE - length);
    }

    /** The bits of {@code low} that a prefix of this length uses. */
    private static long lowMask(int length) {
        return length <= Long.SIZE ? 0 : -1L << (2 * Long.SIZE - length);
    }
}
