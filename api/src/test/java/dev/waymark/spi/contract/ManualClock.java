package dev.waymark.spi.contract;

import dev.waymark.spi.MonotonicClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told to go on. Thread-safe. */
public final class ManualClock implements MonotonicClock {
    private final AtomicLong nanos;

    /** Creates a clock at 0. */
    public ManualClock() {
        this(0);
    }

    /** Creates a clock at a moment: one near {@link Long#MAX_VALUE} shows who compares instead of subtracting. */
    public ManualClock(long startNanos) {
        nanos = new AtomicLong(startNanos);
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    /** Lets time pass, and returns the new moment; refuses to go back. */
    public long advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a monotonic clock can't go back by " + time);
        }
        return nanos.addAndGet(time.toNanos());
    }
}
