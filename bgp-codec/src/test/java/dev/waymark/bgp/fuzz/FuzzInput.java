package dev.waymark.bgp.fuzz;

import dev.waymark.bgp.message.MessageType;
import java.util.Arrays;

/** Reads the parts of a target's input; past the end everything is zero or empty. */
public final class FuzzInput {
    private static final int HEADER = 19;

    private final byte[] data;
    private int at;

    /** Reads from the beginning of an input. */
    public FuzzInput(byte[] data) {
        this.data = data;
    }

    boolean hasMore() {
        return at < data.length;
    }

    int u8() {
        return hasMore() ? data[at++] & 0xff : 0;
    }

    boolean bit(int octet, int bit) {
        return (octet >>> bit & 1) != 0;
    }

    /** Reads as many octets as there are, at most {@code length}. */
    byte[] octets(int length) {
        int to = at + Math.min(length, data.length - at);
        byte[] read = Arrays.copyOfRange(data, at, to);
        at = to;
        return read;
    }

    byte[] rest() {
        return octets(data.length);
    }

    /** Reads a length in two octets and a body, and makes a message of it. */
    byte[] message(MessageType type, int maxOctets) {
        int length = u8() << 8 | u8();
        return message(type, octets(Math.min(length, maxOctets - HEADER)));
    }

    /** Puts a header before a body. */
    static byte[] message(MessageType type, byte[] body) {
        byte[] message = new byte[HEADER + body.length];
        Arrays.fill(message, 0, 16, (byte) 0xff);
        message[16] = (byte) (message.length >>> 8);
        message[17] = (byte) message.length;
        message[18] = (byte) type.code();
        System.arraycopy(body, 0, message, HEADER, body.length);
        return message;
    }

    /** Returns what {@link #message(MessageType, int)} reads as this message. */
    static byte[] part(byte[] message) {
        int length = message.length - HEADER;
        byte[] part = new byte[2 + length];
        part[0] = (byte) (length >>> 8);
        part[1] = (byte) length;
        System.arraycopy(message, HEADER, part, 2, length);
        return part;
    }
}
