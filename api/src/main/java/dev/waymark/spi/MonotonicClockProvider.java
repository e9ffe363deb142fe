package dev.waymark.spi;

/** Makes the {@link MonotonicClock} of a server. */
public interface MonotonicClockProvider extends SpiProvider {
    /** Returns what tells the time; called once per server, before any peer starts. A throw fails the server's creation. */
    MonotonicClock create(SpiContext context);
}
