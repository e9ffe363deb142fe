package dev.waymark.examples.app;

/** Says lengths of time as people do. Stateless. */
final class Lengths {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Lengths() {}

    /** Returns {@code 42s}, {@code 3m 02s}, {@code 1h 02m} or {@code 3d 04h}. */
    static String of(long seconds) {
        if (seconds < MINUTE) {
            return seconds + "s";
        }
        if (seconds < HOUR) {
            return two(seconds, MINUTE, "m", 1, "s");
        }
        return seconds < DAY ? two(seconds, HOUR, "h", MINUTE, "m") : two(seconds, DAY, "d", HOUR, "h");
    }

    private static String two(long seconds, long big, String bigName, long small, String smallName) {
        long rest = seconds % big / small;
        return seconds / big + bigName + " " + (rest < 10 ? "0" : "") + rest + smallName;
    }
}
