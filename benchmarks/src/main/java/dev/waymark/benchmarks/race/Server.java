package dev.waymark.benchmarks.race;

/** A route server that has been started. */
interface Server extends AutoCloseable {
    /** Tells whether it hasn't ended. */
    boolean isAlive();

    /** Returns the most memory that was resident so far, in KiB; 0 if the system doesn't tell. */
    long peakKib();

    /** Returns the last of what it has printed. */
    String lastWords();

    /** Ends it, and waits until it has. */
    @Override
    void close();
}
