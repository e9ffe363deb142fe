package dev.waymark.api.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterIdTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0",
        "0.0.0.1, 1",
        "10.0.0.4, 167772164",
        "192.0.2.1, 3221225985",
        "255.255.255.255, 4294967295"
    })
    void readsWhatItWrites(String text, long bits) {
        RouterId id = RouterId.parse(text);

        assertEquals(RouterId.ofBits((int) bits), id);
        assertEquals(text, id.toString());
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.04",
                "1..2.3",
                "1.2.3.",
                ".1.2.3",
                "a.b.c.d",
                "::1"
            })
    void refusesOtherText(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> RouterId.parse(text));

        assertEquals(
                "router id \"" + text
                        + "\" is not valid: allowed is a dotted quad such as 192.0.2.1 (each part 0 to 255)",
                refusal.getMessage());
    }

    @Test
    @DisplayName("RFC 4271 §6.8: identifiers compare as unsigned numbers")
    void comparesAsUnsignedNumbers() {
        RouterId low = RouterId.parse("10.0.0.1");
        RouterId high = RouterId.parse("192.0.2.1");

        assertTrue(low.compareTo(high) < 0);
        assertTrue(high.compareTo(low) > 0);
        assertEquals(0, low.compareTo(RouterId.parse("10.0.0.1")));
    }
}
