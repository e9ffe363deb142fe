package dev.waymark.policy.routemap;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.RouteMapRestrictions;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.policy.PolicyChain;
import dev.waymark.policy.PolicyChains;
import dev.waymark.policy.TestRoutes;
import dev.waymark.policy.routemap.RouteMapRule.Next;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Route maps that replace prefixes by an aggregate. */
class RouteMapAggregateTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.0.0.0/8");
    private static final Route ROUTE = MapText.route("10.1.0.0/16", "65001 65002", "1:1 2:2");

    private static RouteMapRule widens(String... parts) {
        String[] all = java.util.Arrays.copyOf(parts, parts.length + 1);
        all[parts.length] = "prefixReplace 10.0.0.0/8";
        return MapText.rule("widen", Next.CONTINUE, all);
    }

    private static PathAttributes after(PolicyVerdict verdict) {
        return verdict.attributes().orElseThrow();
    }

    @Test
    @DisplayName("ARS-62: the verdict names the aggregate; communities and AS path go, what else there is stays")
    void strips() {
        PolicyVerdict verdict = MapText.map(widens()).evaluate(TestRoutes.IMPORT, ROUTE);
        assertTrue(verdict.isAccepted());
        assertEquals(Optional.of(TEN), verdict.aggregate());
        assertEquals(AsPath.empty(), after(verdict).asPath());
        assertEquals(List.of(), after(verdict).communities());
        assertEquals(ROUTE.attributes().nextHop(), after(verdict).nextHop());
        assertEquals("accept as 10.0.0.0/8", verdict.toString());
    }

    @Test
    @DisplayName("ARS-62: prefixes are replaced before the other actions of a rule, however these were given")
    void firstOfActions() {
        RouteMapRule rule =
                MapText.rule("r", Next.CONTINUE, "communityAdd 3:3", "asPathAdd 7 8", "prefixReplace 10.0.0.0/8");
        PathAttributes after = after(MapText.map(rule).evaluate(TestRoutes.EXPORT, ROUTE));
        assertEquals(AsPath.parse("7 8"), after.asPath());
        assertEquals(MapText.communities("3:3"), after.communities());
    }

    @Test
    @DisplayName(
            "ARS-62: later rules see the aggregate's prefix, its empty path, and no communities; TERMINATE ends the map")
    void laterRulesSeeIt() {
        RouteMapRule old = MapText.rule("old", Next.TERMINATE, "prefixEquals 10.1.0.0/16", "drop ");
        RouteMapRule tagged = MapText.rule("tagged", Next.TERMINATE, "communityContains 1:1", "drop ");
        RouteMapRule fresh =
                MapText.rule("new", Next.CONTINUE, "prefixEquals 10.0.0.0/8", "asPathEquals ", "asPathAdd 9");
        PolicyVerdict verdict = MapText.map(widens(), old, tagged, fresh).evaluate(TestRoutes.IMPORT, ROUTE);
        assertEquals(AsPath.parse("9"), after(verdict).asPath());
        RouteMapRule drop = MapText.rule("drop", Next.TERMINATE, "prefixEquals 10.0.0.0/8", "drop ");
        assertFalse(
                MapText.map(widens(), drop).evaluate(TestRoutes.IMPORT, ROUTE).isAccepted());
        RouteMapRule last = MapText.rule("widen", Next.TERMINATE, "prefixReplace 10.0.0.0/8");
        assertEquals(
                Optional.of(TEN),
                MapText.map(last, drop).evaluate(TestRoutes.IMPORT, ROUTE).aggregate());
        RouteMapRule wider = MapText.rule("wider", Next.CONTINUE, "prefixReplace 8.0.0.0/6");
        assertEquals(
                Optional.of(IpPrefix.parse("8.0.0.0/6")),
                MapText.map(widens(), wider).evaluate(TestRoutes.IMPORT, ROUTE).aggregate());
    }

    @ParameterizedTest(
            name = "ARS-62: a prefix is not replaced by {0}, which does not contain it: the route is rejected")
    @ValueSource(strings = {"10.1.0.0/17", "11.0.0.0/8", "2001:db8::/32", "10.1.1.0/24"})
    void onlyWiderWhileRunning(String narrower) {
        RouteMap map = MapText.map(MapText.rule("r", Next.CONTINUE, "prefixReplace " + narrower));
        PolicyVerdict verdict = map.evaluate(TestRoutes.IMPORT, ROUTE);
        assertFalse(verdict.isAccepted());
        assertTrue(verdict.isNotWider());
        assertEquals("route map map, rule r: " + narrower + " does not contain 10.1.0.0/16", verdict.reason());
        // narrower than what an earlier rule made of it, though around what came
        RouteMap back = MapText.map(widens(), MapText.rule("back", Next.CONTINUE, "prefixReplace 10.1.0.0/16"));
        assertTrue(back.evaluate(TestRoutes.IMPORT, ROUTE).isNotWider());
    }

    @Test
    @DisplayName("ARS-62: a prefix that is the aggregate's already is a part of it")
    void equalPrefix() {
        Route route = MapText.route("10.0.0.0/8", "65001", "");
        assertEquals(
                Optional.of(TEN),
                MapText.map(widens()).evaluate(TestRoutes.IMPORT, route).aggregate());
    }

    @ParameterizedTest(name = "ARS-62: a rule with {0} can replace others than those inside: refused")
    @CsvSource({
        "prefixEquals 10.1.0.0/16 11.0.0.0/16, 11.0.0.0/16",
        "prefixContains 0.0.0.0/0, 0.0.0.0/0",
        "prefixContains 10.0.0.0/7, 10.0.0.0/7",
        "prefixEquals 2001:db8::/32, 2001:db8::/32",
    })
    void refusedWhenMade(String condition, String outside) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> widens(condition));
        assertEquals(
                "routeMap.rule.widen.then.prefixReplace: 10.0.0.0/8 does not contain " + outside + " of the rule's"
                        + " conditions; only a prefix that contains all that the rule names may replace them [ARS-62]",
                refused.getMessage());
        // a second condition that keeps it inside makes it right
        assertDoesNotThrow(() -> widens(condition, "prefixContains 10.0.0.0/9"));
        assertDoesNotThrow(() -> widens("prefixContains 10.0.0.0/8", "communityContains 1:1"));
    }

    @Test
    @DisplayName("ARS-62: replacing twice in a rule, or beside a drop, is refused")
    void contradictions() {
        assertThrows(ConfigurationException.class, () -> widens("prefixReplace 10.0.0.0/7"));
        assertThrows(
                ConfigurationException.class,
                () -> MapText.rule("r", Next.TERMINATE, "drop ", "prefixReplace 10.0.0.0/8"));
    }

    @Test
    @DisplayName("ARS-60: maps with different aggregates are different maps")
    void equality() {
        RouteMapRule other = MapText.rule("widen", Next.CONTINUE, "prefixReplace 10.0.0.0/7");
        assertEquals(MapText.map(widens()), MapText.map(widens()));
        assertNotEquals(MapText.map(widens()), MapText.map(other));
        assertNotEquals(RouteMapAction.prefixReplace(TEN), RouteMapAction.prefixReplace(IpPrefix.parse("10.0.0.0/9")));
        assertEquals(
                "prefixReplace 10.0.0.0/8", RouteMapAction.prefixReplace(TEN).toString());
    }

    @Test
    @DisplayName("ARS-63: protected communities stay on a contributor; azure keeps its networks out of aggregates")
    void restrictions() {
        PolicyContext own = new PolicyContext(
                TestRoutes.OWN.direction(),
                TestRoutes.OWN.localAsn(),
                Optional.empty(),
                TestRoutes.OWN.targetRole(),
                RouteMapRestrictions.azure());
        assertEquals(
                Optional.empty(), MapText.map(widens()).evaluate(own, ROUTE).aggregate());
        assertEquals(
                Optional.of(TEN),
                MapText.map(widens()).evaluate(TestRoutes.OWN, ROUTE).aggregate());
        PolicyContext peers = new PolicyContext(
                TestRoutes.IMPORT.direction(),
                TestRoutes.IMPORT.localAsn(),
                TestRoutes.IMPORT.source(),
                Optional.empty(),
                RouteMapRestrictions.azure());
        Route route = MapText.route("10.1.0.0/16", "65001", "1:1 65517:12001");
        assertEquals(
                MapText.communities("65517:12001"),
                after(MapText.map(widens()).evaluate(peers, route)).communities());
    }

    @ParameterizedTest(
            name = "ARS-63: azure refuses an aggregate that is the network {0} or inside it, standard does not")
    @ValueSource(strings = {"10.0.0.0/8", "8.0.0.0/6"})
    void networks(String network) {
        NetworkSpace space = new NetworkSpace(IpPrefix.parse(network), Optional.empty());
        RouteServerConfigBuilder azure = RouteServerConfig.azure()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .network(space)
                .importPolicy(MapText.map(widens()));
        ConfigurationException refused = assertThrows(ConfigurationException.class, azure::build);
        assertEquals("ARS-63", refused.rule());
        assertEquals("routeMap.map.rule.widen.then.prefixReplace", refused.parameter());
        assertDoesNotThrow(() -> RouteServerConfig.standard()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .network(space)
                .importPolicy(MapText.map(widens()))
                .build());
        NetworkSpace inside = new NetworkSpace(IpPrefix.parse("10.7.0.0/16"), Optional.empty());
        assertDoesNotThrow(() -> RouteServerConfig.azure()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .network(inside)
                .importPolicy(MapText.map(widens()))
                .build());
    }

    @Test
    @DisplayName("ARS-62: steps behind a map in a chain see the aggregate; the chain's verdict names it")
    void inAChain() {
        PolicyChain chain = PolicyChain.of(List.<RoutePolicy>of(
                MapText.map(widens()),
                (context, route) -> route.prefix().equals(TEN)
                        ? PolicyVerdict.accept(route.attributes().edit().med(5).build())
                        : PolicyVerdict.reject("not seen")));
        PolicyVerdict verdict = chain.evaluate(TestRoutes.IMPORT, ROUTE);
        assertEquals(Optional.of(TEN), verdict.aggregate());
        assertEquals(5, after(verdict).med().orElseThrow());
        RouteMap narrower = RouteMap.of("n", List.of(MapText.rule("n", Next.CONTINUE, "prefixReplace 10.1.0.0/16")));
        assertTrue(chain.then(narrower).evaluate(TestRoutes.IMPORT, ROUTE).isNotWider());
        PolicyChain bad = PolicyChain.of(List.<RoutePolicy>of(
                PolicyChains.acceptAll(),
                (context, route) -> PolicyVerdict.acceptAs(IpPrefix.parse("10.1.0.0/17"), route.attributes())));
        assertTrue(bad.evaluate(TestRoutes.IMPORT, ROUTE).isNotWider());
    }
}
