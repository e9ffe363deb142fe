package dev.waymark.api.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommunityTest {

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource({
        "RFC 8326, GRACEFUL_SHUTDOWN, 65535:0",
        "RFC 7611, ACCEPT_OWN, 65535:1",
        "RFC 9494, LLGR_STALE, 65535:6",
        "RFC 9494, NO_LLGR, 65535:7",
        "RFC 7999, BLACKHOLE, 65535:666",
        "RFC 1997, NO_EXPORT, 65535:65281",
        "RFC 1997, NO_ADVERTISE, 65535:65282",
        "RFC 1997, NO_EXPORT_SUBCONFED, 65535:65283",
        "RFC 3765, NOPEER, 65535:65284"
    })
    void knowsWellKnownCommunitiesByName(String source, String name, String text) {
        Community community = Community.parse(name);

        assertEquals(text, community.toString());
        assertEquals(Optional.of(name), community.name());
        assertEquals(community, Community.parse(text));
        assertEquals(community, Community.parse(name.toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    @Test
    void namesAreTheConstants() {
        assertEquals(Community.NO_ADVERTISE, Community.parse("no-advertise"));
        assertEquals(0xffff_ff02, Community.NO_ADVERTISE.bits());
        assertEquals(Community.NO_EXPORT, Community.parse("65535:65281"));
        assertEquals(Community.BLACKHOLE, Community.of(65535, 666));
        assertEquals(Optional.empty(), Community.of(65001, 1).name());
    }

    @ParameterizedTest
    @CsvSource({"0:0, 0, 0", "65001:100, 65001, 100", "65535:65535, 65535, 65535"})
    void readsWhatItWrites(String text, int high, int low) {
        Community community = Community.parse(text);

        assertEquals(Community.of(high, low), community);
        assertEquals(Community.ofBits(high << 16 | low), community);
        assertEquals(high, community.high());
        assertEquals(low, community.low());
        assertEquals(text, community.toString());
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "1", ":", "1:", ":1", "65536:1", "1:65536", "1:2:3", "-1:2", "1: 2", "NO_SUCH", "01:1"})
    void refusesOtherText(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Community.parse(text));

        assertEquals(
                "community \"" + text + "\" is not valid: allowed is two numbers from 0 to 65535 such as 65001:100, or"
                        + " one of ACCEPT_OWN, BLACKHOLE, GRACEFUL_SHUTDOWN, LLGR_STALE, NOPEER, NO_ADVERTISE, NO_EXPORT,"
                        + " NO_EXPORT_SUBCONFED, NO_LLGR",
                refusal.getMessage());
    }

    @Test
    void refusesHalvesOutOfRange() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Community.of(65536, 1));

        assertEquals("community high half 65536 is out of range: allowed is 0 to 65535", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Community.of(1, -1));
    }

    @Test
    void comparesAsUnsignedNumbers() {
        assertTrue(Community.of(1, 0).compareTo(Community.NO_EXPORT) < 0);
        assertTrue(Community.NO_EXPORT.compareTo(Community.of(1, 0)) > 0);
    }
}
