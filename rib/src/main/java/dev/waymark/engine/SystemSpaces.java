package dev.waymark.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.rib.PrefixTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The address spaces whose system routes win over BGP, even over more specific prefixes (ARS-41): of the virtual network, of
 * its peerings, of service endpoints. Asked for every row that is decided, so it keeps the outermost spaces in order, looks for
 * the one that may contain a row, and makes no objects. Confined to the engine loop.
 */
final class SystemSpaces {
    private static final IpPrefix[] NONE = {};

    private IpPrefix[] ipv4 = NONE;
    private IpPrefix[] ipv6 = NONE;

    /** Replaces the spaces; they may contain each other. Returns whether what they cover may be different now. */
    boolean replace(Collection<IpPrefix> spaces) {
        IpPrefix[] ipv4Before = ipv4;
        IpPrefix[] ipv6Before = ipv6;
        ipv4 = outermost(AddressFamily.IPV4_UNICAST, spaces);
        ipv6 = outermost(AddressFamily.IPV6_UNICAST, spaces);
        return !Arrays.equals(ipv4, ipv4Before) || !Arrays.equals(ipv6, ipv6Before);
    }

    private static IpPrefix[] outermost(AddressFamily family, Collection<IpPrefix> spaces) {
        List<IpPrefix> outermost = new ArrayList<>();
        spaces.stream().filter(space -> space.family() == family).sorted().forEach(space -> {
            if (outermost.isEmpty() || !outermost.get(outermost.size() - 1).contains(space)) {
                outermost.add(space);
            }
        });
        return outermost.toArray(NONE);
    }

    boolean isEmpty() {
        return ipv4.length == 0 && ipv6.length == 0;
    }

    /** Returns whether the prefix of a row is equal to or inside one of the spaces. */
    boolean contains(AddressFamily family, PrefixTable prefixes, int row) {
        IpPrefix[] spaces = family == AddressFamily.IPV4_UNICAST ? ipv4 : ipv6;
        if (spaces.length == 0) {
            return false;
        }
        long high = prefixes.high(row);
        long low = prefixes.low(row);
        int from = 0;
        int to = spaces.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (isAfter(spaces[middle], high, low)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from > 0 && spaces[from - 1].length() <= prefixes.length(row) && sameBits(spaces[from - 1], high, low);
    }

    private static boolean isAfter(IpPrefix space, long high, long low) {
        int byHigh = Long.compareUnsigned(space.high(), high);
        return byHigh > 0 || (byHigh == 0 && Long.compareUnsigned(space.low(), low) > 0);
    }

    private static boolean sameBits(IpPrefix space, long high, long low) {
        int length = space.length();
        long highMask = length == 0 ? 0 : -1L << Math.max(0, 64 - length);
        long lowMask = length <= 64 ? 0 : -1L << (128 - length);
        return ((space.high() ^ high) & highMask) == 0 && ((space.low() ^ low) & lowMask) == 0;
    }
}
