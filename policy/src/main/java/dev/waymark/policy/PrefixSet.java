package dev.waymark.policy;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A set of prefixes, given as ranges: a filter list of any size. A look-up takes the logarithm of the size and allocates
 * nothing. Immutable and thread-safe.
 */
public final class PrefixSet {

    private final List<PrefixRange> ranges;
    private final PrefixIndex ipv4;
    private final PrefixIndex ipv6;

    private PrefixSet(List<PrefixRange> ranges) {
        this.ranges = ranges;
        this.ipv4 = PrefixIndex.of(ranges, AddressFamily.IPV4_UNICAST);
        this.ipv6 = PrefixIndex.of(ranges, AddressFamily.IPV6_UNICAST);
    }

    /**
     * Returns the set of all prefixes of the given ranges.
     *
     * @param ranges the ranges, in any order, of both families; copied. None give the empty set
     * @return the set
     */
    public static PrefixSet of(List<PrefixRange> ranges) {
        return new PrefixSet(List.copyOf(ranges));
    }

    /**
     * Returns the set of all prefixes of the given ranges.
     *
     * @param ranges the ranges as {@link PrefixRange#parse} reads them, such as {@code 10.0.0.0/8 le 24}
     * @return the set
     * @throws IllegalArgumentException when one can't be read
     */
    public static PrefixSet parse(String... ranges) {
        return of(Arrays.stream(ranges).map(PrefixRange::parse).toList());
    }

    /**
     * Returns the set of the given prefixes, without what is inside them.
     *
     * @param prefixes the prefixes, in any order
     * @return the set
     */
    public static PrefixSet exactly(List<IpPrefix> prefixes) {
        return of(prefixes.stream().map(PrefixRange::exactly).toList());
    }

    /**
     * Returns the set of the given prefixes and everything inside them.
     *
     * @param prefixes the prefixes, in any order
     * @return the set
     */
    public static PrefixSet orLonger(List<IpPrefix> prefixes) {
        return of(prefixes.stream().map(PrefixRange::orLonger).toList());
    }

    /**
     * Tells whether a prefix is in the set.
     *
     * @param prefix a prefix of either family
     * @return true when one of the ranges contains it
     */
    public boolean contains(IpPrefix prefix) {
        PrefixIndex index = prefix.family() == AddressFamily.IPV4_UNICAST ? ipv4 : ipv6;
        return index.contains(prefix);
    }

    /**
     * Returns the ranges.
     *
     * @return an immutable list, in the order in which they were given
     */
    public List<PrefixRange> ranges() {
        return ranges;
    }

    /**
     * Returns the set of what is in this set or in another.
     *
     * @param other the other set
     * @return the union
     */
    public PrefixSet union(PrefixSet other) {
        List<PrefixRange> all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        return of(all);
    }

    /** Returns the ranges as text. */
    @Override
    public String toString() {
        return ranges.toString();
    }
}
