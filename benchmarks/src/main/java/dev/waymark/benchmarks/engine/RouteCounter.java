package dev.waymark.benchmarks.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Cuts what a peer is sent into messages, and counts the prefixes in them. Confined to one thread. */
final class RouteCounter {
    private static final int HEADER_OCTETS = 19;
    private static final int UPDATE = 2;
    private static final int KEEPALIVE = 4;
    private static final int HOST_BITS = 32;

    private byte[] buffer = new byte[0];
    private int held;
    private long announced;
    private long withdrawn;
    private long keepalives;
    private long hosts;
    private int lastHost = Integer.MIN_VALUE;

    /** Takes octets, all that are there. */
    void take(ByteBuffer octets) {
        int length = octets.remaining();
        if (buffer.length - held < length) {
            buffer = Arrays.copyOf(buffer, held + length);
        }
        octets.get(buffer, held, length);
        int end = held + length;
        int at = 0;
        while (end - at >= HEADER_OCTETS && end - at >= u16(at + 16)) {
            int next = at + u16(at + 16);
            message(at, next);
            at = next;
        }
        held = end - at;
        System.arraycopy(buffer, at, buffer, 0, held);
    }

    /** Gives memory back that isn't needed between messages. */
    void trim() {
        if (held == 0) {
            buffer = new byte[0];
        }
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

    private void message(int from, int to) {
        int type = buffer[from + 18];
        if (type == KEEPALIVE) {
            keepalives++;
        } else if (type == UPDATE) {
            int attributes = from + HEADER_OCTETS + 2 + u16(from + HEADER_OCTETS);
            withdrawn += prefixes(from + HEADER_OCTETS + 2, attributes);
            announced += prefixes(attributes + 2 + u16(attributes), to);
        }
    }

    private int prefixes(int from, int to) {
        int count = 0;
        for (int at = from; at < to; at += 1 + (((buffer[at] & 0xff) + 7) >>> 3)) {
            count++;
            if (buffer[at] == HOST_BITS) {
                hosts++;
                lastHost = Math.max(lastHost, u16(at + 1) << 16 | u16(at + 3));
            }
        }
        return count;
    }

    private int u16(int index) {
        return (buffer[index] & 0xff) << 8 | (buffer[index + 1] & 0xff);
    }
}
