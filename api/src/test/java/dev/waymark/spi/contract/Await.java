package dev.waymark.spi.contract;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting on a monitor for something to become true: no sleeping, no polling, a generous end. */
final class Await {
    /** Long enough for a starved machine; nothing that works waits for it. */
    static final Duration AT_MOST = Duration.ofSeconds(60);

    private Await() {}

    /** Waits, on a monitor that the caller holds and that is notified of every change. */
    static void until(Object monitor, BooleanSupplier condition, Supplier<String> what) {
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (!condition.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not within " + AT_MOST.toSeconds() + " s: " + what.get());
            }
            try {
                monitor.wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what.get(), e);
            }
        }
    }
}
