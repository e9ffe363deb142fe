package dev.waymark.examples.transport;

import java.nio.ByteBuffer;

/** A ring of octets on their way to one end of a connection: takes up to a window, no memory while empty. Confined. */
final class Inbox {
    private static final int FIRST_SIZE = 512;
    private static final byte[] NOTHING = new byte[0];

    private final int window;
    private byte[] ring = NOTHING;
    private int head;
    private int size;

    Inbox(int window) {
        this.window = window;
    }

    int size() {
        return size;
    }

    boolean hasRoom() {
        return size < window;
    }

    /** Takes what fits, and returns how much that was. */
    int put(ByteBuffer octets) {
        int count = Math.min(octets.remaining(), window - size);
        if (count > 0) {
            grow(size + count);
            int tail = (head + size) % ring.length;
            int first = Math.min(count, ring.length - tail);
            octets.get(ring, tail, first);
            octets.get(ring, 0, count - first);
            size += count;
        }
        return count;
    }

    /** Returns the oldest octets as far as they lie together; they stay until they are {@link #drop}ped. */
    ByteBuffer view() {
        int count = Math.min(size, ring.length - head);
        return ByteBuffer.wrap(ring, head, count).asReadOnlyBuffer();
    }

    void drop(int count) {
        size -= count;
        if (size == 0) {
            ring = NOTHING;
            head = 0;
        } else {
            head = (head + count) % ring.length;
        }
    }

    void clear() {
        drop(size);
    }

    /** A bigger ring is another array: octets that are being looked at stay as they are. */
    private void grow(int needed) {
        if (needed <= ring.length) {
            return;
        }
        byte[] bigger = new byte[Math.min(window, Math.max(FIRST_SIZE, Math.max(needed, ring.length * 2)))];
        int first = Math.min(size, ring.length - head);
        System.arraycopy(ring, head, bigger, 0, first);
        System.arraycopy(ring, 0, bigger, first, size - first);
        ring = bigger;
        head = 0;
    }
}
