package dev.waymark.benchmarks.rib;

import dev.waymark.rib.AttributeRefs;
import dev.waymark.rib.PathMetrics;

/** Attribute sets that are numbers and nothing else: counted like real ones, with metrics that follow from the number. */
final class CountedIds implements AttributeRefs, PathMetrics {
    private final int[] counts;

    /** Makes ids from 1 to one less than the limit. */
    CountedIds(int limit) {
        counts = new int[limit];
    }

    @Override
    public void retain(int id) {
        counts[id]++;
    }

    @Override
    public void release(int id) {
        counts[id]--;
    }

    @Override
    public int asPathLength(int id) {
        return 3 + (id & 1);
    }

    @Override
    public int origin(int id) {
        return 0;
    }

    @Override
    public long med(int id) {
        return id & 3;
    }

    @Override
    public int firstAs(int id) {
        return 64_512 + (id & 7);
    }

    @Override
    public long localPref(int id) {
        return 100;
    }
}
