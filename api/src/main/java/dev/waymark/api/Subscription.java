package dev.waymark.api;

/** Something that can be stopped, from anywhere, from inside its own callback too. Thread-safe. */
public interface Subscription extends AutoCloseable {
    /** Stops it; no call begins after this one returned, unless it was made inside such a call. Idempotent. */
    @Override
    void close();
}
