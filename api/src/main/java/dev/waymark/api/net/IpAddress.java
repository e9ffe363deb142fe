package dev.waymark.api.net;

import dev.waymark.api.internal.Refusal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An IPv4 or IPv6 address. Never looks up a name. Ordered by family, then as unsigned numbers. Immutable.
 *
 * @param family whose address it is
 * @param high the first 64 bits, left-aligned; an IPv4 address fills the upper 32
 * @param low the last 64 bits; zero for IPv4
 */
public record IpAddress(AddressFamily family, long high, long low) implements Comparable<IpAddress> {

    private static final String ALLOWED = "an IPv4 address such as 192.0.2.1 or an IPv6 address such as 2001:db8::1"
            + " (no names, no zone, no leading zeros in IPv4)";

    /**
     * Checks that an IPv4 address uses the upper 32 bits only.
     *
     * @param family whose address it is
     * @param high the first 64 bits
     * @param low the last 64 bits
     * @throws IllegalArgumentException when other bits are set
     */
    public IpAddress {
        if (family == AddressFamily.IPV4_UNICAST && (low != 0 || (int) high != 0)) {
            throw new IllegalArgumentException(
                    "address bits high " + Long.toHexString(high) + " low " + Long.toHexString(low)
                            + " are not valid: allowed for IPv4 is 32 bits, left-aligned in high, and zero elsewhere");
        }
    }

    /**
     * Returns the IPv4 address with the given bits.
     *
     * @param bits the address as an unsigned 32-bit value
     * @return the address
     */
    public static IpAddress ofIpv4Bits(int bits) {
        return new IpAddress(AddressFamily.IPV4_UNICAST, (long) bits << 32, 0);
    }

    /**
     * Returns the IPv6 address with the given bits.
     *
     * @param high the first 64 bits
     * @param low the last 64 bits
     * @return the address
     */
    public static IpAddress ofIpv6Bits(long high, long low) {
        return new IpAddress(AddressFamily.IPV6_UNICAST, high, low);
    }

    /**
     * Returns the address with the given octets, in network order. Sixteen octets are always an IPv6 address, even an
     * IPv4-mapped one.
     *
     * @param octets 4 or 16 octets; not kept
     * @return the address
     * @throws IllegalArgumentException when there are more or fewer
     */
    public static IpAddress of(byte[] octets) {
        return switch (octets.length) {
            case 4 -> ofIpv4Bits((int) bits(octets, 0, 4));
            case 16 -> ofIpv6Bits(bits(octets, 0, 8), bits(octets, 8, 8));
            default ->
                throw new IllegalArgumentException(
                        "address of " + octets.length + " octets is not valid: allowed is 4 (IPv4) or 16 (IPv6)");
        };
    }

    /**
     * Returns the same address as the JDK's. An IPv6 zone is dropped.
     *
     * @param address the JDK's address
     * @return the address
     */
    public static IpAddress of(InetAddress address) {
        return of(address.getAddress());
    }

    /**
     * Reads an address: a dotted quad, or any form of RFC 4291 §2.2.
     *
     * @param text the text
     * @return the address
     * @throws IllegalArgumentException when it is something else; names aren't looked up
     */
    public static IpAddress parse(String text) {
        if (text.indexOf(':') < 0) {
            long bits = AddressText.parseIpv4(text, 0, text.length());
            if (bits != AddressText.NONE) {
                return ofIpv4Bits((int) bits);
            }
        } else {
            long[] bits = new long[2];
            if (AddressText.parseIpv6(text, bits)) {
                return ofIpv6Bits(bits[0], bits[1]);
            }
        }
        throw Refusal.ofText("address", text, ALLOWED);
    }

    /**
     * Tells whether this is an IPv4 address.
     *
     * @return false for IPv6, IPv4-mapped addresses included
     */
    public boolean isIpv4() {
        return family == AddressFamily.IPV4_UNICAST;
    }

    /**
     * Returns the 32 bits of an IPv4 address.
     *
     * @return the address as an unsigned 32-bit value
     * @throws IllegalStateException when it is an IPv6 address; ask {@link #isIpv4()} first
     */
    public int ipv4Bits() {
        if (!isIpv4()) {
            throw new IllegalStateException("address " + this + " is not IPv4: ask isIpv4() first");
        }
        return (int) (high >>> 32);
    }

    /**
     * Returns the octets in network order.
     *
     * @return a new array of 4 or 16 octets
     */
    public byte[] toBytes() {
        byte[] octets = new byte[isIpv4() ? 4 : 16];
        for (int i = 0; i < octets.length; i++) {
            long half = i < 8 ? high : low;
            octets[i] = (byte) (half >>> (56 - 8 * (i & 7)));
        }
        return octets;
    }

    /**
     * Returns the same address as one of the JDK's, of the same family.
     *
     * @return an address without a host name
     */
    public InetAddress toInetAddress() {
        try {
            return isIpv4() ? InetAddress.getByAddress(toBytes()) : Inet6Address.getByAddress(null, toBytes(), -1);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 octets are always an address", e);
        }
    }

    @Override
    public int compareTo(IpAddress other) {
        int byFamily = family.compareTo(other.family);
        if (byFamily != 0) {
            return byFamily;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Returns a dotted quad, or the canonical IPv6 text of RFC 5952 §4. */
    @Override
    public String toString() {
        return isIpv4() ? AddressText.formatIpv4((int) (high >>> 32)) : AddressText.formatIpv6(high, low);
    }

    private static long bits(byte[] octets, int from, int count) {
        long bits = 0;
        for (int i = from; i < from + count; i++) {
            bits = bits << 8 | (octets[i] & 0xff);
        }
        return bits;
    }
}
