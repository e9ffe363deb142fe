package dev.waymark.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Routes that look like the public table, and the UPDATEs that a peer announces and withdraws them with. Made from a seed:
 * the same arguments give the same octets on every platform.
 *
 * <p>Prefix lengths are those of the public IPv4 table (62 % are /24); runs of adjacent prefixes stay together and are
 * shuffled. Sets of attributes are shared by 1 to 120 prefixes: 45 % belong to a single one, the mean is about 6. AS_PATHs
 * have 1 to 10 hops, one hop in ten is a prepend; a fifth has a MED, there are 1 to 17 communities, and a tenth has large
 * ones. An UPDATE takes about 17 octets a route. Immutable.
 */
public final class UpdateCorpus {
    /** The seed of all benchmarks. */
    public static final long SEED = 20_140_530L;

    private static final int MESSAGE_OCTETS = 4096;
    private static final int HEADER_OCTETS = 19;
    private static final int UPDATE = 2;
    private static final int END_OF_RIB_OCTETS = HEADER_OCTETS + 4;

    private final int[] bits;
    private final byte[] lengths;
    private final int[] groupStarts;
    private final AttributeMix attributes;

    private UpdateCorpus(int[] bits, byte[] lengths, int[] groupStarts, AttributeMix attributes) {
        this.bits = bits;
        this.lengths = lengths;
        this.groupStarts = groupStarts;
        this.attributes = attributes;
    }

    /**
     * Makes a corpus.
     *
     * @param routes how many prefixes, 1 to 2,000,000
     */
    public static UpdateCorpus of(int routes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PrefixMix prefixes = new PrefixMix(routes, random);
        int[] starts = new int[routes + 1];
        int groups = 0;
        AttributeMix attributes = new AttributeMix();
        for (int at = 0; at < routes; at += sharers(random)) {
            starts[groups++] = at;
            attributes.add(random);
        }
        starts[groups] = routes;
        return new UpdateCorpus(prefixes.bits(), prefixes.lengths(), Arrays.copyOf(starts, groups + 1), attributes);
    }

    /** Returns how many routes there are. */
    public int routes() {
        return bits.length;
    }

    /** Returns how many different sets of attributes they have. */
    public int groups() {
        return groupStarts.length - 1;
    }

    /** Returns the first route that has a set of attributes; those that share it follow. */
    public int firstRoute(int group) {
        return groupStarts[group];
    }

    /** Returns the route behind the last that has a set of attributes. */
    public int endRoute(int group) {
        return groupStarts[group + 1];
    }

    /** Returns a route's prefix, left-aligned in 64 bits. */
    public long high(int route) {
        return (long) bits[route] << 32;
    }

    /** Returns a route's prefix length. */
    public int length(int route) {
        return lengths[route];
    }

    /** Returns a set of attributes as a peer sends it: canonical octets, with NEXT_HOP. */
    public byte[] attributes(int group, CorpusPeer peer, int version) {
        return attributes.octets(group, peer, version);
    }

    /**
     * Returns the UPDATEs with which a peer announces all routes, one after the other.
     *
     * @param version 1 to 65,535; another version has the same routes with one other community each
     */
    public byte[] announcements(CorpusPeer peer, int version) {
        return announcements(peer, version, 0, groups());
    }

    /** Returns the UPDATEs with which a peer announces the routes of some sets of attributes, from one and before another. */
    public byte[] announcements(CorpusPeer peer, int version, int fromGroup, int toGroup) {
        int some = toGroup == 0 ? 0 : endRoute(toGroup - 1) - firstRoute(fromGroup);
        Messages messages = new Messages(some * 8 + (toGroup - fromGroup) * 140);
        for (int group = fromGroup; group < toGroup; group++) {
            announce(group, attributes(group, peer, version), messages);
        }
        return messages.octets();
    }

    /** Returns the UPDATEs with which a peer withdraws all routes. */
    public byte[] withdrawals() {
        Messages messages = new Messages(routes() * 6);
        int route = 0;
        while (route < routes()) {
            messages.begin();
            int from = messages.reserve(2);
            for (; route < routes() && messages.room() >= 7; route++) {
                messages.prefix(bits[route], lengths[route]);
            }
            messages.fillLength(from);
            messages.reserve(2);
            messages.end();
        }
        return messages.octets();
    }

    /** Returns where each message of a stream begins, and the stream's length at the end. */
    public static int[] offsets(byte[] stream) {
        int[] offsets = new int[stream.length / END_OF_RIB_OCTETS + 2];
        int count = 0;
        int at = 0;
        while (at < stream.length) {
            offsets[count++] = at;
            at += (stream[at + 16] & 0xff) << 8 | (stream[at + 17] & 0xff);
        }
        offsets[count] = at;
        return Arrays.copyOf(offsets, count + 1);
    }

    private void announce(int group, byte[] octets, Messages messages) {
        int route = firstRoute(group);
        int end = endRoute(group);
        while (route < end) {
            messages.begin();
            messages.reserve(2);
            int from = messages.reserve(2);
            messages.octets(octets);
            messages.fillLength(from);
            for (; route < end && messages.room() >= 5; route++) {
                messages.prefix(bits[route], lengths[route]);
            }
            messages.end();
        }
    }

    private static int sharers(SplittableRandom random) {
        int dice = random.nextInt(100);
        if (dice < 77) {
            return dice < 45 ? 1 : dice < 62 ? 2 : dice < 71 ? 3 : 4;
        }
        return dice < 90 ? 5 + random.nextInt(6) : dice < 97 ? 11 + random.nextInt(20) : 31 + random.nextInt(90);
    }

    /** Messages, one after the other in one array. */
    private static final class Messages {
        private byte[] buffer;
        private int start;
        private int at;

        Messages(int octets) {
            buffer = new byte[octets + MESSAGE_OCTETS];
        }

        void begin() {
            if (buffer.length - at < MESSAGE_OCTETS) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            start = at;
            Arrays.fill(buffer, at, at + 16, (byte) 0xff);
            buffer[at + 18] = UPDATE;
            at += HEADER_OCTETS;
        }

        int room() {
            return start + MESSAGE_OCTETS - at;
        }

        /** Leaves octets free, all zero; returns where. */
        int reserve(int octets) {
            Arrays.fill(buffer, at, at + octets, (byte) 0);
            at += octets;
            return at - octets;
        }

        /** Fills in how many octets have been written behind a length field. */
        void fillLength(int field) {
            short16(field, at - field - 2);
        }

        void octets(byte[] octets) {
            System.arraycopy(octets, 0, buffer, at, octets.length);
            at += octets.length;
        }

        void prefix(int address, int length) {
            buffer[at++] = (byte) length;
            for (int shift = 24; shift > 24 - length; shift -= 8) {
                buffer[at++] = (byte) (address >>> shift);
            }
        }

        void end() {
            short16(start + 16, at - start);
        }

        byte[] octets() {
            return Arrays.copyOf(buffer, at);
        }

        private void short16(int where, int value) {
            buffer[where] = (byte) (value >>> 8);
            buffer[where + 1] = (byte) value;
        }
    }
}
