package dev.waymark.api.route;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.Asn;
import dev.waymark.api.route.AsPathSegment.Kind;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsPathTest {

    @ParameterizedTest(name = "RFC 4271 §9.1.2.2(a), RFC 5065 §5.3: length of \"{0}\" is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | 0",
                "65001 | 1",
                "65001 65002 65003 | 3",
                "65001 65001 65001 | 3",
                "{1,2,3} | 1",
                "65001 {1,2} | 2",
                "{1} {2} | 2",
                "(65010 65011) | 0",
                "[65010,65011] | 0",
                "(65010) 65001 65002 | 2",
                "65001 65002 {1,2} (3) [4,5] | 3"
            })
    void countsHopsAsRouteSelectionDoes(String text, int length) {
        assertEquals(length, AsPath.parse(text).length());
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "65001",
                "65001 65002 {1,2} (3) [4,5]",
                "{7}",
                "(1 2) 3",
                "4294967295 0",
                "{1,2} 3 {4,5}",
                "[1] [2]"
            })
    void readsWhatItWrites(String text) {
        AsPath path = AsPath.parse(text);

        assertEquals(text, path.toString());
        assertEquals(path, AsPath.parse(path.toString()));
        assertEquals(path.hashCode(), AsPath.parse(text).hashCode());
        assertEquals(path, AsPath.of(path.segments()));
    }

    @ParameterizedTest(name = "\"{0}\" is \"{1}\"")
    @CsvSource(
            delimiter = '|',
            value = {
                "1.10 2 | 65546 2",
                "  1   2  | 1 2",
                "{1 2} | {1,2}",
                "{ 1 , 2 } | {1,2}",
                "1{2}3 | 1 {2} 3",
                "( 1  2 ) | (1 2)"
            })
    void readsOtherSpellings(String text, String canonical) {
        assertEquals(canonical, AsPath.parse(text).toString());
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "x",
                "1,2",
                "1 -2",
                "4294967296",
                "{}",
                "{1",
                "1}",
                "{1,}",
                "{,1}",
                "{1,,2}",
                "()",
                "(1,2)",
                "(1",
                "1)",
                "[]",
                "[1",
                "{1 (2)}",
                "{{1}}",
                "1_2",
                "1\t2"
            })
    void refusesOtherText(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> AsPath.parse(text));

        assertEquals(
                "as path \"" + text.replace('\t', '?') + "\" is not valid: allowed is AS numbers with blanks between"
                        + " them, sets as {1,2}, confederation sequences as (1 2) and confederation sets as [1,2], each"
                        + " with 1 to 255 AS numbers",
                refusal.getMessage());
    }

    @ParameterizedTest(name = "\"{0}\": first {1}, origin {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | - | -",
                "65001 | 65001 | 65001",
                "65001 65002 | 65001 | 65002",
                "65001 {1,2} | 65001 | -",
                "{1,2} 65002 | - | 65002",
                "(65010) 65001 | - | 65001",
                "65001 {1} 65002 | 65001 | 65002"
            })
    @DisplayName("RFC 6811 §2: the origin is the last AS of a final AS_SEQUENCE")
    void knowsItsEnds(String text, String first, String origin) {
        AsPath path = AsPath.parse(text);

        assertEquals(asn(first), path.firstAsn());
        assertEquals(asn(origin), path.originAsn());
    }

    @Test
    void findsAnAsInEveryKindOfSegment() {
        AsPath path = AsPath.parse("1 2 {3,4} (5) [6]");

        for (int asn = 1; asn <= 6; asn++) {
            assertTrue(path.contains(Asn.of(asn)));
        }
        assertFalse(path.contains(Asn.of(7)));
        assertFalse(path.contains(Asn.of(0)));
        // the word that stands before a segment is not taken for an AS number
        assertFalse(path.contains(Asn.of(2 << 16 | 2)));
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 6L),
                path.asns().stream().map(Asn::value).toList());
        for (Kind kind : Kind.values()) {
            assertTrue(path.contains(kind));
            assertFalse(AsPath.empty().contains(kind));
        }
    }

    @ParameterizedTest(name = "RFC 4271 §5.1.2: {1} x {2} before \"{0}\" is \"{3}\"")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | 65000 | 1 | 65000",
                "65001 | 65000 | 3 | 65000 65000 65000 65001",
                "{1,2} 3 | 65000 | 2 | 65000 65000 {1,2} 3",
                "(1) 2 | 65000 | 1 | 65000 (1) 2"
            })
    void prepends(String text, long asn, int times, String expected) {
        AsPath path = AsPath.parse(text);
        AsPath longer = path.prepend(Asn.of(asn), times);

        assertEquals(expected, longer.toString());
        assertEquals(path.length() + times, longer.length());
        assertEquals(text, path.toString());
        assertEquals(longer, AsPath.of(longer.segments()));
    }

    @ParameterizedTest(name = "RFC 4271 §5.1.2: {0} hops and {1} more are segments of {2}")
    @CsvSource({
        "254, 1, 255",
        "255, 1, 1+255",
        "250, 10, 5+255",
        "1, 255, 1+255",
        "255, 255, 255+255",
        "300, 1, 1+255+45"
    })
    void opensAnotherSegmentWhenOneIsFull(int hops, int times, String sizes) {
        AsPath path = AsPath.ofSequence(Collections.nCopies(hops, Asn.of(65001)));
        AsPath longer = path.prepend(Asn.of(65000), times);

        assertEquals(
                List.of(sizes.split("\\+")),
                longer.segments().stream()
                        .map(s -> Integer.toString(s.asns().size()))
                        .toList());
        assertEquals(hops + times, longer.length());
        assertEquals(Optional.of(Asn.of(65000)), longer.firstAsn());
        assertEquals(times, longer.asns().stream().filter(Asn.of(65000)::equals).count());
        assertEquals(Asn.of(65001), longer.asns().get(times));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 256})
    void refusesToPrependNoneOrTooMany(int times) {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> AsPath.empty().prepend(Asn.of(1), times));

        assertEquals("prepend times " + times + " is out of range: allowed is 1 to 255", refusal.getMessage());
    }

    @ParameterizedTest(name = "RFC 4271 §4.3, RFC 6793 §3: \"{0}\" is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | \"\"",
                "65001 | 02010000fde9",
                "1 65546 {4294967295} | 0202000000010001000a0101ffffffff",
                "(1) [2,3] | 03010000000104020000000200000003"
            })
    void readsAndWritesOctets(String text, String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        AsPath path = AsPath.parse(text);

        assertArrayEquals(octets, path.toOctets());
        assertEquals(octets.length, path.octetLength());
        assertEquals(path, AsPath.ofOctets(octets, 0, octets.length));
    }

    @Test
    void keepsSegmentsApartThatTextJoins() {
        byte[] octets = HexFormat.of().parseHex("0201000000010201" + "00000002");
        AsPath path = AsPath.ofOctets(octets, 0, octets.length);

        assertEquals(2, path.segments().size());
        assertArrayEquals(octets, path.toOctets());
        assertEquals("1 2", path.toString());
        assertNotEquals(path, AsPath.parse("1 2"));
        assertEquals(2, path.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"02", "0200", "0201000000", "0202000000010000", "0001000000ff", "0501000000ff", "0201000000ff02"
            })
    void refusesOctetsThatAreNoPath(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);

        assertThrows(IllegalArgumentException.class, () -> AsPath.ofOctets(octets, 0, octets.length));
    }

    @Test
    void readsOctetsInsideALargerArray() {
        byte[] octets = HexFormat.of().parseHex("ffff" + "02010000fde9" + "ffff");

        assertEquals(AsPath.parse("65001"), AsPath.ofOctets(octets, 2, 6));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void refusesSegmentsWithoutOrWithTooManyNumbers(int count) {
        List<Asn> asns = Collections.nCopies(count, Asn.of(1));

        var refusal = assertThrows(IllegalArgumentException.class, () -> new AsPathSegment(Kind.AS_SEQUENCE, asns));
        assertEquals(
                "AS numbers in a path segment " + count + " is out of range: allowed is 1 to 255",
                refusal.getMessage());
    }

    @ParameterizedTest(name = "segment type {0}")
    @CsvSource({"1, AS_SET", "2, AS_SEQUENCE", "3, AS_CONFED_SEQUENCE", "4, AS_CONFED_SET"})
    void hasTheSegmentTypesOfTheRfcs(int code, Kind kind) {
        assertEquals(Optional.of(kind), Kind.fromCode(code));
        assertEquals(code, kind.code());
    }

    @Test
    void doesNotKnowOtherSegmentTypes() {
        assertEquals(Optional.empty(), Kind.fromCode(0));
        assertEquals(Optional.empty(), Kind.fromCode(5));
        assertEquals(Optional.empty(), Kind.fromCode(-1));
    }

    @Test
    void doesNotTakeTheMembersOfASetInAnotherOrderForEqual() {
        assertNotEquals(AsPath.parse("{1,2}"), AsPath.parse("{2,1}"));
        assertEquals("{1,2}", new AsPathSegment(Kind.AS_SET, List.of(Asn.of(1), Asn.of(2))).toString());
    }

    private static Optional<Asn> asn(String text) {
        return "-".equals(text) ? Optional.empty() : Optional.of(Asn.parse(text));
    }
}
