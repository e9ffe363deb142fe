package dev.waymark.benchmarks.engine;

import java.lang.management.ManagementFactory;

/** How much of the heap is in use, garbage aside. Stateless. */
final class LiveHeap {
    private static final int COLLECTIONS = 3;

    private LiveHeap() {}

    /** Collects a few times and returns the least that was in use after. */
    static long octets() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
