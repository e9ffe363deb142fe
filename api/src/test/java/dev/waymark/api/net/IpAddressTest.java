package dev.waymark.api.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    private static final String ALLOWED = "allowed is an IPv4 address such as 192.0.2.1 or an IPv6 address such as"
            + " 2001:db8::1 (no names, no zone, no leading zeros in IPv4)";

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 0", "10.0.0.4, 167772164", "192.0.2.255, 3221226239", "255.255.255.255, 4294967295"})
    void readsAndWritesIpv4(String text, long bits) {
        IpAddress address = IpAddress.parse(text);

        assertEquals(IpAddress.ofIpv4Bits((int) bits), address);
        assertEquals((int) bits, address.ipv4Bits());
        assertEquals(bits << 32, address.high());
        assertEquals(0, address.low());
        assertEquals(text, address.toString());
        assertTrue(address.isIpv4());
    }

    @ParameterizedTest(name = "RFC 5952 §{0}: {1} is written {2}")
    @CsvSource({
        "4.1, 2001:0db8::0001, 2001:db8::1",
        "4.1, 2001:db8:0000:1:1:1:1:0001, 2001:db8:0:1:1:1:1:1",
        "4.2.1, 2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "4.2.1, 0:0:0:0:0:0:0:0, ::",
        "4.2.1, 0:0:0:0:0:0:0:1, ::1",
        "4.2.1, 1:0:0:0:0:0:0:0, 1::",
        "4.2.2, 2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "4.2.2, 1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "4.2.2, ::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "4.2.3, 2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "4.2.3, 2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "4.2.3, 0:0:1:0:0:0:0:0, 0:0:1::",
        "4.2.3, 0:0:1:1:1:1:0:0, ::1:1:1:1:0:0",
        "4.3, 2001:DB8::ABCD, 2001:db8::abcd",
        "5, ::ffff:192.0.2.1, ::ffff:192.0.2.1",
        "5, ::ffff:c000:201, ::ffff:192.0.2.1",
        "5, 64:ff9b::192.0.2.1, 64:ff9b::c000:201",
        "5, ::192.0.2.1, ::c000:201",
        "5, 1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304"
    })
    void writesIpv6InItsCanonicalForm(String section, String text, String canonical) {
        IpAddress address = IpAddress.parse(text);

        assertEquals(canonical, address.toString());
        assertEquals(address, IpAddress.parse(canonical));
        assertFalse(address.isIpv4());
    }

    @Test
    void readsAllBitsOfIpv6() {
        IpAddress address = IpAddress.parse("123:4567:89ab:cdef:fedc:ba98:7654:3210");

        assertEquals(IpAddress.ofIpv6Bits(0x0123456789abcdefL, 0xfedcba9876543210L), address);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4/32",
                ":",
                ":::",
                "1:2",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1::2::3",
                ":1::2",
                "1::2:",
                "12345::",
                "g::",
                "::1.2.3",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "fe80::1%eth0",
                "[::1]",
                "-1::",
                "::+1"
            })
    void refusesOtherTextWithoutLookingUpNames(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> IpAddress.parse(text));

        assertEquals("address \"" + text + "\" is not valid: " + ALLOWED, refusal.getMessage());
    }

    @Test
    void cutsLongTextAndHidesControlCharactersInMessages() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> IpAddress.parse("\n" + "x".repeat(1000)));

        assertEquals("address \"?" + "x".repeat(63) + "...\" is not valid: " + ALLOWED, refusal.getMessage());
    }

    @Test
    void keepsItsFamilyAsJdkAddress() throws Exception {
        IpAddress ipv4 = IpAddress.parse("192.0.2.1");
        IpAddress mapped = IpAddress.parse("::ffff:192.0.2.1");

        assertInstanceOf(Inet4Address.class, ipv4.toInetAddress());
        assertEquals(ipv4, IpAddress.of(ipv4.toInetAddress()));
        assertInstanceOf(Inet6Address.class, mapped.toInetAddress());
        assertEquals(mapped, IpAddress.of(mapped.toInetAddress()));
        assertEquals(
                IpAddress.parse("fe80::1"),
                IpAddress.of(Inet6Address.getByAddress(
                        null, IpAddress.parse("fe80::1").toBytes(), 7)));
    }

    @Test
    void readsFourOrSixteenOctets() {
        byte[] four = {(byte) 192, 0, 2, (byte) 255};
        assertEquals(IpAddress.parse("192.0.2.255"), IpAddress.of(four));
        assertArrayEquals(four, IpAddress.of(four).toBytes());
        byte[] sixteen = IpAddress.parse("2001:db8::ff").toBytes();
        assertEquals(IpAddress.parse("2001:db8::ff"), IpAddress.of(sixteen));

        var refusal = assertThrows(IllegalArgumentException.class, () -> IpAddress.of(new byte[5]));
        assertEquals("address of 5 octets is not valid: allowed is 4 (IPv4) or 16 (IPv6)", refusal.getMessage());
    }

    @Test
    void refusesIpv4BitsThatAreNotLeftAligned() {
        assertThrows(IllegalArgumentException.class, () -> new IpAddress(AddressFamily.IPV4_UNICAST, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new IpAddress(AddressFamily.IPV4_UNICAST, 0, 1));
    }

    @Test
    void hasNoIpv4BitsWhenItIsIpv6() {
        var refusal = assertThrows(
                IllegalStateException.class, () -> IpAddress.parse("::1").ipv4Bits());

        assertEquals("address ::1 is not IPv4: ask isIpv4() first", refusal.getMessage());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void readsWhatItWroteForRandomAddresses(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            // whole groups of zeros are frequent, so that every shape of "::" turns up
            long high = random.nextLong() & groupMask(random);
            long low = random.nextLong() & groupMask(random);
            IpAddress ipv6 = IpAddress.ofIpv6Bits(high, low);
            assertEquals(ipv6, IpAddress.parse(ipv6.toString()));
            assertEquals(ipv6, IpAddress.of(ipv6.toInetAddress()));
            IpAddress ipv4 = IpAddress.ofIpv4Bits(random.nextInt());
            assertEquals(ipv4, IpAddress.parse(ipv4.toString()));
        }
    }

    @Test
    @DisplayName("order is family, then unsigned, from every starting order")
    void comparesAsUnsignedNumbers() {
        List<IpAddress> ordered = List.of(
                IpAddress.parse("0.0.0.0"),
                IpAddress.parse("10.0.0.1"),
                IpAddress.parse("192.0.2.1"),
                IpAddress.parse("::"),
                IpAddress.parse("::ffff:ffff:ffff:ffff"),
                IpAddress.parse("7fff::"),
                IpAddress.parse("8000::"));
        for (int seed = 0; seed < 20; seed++) {
            List<IpAddress> shuffled = new ArrayList<>(ordered);
            Collections.shuffle(shuffled, new Random(seed));
            Collections.sort(shuffled);
            assertEquals(ordered, shuffled);
        }
        assertEquals(0, IpAddress.parse("::1").compareTo(IpAddress.ofIpv6Bits(0, 1)));
    }

    private static long groupMask(Random random) {
        long mask = 0;
        for (int group = 0; group < 4; group++) {
            mask = mask << 16 | (random.nextBoolean() ? 0xffff : 0);
        }
        return mask;
    }
}
