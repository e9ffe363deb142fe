package dev.waymark.api.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsnTest {

    @ParameterizedTest(name = "RFC 5396 §2: {0} is {1}")
    @CsvSource({
        "0, 0",
        "65515, 65515",
        "65535, 65535",
        "65536, 65536",
        "4294967295, 4294967295",
        "1.0, 65536",
        "1.10, 65546",
        "0.65515, 65515",
        "65535.65535, 4294967295"
    })
    void readsAsplainAndAsdotAndWritesAsplain(String text, long value) {
        Asn asn = Asn.parse(text);

        assertEquals(value, asn.value());
        assertEquals(Long.toString(value), asn.toString());
        assertEquals(asn, Asn.parse(asn.toString()));
        assertEquals(asn, Asn.of(value));
        assertEquals(asn, Asn.ofBits((int) value));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "1 ",
                " 1",
                "4294967296",
                "99999999999999999999",
                "AS65515",
                "0x10",
                "01",
                "1.",
                ".1",
                "1.65536",
                "65536.1",
                "1.2.3",
                "1.-2",
                "١"
            })
    void refusesOtherTextAndSaysWhatIsAllowed(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Asn.parse(text));

        assertEquals(
                "asn \"" + text + "\" is not valid: allowed is 0 to 4294967295, as 65515 or in dotted form as 1.10"
                        + " (each half 0 to 65535)",
                refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 4294967296L, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesNumbersOutOfRange(long value) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Asn.of(value));

        assertEquals("asn " + value + " is out of range: allowed is 0 to 4294967295", refusal.getMessage());
    }

    @ParameterizedTest(name = "RFC 6996 §5: {0} private {1}, two octets {2}")
    @CsvSource({
        "0, false, true",
        "64511, false, true",
        "64512, true, true",
        "65534, true, true",
        "65535, false, true",
        "65536, false, false",
        "4199999999, false, false",
        "4200000000, true, false",
        "4294967294, true, false",
        "4294967295, false, false"
    })
    void knowsPrivateAndTwoOctetNumbers(long value, boolean isPrivate, boolean isTwoOctet) {
        assertEquals(isPrivate, Asn.of(value).isPrivate());
        assertEquals(isTwoOctet, Asn.of(value).isTwoOctet());
    }

    @Test
    @DisplayName("order is unsigned, in both directions")
    void comparesAsUnsignedNumbers() {
        Asn small = Asn.of(1);
        Asn large = Asn.of(4_200_000_000L);

        assertTrue(small.compareTo(large) < 0);
        assertTrue(large.compareTo(small) > 0);
        assertEquals(0, large.compareTo(Asn.of(4_200_000_000L)));
    }
}
