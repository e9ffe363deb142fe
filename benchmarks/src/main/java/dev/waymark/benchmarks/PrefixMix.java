package dev.waymark.benchmarks;

import java.util.SplittableRandom;

/** Prefixes with the lengths of the public IPv4 table, none inside another. Confined to one thread. */
final class PrefixMix {
    /** How many of a thousand have the length; the rest are /24. */
    private static final int[][] PER_MILLE = {
        {12, 1}, {13, 1}, {14, 2}, {15, 2}, {16, 13}, {17, 8}, {18, 13}, {19, 24}, {20, 43}, {21, 51}, {22, 112},
        {23, 104}
    };
    /** Public unicast space, in units of a /24. */
    private static final int[][] RANGES = {
        {0x010000, 0x0a0000},
        {0x0b0000, 0x644000},
        {0x648000, 0x7f0000},
        {0x800000, 0xa9fe00},
        {0xa9ff00, 0xac1000},
        {0xac2000, 0xc00000},
        {0xc00100, 0xc0a800},
        {0xc0a900, 0xc61200},
        {0xc61400, 0xe00000}
    };

    private static final int UNITS = 13_300_000;
    private static final int RUN = 8;

    private final int[] bits;
    private final byte[] lengths;
    private int added;
    private int range;
    private int next = RANGES[0][0];

    PrefixMix(int count, SplittableRandom random) {
        if (count < 1 || count > 2_000_000) {
            throw new IllegalArgumentException("routes " + count + " not in 1 to 2000000");
        }
        bits = new int[count];
        lengths = new byte[count];
        int[] counts = counts(count);
        for (int length = 0; length < counts.length; length++) {
            for (int i = 0; i < counts[length]; i++) {
                add(length);
            }
        }
        shuffle(random);
    }

    int[] bits() {
        return bits;
    }

    byte[] lengths() {
        return lengths;
    }

    /** Shares the count out; the more prefixes there are, the fewer short ones fit into the address space. */
    private static int[] counts(int count) {
        for (double scale = 1; ; scale *= 0.6) {
            int[] counts = new int[25];
            int left = count;
            double units = 0;
            for (int[] share : PER_MILLE) {
                int length = share[0];
                counts[length] = (int) (count / 1000.0 * share[1] * (length < 22 ? scale : 1));
                left -= counts[length];
                units += (double) counts[length] * (1 << (24 - length));
            }
            counts[24] = left;
            if (units + left < UNITS) {
                return counts;
            }
        }
    }

    private void add(int length) {
        int step = 1 << (24 - length);
        int start = (next + step - 1) & -step;
        while (start + step > RANGES[range][1]) {
            start = (RANGES[++range][0] + step - 1) & -step;
        }
        bits[added] = start << 8;
        lengths[added++] = (byte) length;
        next = start + step;
    }

    /** Shuffles runs of up to eight neighbours, which tend to have one origin. */
    private void shuffle(SplittableRandom random) {
        int[] starts = new int[bits.length + 1];
        int runs = 0;
        for (int at = 0; at < bits.length; at += 1 + random.nextInt(RUN)) {
            starts[runs++] = at;
        }
        starts[runs] = bits.length;
        int[] order = new int[runs];
        for (int i = 0; i < runs; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        int[] oldBits = bits.clone();
        byte[] oldLengths = lengths.clone();
        int at = 0;
        for (int run : order) {
            int length = starts[run + 1] - starts[run];
            System.arraycopy(oldBits, starts[run], bits, at, length);
            System.arraycopy(oldLengths, starts[run], lengths, at, length);
            at += length;
        }
    }
}
