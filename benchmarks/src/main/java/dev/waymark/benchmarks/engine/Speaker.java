package dev.waymark.benchmarks.engine;

/** A peer of a server in a benchmark, with an established session. */
interface Speaker {
    /** Says something, as fast as the server reads. */
    void say(byte[] stream) throws InterruptedException;

    /** Returns what it has been sent. */
    Hearing hearing();
}
