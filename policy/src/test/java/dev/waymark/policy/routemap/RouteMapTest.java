package dev.waymark.policy.routemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.net.Asn;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.policy.TestRoutes;
import dev.waymark.policy.routemap.RouteMapRule.Next;
import dev.waymark.spi.PolicyVerdict;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What maps do with routes. */
class RouteMapTest {

    private static final Route ROUTE = MapText.route("10.1.0.0/16", "65001", "1:1");

    private static PathAttributes apply(RouteMap map, Route route) {
        return TestRoutes.apply(map, route);
    }

    @Test
    @DisplayName("ARS-60: what no rule matches is permitted unchanged; so is everything by a map without rules")
    void nothingMatched() {
        RouteMap map = MapText.map(MapText.rule("r", Next.TERMINATE, "prefixEquals 10.2.0.0/16", "drop "));
        assertEquals(Optional.empty(), map.evaluate(TestRoutes.IMPORT, ROUTE).attributes());
        assertTrue(map.evaluate(TestRoutes.IMPORT, ROUTE).isAccepted());
        assertTrue(MapText.map().evaluate(TestRoutes.EXPORT, ROUTE).isAccepted());
    }

    @Test
    @DisplayName("ARS-60: a rule without conditions is for every route")
    void noConditions() {
        RouteMap map = MapText.map(MapText.rule("all", Next.TERMINATE, "drop "));
        PolicyVerdict verdict = map.evaluate(TestRoutes.IMPORT, ROUTE);
        assertFalse(verdict.isAccepted());
        assertEquals("route map map, rule all: dropped", verdict.reason());
    }

    @Test
    @DisplayName("ARS-60: TERMINATE ends the map for routes that matched, CONTINUE goes on; order counts")
    void nextStep() {
        RouteMapRule drop = MapText.rule("drop", Next.TERMINATE, "drop ");
        RouteMap passes = MapText.map(MapText.rule("pass", Next.TERMINATE, "prefixEquals 10.1.0.0/16"), drop);
        RouteMap goesOn = MapText.map(MapText.rule("pass", Next.CONTINUE, "prefixEquals 10.1.0.0/16"), drop);
        Route other = MapText.route("10.2.0.0/16", "65001", "");
        assertTrue(passes.evaluate(TestRoutes.IMPORT, ROUTE).isAccepted());
        assertFalse(passes.evaluate(TestRoutes.IMPORT, other).isAccepted());
        assertFalse(goesOn.evaluate(TestRoutes.IMPORT, ROUTE).isAccepted());
        RouteMap turned = MapText.map(drop, passes.rules().get(0));
        assertFalse(turned.evaluate(TestRoutes.IMPORT, ROUTE).isAccepted());
    }

    @ParameterizedTest(name = "ARS-62: {0} on [{1}] {2} makes [{3}] {4}")
    @CsvSource({
        "asPathAdd 100, 65001, '', 100 65001, ''",
        "asPathAdd 100 200 200, 65001, '', 100 200 200 65001, ''",
        "asPathAdd 100, '', '', 100, ''",
        "asPathAdd 100, '{65001,65002}', '', '100 {65001,65002}', ''",
        "asPathReplace 100 200, 65001 65002, '', 100 200, ''",
        "'asPathReplace ', 65001 65002, '', '', ''",
        "communityAdd 1:1 1:2, 65001, 1:2 1:3, 65001, 1:2 1:3 1:1",
        "communityAdd 1:1 1:1, 65001, '', 65001, 1:1",
        "communityReplace 1:5 1:4, 65001, 1:2 1:3, 65001, 1:5 1:4",
        "'communityReplace ', 65001, 1:2 1:3, 65001, ''",
        "communityRemove 1:2 1:9, 65001, 1:2 1:3 1:2, 65001, 1:3",
        "communityRemove 1:2, 65001, 1:2, 65001, ''",
    })
    void actions(String action, String path, String communities, String pathAfter, String communitiesAfter) {
        RouteMap map = MapText.map(MapText.rule("r", Next.CONTINUE, action));
        PathAttributes after = apply(map, MapText.route("10.1.0.0/16", path, communities));
        assertEquals(AsPath.parse(pathAfter), after.asPath());
        assertEquals(MapText.communities(communitiesAfter), after.communities());
    }

    @Test
    @DisplayName("ARS-62: a rule's actions come in one order, however they were given: replace, then remove and add")
    void actionsHaveOneOrder() {
        String[] one = {
            "asPathReplace 7", "asPathAdd 8", "communityReplace 1:5 1:6", "communityRemove 1:5", "communityAdd 1:7"
        };
        String[] other = {
            "communityAdd 1:7", "communityRemove 1:5", "asPathAdd 8", "communityReplace 1:5 1:6", "asPathReplace 7"
        };
        assertEquals(MapText.rule("r", Next.CONTINUE, one), MapText.rule("r", Next.CONTINUE, other));
        PathAttributes after = apply(MapText.map(MapText.rule("r", Next.CONTINUE, other)), ROUTE);
        assertEquals(AsPath.parse("8 7"), after.asPath());
        assertEquals(MapText.communities("1:6 1:7"), after.communities());
    }

    @Test
    @DisplayName("ARS-62: later rules see what earlier ones changed: communities, AS path")
    void laterRulesSeeChanges() {
        RouteMap map = MapText.map(
                MapText.rule("tag", Next.CONTINUE, "communityEquals 1:1", "communityReplace 2:2"),
                MapText.rule("unseen", Next.TERMINATE, "communityContains 1:1", "drop "),
                MapText.rule("path", Next.CONTINUE, "communityExact 2:2", "asPathAdd 100"),
                MapText.rule("mark", Next.CONTINUE, "asPathEquals 100 65001", "communityAdd 3:3"),
                MapText.rule("again", Next.CONTINUE, "asPathContains 100", "communityAdd 4:4"),
                MapText.rule("late", Next.TERMINATE, "asPathEquals 65001", "drop "));
        PathAttributes after = apply(map, ROUTE);
        assertEquals(AsPath.parse("100 65001"), after.asPath());
        assertEquals(MapText.communities("2:2 3:3 4:4"), after.communities());
    }

