package dev.waymark.examples.interop;

import dev.waymark.api.net.IpAddress;

/**
 * Loopback addresses that belong to this JVM alone, 127.x.y.n with x and y from its process id, so that test runs beside each
 * other never meet and every program can have the same port.
 */
public final class Loopback {
    private static final long USABLE = 250;

    private Loopback() {}

    /** Returns the address with that last number, 1 to 254. */
    public static IpAddress address(int n) {
        long pid = ProcessHandle.current().pid();
        return IpAddress.parse("127." + (1 + pid / USABLE % USABLE) + "." + (1 + pid % USABLE) + "." + n);
    }
}
