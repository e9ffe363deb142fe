package dev.waymark.bgp.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads and writes numbers in network order. The caller has checked the bounds against its slice. Stateless. */
final class Wire {

    /** Octets of the header that every message has (RFC 4271 §4.1). */
    static final int HEADER = 19;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Wire() {}

    static int u8(byte[] buf, int at) {
        return buf[at] & 0xff;
    }

    static int u16(byte[] buf, int at) {
        return (short) SHORT.get(buf, at) & 0xffff;
    }

    static int i32(byte[] buf, int at) {
        return (int) INT.get(buf, at);
    }

    static long i64(byte[] buf, int at) {
        return (long) LONG.get(buf, at);
    }

    static void put16(byte[] buf, int at, int value) {
        SHORT.set(buf, at, (short) value);
    }

    static void put32(byte[] buf, int at, int value) {
        INT.set(buf, at, value);
    }

    static void put64(byte[] buf, int at, long value) {
        LONG.set(buf, at, value);
    }

    /** Writes marker, length and type (RFC 4271 §4.1). */
    static void putHeader(byte[] buf, int at, int length, int type) {
        put64(buf, at, -1);
        put64(buf, at + 8, -1);
        put16(buf, at + 16, length);
        buf[at + 18] = (byte) type;
    }
}
