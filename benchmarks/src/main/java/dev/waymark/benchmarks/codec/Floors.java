package dev.waymark.benchmarks.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What reading an UPDATE costs at least: loops over the octets that make no object, keep nothing and look nothing up. They
 * are handed well-formed messages with a few octets behind them, so that a prefix can be read in one go. Stateless.
 */
final class Floors {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** What {@link #deep} returns for a message that it would refuse. */
    static final long BROKEN = Long.MIN_VALUE;

    private Floors() {}

    static int messageLength(byte[] buf, int at) {
        return u16(buf, at + 16);
    }

    /** Steps over the length fields and the headers of attributes, and looks at no value. */
    static int walk(byte[] buf, int from) {
        int attributes = from + 23 + u16(buf, from + 19);
        int end = attributes + u16(buf, attributes - 2);
        int sum = messageLength(buf, from);
        int at = attributes;
        while (at < end) {
            int head = (int) INT.get(buf, at);
            sum += head >>> 16 & 0xff;
            at += (head & 0x1000_0000) == 0 ? 3 + (head >>> 8 & 0xff) : 4 + (head & 0xffff);
        }
        return sum;
    }

    /** Reads everything: checks bounds, finds repeated attributes, and reads each value in the unit that it has. */
    static long deep(byte[] buf, int from) {
        int end = from + messageLength(buf, from);
        int withdrawn = from + 21;
        int withdrawnEnd = withdrawn + u16(buf, from + 19);
        if (withdrawnEnd + 2 > end) {
            return BROKEN;
        }
        int attributes = withdrawnEnd + 2;
        int attributesEnd = attributes + u16(buf, withdrawnEnd);
        if (attributesEnd > end) {
            return BROKEN;
        }
        return prefixes4(buf, withdrawn, withdrawnEnd)
                + attributes(buf, attributes, attributesEnd)
                + prefixes4(buf, attributesEnd, end);
    }

    private static long attributes(byte[] buf, int from, int end) {
        long sum = 0;
        long seen = 0;
        long seenAbove = 0; // types above 63, which nobody sends; good enough for a floor
        int at = from;
        while (at < end) {
            int head = (int) INT.get(buf, at);
            int type = head >>> 16 & 0xff;
            boolean isExtended = (head & 0x1000_0000) != 0;
            int length = isExtended ? head & 0xffff : head >>> 8 & 0xff;
            int value = at + (isExtended ? 4 : 3);
            int next = value + length;
            long bit = 1L << type;
            if (next > end || ((type < 64 ? seen : seenAbove) & bit) != 0) {
                return BROKEN;
            }
            if (type < 64) {
                seen |= bit;
            } else {
                seenAbove |= bit;
            }
            sum += head >>> 16;
            switch (type) {
                case 1 -> sum += buf[value];
                case 2, 17 -> sum += path(buf, value, next);
                case 3, 4, 5, 8, 9, 10, 35 -> sum += words(buf, value, next);
                case 7, 16, 18 -> sum += pairs(buf, value, next);
                case 14 -> sum += reach(buf, value, next);
                case 15 ->
                    sum += buf[value + 1] == 1 ? prefixes4(buf, value + 3, next) : prefixes6(buf, value + 3, next);
                case 32 -> sum += triples(buf, value, next);
                default -> sum += octets(buf, value, next);
            }
            at = next;
        }
        return sum;
    }

    private static long path(byte[] buf, int from, int end) {
        long sum = 0;
        int at = from;
        while (at < end) {
            int last = at + 2 + 4 * (buf[at + 1] & 0xff);
            if (last > end) {
                return BROKEN;
            }
            sum += buf[at];
            for (at += 2; at < last; at += 4) {
                sum += (int) INT.get(buf, at);
            }
        }
        return sum;
    }

    private static long words(byte[] buf, int from, int end) {
        long sum = 0;
        for (int at = from; at + 4 <= end; at += 4) {
            sum += (int) INT.get(buf, at);
        }
        return sum;
    }

    private static long pairs(byte[] buf, int from, int end) {
        long sum = 0;
        for (int at = from; at + 8 <= end; at += 8) {
            sum += (long) LONG.get(buf, at);
        }
        return sum;
    }

    private static long triples(byte[] buf, int from, int end) {
        long sum = 0;
        for (int at = from; at + 12 <= end; at += 12) {
            sum += (long) LONG.get(buf, at) + (int) INT.get(buf, at + 8);
        }
        return sum;
    }

    private static long octets(byte[] buf, int from, int end) {
        long sum = 0;
        for (int at = from; at < end; at++) {
            sum += buf[at];
        }
        return sum;
    }

    private static long reach(byte[] buf, int from, int end) {
        int hopOctets = buf[from + 3];
        int at = from + 4 + hopOctets + 1;
        if (at > end) {
            return BROKEN;
        }
        long sum = words(buf, from + 4, from + 4 + hopOctets);
        return sum + (buf[from + 1] == 1 ? prefixes4(buf, at, end) : prefixes6(buf, at, end));
    }

    private static long prefixes4(byte[] buf, int from, int end) {
        long sum = 0;
        int at = from;
        while (at < end) {
            int length = buf[at] & 0xff;
            if (length > 32) {
                return BROKEN;
            }
            sum += length + ((int) INT.get(buf, at + 1) & (int) ~(0xffff_ffffL >>> length));
            at += 1 + ((length + 7) >>> 3);
        }
        return at == end ? sum : BROKEN;
    }

    private static long prefixes6(byte[] buf, int from, int end) {
        long sum = 0;
        int at = from;
        while (at < end) {
            int length = buf[at] & 0xff;
            if (length > 128) {
                return BROKEN;
            }
            long high = (long) LONG.get(buf, at + 1);
            if (length <= 64) {
                sum += length + (high & ~(-1L >>> (length - 1) >>> 1));
            } else {
                sum += length + high + ((long) LONG.get(buf, at + 9) & ~(-1L >>> (length - 65) >>> 1));
            }
            at += 1 + ((length + 7) >>> 3);
        }
        return at == end ? sum : BROKEN;
    }

    private static int u16(byte[] buf, int at) {
        return (short) SHORT.get(buf, at) & 0xffff;
    }
}
