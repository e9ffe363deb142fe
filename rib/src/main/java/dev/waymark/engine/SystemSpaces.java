package dev.waymark.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.rib.PrefixTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The address spaces whose system routes win over BGP, even over more specific prefixes (ARS-41). Asked for every row that
 * is decided, so it compares key bits and makes no objects. Confined to the engine loop.
 */
final class SystemSpaces {
    private final List<IpPrefix> spaces = new ArrayList<>();

    void add(IpPrefix space) {
        spaces.add(space);
    }

    void remove(IpPrefix space) {
        spaces.remove(space);
    }

    boolean isEmpty() {
        return spaces.isEmpty();
    }

    /** Returns whether the prefix of a row is equal to or inside one of the spaces. */
    boolean contains(AddressFamily family, PrefixTable prefixes, int row) {
        for (int i = 0; i < spaces.size(); i++) {
            IpPrefix space = spaces.get(i);
            if (space.family() == family
                    && space.length() <= prefixes.length(row)
                    && sameBits(space, prefixes.high(row), prefixes.low(row))) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameBits(IpPrefix space, long high, long low) {
        int length = space.length();
        long highMask = length == 0 ? 0 : -1L << Math.max(0, 64 - length);
        long lowMask = length <= 64 ? 0 : -1L << (128 - length);
        return ((space.high() ^ high) & highMask) == 0 && ((space.low() ^ low) & lowMask) == 0;
    }
}
