package dev.waymark.bgp.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.RouterId;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CapabilityTest {

    private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
    private static final AddressFamily IPV6 = AddressFamily.IPV6_UNICAST;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void isReadAndWrittenAgain(String rule, int code, String value, String text) {
        Capability capability = Capability.of(code, Octets.parse(value));

        assertEquals(text, capability.toString(), rule);
        assertEquals(code, capability.code());
        assertEquals(value, capability.value().toString());
        assertEquals(capability, Capability.of(code, capability.value()));
    }

    static Stream<Arguments> isReadAndWrittenAgain() {
        return Stream.of(
                arguments(
                        "RFC 8950 §4: IPv4 unicast and IPv4 VPN with IPv6 next hops",
                        5,
                        "000100010002" + "000100800002",
                        "ExtendedNextHopCapability[entries=[Entry[afi=1, safi=1, nextHopAfi=2], "
                                + "Entry[afi=1, safi=128, nextHopAfi=2]]]"),
                arguments("RFC 8950 §4: of 5 octets", 5, "0001000100", "Unknown[code=5, value=0001000100]"),
                arguments("RFC 8654 §3: extended message", 6, "", "ExtendedMessage[]"),
                arguments("RFC 8654 §3: of 1 octet", 6, "00", "Unknown[code=6, value=00]"),
                arguments("RFC 9234 §4.1: role RS-Client", 9, "02", "Role[role=2]"),
                arguments("RFC 9234 §4.1: an undefined role", 9, "05", "Role[role=5]"),
                arguments("RFC 9234 §4.1: of 2 octets", 9, "0202", "Unknown[code=9, value=0202]"),
                arguments(
                        "RFC 4724 §3: R bit, 120 s, IPv4 forwarded",
                        64,
                        "8078" + "00010180",
                        "GracefulRestartCapability[flags=8, restartSeconds=120, entries=[Entry[afi=1, safi=1, flags=128]]]"),
                arguments(
                        "RFC 8538 §2: N bit, without a family",
                        64,
                        "4fff",
                        "GracefulRestartCapability[flags=4, restartSeconds=4095, entries=[]]"),
                arguments("RFC 4724 §3: of 1 octet", 64, "80", "Unknown[code=64, value=80]"),
                arguments("RFC 4724 §3: of 4 octets", 64, "80780001", "Unknown[code=64, value=80780001]"),
                arguments(
                        "RFC 7911 §4: IPv4 both ways, IPv6 sent",
                        69,
                        "00010103" + "00020102",
                        "AddPathCapability[entries=[Entry[afi=1, safi=1, mode=3], Entry[afi=2, safi=1, mode=2]]]"),
                arguments("RFC 7911 §4: of 3 octets", 69, "000101", "Unknown[code=69, value=000101]"),
                arguments(
                        "RFC 9494 §3.1: a day for IPv4",
                        71,
                        "00010180015180",
                        "LongLivedGracefulRestartCapability[entries=[Entry[afi=1, safi=1, flags=128, staleSeconds=86400]]]"),
                arguments("RFC 9494 §3.1: of 6 octets", 71, "000101800151", "Unknown[code=71, value=000101800151]"));
    }

    @Test
    @DisplayName("any octets under any code are written as they were read; seed 7911")
    void roundTripsRandomOctets() {
        Random random = new Random(7911);
        int[] codes = {1, 2, 5, 6, 9, 64, 65, 69, 70, 71, 200};
        for (int i = 0; i < 20_000; i++) {
            byte[] value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            int code = codes[random.nextInt(codes.length)];
            if (code == 1 && value.length == 4) {
                value[2] = 0; // RFC 4760 §8: reserved, not kept
            }
            assertEquals(
                    Octets.copyOf(value),
                    Capability.of(code, Octets.copyOf(value)).value());
        }
    }

    @Test
    @DisplayName("RFC 7911 §4: a mode outside 1 to 3 makes the whole capability one that is not understood")
    void ignoresUnknownModes() {
        AddPathCapability sound = (AddPathCapability) Capability.of(69, Octets.parse("0001010100020103"));
        AddPathCapability broken = (AddPathCapability) Capability.of(69, Octets.parse("0001010100020104"));

        assertEquals(AddPathCapability.RECEIVE, sound.mode(IPV4));
        assertEquals(AddPathCapability.BOTH, sound.mode(IPV6));
        assertFalse(broken.isUnderstood());
        assertEquals(0, broken.mode(IPV4));
    }

    @Test
    @DisplayName("RFC 4724 §3: of several graceful restart capabilities the last counts; RFC 9494 §3.1: LLGR needs it")
    void findsGracefulRestart() {
        Capability first = Capability.of(64, Octets.parse("0078"));
        Capability last = Capability.of(64, Octets.parse("c05a00010180"));
        Capability longLived = Capability.of(71, Octets.parse("00010100000e10"));

        OpenMessage open = open(first, longLived, last);
        GracefulRestartCapability restart = open.gracefulRestart().orElseThrow();
        assertEquals(90, restart.restartSeconds());
        assertTrue(restart.isRestarting() && restart.isForNotifications());
        assertTrue(restart.entry(IPV4).orElseThrow().hasForwarded());
        assertTrue(restart.entry(IPV6).isEmpty());
        assertEquals(
                3600,
                open.longLivedGracefulRestart()
                        .orElseThrow()
                        .entry(IPV4)
                        .orElseThrow()
                        .staleSeconds());
        assertTrue(open(longLived).longLivedGracefulRestart().isEmpty());
    }

    @Test
    @DisplayName("what has no place in a field is refused to a host")
    void refusesWhatDoesNotFit() {
        AddPathCapability.Entry entry = new AddPathCapability.Entry(1, 1, 3);

        assertThrows(IllegalArgumentException.class, () -> new AddPathCapability.Entry(65536, 1, 1));
        assertThrows(
                IllegalArgumentException.class, () -> new AddPathCapability(java.util.Collections.nCopies(64, entry)));
        assertThrows(IllegalArgumentException.class, () -> new GracefulRestartCapability(0, 4096, List.of()));
        assertThrows(
                IllegalArgumentException.class, () -> new LongLivedGracefulRestartCapability.Entry(1, 1, 0, 1 << 24));
        assertThrows(IllegalArgumentException.class, () -> new Capability.Role(256));
    }

    private static OpenMessage open(Capability... capabilities) {
        return new OpenMessage(4, 65001, 180, RouterId.ofBits(1), List.of(capabilities));
    }
}
