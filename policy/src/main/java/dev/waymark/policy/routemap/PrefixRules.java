package dev.waymark.policy.routemap;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.policy.routemap.RouteMapProgram.Listed;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells which rules list a prefix of one family, or one around it: for all rules of a map together one look-up of the prefix
 * itself, and one for each length that a shorter prefix is listed with. Open addressing, at most half full. Immutable.
 */
final class PrefixRules {

    private final long[] high;
    private final long[] low; // empty for IPv4
    private final int[] entries; // number of the set and length of the prefix; 0 is free
    private final long[][] bits;
    private final long[] containing; // which rules also mean what is inside
    private final int[] lengths; // of prefixes listed in those
    private final int shift;

    /** Creates the index; sets of rules have as many words of bits. */
    PrefixRules(AddressFamily family, List<Listed> lists, int words) {
        boolean isIpv6 = family == AddressFamily.IPV6_UNICAST;
        long total = lists.stream()
                .flatMap(list -> list.condition().prefixes().stream())
                .filter(prefix -> prefix.family() == family)
                .count();
        int logSize = IndexSize.log((int) total);
        this.shift = 64 - logSize;
        this.high = new long[1 << logSize];
        this.low = new long[isIpv6 ? 1 << logSize : 0];
        this.entries = new int[1 << logSize];
        this.containing = new long[words];
        boolean[] hasLength = new boolean[129];
        HitSets hits = new HitSets();
        for (Listed list : lists) {
            int rule = list.rule();
            boolean contains = list.condition().kind() == RouteMapCondition.Kind.PREFIX_CONTAINS;
            if (contains) {
                containing[rule >>> 6] |= 1L << rule;
            }
            for (IpPrefix prefix : list.condition().prefixes()) {
                if (prefix.family() == family) {
                    add(prefix, rule, hits);
                    hasLength[prefix.length()] |= contains;
                }
            }
        }
        this.lengths =
                IntStream.range(0, hasLength.length).filter(i -> hasLength[i]).toArray();
        this.bits = hits.toWords(words);
    }

    /** Returns the rules that list the prefix or, where they mean that, one around it, as bits. */
    long[] lookUp(IpPrefix prefix) {
        int own = entries[slot(prefix.high(), prefix.low(), prefix.length())];
        long[] found = bits[own >>> 8].clone();
        for (int i = 0; i < lengths.length && lengths[i] < prefix.length(); i++) {
            int length = lengths[i];
            long aroundHigh = prefix.high() & mask(length);
            long aroundLow = prefix.low() & mask(length - 64);
            int entry = entries[slot(aroundHigh, aroundLow, length)];
            if (entry != 0) {
                long[] around = bits[entry >>> 8];
                for (int word = 0; word < found.length; word++) {
                    found[word] |= around[word] & containing[word];
                }
            }
        }
        return found;
    }

    private void add(IpPrefix prefix, int rule, HitSets hits) {
        int slot = slot(prefix.high(), prefix.low(), prefix.length());
        high[slot] = prefix.high();
        if (low.length > 0) {
            low[slot] = prefix.low();
        }
        entries[slot] = hits.with(entries[slot] >>> 8, rule) << 8 | prefix.length();
    }

    /** Returns where the prefix is, or the free place where it would be. */
    private int slot(long prefixHigh, long prefixLow, int length) {
        int slot = (int) (IndexSize.mix(prefixHigh ^ IndexSize.mix(prefixLow) ^ length) >>> shift);
        while (entries[slot] != 0 && !isAt(slot, prefixHigh, prefixLow, length)) {
            slot = (slot + 1) & (entries.length - 1);
        }
        return slot;
    }

    private boolean isAt(int slot, long prefixHigh, long prefixLow, int length) {
        return high[slot] == prefixHigh
                && (entries[slot] & 0xff) == length
                && (low.length == 0 || low[slot] == prefixLow);
    }

    /** Returns the mask of the first bits of a word: none for 0 and less, all for 64 and more. */
    private static long mask(int length) {
        return length <= 0 ? 0 : length >= 64 ? -1 : -1L << (64 - length);
    }
}
