package dev.waymark.spi;

/** The server's only source of time. */
@FunctionalInterface
public interface MonotonicClock {
    /** Returns nanoseconds since an arbitrary moment; never goes back, whatever the wall clock does. Thread-safe. */
    long nanoTime();

    /** Returns the clock of the JVM, {@link System#nanoTime()}. */
    static MonotonicClock system() {
        return System::nanoTime;
    }
}