    @Test
    @DisplayName("ARS-62: actions that leave a route as it was give back the attributes it has")
    void unchanged() {
        RouteMap map = MapText.map(
                MapText.rule("a", Next.CONTINUE, "communityAdd 1:1", "asPathReplace 65001"),
                MapText.rule("b", Next.CONTINUE, "communityRemove 9:9"),
                MapText.rule("c", Next.CONTINUE, "asPathAdd 100"),
                MapText.rule("d", Next.CONTINUE, "asPathReplace 65001"));
        assertEquals(Optional.empty(), map.evaluate(TestRoutes.IMPORT, ROUTE).attributes());
    }

    @Test
    @DisplayName("ARS-60: equal maps are equal, whoever made them; another rule, name or order is another map")
    void equality() {
        RouteMapRule a = MapText.rule("a", Next.CONTINUE, "prefixEquals 10.0.0.0/8", "communityAdd 1:1");
        RouteMapRule b = MapText.rule("b", Next.CONTINUE, "communityAdd 1:2");
        RouteMap map = MapText.map(a, b);
        RouteMap same = MapText.map(MapText.rule("a", Next.CONTINUE, "communityAdd 1:1", "prefixEquals 10.0.0.0/8"), b);
        assertEquals(map, same);
        assertEquals(map.hashCode(), same.hashCode());
        assertNotEquals(map, MapText.map(b, a));
        assertNotEquals(map, MapText.map(a));
        assertNotEquals(map, RouteMap.of("other", List.of(a, b)));
        assertNotEquals(map, MapText.map(MapText.rule("a", Next.TERMINATE, "communityAdd 1:1"), b));
    }

    private static String refusal(Runnable making) {
        return String.valueOf(
                assertThrows(ConfigurationException.class, making::run).getMessage());
    }

    @Test
    @DisplayName("ARS-60: names are unique, of certain characters, and 1 to 64 of them")
    void names() {
        RouteMapRule rule = RouteMapRule.builder("r").build();
        assertEquals(
                "routeMap.map.rule.r: is there twice; names are unique in a map [ARS-60]",
                refusal(() -> MapText.map(rule, rule)));
        assertEquals(
                "routeMap.name: '' is not 1 to 64 of A-Z a-z 0-9 . _ - [ARS-60]",
                refusal(() -> RouteMap.of("", List.of())));
        assertEquals(
                "routeMap.rule.name: 'a b' is not 1 to 64 of A-Z a-z 0-9 . _ - [ARS-60]",
                refusal(() -> RouteMapRule.builder("a b").build()));
        String longest = String.join("", Collections.nCopies(64, "x"));
        assertEquals(longest, RouteMap.of(longest, List.of()).name());
        assertThrows(ConfigurationException.class, () -> RouteMap.of(longest + "x", List.of()));
    }

    @Test
    @DisplayName("ARS-62: after a drop there is nothing, and each action is there once")
    void refusesContradictions() {
        assertEquals(
                "routeMap.rule.r.next: CONTINUE is not allowed after a drop; use TERMINATE, or leave it out [ARS-62]",
                refusal(() -> MapText.rule("r", Next.CONTINUE, "drop ")));
        assertEquals(
                "routeMap.rule.r.then: drops and changes a route; a dropped route has no more actions [ARS-62]",
                refusal(() -> MapText.rule("r", Next.TERMINATE, "drop ", "asPathAdd 1")));
        assertEquals(
                "routeMap.rule.r.then.communityAdd: is there twice; give one action of each kind, with all values"
                        + " [ARS-62]",
                refusal(() ->
                        MapText.rule("r", Next.TERMINATE, "communityAdd 1:1", "asPathAdd 1", "communityAdd 1:2")));
        assertEquals(
                Next.TERMINATE,
                RouteMapRule.builder("r").then(RouteMapAction.drop()).build().next());
    }

    @Test
    @DisplayName("ARS-62: lists of actions have a range, and 0 is no AS number")
    void refusesValues() {
        assertEquals(
                "routeMap.then.asPathAdd: 0 values are not in 1 to 255 [ARS-62]",
                refusal(() -> RouteMapAction.asPathAdd(List.of())));
        assertEquals(
                "routeMap.then.asPathReplace: 256 values are not in 0 to 255 [ARS-62]",
                refusal(() -> RouteMapAction.asPathReplace(Collections.nCopies(256, Asn.of(1)))));
        assertEquals(
                "routeMap.then.asPathAdd: 0 is no AS number; use 1 to 4294967295 [RFC 7607 2]",
                refusal(() -> RouteMapAction.asPathAdd(List.of(Asn.of(1), Asn.ZERO))));
        assertEquals(
                "routeMap.then.communityAdd: 0 values are not in 1 to 1000 [ARS-62]",
                refusal(() -> RouteMapAction.communityAdd(List.of())));
        assertEquals(
                "routeMap.then.communityRemove: 0 values are not in 1 to 1000000 [ARS-62]",
                refusal(() -> RouteMapAction.communityRemove(List.of())));
        assertEquals(
                "routeMap.then.communityReplace: 1001 values are not in 0 to 1000 [ARS-62]",
                refusal(() -> RouteMapAction.communityReplace(Collections.nCopies(1001, Community.of(1, 1)))));
    }
}
