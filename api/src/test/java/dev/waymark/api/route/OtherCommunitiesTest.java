package dev.waymark.api.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("large, extended and IPv6 extended communities")
class OtherCommunitiesTest {

    @ParameterizedTest(name = "RFC 8092 §5: {0}")
    @ValueSource(strings = {"0:0:0", "65536:1:2", "4294967295:4294967295:4294967295"})
    void largeReadsWhatItWrites(String text) {
        LargeCommunity community = LargeCommunity.parse(text);

        assertEquals(text, community.toString());
        assertEquals(Asn.ofBits(community.globalAdministrator()), community.administrator());
    }

    @ParameterizedTest(name = "RFC 8092 §5: \"{0}\"")
    @ValueSource(strings = {"", "1", "1:2", "1:2:", "1:2:3:4", "4294967296:1:1", "01:1:1", "1::1", "a:b:c", "1:-2:3"})
    void largeRefusesOtherText(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> LargeCommunity.parse(text));

        assertEquals(
                "large community \"" + text
                        + "\" is not valid: allowed is three numbers from 0 to 4294967295 such as 65536:1:2",
                refusal.getMessage());
    }

    @Test
    void largeRefusesPartsOutOfRange() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> LargeCommunity.of(1, 2, 4294967296L));

        assertEquals(
                "large community data 2 4294967296 is out of range: allowed is 0 to 4294967295", refusal.getMessage());
    }

    @Test
    void largeComparesAsUnsignedNumbersInBothDirections() {
        LargeCommunity[] ordered = {
            LargeCommunity.of(1, 9, 9), LargeCommunity.of(4294967295L, 0, 1),
            LargeCommunity.of(4294967295L, 0, 4294967295L), LargeCommunity.of(4294967295L, 4294967295L, 0)
        };
        for (int i = 0; i < ordered.length; i++) {
            for (int j = 0; j < ordered.length; j++) {
                assertEquals(Integer.signum(i - j), Integer.signum(ordered[i].compareTo(ordered[j])));
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource({
        "RFC 4360 §4, rt:65001:100, 0002fde900000064",
        "RFC 4360 §4, rt:65001:4294967295, 0002fde9ffffffff",
        "RFC 4360 §4, rt:192.0.2.1:100, 0102c00002010064",
        "RFC 5668 §2, rt:65001L:100, 02020000fde90064",
        "RFC 5668 §2, rt:65546L:100, 02020001000a0064",
        "RFC 4360 §5, soo:65001:1, 0003fde900000001",
        "RFC 4360 §5, soo:192.0.2.1:65535, 0103c0000201ffff",
        "RFC 4360 §2, 0x030b000000000001, 030b000000000001",
        "RFC 4360 §2, 0x4302000000000001, 4302000000000001",
        "RFC 4360 §2, 0xffffffffffffffff, ffffffffffffffff"
    })
    void extendedReadsWhatItWrites(String source, String text, String hex) {
        ExtendedCommunity community = ExtendedCommunity.ofBits(Long.parseUnsignedLong(hex, 16));

        assertEquals(text, community.toString());
        assertEquals(community, ExtendedCommunity.parse(text));
        assertEquals(community, ExtendedCommunity.of(community.type(), community.subtype(), community.value()));
    }

    @Test
    void extendedTakesAWideAsForFourOctets() {
        assertEquals(ExtendedCommunity.parse("rt:65546L:100"), ExtendedCommunity.parse("rt:65546:100"));
    }

    @Test
    @DisplayName("RFC 4360 §2: the T bit is clear on transitive communities")
    void extendedKnowsWhetherItIsTransitive() {
        assertEquals(true, ExtendedCommunity.parse("rt:65001:100").isTransitive());
        assertEquals(false, ExtendedCommunity.ofBits(0x4302000000000001L).isTransitive());
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "rt:",
                "rt:1",
                "rt::1",
                "rt:1:",
                "rt:65001:4294967296",
                "rt:65546:65536",
                "rt:1.2.3:1",
                "rt:1.2.3.4:65536",
                "rt:L:1",
                "rt:1L:x",
                "xx:1:2",
                "0x1",
                "0x00000000000000zz",
                "1:2"
            })
    void extendedRefusesOtherText(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> ExtendedCommunity.parse(text));

        assertEquals(
                "extended community \"" + text + "\" is not valid: allowed is rt: or soo: with AS:number (65001:100,"
                        + " 65001L:100 for a four-octet AS) or address:number (192.0.2.1:100), or 0x with 16"
                        + " hexadecimal digits",
                refusal.getMessage());
    }

    @Test
    void extendedRefusesPartsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> ExtendedCommunity.of(256, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> ExtendedCommunity.of(0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> ExtendedCommunity.of(0, 0, 1L << 48));
    }

    @ParameterizedTest(name = "RFC 5701 §2: {0}")
    @ValueSource(strings = {"0x0002:[2001:db8::1]:100", "0x0003:[::]:0", "0xffff:[ffff::]:65535"})
    void ipv6ReadsWhatItWrites(String text) {
        assertEquals(text, Ipv6ExtendedCommunity.parse(text).toString());
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "0x0002:[]:1",
                "0x0002:[2001:db8::1]:65536",
                "0x002:[2001:db8::1]:1",
                "0x0002:2001:db8::1:1",
                "0x0002:[192.0.2.1]:1",
                "0x0002:[2001:db8::1]:",
                "0x0002:[2001:db8::1]"
            })
    void ipv6RefusesOtherText(String text) {
        assertThrows(IllegalArgumentException.class, () -> Ipv6ExtendedCommunity.parse(text));
    }

    @Test
    @DisplayName("RFC 5701 §2: an attribute of 40 octets holds two")
    void ipv6IsReadFromTheAttribute() {
        byte[] octets = new byte[40];
        octets[1] = 2;
        System.arraycopy(IpAddress.parse("2001:db8::1").toBytes(), 0, octets, 2, 16);
        octets[19] = 7;
        octets[20] = (byte) 0xff;
        octets[38] = (byte) 0xff;
        RawAttribute attribute = RawAttribute.of(25, RawAttribute.OPTIONAL | RawAttribute.TRANSITIVE, octets);

        assertEquals(
                "[0x0002:[2001:db8::1]:7, 0xff00:[::]:65280]",
                Ipv6ExtendedCommunity.readAll(attribute).toString());
    }
}
