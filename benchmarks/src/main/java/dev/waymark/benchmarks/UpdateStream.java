package dev.waymark.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * UPDATEs one after another, as a peer that knows four-octet AS numbers sends them: made from a seed, or recorded. Recorded
 * ones are read from the folder that the system property {@code waymark.shared} names. Immutable.
 */
public final class UpdateStream {
    /** Octets behind the last message, so that a floor may read a few more than there are. */
    public static final int SLACK = 16;

    private static final CorpusPeer PEER = CorpusPeer.of(0);
    private static final String TABLE = "updates/rv-jinx-20140530/rv-jinx-20140530.v4.peer05-AS30844.";
    private static final String MRT = "mrt/updates/rv-20260222.1530.first-half.mrt.gz";
    private static final int HEADER_OCTETS = 19;
    private static final int MRT_HEADER_OCTETS = 12;
    private static final int MRT_BGP4MP_ET = 17;
    private static final int MRT_MESSAGE_AS4 = 4;
    private static final int UPDATE = 2;

    private final byte[] octets;
    private final int length;

    private UpdateStream(byte[] messages) {
        octets = Arrays.copyOf(messages, messages.length + SLACK);
        length = messages.length;
    }

    /**
     * Returns a stream by name.
     *
     * @param name {@code seeded-N}: N routes of {@link UpdateCorpus}; {@code order} and {@code packed}: a full IPv4 table of
     *     2014 in the order of the dump, and with as few UPDATEs as can be; {@code mrt2026}: a quarter of an hour of a route
     *     collector's sessions in 2026, IPv4 and IPv6
     * @throws IllegalStateException when it isn't there
     */
    public static UpdateStream of(String name) {
        if (name.startsWith("seeded-")) {
            int routes = Integer.parseInt(name.substring("seeded-".length()));
            return new UpdateStream(UpdateCorpus.of(routes, UpdateCorpus.SEED).announcements(PEER, 1));
        }
        return switch (name) {
            case "order", "packed" -> new UpdateStream(recorded(name, TABLE + name + ".updates.gz"));
            case "mrt2026" -> new UpdateStream(ofMrt(recorded(name, MRT)));
            default ->
                throw new IllegalArgumentException(
                        "no stream " + name + ": there are seeded-N, order, packed, mrt2026");
        };
    }

    /** Returns the messages, and {@link #SLACK} octets behind them. */
    public byte[] octets() {
        return octets;
    }

    /** Returns how many octets the messages take. */
    public int length() {
        return length;
    }

    /** Returns the first message with each block of attributes that announces something. */
    public UpdateStream firstOfEachBlock() {
        Set<String> seen = new HashSet<>();
        return filtered(at -> {
            int from = attributes(at);
            int size = u16(octets, from - 2);
            boolean announces = from + size < next(at) || (size > 0 && octets[from + 1] == 14);
            return announces && seen.add(new String(octets, from, size, StandardCharsets.ISO_8859_1));
        });
    }

    /** Returns the messages that announce IPv4 prefixes in the NLRI field and do nothing else. */
    public UpdateStream announcements() {
        return filtered(at -> {
            int from = attributes(at);
            boolean hasReach = from < next(at) && octets[from + 1] == 14;
            return from == at + HEADER_OCTETS + 4 && from + u16(octets, from - 2) < next(at) && !hasReach;
        });
    }

    /** Returns the messages without an attribute of a type above a number. */
    public UpdateStream withTypesUpTo(int type) {
        return filtered(message -> {
            int from = attributes(message);
            int end = from + u16(octets, from - 2);
            boolean isWanted = true;
            for (int at = from; at < end; ) {
                isWanted &= (octets[at + 1] & 0xff) <= type;
                at += (octets[at] & 0x10) == 0 ? 3 + (octets[at + 2] & 0xff) : 4 + u16(octets, at + 2);
            }
            return isWanted;
        });
    }

    private UpdateStream filtered(Predicate<Integer> isWanted) {
        ByteArrayOutputStream wanted = new ByteArrayOutputStream(length);
        for (int at = 0; at < length; at = next(at)) {
            if (isWanted.test(at)) {
                wanted.write(octets, at, next(at) - at);
            }
        }
        return new UpdateStream(wanted.toByteArray());
    }

    private int attributes(int message) {
        int withdrawn = u16(octets, message + HEADER_OCTETS);
        return message + HEADER_OCTETS + 4 + withdrawn;
    }

    private int next(int message) {
        return message + u16(octets, message + 16);
    }

    private static byte[] recorded(String name, String file) {
        String shared = System.getProperty("waymark.shared");
        if (shared == null) {
            throw new IllegalStateException("the stream " + name
                    + " is recorded and not part of this repository: set -Dwaymark.shared to the folder that holds it");
        }
        Path path = Path.of(shared, "data", file);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path), 1 << 16)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the stream " + name + " can't be read from " + path, e);
        }
    }

    /** Takes the UPDATEs of sessions with four-octet AS numbers out of an MRT file (RFC 6396 §4.4). */
    private static byte[] ofMrt(byte[] mrt) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream(mrt.length);
        int at = 0;
        while (at < mrt.length) {
            int from = at + MRT_HEADER_OCTETS;
            int end = from + (u16(mrt, at + 8) << 16 | u16(mrt, at + 10));
            if (u16(mrt, at + 4) == MRT_BGP4MP_ET && u16(mrt, at + 6) == MRT_MESSAGE_AS4) {
                boolean isIpv4 = u16(mrt, from + 14) == 1;
                int message = from + 16 + (isIpv4 ? 8 : 32); // microseconds, AS numbers, interface, family, addresses
                if (mrt[message + 18] == UPDATE) {
                    messages.write(mrt, message, end - message);
                }
            }
            at = end;
        }
        return messages.toByteArray();
    }

    private static int u16(byte[] buf, int at) {
        return (buf[at] & 0xff) << 8 | (buf[at + 1] & 0xff);
    }
}
