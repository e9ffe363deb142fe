package dev.waymark.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixSetTest {

    @ParameterizedTest(name = "\"{0}\" is lengths {1} to {2}, written \"{3}\"")
    @CsvSource({
        "10.0.0.0/8, 8, 8, 10.0.0.0/8",
        "10.0.0.0/8 le 24, 8, 24, 10.0.0.0/8 le 24",
        "10.0.0.0/8 ge 16, 16, 32, 10.0.0.0/8 ge 16",
        "10.0.0.0/8 ge 16 le 24, 16, 24, 10.0.0.0/8 ge 16 le 24",
        "10.0.0.0/8 ge 8 le 8, 8, 8, 10.0.0.0/8",
        "10.0.0.0/8 ge 8, 8, 32, 10.0.0.0/8 le 32",
        "10.0.0.0/8 ge 24 le 24, 24, 24, 10.0.0.0/8 ge 24 le 24",
        "10.0.0.1/32, 32, 32, 10.0.0.1/32",
        "2001:db8::/32 ge 48, 48, 128, 2001:db8::/32 ge 48",
        "::/0 le 128, 0, 128, ::/0 le 128"
    })
    void readsRangesAsRoutersWriteThem(String text, int min, int max, String canonical) {
        PrefixRange range = PrefixRange.parse(text);

        assertEquals(min, range.minLength());
        assertEquals(max, range.maxLength());
        assertEquals(canonical, range.toString());
        assertEquals(range, PrefixRange.parse(canonical));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "10.0.0.0",
                "10.0.0.1/8",
                "10.0.0.0/8 ge",
                "10.0.0.0/8 ge 7",
                "10.0.0.0/8 le 7",
                "10.0.0.0/8 le 33",
                "10.0.0.0/8 ge 24 le 16",
                "10.0.0.0/8 le 24 ge 16",
                "10.0.0.0/8 eq 8",
                "10.0.0.0/8 ge 16 le 24 x",
                "10.0.0.0/8 ge 1000"
            })
    void refusesOtherText(String text) {
        assertThrows(IllegalArgumentException.class, () -> PrefixRange.parse(text));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "10.0.0.0/8, true", "10.0.0.0/9, false", "10.1.0.0/16, true", "10.1.1.0/24, true", "10.1.1.0/25, false",
        "10.2.0.0/16, false", "172.16.0.0/12, true", "172.17.0.0/16, true", "172.17.0.1/32, true",
                "172.32.0.0/16, false",
        "0.0.0.0/0, false", "192.0.2.0/24, false", "2001:db8::/32, false", "2001:db8:1::/48, true",
                "2001:db8::/49, false",
        "10.1.2.0/24, true", "10.1.2.128/25, true", "10.1.2.128/26, false"
    })
    void containsWhatOneOfItsRangesContains(String prefix, boolean contained) {
        PrefixSet set = PrefixSet.parse(
                "172.16.0.0/12 le 32",
                "10.1.2.0/24 le 25",
                "10.0.0.0/8",
                "2001:db8::/32 ge 48 le 48",
                "10.1.0.0/16 le 24");

        assertEquals(contained, set.contains(IpPrefix.parse(prefix)));
    }

    @Test
    @DisplayName("two ranges of one prefix both count")
    void keepsRangesOfTheSamePrefix() {
        PrefixSet set = PrefixSet.parse("10.0.0.0/8 ge 24 le 24", "10.0.0.0/8", "10.0.0.0/8 ge 16 le 16");

        assertTrue(set.contains(IpPrefix.parse("10.0.0.0/8")));
        assertTrue(set.contains(IpPrefix.parse("10.1.0.0/16")));
        assertTrue(set.contains(IpPrefix.parse("10.1.1.0/24")));
        assertFalse(set.contains(IpPrefix.parse("10.1.0.0/17")));
        assertEquals(
                "[10.0.0.0/8 ge 24 le 24, 10.0.0.0/8, 10.0.0.0/8 ge 16 le 16]",
                set.ranges().toString());
    }

    @Test
    void isMadeOfPrefixesAlsoAndJoined() {
        List<IpPrefix> prefixes = List.of(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("2001:db8::/32"));
        IpPrefix inside = IpPrefix.parse("10.1.0.0/16");

        assertFalse(PrefixSet.exactly(prefixes).contains(inside));
        assertTrue(PrefixSet.exactly(prefixes).contains(prefixes.get(1)));
        assertTrue(PrefixSet.orLonger(prefixes).contains(inside));
        assertTrue(PrefixSet.exactly(prefixes)
                .union(PrefixSet.parse("10.1.0.0/16"))
                .contains(inside));
        assertFalse(PrefixSet.of(List.of()).contains(inside));
    }

    @ParameterizedTest(name = "seed {0}: the index agrees with looking at every range")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTheNaiveAnswer(long seed) {
        Random random = new Random(seed);
        List<PrefixRange> ranges = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            IpPrefix prefix = randomPrefix(random);
            int most = prefix.family().maxPrefixLength();
            int min = prefix.length() + random.nextInt(most - prefix.length() + 1);
            ranges.add(new PrefixRange(prefix, min, min + random.nextInt(most - min + 1)));
        }
        PrefixSet set = PrefixSet.of(ranges);
        int contained = 0;
        for (int i = 0; i < 20_000; i++) {
            IpPrefix prefix = randomPrefix(random);
            boolean expected = ranges.stream().anyMatch(range -> range.contains(prefix));
            assertEquals(expected, set.contains(prefix), prefix::toString);
            contained += expected ? 1 : 0;
        }
        assertTrue(contained > 1000 && contained < 19_000, "both answers occur often");
    }

    /** A prefix out of few bits, so that prefixes nest and repeat. */
    private static IpPrefix randomPrefix(Random random) {
        int length = random.nextInt(13);
        if (random.nextBoolean()) {
            return IpPrefix.ofMasked(IpAddress.ofIpv4Bits(random.nextInt(1 << 12) << 20), length);
        }
        // around the border between the two halves of an address
        long low = (long) random.nextInt(1 << 6) << 58;
        return IpPrefix.ofMasked(IpAddress.ofIpv6Bits(random.nextInt(1 << 6), low), 58 + length);
    }
}
