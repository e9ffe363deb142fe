package dev.waymark.engine;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds what is logged of one subject and kind: ten lines a minute, then their number (ERROR-HANDLING 9). Confined to the engine
 * loop.
 *
 * @param <K> what lines are told apart by
 */
final class LineBudget<K> {
    /** What {@link #admit} returns for a line that is left out. */
    static final long LEFT_OUT = -1;

    private static final int LINES = 10;
    private static final long WINDOW_NANOS = 60_000_000_000L;

    private final Map<K, Window> windows = new HashMap<>();

    private static final class Window {
        private long sinceNanos;
        private int lines;
        private long left;
    }

    /** Returns how many lines of this key were left out before one that is to be written, or {@link #LEFT_OUT}. */
    long admit(K key, long nowNanos) {
        Window window = windows.computeIfAbsent(key, unused -> new Window());
        long left = 0;
        if (window.lines == 0 || nowNanos - window.sinceNanos >= WINDOW_NANOS) {
            left = window.left;
            window.sinceNanos = nowNanos;
            window.lines = 0;
            window.left = 0;
        }
        if (window.lines == LINES) {
            window.left++;
            return LEFT_OUT;
        }
        window.lines++;
        return left;
    }
}
