package dev.waymark.api.route;

import dev.waymark.api.internal.Digits;
import dev.waymark.api.internal.Refusal;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A community of four octets (RFC 1997), ordered as an unsigned number. What the well-known ones ask of a speaker is in
 * the policy module. Immutable.
 *
 * @param bits the community as an unsigned 32-bit value
 */
public record Community(int bits) implements Comparable<Community> {

    /** GRACEFUL_SHUTDOWN, 65535:0: the route is about to go (RFC 8326). */
    public static final Community GRACEFUL_SHUTDOWN = new Community(0xffff_0000);

    /** ACCEPT_OWN, 65535:1 (RFC 7611). */
    public static final Community ACCEPT_OWN = new Community(0xffff_0001);

    /** LLGR_STALE, 65535:6: kept by long-lived graceful restart (RFC 9494). */
    public static final Community LLGR_STALE = new Community(0xffff_0006);

    /** NO_LLGR, 65535:7: not to be kept by long-lived graceful restart (RFC 9494). */
    public static final Community NO_LLGR = new Community(0xffff_0007);

    /** BLACKHOLE, 65535:666: discard the traffic (RFC 7999). */
    public static final Community BLACKHOLE = new Community(0xffff_029a);

    /** NO_EXPORT, 65535:65281: not beyond this AS or confederation (RFC 1997). */
    public static final Community NO_EXPORT = new Community(0xffff_ff01);

    /** NO_ADVERTISE, 65535:65282: to no peer (RFC 1997). */
    public static final Community NO_ADVERTISE = new Community(0xffff_ff02);

    /** NO_EXPORT_SUBCONFED, 65535:65283: to no external peer, members of a confederation included (RFC 1997). */
    public static final Community NO_EXPORT_SUBCONFED = new Community(0xffff_ff03);

    /** NOPEER, 65535:65284: not over bilateral peerings (RFC 3765). */
    public static final Community NOPEER = new Community(0xffff_ff04);

    private static final Map<String, Community> BY_NAME = Collections.unmodifiableMap(new TreeMap<>(Map.of(
            "GRACEFUL_SHUTDOWN", GRACEFUL_SHUTDOWN,
            "ACCEPT_OWN", ACCEPT_OWN,
            "LLGR_STALE", LLGR_STALE,
            "NO_LLGR", NO_LLGR,
            "BLACKHOLE", BLACKHOLE,
            "NO_EXPORT", NO_EXPORT,
            "NO_ADVERTISE", NO_ADVERTISE,
            "NO_EXPORT_SUBCONFED", NO_EXPORT_SUBCONFED,
            "NOPEER", NOPEER)));

    private static final int MAX_HALF = 0xffff;

    /**
     * Returns the community with the given halves.
     *
     * @param high the first two octets, usually an AS number: 0 to 65535
     * @param low the last two octets: 0 to 65535
     * @return the community
     * @throws IllegalArgumentException when one is out of range
     */
    public static Community of(int high, int low) {
        Refusal.checkRange("community high half", high, 0, MAX_HALF);
        Refusal.checkRange("community low half", low, 0, MAX_HALF);
        return new Community(high << 16 | low);
    }

    /**
     * Returns the community with the given unsigned bits, as they stand on the wire.
     *
     * @param bits the community as an unsigned 32-bit value
     * @return the community
     */
    public static Community ofBits(int bits) {
        return new Community(bits);
    }

    /**
     * Reads a community.
     *
     * @param text two numbers from 0 to 65535 with a colon, or the name of a well-known community in either case, with
     *     underscores or hyphens
     * @return the community
     * @throws IllegalArgumentException when it is something else
     */
    public static Community parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            Community known = BY_NAME.get(text.toUpperCase(Locale.ROOT).replace('-', '_'));
            if (known != null) {
                return known;
            }
        } else {
            long high = Digits.decimal(text, 0, colon, MAX_HALF);
            long low = Digits.decimal(text, colon + 1, text.length(), MAX_HALF);
            if (high != Digits.NONE && low != Digits.NONE) {
                return new Community((int) (high << 16 | low));
            }
        }
        throw Refusal.ofText(
                "community",
                text,
                "two numbers from 0 to 65535 such as 65001:100, or one of " + String.join(", ", BY_NAME.keySet()));
    }

    /**
     * Returns the first two octets, usually an AS number.
     *
     * @return 0 to 65535
     */
    public int high() {
        return bits >>> 16;
    }

    /**
     * Returns the last two octets.
     *
     * @return 0 to 65535
     */
    public int low() {
        return bits & MAX_HALF;
    }

    /**
     * Returns the name of a well-known community.
     *
     * @return the name that {@link #parse} knows, such as {@code NO_ADVERTISE}, or empty when it has none
     */
    public Optional<String> name() {
        for (Map.Entry<String, Community> entry : BY_NAME.entrySet()) {
            if (entry.getValue().bits == bits) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    @Override
    public int compareTo(Community other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    /** Returns the two halves as {@code 65535:65282}, for well-known communities too. */
    @Override
    public String toString() {
        return high() + ":" + low();
    }
}
