package dev.waymark.bgp.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A keyed hash over octets, by 64 x 64 bit multiplication, in two chains that a processor runs side by side. Whoever does not
 * know the key can't make blocks that collide. The same seed gives the same hash on every platform. Immutable.
 */
final class BlockHash {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ODD_1 = 0x9e3779b97f4a7c15L;
    private static final long ODD_2 = 0xd6e8feb86659fd93L;

    private final long key1;
    private final long key2;
    private final long key3;

    BlockHash(long seed) {
        key1 = spread(seed ^ ODD_1);
        key2 = spread(seed + ODD_2);
        key3 = spread(seed ^ ODD_2);
    }

    /**
     * Hashes octets on top of an earlier hash; 0 to begin with.
     *
     * @param head eight octets that stand before the others
     */
    long hash(long head, byte[] buf, int offset, int length, long earlier) {
        long a = head ^ key2;
        long b = earlier ^ length ^ key3;
        int end = offset + length;
        if (length >= 16) { // the last words overlap those before: fewer branches than with what is left over
            for (int at = offset; end - at > 32; at += 32) {
                a = mix(word(buf, at) ^ key1, word(buf, at + 8) ^ a);
                b = mix(word(buf, at + 16) ^ key1, word(buf, at + 24) ^ b);
            }
            int at = Math.max(offset, end - 32);
            a = mix(word(buf, at) ^ key1, word(buf, at + 8) ^ a);
            b = mix(word(buf, end - 16) ^ key1, word(buf, end - 8) ^ b);
        } else if (length >= 8) {
            b = mix(word(buf, offset) ^ key1, word(buf, end - 8) ^ b);
        } else if (length >= 4) {
            b = mix((int) INT.get(buf, offset) ^ key1, (int) INT.get(buf, end - 4) ^ b);
        } else if (length > 0) {
            long few =
                    (buf[offset] & 0xffL) << 16 | (buf[offset + (length >> 1)] & 0xffL) << 8 | (buf[end - 1] & 0xffL);
            b = mix(few ^ key1, b);
        }
        return mix(a ^ key3, b ^ key1);
    }

    /** Reads eight octets, in the order that a processor likes best. */
    static long word(byte[] buf, int at) {
        return (long) LONG.get(buf, at);
    }

    /** Returns what the table keeps of a hash. */
    static int fold(long hash) {
        return (int) (hash >>> 32 ^ hash);
    }

    /** Folds the 128-bit product of two numbers. */
    static long mix(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return high ^ low;
    }

    /** Spreads the bits of a seed (the finalizer of SplitMix64), never to zero. */
    private static long spread(long seed) {
        long z = (seed ^ seed >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return (z ^ z >>> 31) | 1;
    }
}
