package dev.waymark.policy.routemap;

import dev.waymark.policy.routemap.RouteMapProgram.Listed;
import java.util.List;

/**
 * Tells which rules list a number, a community or an AS number: one look-up for all rules of a map together, whatever the
 * length of their lists. Open addressing, at most half full. Immutable.
 */
final class NumberIndex {

    private final int[] keys;
    private final int[] sets;
    private final long[][] bits;
    private final int shift;
    private final int words;

    /** Creates the index; sets of rules have as many words of bits. */
    NumberIndex(List<Listed> lists, int words) {
        int total = lists.stream()
                .mapToInt(list -> list.condition().numbers().length)
                .sum();
        int logSize = IndexSize.log(total);
        this.shift = 64 - logSize;
        this.words = words;
        this.keys = new int[1 << logSize];
        this.sets = new int[1 << logSize];
        HitSets hits = new HitSets();
        for (Listed list : lists) {
            for (int number : list.condition().numbers()) {
                int slot = slot(number);
                keys[slot] = number;
                sets[slot] = hits.with(sets[slot], list.rule());
            }
        }
        this.bits = hits.toWords(words);
    }

    /** Returns the rules that list at least one of the numbers, as bits. */
    long[] lookUp(int[] numbers) {
        long[] found = new long[words];
        for (int number : numbers) {
            int set = sets[slot(number)];
            for (int i = 0; set != 0 && i < words; i++) {
                found[i] |= bits[set][i];
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
