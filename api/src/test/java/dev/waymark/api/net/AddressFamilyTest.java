package dev.waymark.api.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AddressFamilyTest {

    @ParameterizedTest
    @EnumSource
    void isFoundByItsCodePointsAndItsText(AddressFamily family) {
        assertEquals(Optional.of(family), AddressFamily.of(family.afi(), family.safi()));
        assertEquals(family, AddressFamily.parse(family.toString()));
    }

    @ParameterizedTest(name = "RFC 4760 §3: AFI {0} SAFI {1} is {2} with {3} bits")
    @CsvSource({"1, 1, ipv4-unicast, 32", "2, 1, ipv6-unicast, 128"})
    void hasTheNumbersOfIana(int afi, int safi, String text, int bits) {
        AddressFamily family = AddressFamily.of(afi, safi).orElseThrow();

        assertEquals(text, family.toString());
        assertEquals(bits, family.maxPrefixLength());
    }

    @ParameterizedTest(name = "AFI {0} SAFI {1}")
    @CsvSource({"0, 0", "1, 0", "1, 2", "2, 4", "3, 1", "25, 65", "16388, 71", "65535, 255"})
    void doesNotKnowOtherFamilies(int afi, int safi) {
        assertEquals(Optional.empty(), AddressFamily.of(afi, safi));
    }

    @Test
    void refusesOtherText() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> AddressFamily.parse("vpnv4"));

        assertEquals(
                "address family \"vpnv4\" is not valid: allowed is ipv4-unicast or ipv6-unicast", refusal.getMessage());
    }
}
