package dev.waymark.benchmarks.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What interning costs at least, as loops over a flat table without any of the checks: the block of attributes is hashed in
 * words and compared in words with what is kept, prefixes are written into arrays. Only for the canonical blocks that the
 * streams have; grows to a fixed size. Confined to one thread.
 */
final class LookupFloor {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int SLOTS = 1 << 18;
    private static final int MIN_BLOCK = 16;

    private final int[] slots = new int[SLOTS];
    private final byte[][] blocks = new byte[SLOTS / 2][];
    private final long[] prefixes = new long[4096];
    private final byte[] lengths = new byte[4096];
    private int size;

    /** Reads the prefixes of a message and finds its attributes. Returns their number, or 0. */
    int find(byte[] buf, int message) {
        int from = attributes(buf, message);
        int to = from + u16(buf, from - 2);
        int read = prefixes(buf, to, message + Floors.messageLength(buf, message));
        return read < 0 || to - from < MIN_BLOCK ? 0 : slots[slot(buf, from, to)];
    }

    /** Reads everything as {@link Floors#deep} does, and keeps the attributes if they are new. */
    long keep(byte[] buf, int message) {
        int from = attributes(buf, message);
        int to = from + u16(buf, from - 2);
        long sum = Floors.deep(buf, message);
        if (to - from >= MIN_BLOCK) {
            int slot = slot(buf, from, to);
            if (slots[slot] == 0) {
                blocks[++size] = Arrays.copyOfRange(buf, from, to);
                slots[slot] = size;
            }
        }
        return sum;
    }

    private int slot(byte[] buf, int from, int to) {
        int length = to - from;
        int slot = (int) (hash(buf, from, to) >>> 40) & SLOTS - 1;
        while (slots[slot] != 0 && !isEqual(blocks[slots[slot]], buf, from, length)) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }

    private int prefixes(byte[] buf, int from, int end) {
        int at = from;
        int count = 0;
        while (at < end) {
            int length = buf[at] & 0xff;
            prefixes[count] = (long) (int) INT.get(buf, at + 1) << 32 & ~(-1L >>> length);
            lengths[count++] = (byte) length;
            if ((length - 17) >>> 3 == 0) { // 17 to 24: foretold, so that nobody waits for the length
                at += 4;
            } else if (length > 32) {
                return -1;
            } else {
                at += 1 + ((length + 7) >>> 3);
            }
        }
        return at == end ? count : -1;
    }

    private static long hash(byte[] buf, int from, int to) {
        long hash = 0x9e3779b97f4a7c15L ^ to - from;
        for (int at = from; at < to - 16; at += 16) {
            hash = mix(word(buf, at) ^ 0xd6e8feb86659fd93L, word(buf, at + 8) ^ hash);
        }
        return mix(word(buf, to - 16) ^ 0xbf58476d1ce4e5b9L, word(buf, to - 8) ^ hash);
    }

    private static boolean isEqual(byte[] block, byte[] buf, int from, int length) {
        if (block.length != length) {
            return false;
        }
        int last = length - 8;
        if (word(block, last) != word(buf, from + last)) {
            return false;
        }
        for (int i = 0; i < last; i += 8) {
            if (word(block, i) != word(buf, from + i)) {
                return false;
            }
        }
        return true;
    }

    private static long mix(long a, long b) {
        return Math.multiplyHigh(a, b) ^ a * b;
    }

    private static long word(byte[] buf, int at) {
        return (long) LONG.get(buf, at);
    }

    private static int attributes(byte[] buf, int message) {
        return message + 23 + u16(buf, message + 19);
    }

    private static int u16(byte[] buf, int at) {
        return (buf[at] & 0xff) << 8 | (buf[at + 1] & 0xff);
    }
}
