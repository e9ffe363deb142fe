package dev.waymark.policy.routemap;

import java.util.List;

/**
 * Tells which conditions list a number, a community or an AS number: one look-up for all conditions of a map together,
 * whatever the length of their lists. Open addressing, at most half full. Immutable.
 */
final class NumberIndex {

    private final int[] keys;
    private final int[] sets;
    private final long[][] bits;
    private final int shift;
    private final int words;

    /** Creates the index; each condition is known by its place in the list. */
    NumberIndex(List<RouteMapCondition> conditions) {
        int total = conditions.stream().mapToInt(c -> c.numbers().length).sum();
        int logSize = IndexSize.log(total);
        this.shift = 64 - logSize;
        this.words = IndexSize.words(conditions.size());
        this.keys = new int[1 << logSize];
        this.sets = new int[1 << logSize];
        HitSets hits = new HitSets();
        for (int i = 0; i < conditions.size(); i++) {
            for (int number : conditions.get(i).numbers()) {
                int slot = slot(number);
                keys[slot] = number;
                sets[slot] = hits.with(sets[slot], i);
            }
        }
        this.bits = hits.toWords(words);
    }

    /** Returns the conditions that list at least one of the numbers, as bits. */
    long[] lookUp(int[] numbers) {
        long[] found = new long[words];
        for (int number : numbers) {
            long[] set = bits[sets[slot(number)]];
            for (int i = 0; i < words; i++) {
                found[i] |= set[i];
            }
        }
        return found;
    }

    /** Returns where the number is, or the free place where it would be. */
    private int slot(int number) {
        int slot = (int) (IndexSize.mix(number) >>> shift);
        while (sets[slot] != 0 && keys[slot] != number) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }
}
