package dev.waymark.bgp.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A BGP message that a collector recorded (RFC 6396 §4.4, RFC 8050 §3, and the older type 5). Reads no more of MRT than
 * tests need.
 */
final class MrtRecord {

    private static final int BGP = 5;
    private static final int BGP4MP = 16;
    private static final int BGP4MP_ET = 17;

    final long peerAs;
    final boolean isFourOctet;
    final boolean hasPathIds;
    final byte[] message;

    /** The record as it stands in the file. */
    final byte[] raw;

    private MrtRecord(long peerAs, boolean isFourOctet, boolean hasPathIds, byte[] message, byte[] raw) {
        this.peerAs = peerAs;
        this.isFourOctet = isFourOctet;
        this.hasPathIds = hasPathIds;
        this.message = message;
        this.raw = raw;
    }

    /** Whether the record is of the type that was given up before MRT was written down. */
    boolean isOld() {
        return Wire.u16(raw, 4) == BGP;
    }

    /** Returns the record of a speaker that sent path identifiers though the collector did not say so. */
    MrtRecord withPathIds() {
        return new MrtRecord(peerAs, isFourOctet, true, message, raw);
    }

    /** Returns the messages of a file in order; what isn't a message, such as a change of state, is left out. */
    static List<MrtRecord> read(Path file) throws IOException {
        byte[] octets = unpack(file);
        List<MrtRecord> records = new ArrayList<>();
        for (int at = 0; at < octets.length; ) {
            int type = Wire.u16(octets, at + 4);
            int subtype = Wire.u16(octets, at + 6);
            int end = at + 12 + Wire.i32(octets, at + 8);
            int body = at + 12 + (type == BGP4MP_ET ? 4 : 0);
            byte[] raw = Arrays.copyOfRange(octets, at, end);
            if (type == BGP) {
                addOld(octets, body, end, subtype, raw, records);
            } else if (type == BGP4MP || type == BGP4MP_ET) {
                add(octets, body, end, subtype, raw, records);
            } else {
                throw new AssertionError("MRT type " + type);
            }
            at = end;
        }
        return records;
    }

    private static void add(byte[] octets, int body, int end, int subtype, byte[] raw, List<MrtRecord> records) {
        if (subtype == 0 || subtype == 5) {
            return; // a change of state
        }
        boolean isWide = subtype == 4 || subtype == 7 || subtype == 9 || subtype == 11;
        long peerAs = isWide ? Integer.toUnsignedLong(Wire.i32(octets, body)) : Wire.u16(octets, body);
        int afi = Wire.u16(octets, body + (isWide ? 10 : 6));
        int addresses = switch (afi) {
            case 1 -> 8;
            case 2 -> 32;
            default -> -4; // an OPEN of the year 2000, with neither interface nor family nor addresses
        };
        int from = body + (isWide ? 12 : 8) + addresses;
        records.add(new MrtRecord(peerAs, isWide, subtype >= 8, Arrays.copyOfRange(octets, from, end), raw));
    }

    /** The old type has no header of its own, and two-octet AS numbers. */
    private static void addOld(byte[] octets, int body, int end, int subtype, byte[] raw, List<MrtRecord> records) {
        int type = subtype == 1 ? 2 : subtype == 7 ? 4 : 0;
        if (type != 0) {
            byte[] message = new byte[19 + end - body - 12];
            Wire.putHeader(message, 0, message.length, type);
            System.arraycopy(octets, body + 12, message, 19, message.length - 19);
            records.add(new MrtRecord(Wire.u16(octets, body), false, false, message, raw));
        }
    }

    private static byte[] unpack(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".bz2")) {
            return Tool.output("bzip2", "-dc", file.toString());
        }
        byte[] packed = Files.readAllBytes(file);
        if (!name.endsWith(".gz")) {
            return packed;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }
}
