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
        if (ipv4) {
            return bits.get(row) == (int) (high >>> 32) && lengths.get(row) == (byte) length;
        }
        return highs.get(row) == high && lows.get(row) == low && lengths.get(row) == (byte) length;
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
        // The low bits of an IPv4 key are free, so the length fits beside the address.
        long hash = ((high + length) ^ seed) * MIX_1;
        if (!ipv4) {
            hash = (hash ^ (hash >>> 32) ^ low) * MIX_1;
        }
        hash = (hash ^ (hash >>> 29) ^ (seed << 1)) * MIX_2;
        return hash ^ (hash >>> 32);
    }

    long octets() {
        return bits.octets() + highs.octets() + lows.octets() + lengths.octets();
    }
}
