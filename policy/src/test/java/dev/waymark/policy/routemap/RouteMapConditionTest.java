package dev.waymark.policy.routemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Route;
import dev.waymark.policy.TestRoutes;
import dev.waymark.policy.routemap.RouteMapRule.Next;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which routes the conditions of a rule mean. */
class RouteMapConditionTest {

    private static boolean matches(Route route, String... conditions) {
        RouteMapRule.Builder rule = RouteMapRule.builder("r").then(RouteMapAction.drop());
        for (String condition : conditions) {
            rule.when(MapText.condition(condition));
        }
        return !MapText.map(rule.build()).evaluate(TestRoutes.IMPORT, route).isAccepted();
    }

    @ParameterizedTest(name = "ARS-61: {0} and {1}: {2}")
    @CsvSource({
        "prefixEquals 10.1.0.0/16 10.2.0.0/16, 10.1.0.0/16, true",
        "prefixEquals 10.1.0.0/16 10.2.0.0/16, 10.2.0.0/16, true",
        "prefixEquals 10.1.0.0/16 10.2.0.0/16, 10.1.1.0/24, false",
        "prefixEquals 10.1.0.0/16 10.2.0.0/16, 10.0.0.0/8, false",
        "prefixEquals 0.0.0.0/0, 0.0.0.0/0, true",
        "prefixEquals 0.0.0.0/0, 10.0.0.0/8, false",
        "prefixEquals 0.0.0.0/0, ::/0, false",
        "prefixEquals ::/0, 0.0.0.0/0, false",
        "prefixEquals 10.0.0.0/16, 10.0.0.0/17, false",
        "prefixEquals 2001:db8::/32, 2001:db8::/32, true",
        "prefixEquals 2001:db8::1/128, 2001:db8::1/128, true",
        "prefixEquals 2001:db8::1/128, 2001:db8::2/128, false",
        "prefixContains 10.1.0.0/16 10.2.0.0/16, 10.1.0.0/16, true",
        "prefixContains 10.1.0.0/16 10.2.0.0/16, 10.2.1.0/24, true",
        "prefixContains 10.1.0.0/16 10.2.0.0/16, 10.2.0.1/32, true",
        "prefixContains 10.1.0.0/16 10.2.0.0/16, 10.3.0.0/16, false",
        "prefixContains 10.1.0.0/16 10.2.0.0/16, 10.0.0.0/8, false",
        "prefixContains 10.1.0.0/16 10.1.2.0/24, 10.1.3.0/24, true",
        "prefixContains 0.0.0.0/0, 10.0.0.0/8, true",
        "prefixContains 0.0.0.0/0, ::/0, false",
        "prefixContains ::/0, 2001:db8::/32, true",
        "prefixContains ::/0, 10.0.0.0/8, false",
        "prefixContains 2001:db8:0:1::/64, 2001:db8:0:1:8000::/65, true",
        "prefixContains 2001:db8:0:1::/64, 2001:db8:0:2::/64, false",
        "prefixContains 2001:db8:0:1:8000::/65, 2001:db8:0:1:c000::/66, true",
        "prefixContains 2001:db8:0:1:8000::/65, 2001:db8:0:1:4000::/66, false",
    })
    void prefix(String condition, String prefix, boolean expected) {
        assertEquals(expected, matches(MapText.route(prefix, "65001", ""), condition));
    }

    @ParameterizedTest(name = "ARS-61: {0} and communities {1}: {2}")
    @CsvSource({
        "communityEquals 65001:100 65001:200, 65001:100 65001:200, true",
        "communityEquals 65001:100 65001:200, 65001:200 1:1 65001:100, true",
        "communityEquals 65001:100 65001:200, 65001:100, false",
        "communityEquals 65001:100 65001:100, 65001:100, true",
        "communityEquals 65001:100, '', false",
        "communityContains 65001:100 65001:200, 65001:200, true",
        "communityContains 65001:100 65001:200, 1:1 65001:100, true",
        "communityContains 65001:100 65001:200, 65001:300, false",
        "communityContains 0:0, '', false",
        "communityContains 0:0, 0:0, true",
        "communityExact 65001:100 65001:200, 65001:200 65001:100, true",
        "communityExact 65001:100 65001:200, 65001:200 65001:100 65001:200, true",
        "communityExact 65001:100 65001:200, 65001:200 65001:100 1:1, false",
        "communityExact 65001:100 65001:200, 65001:200, false",
        "'communityExact ', '', true",
        "'communityExact ', 1:1, false",
    })
    void community(String condition, String communities, boolean expected) {
        assertEquals(expected, matches(MapText.route("10.1.0.0/16", "65001", communities), condition));
    }

