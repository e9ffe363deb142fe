package dev.waymark.benchmarks.race;

import java.util.Locale;

/**
 * How a heat went.
 *
 * @param nanos from the first octet sent until the last receiver was complete
 * @param peakKib the most memory that the server had resident; 0 if the system doesn't tell
 * @param fault what went wrong; empty if every receiver got what it must
 */
record Result(long nanos, long peakKib, String fault) {
    private static final double SECOND_NANOS = 1e9;

    /** Returns a heat that doesn't count. */
    static Result failed(String fault) {
        return new Result(0, 0, fault);
    }

    boolean isOk() {
        return fault.isEmpty();
    }

    @Override
    public String toString() {
        return isOk() ? String.format(Locale.ROOT, "%.3f s, %d MiB", nanos / SECOND_NANOS, peakKib >> 10) : fault;
    }
}
