package dev.waymark.policy;

import dev.waymark.api.net.IpPrefix;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prefix and the lengths of the prefixes inside it that are meant, as in the prefix lists of routers. Immutable.
 *
 * @param prefix the outermost prefix
 * @param minLength the shortest length that is meant, from the prefix's own length on
 * @param maxLength the longest length that is meant, up to 32, or 128 for IPv6
 */
public record PrefixRange(IpPrefix prefix, int minLength, int maxLength) {

    private static final Pattern TEXT = Pattern.compile("(\\S+)(?: ge (\\d{1,3}))?(?: le (\\d{1,3}))?");

    /**
     * Checks the lengths.
     *
     * @param prefix the outermost prefix
     * @param minLength the shortest length that is meant
     * @param maxLength the longest length that is meant
     * @throws dev.waymark.api.ConfigurationException when they are out of range or in the wrong order
     */
    public PrefixRange {
        int most = prefix.family().maxPrefixLength();
        PolicyChecks.range("prefixRange.minLength", minLength, prefix.length(), most);
        PolicyChecks.range("prefixRange.maxLength", maxLength, minLength, most);
    }

    /**
     * Returns the range of one prefix alone.
     *
     * @param prefix the prefix
     * @return the range
     */
    public static PrefixRange exactly(IpPrefix prefix) {
        return new PrefixRange(prefix, prefix.length(), prefix.length());
    }

    /**
     * Returns the range of a prefix and everything inside it.
     *
     * @param prefix the prefix
     * @return the range
     */
    public static PrefixRange orLonger(IpPrefix prefix) {
        return new PrefixRange(prefix, prefix.length(), prefix.family().maxPrefixLength());
    }

    /**
     * Reads a range as routers write it: {@code 10.0.0.0/8} is this prefix alone, {@code 10.0.0.0/8 le 24} the prefix and
     * what is inside it up to length 24, {@code 10.0.0.0/8 ge 16} what is inside it from length 16 on, and
     * {@code 10.0.0.0/8 ge 16 le 24} both.
     *
     * @param text the text
     * @return the range
     * @throws IllegalArgumentException when the text is something else or a length is out of range
     */
    public static PrefixRange parse(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        PolicyChecks.require(
                parts.matches(),
                "prefixRange",
                "\"" + text
                        + "\" is not valid; use a prefix and, if wanted, its lengths, such as 10.0.0.0/8 ge 16 le 24");
        IpPrefix prefix = IpPrefix.parse(parts.group(1));
        String ge = parts.group(2);
        String le = parts.group(3);
        int min = ge == null ? prefix.length() : Integer.parseInt(ge);
        int open = ge == null ? prefix.length() : prefix.family().maxPrefixLength();
        return new PrefixRange(prefix, min, le == null ? open : Integer.parseInt(le));
    }

    /**
     * Tells whether a prefix is meant.
     *
     * @param other a prefix of either family
     * @return true when it is inside this range's prefix and its length is one of those meant
     */
    public boolean contains(IpPrefix other) {
        return other.length() >= minLength && other.length() <= maxLength && prefix.contains(other);
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
        if (minLength == prefix.length()) {
            return maxLength == minLength ? prefix.toString() : prefix + " le " + maxLength;
        }
        return prefix + " ge " + minLength + (maxLength == prefix.family().maxPrefixLength() ? "" : " le " + maxLength);
    }
}
