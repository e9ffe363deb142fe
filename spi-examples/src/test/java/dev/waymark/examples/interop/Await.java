package dev.waymark.examples.interop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens in other threads and programs, by looking again and again until a deadline. */
public final class Await {
    private static final long PAUSE_NANOS = 20_000_000;

    private Await() {}

    /**
     * Returns when the condition holds.
     *
     * @throws AssertionError if it does not in time, with what there is instead
     */
    public static void until(Duration atMost, BooleanSupplier condition, Supplier<?> what) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + atMost.toSeconds() + " s: " + what.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
