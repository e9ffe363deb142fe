package dev.waymark.api.route;

import dev.waymark.api.internal.Digits;
import dev.waymark.api.internal.Refusal;
import dev.waymark.api.net.IpAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * An extended community of twenty octets whose administrator is an IPv6 address (RFC 5701 §2). Immutable.
 *
 * @param type the type octet in the upper half and the subtype octet in the lower: 0 to 65535
 * @param globalAdministrator an IPv6 address
 * @param localAdministrator 0 to 65535
 */
public record Ipv6ExtendedCommunity(int type, IpAddress globalAdministrator, int localAdministrator)
        implements Comparable<Ipv6ExtendedCommunity> {

    static final int ATTRIBUTE_TYPE = 25;

    private static final int OCTETS = 20;
    private static final int MAX_16 = 0xffff;
    private static final Comparator<Ipv6ExtendedCommunity> ORDER = Comparator.comparingInt(Ipv6ExtendedCommunity::type)
            .thenComparing(Ipv6ExtendedCommunity::globalAdministrator)
            .thenComparingInt(Ipv6ExtendedCommunity::localAdministrator);

    /**
     * Checks the parts.
     *
     * @param type the type and subtype octets
     * @param globalAdministrator an IPv6 address
     * @param localAdministrator the rest
     * @throws IllegalArgumentException when a number is out of range or the address isn't IPv6
     */
    public Ipv6ExtendedCommunity {
        Refusal.checkRange("IPv6 extended community type", type, 0, MAX_16);
        Refusal.checkRange("IPv6 extended community local administrator", localAdministrator, 0, MAX_16);
        if (globalAdministrator.isIpv4()) {
            throw Refusal.ofText(
                    "IPv6 extended community global administrator",
                    globalAdministrator.toString(),
                    "an IPv6 address such as 2001:db8::1");
        }
    }

    /**
     * Reads the text that {@link #toString()} writes.
     *
     * @param text the type as {@code 0x} and four hexadecimal digits, the address in square brackets, and the local
     *     administrator, with colons between them
     * @return the community
     * @throws IllegalArgumentException when it is something else or a number is out of range
     */
    public static Ipv6ExtendedCommunity parse(String text) {
        int end = text.indexOf("]:");
        if (text.startsWith("0x") && text.startsWith(":[", 6) && end > 8) {
            long type = Digits.hexadecimal(text, 2, 6, 4);
            long local = Digits.decimal(text, end + 2, text.length(), MAX_16);
            if (type != Digits.NONE && local != Digits.NONE) {
                return new Ipv6ExtendedCommunity((int) type, IpAddress.parse(text.substring(8, end)), (int) local);
            }
        }
        throw Refusal.ofText("IPv6 extended community", text, "type:[address]:number such as 0x0002:[2001:db8::1]:100");
    }

    /** Reads the value of an IPv6 Address Specific Extended Communities attribute. */
    static List<Ipv6ExtendedCommunity> readAll(RawAttribute attribute) {
        List<Ipv6ExtendedCommunity> all = new ArrayList<>();
        ByteBuffer octets = attribute.viewOctets();
        while (octets.remaining() >= OCTETS) {
            int type = octets.getShort() & MAX_16;
            IpAddress administrator = IpAddress.ofIpv6Bits(octets.getLong(), octets.getLong());
            all.add(new Ipv6ExtendedCommunity(type, administrator, octets.getShort() & MAX_16));
        }
        return Collections.unmodifiableList(all);
    }

    @Override
    public int compareTo(Ipv6ExtendedCommunity other) {
        return ORDER.compare(this, other);
    }

    /** Returns the parts as {@code 0x0002:[2001:db8::1]:100}. */
    @Override
    public String toString() {
        return String.format("0x%04x:[%s]:%d", type, globalAdministrator, localAdministrator);
    }
}
