package dev.waymark.engine;

/** Background work that goes on over many turns, a bounded number of rows at a time. Confined to the engine loop. */
interface Job {
    /**
     * Goes on.
     *
     * @param units how many rows to look at, at most; at least 1
     * @return how many were looked at; 0 from one that only waits
     */
    int run(int units);

    /** Returns whether there is nothing left to do. */
    boolean isDone();

    /** Called once, in a turn after {@link #isDone()}, when all that it changed has been flushed. */
    default void finished() {}
}
