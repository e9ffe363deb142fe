package dev.waymark.policy;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the ranges of one family around a prefix. Immutable.
 *
 * <p>The ranges are sorted by their prefix, a supernet before what is inside it, and each knows the nearest one around it.
 * Whatever contains a prefix is the last entry not after it, or is around that entry: an entry between the two would start
 * inside the container. So: search that entry, then go outwards.
 */
final class PrefixIndex {

    private static final int NONE = -1;

    private final PrefixRange[] entries;
    private final int[] around;

    private PrefixIndex(PrefixRange[] entries) {
        this.entries = entries;
        this.around = new int[entries.length];
        for (int i = 0; i < entries.length; i++) {
            int outer = i - 1;
            while (outer != NONE && !entries[outer].prefix().contains(entries[i].prefix())) {
                outer = around[outer];
            }
            around[i] = outer;
        }
    }

    static PrefixIndex of(List<PrefixRange> ranges, AddressFamily family) {
        return new PrefixIndex(ranges.stream()
                .filter(range -> range.prefix().family() == family)
                .sorted(Comparator.comparing(PrefixRange::prefix))
                .toArray(PrefixRange[]::new));
    }

    boolean contains(IpPrefix prefix) {
        for (int i = lastNotAfter(prefix); i != NONE; i = around[i]) {
            if (entries[i].contains(prefix)) {
                return true;
            }
        }
        return false;
    }

    private int lastNotAfter(IpPrefix prefix) {
        int low = 0;
        int high = entries.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries[middle].prefix().compareTo(prefix) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