    @ParameterizedTest(name = "ARS-61: {0} and path {1}: {2}")
    @CsvSource({
        "asPathEquals 65001 65002 65003, 65001 65002 65003, true",
        "asPathEquals 65001 65002 65003, 65003 65002 65001, false",
        "asPathEquals 65001 65002, 65001 65002 65003, false",
        "asPathEquals 65001 65002 65003, 65001 65002, false",
        "asPathEquals 65001 65001, 65001, false",
        "asPathEquals 65001, '{65001}', false",
        "asPathEquals 65001 65002, '65001 {65002}', false",
        "asPathEquals 65001 65002, '(65001) 65002', false",
        "asPathEquals 4200000000, 4200000000, true",
        "'asPathEquals ', '', true",
        "'asPathEquals ', 65001, false",
        "asPathContains 65001 65009, 65002 65009, true",
        "asPathContains 65001 65009, 65002 65003, false",
        "asPathContains 65002, '65001 {65002,65003}', true",
        "asPathContains 65001, '', false",
    })
    void asPath(String condition, String path, boolean expected) {
        assertEquals(expected, matches(MapText.route("10.1.0.0/16", path, ""), condition));
    }

    @Test
    @DisplayName("ARS-61: a sequence of more than 255 AS numbers, which takes two segments, is compared as a whole")
    void longPath() {
        String path = String.join(" ", Collections.nCopies(300, "65001"));
        assertTrue(matches(MapText.route("10.1.0.0/16", path, ""), "asPathEquals " + path));
    }

    @ParameterizedTest(name = "ARS-60: conditions are ANDed: {0}, {1}, {2}: {3}")
    @CsvSource({
        "10.1.0.0/16, 65001, 1:1, true",
        "10.2.0.0/16, 65001, 1:1, false",
        "10.1.0.0/16, 65002, 1:1, false",
        "10.1.0.0/16, 65001, 1:2, false",
    })
    void conditionsAreAnded(String prefix, String path, String communities, boolean expected) {
        Route route = MapText.route(prefix, path, communities);
        assertEquals(
                expected, matches(route, "prefixContains 10.1.0.0/16", "communityContains 1:1", "asPathEquals 65001"));
    }

    @Test
    @DisplayName("ARS-60: two conditions of one kind must both be met")
    void sameKindTwice() {
        String[] both = {"communityContains 1:1 1:2", "communityContains 1:3 1:4"};
        assertTrue(matches(MapText.route("10.1.0.0/16", "65001", "1:2 1:3"), both));
        assertEquals(false, matches(MapText.route("10.1.0.0/16", "65001", "1:1 1:2"), both));
    }

    @Test
    @DisplayName("ARS-61: an empty list is refused where it would match nothing, with the parameter and the range")
    void refusesEmptyLists() {
        List<String> problems = List.of(
                refusal(() -> RouteMapCondition.prefixEquals(List.of())),
                refusal(() -> RouteMapCondition.prefixContains(List.of())),
                refusal(() -> RouteMapCondition.communityEquals(List.of())),
                refusal(() -> RouteMapCondition.communityContains(List.of())),
                refusal(() -> RouteMapCondition.asPathContains(List.of())));
        assertEquals(
                List.of(
                        "routeMap.match.prefixEquals: 0 values are not in 1 to 1000000 [ARS-61]",
                        "routeMap.match.prefixContains: 0 values are not in 1 to 1000000 [ARS-61]",
                        "routeMap.match.communityEquals: 0 values are not in 1 to 1000000 [ARS-61]",
                        "routeMap.match.communityContains: 0 values are not in 1 to 1000000 [ARS-61]",
                        "routeMap.match.asPathContains: 0 values are not in 1 to 1000000 [ARS-61]"),
                problems);
        List<IpPrefix> tooMany = Collections.nCopies(1_000_001, IpPrefix.parse("10.0.0.0/8"));
        assertEquals(
                "routeMap.match.prefixEquals: 1000001 values are not in 1 to 1000000 [ARS-61]",
                refusal(() -> RouteMapCondition.prefixEquals(tooMany)));
    }

    private static String refusal(Runnable making) {
        return String.valueOf(
                assertThrows(ConfigurationException.class, making::run).getMessage());
    }

    @Test
    @DisplayName("ARS-60: conditions of equal lists are equal, and say what they are")
    void equality() {
        RouteMapCondition condition = MapText.condition("prefixEquals 10.0.0.0/8 10.1.0.0/16");
        assertEquals(condition, MapText.condition("prefixEquals 10.0.0.0/8 10.1.0.0/16"));
        assertEquals(
                condition.hashCode(),
                MapText.condition("prefixEquals 10.0.0.0/8 10.1.0.0/16").hashCode());
        assertEquals("prefixEquals [10.0.0.0/8, 10.1.0.0/16]", condition.toString());
        assertEquals(List.of(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("10.1.0.0/16")), condition.values());
        assertTrue(!condition.equals(MapText.condition("prefixContains 10.0.0.0/8 10.1.0.0/16")));
        assertEquals(Next.CONTINUE, RouteMapRule.builder("r").build().next());
    }
}
