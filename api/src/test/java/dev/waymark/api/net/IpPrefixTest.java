package dev.waymark.api.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "10.0.0.0/8",
                "192.0.2.128/25",
                "192.0.2.1/32",
                "128.0.0.0/1",
                "::/0",
                "2001:db8::/32",
                "2001:db8:0:1::/64",
                "2001:db8:0:1:8000::/65",
                "8000::/1",
                "::1/128"
            })
    void readsWhatItWrites(String text) {
        IpPrefix prefix = IpPrefix.parse(text);

        assertEquals(text, prefix.toString());
        assertEquals(prefix, IpPrefix.of(prefix.address(), prefix.length()));
        assertEquals(prefix, IpPrefix.ofMasked(prefix.address(), prefix.length()));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "10.0.0.0",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10/8",
                "10.0.0.0 /8",
                "2001:db8::/129",
                "::/x",
                "example.org/8"
            })
    void refusesOtherText(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> IpPrefix.parse(text));

        assertEquals(
                "prefix \"" + text
                        + "\" is not valid: allowed is address/length, such as 10.0.0.0/8 (length 0 to 32) or"
                        + " 2001:db8::/32 (length 0 to 128)",
                refusal.getMessage());
    }

    @ParameterizedTest(name = "{0}, allowed is {1}")
    @CsvSource({
        "10.0.0.1/8, 10.0.0.0/8",
        "192.0.2.1/31, 192.0.2.0/31",
        "128.0.0.0/0, 0.0.0.0/0",
        "2001:db8::1/127, 2001:db8::/127",
        "2001:db8:8000::/32, 2001:db8::/32",
        "2001:db8:0:1:8000::/64, 2001:db8:0:1::/64"
    })
    void refusesHostBitsAndNamesThePrefixWithoutThem(String text, String masked) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> IpPrefix.parse(text));

        assertEquals(
                "prefix \"" + text + "\" has bits set behind its length: allowed is " + masked, refusal.getMessage());
        String address = text.substring(0, text.indexOf('/'));
        int length = Integer.parseInt(text.substring(text.indexOf('/') + 1));
        assertEquals(IpPrefix.parse(masked), IpPrefix.ofMasked(IpAddress.parse(address), length));
    }

    @Test
    void refusesLengthsThatTheFamilyDoesNotHave() {
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> IpPrefix.ofMasked(IpAddress.parse("10.0.0.0"), 33));

        assertEquals("prefix length 33 is out of range: allowed is 0 to 32", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> IpPrefix.of(IpAddress.parse("::"), -1));
        assertThrows(IllegalArgumentException.class, () -> IpPrefix.of(IpAddress.parse("::"), 129));
    }

    @Test
    void refusesIpv4BitsThatAreNotLeftAligned() {
        assertThrows(IllegalArgumentException.class, () -> new IpPrefix(AddressFamily.IPV4_UNICAST, 1, 0, 32));
        assertThrows(IllegalArgumentException.class, () -> new IpPrefix(AddressFamily.IPV4_UNICAST, 0, 1, 32));
    }

    @Test
    void holdsIpv4LeftAligned() {
        IpPrefix prefix = IpPrefix.ofIpv4Bits(0xc0000200, 24);

        assertEquals(IpPrefix.parse("192.0.2.0/24"), prefix);
        assertEquals(0xc0000200_00000000L, prefix.high());
        assertEquals(0, prefix.low());
    }

    @ParameterizedTest(name = "{0} contains {1}: {2}")
    @CsvSource({
        "0.0.0.0/0, 255.255.255.255/32, true",
        "10.0.0.0/8, 10.0.0.0/8, true",
        "10.0.0.0/8, 10.255.0.0/16, true",
        "10.0.0.0/8, 10.0.0.0/7, false",
        "10.0.0.0/8, 11.0.0.0/8, false",
        "10.0.0.0/8, 0.0.0.0/0, false",
        "0.0.0.0/0, ::/0, false",
        "::/0, 10.0.0.0/8, false",
        "2001:db8::/32, 2001:db8:ffff::/48, true",
        "2001:db8::/32, 2001:db9::/48, false",
        "2001:db8::/64, 2001:db8::1/128, true",
        "2001:db8::/65, 2001:db8:0:0:8000::/65, false",
        "2001:db8::/65, 2001:db8:0:0:4000::/66, true"
    })
    void containsPrefixesInsideIt(String outer, String inner, boolean contains) {
        IpPrefix outerPrefix = IpPrefix.parse(outer);
        IpPrefix innerPrefix = IpPrefix.parse(inner);

        assertEquals(contains, outerPrefix.contains(innerPrefix));
        assertEquals(
                outerPrefix.equals(innerPrefix), contains && innerPrefix.contains(outerPrefix), "in both directions");
        assertEquals(
                contains || innerPrefix.contains(outerPrefix),
                outerPrefix.contains(innerPrefix.address()) || innerPrefix.contains(outerPrefix.address()));
    }

    @Test
    void containsAddressesInsideIt() {
        assertTrue(IpPrefix.parse("192.0.2.0/24").contains(IpAddress.parse("192.0.2.255")));
        assertFalse(IpPrefix.parse("192.0.2.0/24").contains(IpAddress.parse("192.0.3.0")));
        assertFalse(IpPrefix.parse("::/0").contains(IpAddress.parse("192.0.3.0")));
    }

    @Test
    @DisplayName("order is family, network, length, from every starting order")
    void comparesSupernetsFirst() {
        List<IpPrefix> ordered = new ArrayList<>();
        for (String text : List.of(
                "0.0.0.0/0",
                "10.0.0.0/7",
                "10.0.0.0/8",
                "10.1.0.0/16",
                "192.0.2.0/24",
                "::/0",
                "::1/128",
                "8000::/1",
                "8000::/2",
                "8000::1/128")) {
            ordered.add(IpPrefix.parse(text));
        }
        for (int seed = 0; seed < 20; seed++) {
            List<IpPrefix> shuffled = new ArrayList<>(ordered);
            Collections.shuffle(shuffled, new Random(seed));
            Collections.sort(shuffled);
            assertEquals(ordered, shuffled);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void readsWhatItWroteAndContainsItsAddressesForRandomPrefixes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            IpAddress address = random.nextBoolean()
                    ? IpAddress.ofIpv4Bits(random.nextInt())
                    : IpAddress.ofIpv6Bits(random.nextLong(), random.nextLong());
            int length = random.nextInt(address.family().maxPrefixLength() + 1);
            IpPrefix prefix = IpPrefix.ofMasked(address, length);
            assertEquals(prefix, IpPrefix.parse(prefix.toString()));
            assertTrue(prefix.contains(address));
            assertTrue(prefix.contains(IpPrefix.of(address, address.family().maxPrefixLength())));
        }
    }
}
