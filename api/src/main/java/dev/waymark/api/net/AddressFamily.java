package dev.waymark.api.net;

import dev.waymark.api.internal.Refusal;
import java.util.Optional;

/**
 * A family of routes that a session can carry: an address family identifier and a subsequent one, numbered as IANA
 * assigned them (RFC 4760 §3).
 */
public enum AddressFamily {
    /** IPv4 unicast: AFI 1, SAFI 1. */
    IPV4_UNICAST(1, 1, 32, "ipv4-unicast"),
    /** IPv6 unicast: AFI 2, SAFI 1. */
    IPV6_UNICAST(2, 1, 128, "ipv6-unicast");

    private final int afi;
    private final int safi;
    private final int maxPrefixLength;
    private final String text;

    AddressFamily(int afi, int safi, int maxPrefixLength, String text) {
        this.afi = afi;
        this.safi = safi;
        this.maxPrefixLength = maxPrefixLength;
        this.text = text;
    }

    /**
     * Returns the family with the given code points.
     *
     * @param afi address family identifier
     * @param safi subsequent address family identifier
     * @return the family, or empty when it isn't one that Waymark knows
     */
    public static Optional<AddressFamily> of(int afi, int safi) {
        if (safi != 1) {
            return Optional.empty();
        }
        return switch (afi) {
            case 1 -> Optional.of(IPV4_UNICAST);
            case 2 -> Optional.of(IPV6_UNICAST);
            default -> Optional.empty();
        };
    }

    /**
     * Reads the text that {@link #toString()} writes.
     *
     * @param text {@code ipv4-unicast} or {@code ipv6-unicast}
     * @return the family
     * @throws IllegalArgumentException when the text is something else
     */
    public static AddressFamily parse(String text) {
        for (AddressFamily family : values()) {
            if (family.text.equals(text)) {
                return family;
            }
        }
        throw Refusal.ofText("address family", text, "ipv4-unicast or ipv6-unicast");
    }

    /**
     * Returns the address family identifier.
     *
     * @return 1 for IPv4, 2 for IPv6
     */
    public int afi() {
        return afi;
    }

    /**
     * Returns the subsequent address family identifier.
     *
     * @return 1 for unicast
     */
    public int safi() {
        return safi;
    }

    /**
     * Returns the length of a host prefix in bits.
     *
     * @return 32 or 128
     */
    public int maxPrefixLength() {
        return maxPrefixLength;
    }

    /** Returns the name as operators write it, such as {@code ipv4-unicast}. */
    @Override
    public String toString() {
        return text;
    }
}
