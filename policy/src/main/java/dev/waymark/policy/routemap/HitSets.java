package dev.waymark.policy.routemap;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct sets of rules that listed values stand for, each held once under a number; 0 is the empty set. Many values
 * share few sets. For use while an index is built.
 */
final class HitSets {

    private final List<BitSet> sets = new ArrayList<>();
    private final Map<BitSet, Integer> numbers = new HashMap<>();

    HitSets() {
        number(new BitSet());
    }

    /** Returns the number of a set with one more rule. */
    int with(int set, int rule) {
        if (sets.get(set).get(rule)) {
            return set;
        }
        BitSet larger = (BitSet) sets.get(set).clone();
        larger.set(rule);
        return number(larger);
    }

    /** Returns all sets as bits, by number. */
    long[][] toWords(int words) {
        long[][] all = new long[sets.size()][];
        for (int i = 0; i < all.length; i++) {
            long[] bits = sets.get(i).toLongArray();
            all[i] = java.util.Arrays.copyOf(bits, words);
        }
        return all;
    }

    private int number(BitSet set) {
        Integer known = numbers.get(set);
        if (known != null) {
            return known;
        }
        numbers.put(set, sets.size());
        sets.add(set);
        return sets.size() - 1;
    }
}
