package dev.waymark.bgp.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A keyed hash over octets, sixteen at a time by 64 x 64 bit multiplication. Whoever does not know the key can't make
 * blocks that collide. The same seed gives the same hash on every platform. Immutable.
 */
final class BlockHash {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ODD_1 = 0x9e3779b97f4a7c15L;
    private static final long ODD_2 = 0xd6e8feb86659fd93L;

    private final long key1;
    private final long key2;

    BlockHash(long seed) {
        key1 = spread(seed ^ ODD_1);
        key2 = spread(seed + ODD_2);
    }

    /** Hashes octets on top of an earlier hash; 0 to begin with. */
    long hash(byte[] buf, int offset, int length, long earlier) {
        long hash = earlier ^ key2;
        int end = offset + length;
        int at = offset;
        for (; end - at > 16; at += 16) {
            hash = mix((long) LONG.get(buf, at) ^ key1, (long) LONG.get(buf, at + 8) ^ hash);
        }
        int left = end - at;
        long first;
        long last;
        if (left >= 8) {
            first = (long) LONG.get(buf, at);
            last = (long) LONG.get(buf, end - 8);
        } else if (left >= 4) {
            first = (int) INT.get(buf, at);
            last = (int) INT.get(buf, end - 4);
        } else if (left > 0) {
            first = (buf[at] & 0xffL) << 16 | (buf[at + (left >> 1)] & 0xffL) << 8 | (buf[end - 1] & 0xffL);
            last = 0;
        } else {
            first = 0;
            last = 0;
        }
        return mix(key1 ^ length, mix(first ^ key1, last ^ hash));
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
