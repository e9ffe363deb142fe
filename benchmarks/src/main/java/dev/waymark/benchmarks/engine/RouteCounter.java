package dev.waymark.benchmarks.engine;

import dev.waymark.benchmarks.Frames;
import java.nio.ByteBuffer;

/** Cuts what a peer is sent into messages, and counts the prefixes in them. Confined to one thread. */
final class RouteCounter {
    private static final int UPDATE = 2;
    private static final int KEEPALIVE = 4;
    private static final int HOST_BITS = 32;

    private final Frames frames = new Frames(this::message);
    private long announced;
    private long withdrawn;
    private long keepalives;
    private long hosts;
    private int lastHost = Integer.MIN_VALUE;

    /** Takes octets, all that are there. */
    void take(ByteBuffer octets) {
        frames.take(octets);
    }

    /** Gives memory back that isn't needed between messages. */
    void trim() {
        frames.trim();
    }

    long announced() {
        return announced;
    }

    /** Returns how many of the announced and withdrawn are single addresses, of which a corpus has none. */
    long hosts() {
        return hosts;
    }

    /** Returns the highest of those, of a range whose first bit is set. */
    int lastHost() {
        return lastHost;
    }

    long withdrawn() {
        return withdrawn;
    }

    long keepalives() {
        return keepalives;
    }

    private void message(byte[] octets, int from, int to) {
        int type = octets[from + 18];
        if (type == KEEPALIVE) {
            keepalives++;
        } else if (type == UPDATE) {
            int withdrawnAt = from + Frames.HEADER_OCTETS + 2;
            int attributes = withdrawnAt + Frames.u16(octets, withdrawnAt - 2);
            withdrawn += prefixes(octets, withdrawnAt, attributes);
            announced += prefixes(octets, attributes + 2 + Frames.u16(octets, attributes), to);
        }
    }

    private int prefixes(byte[] octets, int from, int to) {
        int count = 0;
        for (int at = from; at < to; at += 1 + (((octets[at] & 0xff) + 7) >>> 3)) {
            count++;
            if (octets[at] == HOST_BITS) {
                hosts++;
                lastHost = Math.max(lastHost, Frames.u16(octets, at + 1) << 16 | Frames.u16(octets, at + 3));
            }
        }
        return count;
    }
}
