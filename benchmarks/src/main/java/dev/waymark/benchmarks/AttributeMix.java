package dev.waymark.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Sets of attributes as they occur in the public table, but for what depends on the peer. Confined to one thread. */
final class AttributeMix {
    private static final int MOST_OCTETS = 256;
    private static final int ORIGIN_OCTETS = 4;
    private static final int FIRST_AS_AT = ORIGIN_OCTETS + 3 + 2;
    private static final int MARK = 65_000; // a community that says which version of the route it is

    private byte[] arena = new byte[1 << 16];
    private int used;
    private int[] starts = new int[1 << 10];
    private int count;

    /** Adds a set. */
    void add(SplittableRandom random) {
        if (arena.length - used < MOST_OCTETS) {
            arena = Arrays.copyOf(arena, arena.length * 2);
        }
        if (count + 1 == starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
        header(0x40, 1, 1);
        put(0, 1);
        asPath(random);
        header(0x40, 3, 4);
        put(0, 4);
        if (random.nextInt(5) == 0) {
            header(0x80, 4, 4);
            put(random.nextInt(200), 4);
        }
        communities(random);
        if (random.nextInt(10) == 0) {
            int large = 1 + random.nextInt(4);
            header(0xc0, 32, 12 * large);
            for (int i = 0; i < 3 * large; i++) {
                put(1 + random.nextInt(400_000), 4);
            }
        }
        starts[++count] = used;
    }

    /** Returns a set as a peer sends it. */
    byte[] octets(int index, CorpusPeer peer, int version) {
        byte[] octets = Arrays.copyOfRange(arena, starts[index], starts[index + 1]);
        int hops = octets[FIRST_AS_AT - 1];
        int nextHopAt = FIRST_AS_AT + 4 * hops + 3;
        write(octets, FIRST_AS_AT, peer.asn(), 4);
        write(octets, nextHopAt, peer.address(), 4);
        boolean hasMed = octets[nextHopAt + 4 + 1] == 4;
        write(octets, nextHopAt + 4 + (hasMed ? 7 : 0) + 3 + 2, version, 2);
        return octets;
    }

    private void asPath(SplittableRandom random) {
        int hops = hops(random);
        header(0x40, 2, 2 + 4 * hops);
        put(2, 1);
        put(hops, 1);
        put(0, 4);
        int last = 0;
        for (int i = 1; i < hops; i++) {
            if (last == 0 || random.nextInt(10) != 0) {
                last = random.nextInt(100) < 65 ? 1 + random.nextInt(64_000) : 131_072 + random.nextInt(280_000);
            }
            put(last, 4);
        }
    }

    private void communities(SplittableRandom random) {
        int dice = random.nextInt(100);
        int others = dice < 20
                ? 0
                : dice < 60 ? 1 + random.nextInt(3) : dice < 90 ? 4 + random.nextInt(5) : 9 + random.nextInt(8);
        header(0xc0, 8, 4 * (others + 1));
        put(MARK, 2);
        put(0, 2);
        for (int i = 0; i < others; i++) {
            put(1 + random.nextInt(60_000), 2);
            put(random.nextInt(65_536), 2);
        }
    }

    private static int hops(SplittableRandom random) {
        int dice = random.nextInt(100);
        if (dice < 91) {
            return dice < 8 ? 1 : dice < 28 ? 2 : dice < 58 ? 3 : dice < 80 ? 4 : 5;
        }
        return dice < 96 ? 6 : 7 + random.nextInt(4);
    }

    private void header(int flags, int type, int length) {
        put(flags, 1);
        put(type, 1);
        put(length, 1);
    }

    private void put(int value, int octets) {
        write(arena, used, value, octets);
        used += octets;
    }

    private static void write(byte[] target, int from, int value, int octets) {
        for (int i = 0; i < octets; i++) {
            target[from + i] = (byte) (value >>> (8 * (octets - 1 - i)));
        }
    }
}
