package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fuzz target of the running server: peer A says and does anything, while B and C are Established; see {@link HostileWorld}
 * for what is checked after every step. At the end A is gone, and B and C hold what they should, and the server what it
 * held before. How to run it is told in package {@code dev.waymark.bgp.fuzz} of module {@code bgp-codec}.
 *
 * <p>The input is an octet that chooses the server, an octet that is the size of the pieces in which A's octets arrive (zero:
 * as they are), and then what A does. With pieces, all must come out as without.
 */
public final class CoreTarget {
    private static final int HEADER = 19;

    private CoreTarget() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 3) {
            return;
        }
        int server = data[0] & 0xff;
        int piece = data[1] & 0xff;
        byte[] script = Arrays.copyOfRange(data, 2, data.length);
        String whole = new FuzzedCore(server, Integer.MAX_VALUE).run(script);
        if (piece > 0) {
            assertEquals(whole, new FuzzedCore(server, piece).run(script), "in pieces of " + piece);
        }
    }

    /** Returns scripts with good messages, damaged ones, and all that A can do. */
    public static List<byte[]> seeds() {
        byte[] announce = RawMessages.update(HostileWorld.attributes(), RawMessages.prefix(1));
        byte[] withdraw = RawMessages.update(RawMessages.prefix(1), List.of(), new byte[0]);
        byte[] wide = RawMessages.update(
                List.of(
                        RawMessages.attribute(0x40, 1, "00"),
                        RawMessages.attribute(0x40, 2, "02020000fde90003 0d40"),
                        RawMessages.attribute(0x40, 3, "0a000101"),
                        RawMessages.attribute(0xc0, 8, "fde90006fde90007"),
                        RawMessages.attribute(0xe0, 99, "010203")),
                RawMessages.join(RawMessages.prefix(1), RawMessages.prefix(2)));
        byte[] ipv6 = RawMessages.update(
                List.of(
                        RawMessages.attribute(0x80, 14, "00020110 20010db8000000000000000000000001 00 2020010db8"),
                        RawMessages.attribute(0x40, 1, "00"),
                        RawMessages.attribute(0x40, 2, "02010000fde9")),
                new byte[0]);
        byte[] notification = RawMessages.message(RawMessages.NOTIFICATION, RawMessages.hex("0602"));
        byte[] refresh = RawMessages.message(RawMessages.ROUTE_REFRESH, RawMessages.hex("00010001"));
        byte[] ipv4OverIpv6 = RawMessages.update(
                List.of(
                        RawMessages.attribute(0x80, 14, "00010110 20010db8000000000000000000000001 00 18140001"),
                        RawMessages.attribute(0x40, 1, "00"),
                        RawMessages.attribute(0x40, 2, "02010000fde9")),
                new byte[0]);
        byte[] cut = Arrays.copyOf(announce, announce.length - 3);
        List<byte[]> seeds = new ArrayList<>();
        for (int server = 0; server < 4; server++) {
            for (byte[] message : List.of(announce, wide, ipv6, notification, refresh, cut)) {
                seeds.add(seed(server, 0, FuzzedCore.UP, say(message), say(withdraw)));
                seeds.add(seed(server, 7, FuzzedCore.UP, say(announce), say(message), FuzzedCore.TURN, say(message)));
                seeds.add(seed(server, 33, FuzzedCore.UP, raw(message), raw(announce), FuzzedCore.PASS));
            }
            byte[] open = Speaker.of("a", 65001, "10.0.1.1").open();
            byte[] keepalive = Speaker.keepalive();
            byte[] begin = RawMessages.message(RawMessages.ROUTE_REFRESH, RawMessages.hex("00010101"));
            seeds.add(seed(
                    server,
                    0,
                    FuzzedCore.UP_WITH_ALL,
                    say(wide),
                    say(ipv6),
                    say(ipv4OverIpv6),
                    say(begin),
                    FuzzedCore.TURN,
                    say(begin)));
            seeds.add(seed(server, 1, FuzzedCore.ACCEPT, raw(open), raw(keepalive), raw(announce)));
            seeds.add(seed(server, 0, FuzzedCore.ACCEPT, say(open), say(keepalive), say(announce), FuzzedCore.KILL));
            seeds.add(seed(
                    server,
                    0,
                    FuzzedCore.UP,
                    FuzzedCore.DEAF,
                    say(announce),
                    say(refresh),
                    FuzzedCore.PASS,
                    FuzzedCore.LISTEN,
                    FuzzedCore.ACCEPT,
                    say(FuzzedCore.OPEN_WITH_ALL)));
        }
        return seeds;
    }

    /** A message that the script makes a header for. */
    private static byte[] say(byte[] message) {
        int length = message.length - HEADER;
        byte[] body = Arrays.copyOfRange(message, HEADER, message.length);
        return RawMessages.join(FuzzedCore.SAY, new byte[] {message[HEADER - 1]}, RawMessages.u16(length), body);
    }

    /** Octets as they are, at most 255. */
    private static byte[] raw(byte[] octets) {
        return RawMessages.join(FuzzedCore.OCTETS, new byte[] {(byte) octets.length}, octets);
    }

    private static byte[] seed(int server, int piece, byte[]... script) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(server);
        out.write(piece);
        out.writeBytes(RawMessages.join(script));
        return out.toByteArray();
    }
}
