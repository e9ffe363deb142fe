package dev.waymark.engine;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * UPDATEs of made-up peers: prefixes and attributes of the usual kinds, about as often as they occur, some of them shared by
 * several routes. The same arguments give the same octets. Confined to one thread.
 */
final class RehearsalRoutes {
    /** How many routes a peer has. */
    static final int COUNT = 4_096;

    private static final int MESSAGE_OCTETS = 4_096;
    private static final int LENGTH_AT = 16;
    private static final int UPDATE = 2;
    private static final int MOST_SHARERS = 16;

    private final int asOctets;
    private byte[] octets = new byte[1 << 16];
    private int at;

    /** Makes routes whose AS numbers have four octets, or two. */
    RehearsalRoutes(boolean hasFourOctetAs) {
        asOctets = hasFourOctetAs ? 4 : 2;
    }

    /** Returns the UPDATEs with which a peer announces its routes; another version has other attributes. */
    byte[] announcements(int asn, int nextHop, int version) {
        SplittableRandom random = new SplittableRandom(asn * 31L + version);
        at = 0;
        int route = 0;
        while (route < COUNT) {
            int end = Math.min(COUNT, route + (random.nextInt(100) < 45 ? 1 : 2 + random.nextInt(MOST_SHARERS)));
            update(random, asn, nextHop, route, end);
            route = end;
        }
        return Arrays.copyOf(octets, at);
    }

    private void update(SplittableRandom random, int asn, int nextHop, int from, int end) {
        int message = begin();
        put(0, 2);
        int attributes = at;
        put(0, 2);
        attributes(random, asn, nextHop);
        fillLength(attributes);
        for (int route = from; route < end; route++) {
            prefix(route);
        }
        end(message);
    }

    /** Returns the UPDATE of a change: a few routes of a peer get other attributes. */
    byte[] change(int asn, int nextHop, long number) {
        SplittableRandom random = new SplittableRandom(asn * 31L + number);
        int route = random.nextInt(COUNT - MOST_SHARERS);
        at = 0;
        update(random, asn, nextHop, route, route + 1 + random.nextInt(MOST_SHARERS));
        return Arrays.copyOf(octets, at);
    }

    /** Returns the UPDATE that ends the first announcement of all routes (RFC 4724 2). */
    byte[] endOfRib() {
        at = 0;
        int message = begin();
        put(0, 4);
        end(message);
        return Arrays.copyOf(octets, at);
    }

    /** Returns the UPDATEs with which a peer withdraws all its routes. */
    byte[] withdrawals() {
        at = 0;
        int route = 0;
        while (route < COUNT) {
            int message = begin();
            int withdrawn = at;
            put(0, 2);
            for (; route < COUNT && at - message < MESSAGE_OCTETS - 8; route++) {
                prefix(route);
            }
            fillLength(withdrawn);
            put(0, 2);
            end(message);
        }
        return Arrays.copyOf(octets, at);
    }

    private void attributes(SplittableRandom random, int asn, int nextHop) {
        header(0x40, 1, 1); // ORIGIN
        put(random.nextInt(10) == 0 ? 2 : 0, 1);
        int hops = 1 + random.nextInt(6);
        header(0x40, 2, 2 + asOctets * hops); // AS_PATH, one AS_SEQUENCE
        put(2, 1);
        put(hops, 1);
        put(asn, asOctets);
        for (int i = 1; i < hops; i++) {
            put(asNumber(random), asOctets);
        }
        header(0x40, 3, 4); // NEXT_HOP
        put(nextHop, 4);
        if (random.nextInt(5) == 0) {
            header(0x80, 4, 4); // MULTI_EXIT_DISC
            put(random.nextInt(200), 4);
        }
        if (random.nextInt(20) == 0) {
            header(0x40, 6, 0); // ATOMIC_AGGREGATE
            header(0xc0, 7, asOctets + 4); // AGGREGATOR
            put(asNumber(random), asOctets);
            put(nextHop, 4);
        }
        int communities = random.nextInt(12);
        if (communities > 0) {
            header(0xc0, 8, 4 * communities); // COMMUNITIES, none of them well-known
        }
        for (int i = 0; i < communities; i++) {
            put(1 + random.nextInt(60_000), 2);
            put(random.nextInt(1 << 16), 2);
        }
        if (random.nextInt(10) == 0) {
            int large = 1 + random.nextInt(4);
            header(0xc0, 32, 12 * large); // LARGE_COMMUNITY
            for (int i = 0; i < 3 * large; i++) {
                put(random.nextInt(400_000), 4);
            }
        }
    }

    /** Returns an AS number; one of ten needs four octets, if they have them. */
    private int asNumber(SplittableRandom random) {
        return asOctets == 4 && random.nextInt(10) == 0 ? 131_072 + random.nextInt(80_000) : 1 + random.nextInt(60_000);
    }

    /** Writes the prefix of a route: a /24, or one of 21 to 23 bits. */
    private void prefix(int route) {
        int length = route % 8 < 5 ? 24 : 16 + route % 8;
        int bits = 0x0100_0000 + (route << 16);
        int size = (length + 7) >>> 3;
        put(length, 1);
        put(bits >>> (8 * (4 - size)), size);
    }

    private int begin() {
        if (octets.length - at < MESSAGE_OCTETS) {
            octets = Arrays.copyOf(octets, octets.length * 2);
        }
        Arrays.fill(octets, at, at + LENGTH_AT, (byte) 0xff);
        int message = at;
        at += LENGTH_AT + 2;
        put(UPDATE, 1);
        return message;
    }

    private void end(int message) {
        write(message + LENGTH_AT, at - message, 2);
    }

    /** Fills in how many octets have been written behind a length field. */
    private void fillLength(int field) {
        write(field, at - field - 2, 2);
    }

    private void header(int flags, int type, int length) {
        put(flags, 1);
        put(type, 1);
        put(length, 1);
    }

    private void put(int value, int size) {
        write(at, value, size);
        at += size;
    }

    private void write(int from, int value, int size) {
        for (int i = 0; i < size; i++) {
            octets[from + i] = (byte) (value >>> (8 * (size - 1 - i)));
        }
    }
}
