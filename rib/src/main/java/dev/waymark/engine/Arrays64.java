package dev.waymark.engine;

import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Arrays of 64 KiB that are used again, a few of them kept. Thread-safe. */
final class Arrays64 {
    static final int OCTETS = 64 * 1024;

    private static final int KEPT = 32;

    private final ArrayBlockingQueue<byte[]> kept = new ArrayBlockingQueue<>(KEPT);

    /** Returns an array with arbitrary content. */
    byte[] take() {
        byte @Nullable [] array = kept.poll();
        return array == null ? new byte[OCTETS] : array;
    }

    /** Takes an array back; its giver forgets it. */
    void give(byte[] array) {
        if (array.length == OCTETS) {
            kept.offer(array);
        }
    }
}
