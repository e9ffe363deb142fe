package dev.waymark.engine;

/** Numbers the states of the tables that leave the server. Confined to the engine loop. */
final class Revisions {
    private long last;

    /** Returns a number that is higher than all before. */
    long next() {
        return ++last;
    }

    /** Returns the number given last. */
    long last() {
        return last;
    }
}
