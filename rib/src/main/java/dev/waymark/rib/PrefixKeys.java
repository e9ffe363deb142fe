package dev.waymark.rib;

import dev.waymark.api.net.AddressFamily;

/** The keys of a {@link PrefixTable} by row: 5 octets for IPv4, 17 for IPv6. Confined to the engine loop. */
final class PrefixKeys {
    private static final long MIX_1 = 0xff51afd7ed558ccdL;
    private static final long MIX_2 = 0xc4ceb9fe1a85ec53L;

    private final boolean ipv4;
    private final long seed;
    private final IntColumn bits = new IntColumn(0);
    private final LongColumn highs = new LongColumn(0);
    private final LongColumn lows = new LongColumn(0);
    private final ByteColumn lengths = new ByteColumn((byte) 0);

    PrefixKeys(AddressFamily family, long seed) {
        this.ipv4 = family == AddressFamily.IPV4_UNICAST;
        this.seed = seed;
    }

    void set(int row, long high, long low, int length) {
        if (ipv4) {
            bits.set(row, (int) (high >>> 32));
        } else {
            highs.set(row, high);
            lows.set(row, low);
        }
        lengths.set(row, (byte) length);
    }

    void clear(int row) {
        set(row, 0, 0, 0);
    }

    boolean matches(int row, long high, long low, int length) {
        return high(row) == high && low(row) == low && length(row) == length;
    }

    long high(int row) {
        return ipv4 ? (long) bits.get(row) << 32 : highs.get(row);
    }

    long low(int row) {
        return ipv4 ? 0 : lows.get(row);
    }

    int length(int row) {
        return lengths.get(row) & 0xff;
    }

    long hash(int row) {
        return hash(high(row), low(row), length(row));
    }

    /** Spreads a key over 64 bits; the seed keeps peers from choosing prefixes that collide. */
    long hash(long high, long low, int length) {
        long hash = (high ^ seed) * MIX_1 + length;
        hash = (hash ^ (hash >>> 32) ^ low) * MIX_2;
        hash = (hash ^ (hash >>> 29) ^ seed) * MIX_1;
        return hash ^ (hash >>> 32);
    }

    long octets() {
        return bits.octets() + highs.octets() + lows.octets() + lengths.octets();
    }
}
