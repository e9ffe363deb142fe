package dev.waymark.policy.asn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.net.Asn;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Route;
import dev.waymark.policy.RouteMatcher;
import dev.waymark.policy.TestAttributes;
import dev.waymark.policy.TestRoutes;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("checks, matchers and steps on AS paths")
class AsPathPolicyTest {

    private static final String PUBLIC_AND_PRIVATE = "64512 3333 65001 {64513,3334,64514} (64515) 4200000000";

    @ParameterizedTest(name = "ARS-25, RFC 7607 §2: \"{0}\" is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | ELIGIBLE",
                "65001 65002 | ELIGIBLE",
                "65515 | OWN_AS_IN_PATH",
                "65001 65002 65515 | OWN_AS_IN_PATH",
                "65001 {65002,65515} | OWN_AS_IN_PATH",
                "(65515) 65001 | OWN_AS_IN_PATH",
                "0 | AS_ZERO_IN_PATH",
                "65001 0 65002 | AS_ZERO_IN_PATH",
                "65001 {1,0} | AS_ZERO_IN_PATH",
                "65515 0 | AS_ZERO_IN_PATH",
                "0 65515 | AS_ZERO_IN_PATH",
                "655150 65 515 | ELIGIBLE"
            })
    void judgesPathsBeforeAnyPolicy(String path, AsPathVerdict verdict) {
        assertEquals(verdict, AsPathChecks.judge(AsPath.parse(path), TestRoutes.LOCAL));
        assertEquals(verdict, AsPathChecks.judge(TestAttributes.ofPath(path), TestRoutes.LOCAL));
    }

    @ParameterizedTest(name = "ARS-54, RFC 6996 §5: \"{0}\" without private numbers is \"{1}\"")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | \"\"",
                "3333 | 3333",
                "64512 | \"\"",
                "64511 64512 65534 65535 | 64511 65535",
                "4199999999 4200000000 4294967294 4294967295 | 4199999999 4294967295",
                "65001 65001 65001 3333 | 3333",
                "3333 {64512,64513} | 3333",
                "3333 {64512,7} | 3333 {7}",
                PUBLIC_AND_PRIVATE + " | 3333 {3334} (64515)"
            })
    void removesPrivateNumbers(String path, String expected) {
        assertEquals(AsPath.parse(expected), RemovePrivateAs.remove(AsPath.parse(path)));
        assertEquals(
                expected,
                TestRoutes.apply(RemovePrivateAs.step(), TestRoutes.route("10.0.0.0/8", path))
                        .asPath()
                        .toString());
    }

    @ParameterizedTest(name = "ARS-54: \"{0}\" with 12076 for private numbers is \"{1}\"")
    @CsvSource(
            delimiter = '|',
            value = {
                "3333 | 3333",
                "65001 65001 3333 | 12076 12076 3333",
                "3333 {64512,64513} | 3333 {12076}",
                PUBLIC_AND_PRIVATE + " | 12076 3333 12076 {12076,3334} (64515) 12076"
            })
    void replacesPrivateNumbers(String path, String expected) {
        Asn replacement = Asn.of(12076);

        assertEquals(AsPath.parse(expected), RemovePrivateAs.replace(AsPath.parse(path), replacement));
        assertEquals(
                expected,
                TestRoutes.apply(RemovePrivateAs.replacingWith(replacement), TestRoutes.route("10.0.0.0/8", path))
                        .asPath()
                        .toString());
    }

    @ParameterizedTest(name = "ARS-54: on-premises sees \"{0}\" as \"{1}\"")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "65515 65001 | 12076",
                "65001 65001 65001 65001 | 12076",
                "65001 3333 | 12076 3333",
                "3333 | 12076 3333",
                "\"\" | 12076"
            })
    @DisplayName("prepends with private numbers vanish")
    void showsOneAsInFront(String path, String expected) {
        var step = RemovePrivateAs.showing(Asn.of(12076));

        assertEquals(
                expected,
                TestRoutes.apply(step, TestRoutes.route("10.0.0.0/8", path))
                        .asPath()
                        .toString());
    }

    @Test
    void leavesPathsWithoutPrivateNumbersAlone() {
        Route route = TestRoutes.route("10.0.0.0/8", "3333 {1} (64512)");
        AsPath confederation = AsPath.parse("3333 (64512)");
        AsPath plain = AsPath.parse("3333 1103");

        assertSame(plain, RemovePrivateAs.remove(plain));
        assertSame(plain, RemovePrivateAs.replace(plain, Asn.of(1)));
        assertEquals(confederation, RemovePrivateAs.remove(confederation));
        assertEquals(route.attributes(), TestRoutes.apply(RemovePrivateAs.step(), route));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void matches(String name, RouteMatcher matcher, boolean expected) {
        Route route = TestRoutes.route("10.0.0.0/8", "65001 3333 {7,8}");

        assertEquals(expected, matcher.matches(TestRoutes.IMPORT, route));
    }

    static Stream<Arguments> matches() {
        return Stream.of(
                arguments("contains the second of two", AsPathMatchers.contains(Asn.of(9), Asn.of(8)), true),
                arguments("contains neither", AsPathMatchers.contains(Asn.of(9)), false),
                arguments("equal", AsPathMatchers.equalTo(AsPath.parse("65001 3333 {7,8}")), true),
                arguments("part of it", AsPathMatchers.equalTo(AsPath.parse("65001 3333")), false),
                arguments("first", AsPathMatchers.firstAsn(Asn.of(65001)), true),
                arguments("first, twice", AsPathMatchers.firstAsn(Asn.of(65001), Asn.of(65001)), true),
                arguments("not first", AsPathMatchers.firstAsn(Asn.of(3333)), false),
                arguments("a set has no origin", AsPathMatchers.originAsn(Asn.of(8), Asn.of(3333)), false),
                arguments("longer than 2", AsPathMatchers.longerThan(2), true),
                arguments("longer than 3", AsPathMatchers.longerThan(3), false),
                arguments("private", AsPathMatchers.containsPrivate(), true),
                arguments("set", AsPathMatchers.containsSet(), true));
    }

    @Test
    void matchesTheOrigin() {
        Route route = TestRoutes.route("10.0.0.0/8", "3333 1103");

        assertEquals(true, AsPathMatchers.originAsn(Asn.of(1103)).matches(TestRoutes.IMPORT, route));
        assertEquals(false, AsPathMatchers.originAsn(Asn.of(3333)).matches(TestRoutes.IMPORT, route));
        assertEquals(false, AsPathMatchers.containsSet().matches(TestRoutes.IMPORT, route));
        assertEquals(false, AsPathMatchers.containsPrivate().matches(TestRoutes.IMPORT, route));
    }

    @Test
    void refusesANegativeLength() {
        var refusal = assertThrows(ConfigurationException.class, () -> AsPathMatchers.longerThan(-1));

        assertEquals("longerThan.length: -1 is negative; use 0 or more", refusal.getMessage());
    }
}
