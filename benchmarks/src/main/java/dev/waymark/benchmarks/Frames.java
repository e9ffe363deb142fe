package dev.waymark.benchmarks;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Cuts a stream into BGP messages (RFC 4271 §4.1). Confined to one thread. */
public final class Frames {
    /** Octets before a message's own: marker, length and type, which is at index 18. */
    public static final int HEADER_OCTETS = 19;

    private final Taker taker;
    private byte[] buffer = new byte[0];
    private int held;

    /** Is given the messages. */
    @FunctionalInterface
    public interface Taker {
        /** Takes a message, header included; the octets are valid during the call. */
        void take(byte[] octets, int from, int to);
    }

    /** Gives all messages to one. */
    public Frames(Taker taker) {
        this.taker = taker;
    }

    /**
     * Takes octets, all that are there.
     *
     * @throws IllegalStateException if they can't be a message
     */
    public void take(ByteBuffer octets) {
        int length = octets.remaining();
        if (buffer.length - held < length) {
            buffer = Arrays.copyOf(buffer, held + length);
        }
        octets.get(buffer, held, length);
        int end = held + length;
        int at = 0;
        while (end - at >= HEADER_OCTETS && end - at >= u16(buffer, at + 16)) {
            int next = at + u16(buffer, at + 16);
            if (next < at + HEADER_OCTETS) {
                throw new IllegalStateException("a message of " + (next - at) + " octets");
            }
            taker.take(buffer, at, next);
            at = next;
        }
        held = end - at;
        System.arraycopy(buffer, at, buffer, 0, held);
    }

    /** Gives memory back that isn't needed between messages. */
    public void trim() {
        if (held == 0) {
            buffer = new byte[0];
        }
    }

    /** Reads a number of two octets. */
    public static int u16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | (octets[at + 1] & 0xff);
    }
}
