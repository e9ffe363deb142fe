package dev.waymark.api.route;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import java.nio.ReadOnlyBufferException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("origin, aggregator and raw attributes")
class AttributeValuesTest {

    @ParameterizedTest(name = "RFC 4271 §4.3: {0}")
    @EnumSource
    void originIsFoundByItsCode(Origin origin) {
        assertEquals(Optional.of(origin), Origin.fromCode(origin.code()));
    }

    @Test
    @DisplayName("RFC 4271 §4.3: IGP 0, EGP 1, INCOMPLETE 2")
    void originHasTheCodesOfTheRfc() {
        assertEquals(0, Origin.IGP.code());
        assertEquals(1, Origin.EGP.code());
        assertEquals(2, Origin.INCOMPLETE.code());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 255})
    void originDoesNotKnowOtherCodes(int code) {
        assertEquals(Optional.empty(), Origin.fromCode(code));
    }

    @Test
    void aggregatorReadsWhatItWrites() {
        Aggregator aggregator = Aggregator.parse("65001 192.0.2.1");

        assertEquals(new Aggregator(Asn.of(65001), IpAddress.parse("192.0.2.1")), aggregator);
        assertEquals("65001 192.0.2.1", aggregator.toString());
        assertThrows(IllegalArgumentException.class, () -> Aggregator.parse("65001"));
        assertThrows(IllegalArgumentException.class, () -> Aggregator.parse("65001 x"));
    }

    @Test
    @DisplayName("RFC 7607 §2: AS 0 aggregates nothing")
    void aggregatorRefusesAsZeroAndIpv6() {
        IpAddress ipv4 = IpAddress.parse("192.0.2.1");
        var zero = assertThrows(IllegalArgumentException.class, () -> new Aggregator(Asn.ZERO, ipv4));
        assertEquals("aggregator asn 0 is out of range: allowed is 1 to 4294967295", zero.getMessage());

        IpAddress ipv6 = IpAddress.parse("2001:db8::1");
        var family = assertThrows(IllegalArgumentException.class, () -> new Aggregator(Asn.of(1), ipv6));
        assertEquals(
                "aggregator address \"2001:db8::1\" is not valid: allowed is an IPv4 address such as 192.0.2.1",
                family.getMessage());
    }

    @Test
    void rawAttributeCopiesInAndOut() {
        byte[] octets = {1, 2, (byte) 0xff};
        RawAttribute attribute = RawAttribute.of(200, 0xe0, octets);
        octets[0] = 9;
        attribute.octets()[1] = 9;

        assertArrayEquals(new byte[] {1, 2, (byte) 0xff}, attribute.octets());
        assertEquals(3, attribute.length());
        assertEquals(255, attribute.octetAt(2));
        assertEquals(200, attribute.type());
        assertEquals("200/e0:0102ff", attribute.toString());
        assertThrows(ReadOnlyBufferException.class, () -> attribute.viewOctets().put((byte) 1));
    }

    @Test
    @DisplayName("RFC 4271 §4.3: Extended Length and the unused flag bits say nothing about the attribute")
    void rawAttributeKeepsTheFlagsThatMeanSomething() {
        RawAttribute plain = RawAttribute.of(8, 0xc0, new byte[4]);

        assertEquals(plain, RawAttribute.of(8, 0xdf, new byte[4]));
        assertEquals(plain.hashCode(), RawAttribute.of(8, 0xdf, new byte[4]).hashCode());
        assertNotEquals(plain, RawAttribute.of(8, 0xe0, new byte[4]));
        assertNotEquals(plain, RawAttribute.of(9, 0xc0, new byte[4]));
        assertNotEquals(plain, RawAttribute.of(8, 0xc0, new byte[5]));
    }

    @Test
    void rawAttributeReadsInsideALargerArray() {
        assertEquals(
                "1/40:0203",
                RawAttribute.of(1, 0x40, new byte[] {1, 2, 3, 4}, 1, 2).toString());
    }

    @Test
    void rawAttributeRefusesPartsOutOfRange() {
        byte[] octets = new byte[3];
        assertThrows(IllegalArgumentException.class, () -> RawAttribute.of(256, 0, octets));
        assertThrows(IllegalArgumentException.class, () -> RawAttribute.of(1, -1, octets));
        assertThrows(IllegalArgumentException.class, () -> RawAttribute.of(1, 0, new byte[65536]));
        var refusal = assertThrows(IllegalArgumentException.class, () -> RawAttribute.of(1, 0, octets, 2, 2));
        assertEquals("attribute offset 2 is out of range: allowed is 0 to 1", refusal.getMessage());
    }
}
