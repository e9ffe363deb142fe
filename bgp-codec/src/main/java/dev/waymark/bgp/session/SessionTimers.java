package dev.waymark.bgp.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one connection as deadlines. Whoever embeds it compares them with its own time; nothing here runs or
 * reads a clock, and nothing is allocated after construction. Times are nanoseconds of one monotonic clock with any
 * origin; deadlines are compared by difference, so the clock may be negative or wrap. Confined to the engine loop.
 *
 * <p>Expiry of a timer that waits for the peer ({@link TimerKind#drainsFirst()}) takes two turns. In the first,
 * {@link #askForRead} says that the connection should be read once more; {@link #pollExpired} doesn't report the timer
 * yet. If what was read doesn't restart or stop it, the next turn's {@code pollExpired} does. Until then the deadline
 * stays, in the past, so that turn comes at once.
 */
public final class SessionTimers {

    private static final TimerKind[] KINDS = TimerKind.values();

    private static final long STOPPED = -1;

    private final Jitter jitter;
    private final long[] deadlines = new long[KINDS.length];
    private final long[] intervals = new long[KINDS.length];
    private int running;
    private int doubted;
    private long starts;

    /**
     * Makes a set of timers of which none runs.
     *
     * @param jitter shortens the times of the timers that want it
     */
    public SessionTimers(Jitter jitter) {
        this.jitter = jitter;
        Arrays.fill(intervals, STOPPED);
    }

    /**
     * Starts a timer, or starts it anew if it runs.
     *
     * @param kind the timer
     * @param nanos how long it runs, 0 or more, before jitter
     * @param nowNanos the time
     */
    public void start(TimerKind kind, long nanos, long nowNanos) {
        int index = index(kind);
        intervals[index] = nanos;
        deadlines[index] = nowNanos + (kind.isJittered() ? jitter.shorten(nanos, starts++) : nanos);
        running |= 1 << index;
        doubted &= ~(1 << index);
    }

    /**
     * Starts a timer anew with the time it was last given, and new jitter, whether it runs or has expired. One that was
     * stopped, or never started, stays so: that is how a negotiated hold time of zero has no effect anywhere else.
     *
     * @param kind the timer
     * @param nowNanos the time
     */
    public void restart(TimerKind kind, long nowNanos) {
        long interval = intervals[index(kind)];
        if (interval != STOPPED) {
            start(kind, interval, nowNanos);
        }
    }

    /**
     * Stops a timer; nothing happens if it doesn't run.
     *
     * @param kind the timer
     */
    public void stop(TimerKind kind) {
        clear(index(kind));
        intervals[index(kind)] = STOPPED;
    }

    private void clear(int index) {
        running &= ~(1 << index);
        doubted &= ~(1 << index);
    }

    /** Stops every timer. */
    public void stopAll() {
        running = 0;
        doubted = 0;
        Arrays.fill(intervals, STOPPED);
    }

    /**
     * Tells whether a timer runs.
     *
     * @param kind the timer
     * @return true from its start to its expiry or stop
     */
    public boolean isRunning(TimerKind kind) {
        return (running & 1 << index(kind)) != 0;
    }

    /**
     * Returns when a timer expires.
     *
     * @param kind a timer that runs; meaningless otherwise
     * @return its deadline
     */
    public long deadlineNanos(TimerKind kind) {
        return deadlines[index(kind)];
    }

    /**
     * Tells whether any timer runs.
     *
     * @return true if {@link #nextDeadlineNanos()} means something
     */
    public boolean hasDeadline() {
        return running != 0;
    }

    /**
     * Returns the earliest deadline.
     *
     * @return when to look again at the latest; meaningless if no timer runs
     */
    public long nextDeadlineNanos() {
        long earliest = 0;
        boolean isFirst = true;
        for (int left = running; left != 0; left &= left - 1) {
            long deadline = deadlines[Integer.numberOfTrailingZeros(left)];
            if (isFirst || deadline - earliest < 0) {
                earliest = deadline;
                isFirst = false;
            }
        }
        return earliest;
    }

    /**
     * Returns a timer that has expired, the earliest first, and once; it runs no longer. Timers that drain first are left out until
     * {@link #askForRead} has been called for them in an earlier turn.
     *
     * @param nowNanos the time
     * @return the timer, or null if none has expired
     */
    public @Nullable TimerKind pollExpired(long nowNanos) {
        int found = -1;
        for (int left = running; left != 0; left &= left - 1) {
            int index = Integer.numberOfTrailingZeros(left);
            boolean isBelieved = !KINDS[index].drainsFirst() || (doubted & 1 << index) != 0;
            if (isBelieved
                    && deadlines[index] - nowNanos <= 0
                    && (found < 0 || deadlines[index] - deadlines[found] < 0)) {
                found = index;
            }
        }
        if (found < 0) {
            return null;
        }
        clear(found);
        return KINDS[found];
    }

    /**
     * Tells whether the connection must be read before an expiry is believed, and remembers that it was asked. To be
     * called after {@link #pollExpired} in each turn.
     *
     * @param nowNanos the time
     * @return true once for each deadline of a timer that drains first
     */
    public boolean askForRead(long nowNanos) {
        int before = doubted;
        for (int left = running & ~doubted; left != 0; left &= left - 1) {
            int index = Integer.numberOfTrailingZeros(left);
            if (KINDS[index].drainsFirst() && deadlines[index] - nowNanos <= 0) {
                doubted |= 1 << index;
            }
        }
        return doubted != before;
    }

    @SuppressWarnings("EnumOrdinal") // arrays by kind: an EnumMap would box every deadline
    private static int index(TimerKind kind) {
        return kind.ordinal();
    }
}
