package dev.waymark.policy.routemap;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkPeering;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteMapRestrictions;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.policy.PolicyChains;
import dev.waymark.policy.PolicySteps;
import dev.waymark.policy.RouteMatchers;
import dev.waymark.policy.TestRoutes;
import dev.waymark.policy.routemap.RouteMapRule.Next;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyContext.Direction;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server has route maps leave alone. */
class RouteMapRestrictionsTest {

    private static RouteServerConfigBuilder azure() {
        return RouteServerConfig.azure().localAddress(IpAddress.parse("10.0.0.4"));
    }

    private static RouteServerConfigBuilder standard() {
        return RouteServerConfig.standard().localAddress(IpAddress.parse("10.0.0.4"));
    }

    private static PeerConfig.Builder peer() {
        return PeerConfig.builder("nva1", IpAddress.parse("10.0.1.4"), Asn.of(65001));
    }

    private static String refusal(RouteServerConfigBuilder config) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, config::build);
        assertEquals("ARS-63", refused.rule());
        return String.valueOf(refused.getMessage());
    }

    @ParameterizedTest(name = "ARS-63: azure refuses to prepend {0}, standard does not")
    @ValueSource(
            strings = {
                "64512",
                "65001",
                "65515",
                "65517",
                "65518",
                "65519",
                "65520",
                "65534",
                "8074",
                "8075",
                "12076",
                "4200000000",
                "4294967294"
            })
    void prepends(String asn) {
        RouteMap map = MapText.map(MapText.rule("r", Next.CONTINUE, "asPathAdd 100 " + asn));
        String problem = refusal(azure().peer(peer().exportPolicy(map).build()));
        assertTrue(problem.startsWith("routeMap.map.rule.r.then.asPathAdd: " + asn + " is in "), problem);
        assertDoesNotThrow(
                () -> standard().peer(peer().exportPolicy(map).build()).build());
    }

    @Test
    @DisplayName("ARS-63: azure takes public numbers in prepends")
    void publicPrepends() {
        RouteMap map = MapText.map(MapText.rule("r", Next.CONTINUE, "asPathAdd 100 8073 8076 64511 65535"));
        assertDoesNotThrow(() -> azure().importPolicy(map).build());
    }

    @ParameterizedTest(name = "ARS-63: azure refuses to remove {0}, standard does not")
    @ValueSource(
            strings = {
                "65517:12001",
                "65517:12002",
                "65517:12003",
                "65517:12005",
                "65517:12006",
                "65518:65518",
                "65517:65517",
                "65517:12076",
                "65518:12076",
                "65515:10000",
                "65515:20000"
            })
    void protectedCommunities(String community) {
        RouteMap map = MapText.map(MapText.rule("r", Next.CONTINUE, "communityRemove 1:1 " + community));
        assertEquals(
                "routeMap.map.rule.r.then.communityRemove: " + community + " is protected; leave it out, or change"
                        + " routeMapRestrictions.protectedCommunities [ARS-63]",
                refusal(azure().importPolicy(map)));
        assertDoesNotThrow(() -> standard().importPolicy(map).build());
    }

    private static PolicyContext azureContext(PolicyContext context) {
        return new PolicyContext(
                context.direction(),
                context.localAsn(),
                context.source(),
                context.targetRole(),
                RouteMapRestrictions.azure());
    }

    private static PathAttributes after(RouteMap map, PolicyContext context, Route route) {
        PolicyVerdict verdict = map.evaluate(context, route);
        assertTrue(verdict.isAccepted());
        return verdict.attributes().orElse(route.attributes());
    }

    @Test
    @DisplayName("ARS-63: what only a route shows: replacing all communities leaves the protected ones that it has")
    void replacingKeepsProtected() {
        RouteMap map = MapText.map(MapText.rule("r", Next.CONTINUE, "communityReplace 1:1"));
        Route route = MapText.route("10.1.0.0/16", "65001", "2:2 65517:12001 65515:20000");
        assertEquals(
                MapText.communities("1:1 65517:12001 65515:20000"),
                after(map, azureContext(TestRoutes.IMPORT), route).communities());
        assertEquals(
                MapText.communities("1:1"), after(map, TestRoutes.IMPORT, route).communities());
    }

    @Test
    @DisplayName("ARS-63: azure keeps the server's networks as they are; they may be dropped")
    void networksStay() {
        Route network = MapText.route("10.0.0.0/16", "", "");
        RouteMap map = MapText.map(
                MapText.rule("change", Next.CONTINUE, "asPathAdd 100", "communityAdd 1:1"),
                MapText.rule("drop", Next.TERMINATE, "prefixEquals 10.7.0.0/16", "drop "));
        PolicyContext own = azureContext(TestRoutes.OWN);
        assertEquals(network.attributes(), after(map, own, network));
        assertEquals(AsPath.parse("100"), after(map, TestRoutes.OWN, network).asPath());
        Route peers = MapText.route("10.0.0.0/16", "65001", "");
        PathAttributes changed = after(map, azureContext(TestRoutes.EXPORT), peers);
        assertEquals(AsPath.parse("100 65001"), changed.asPath());
        assertFalse(map.evaluate(own, MapText.route("10.7.0.0/16", "", "")).isAccepted());
    }

    @Test
    @DisplayName("ARS-63: azure refuses a rule that names a network and changes it, when either comes")
    void namedNetworksAreRefused() {
        RouteMap map =
                MapText.map(MapText.rule("r", Next.CONTINUE, "prefixEquals 10.9.0.0/16 10.0.0.0/16", "asPathAdd 100"));
        String expected = "routeMap.map.rule.r.match.prefixEquals: 10.0.0.0/16 is a network of the server, which may be"
                + " dropped, but not changed; leave it out, or change routeMapRestrictions.keepsNetworks [ARS-63]";
        RouteServerConfig before = azure().exportPolicy(map).build();
        assertEquals(expected, refusal(before.toBuilder().network(IpPrefix.parse("10.0.0.0/16"))));
        assertEquals(
                expected, refusal(azure().network(IpPrefix.parse("10.0.0.0/16")).exportPolicy(map)));
        NetworkPeering peering = NetworkPeering.of("spoke", IpPrefix.parse("10.0.0.0/16"));
        assertEquals(expected, refusal(before.toBuilder().peering(peering)), "a peered network's spaces as well");
        assertDoesNotThrow(before.toBuilder().peering(peering.withUsesRemoteGateway(false))::build);
        RouteMap drops = MapText.map(MapText.rule("r", Next.TERMINATE, "prefixEquals 10.0.0.0/16", "drop "));
        assertDoesNotThrow(() -> azure().network(IpPrefix.parse("10.0.0.0/16"))
                .exportPolicy(drops)
                .build());
    }

    @Test
    @DisplayName("ARS-63: a host can change each of the values")
    void hostsChangeThem() {
        RouteMap prepends = MapText.map(MapText.rule("r", Next.CONTINUE, "asPathAdd 65001"));
        RouteMap removes = MapText.map(MapText.rule("r", Next.CONTINUE, "communityRemove 65515:10000"));
        RouteMap names = MapText.map(MapText.rule("r", Next.CONTINUE, "prefixEquals 10.0.0.0/16", "asPathAdd 100"));
        assertDoesNotThrow(() -> azure().routeMapRestrictions(azure -> azure.withRefusedPrepends(List.of()))
                .importPolicy(prepends)
                .build());
        assertDoesNotThrow(() -> azure().routeMapRestrictions(azure -> azure.withProtectedCommunities(List.of()))
                .importPolicy(removes)
                .build());
        assertDoesNotThrow(() -> azure().routeMapRestrictions(azure -> azure.withKeepsNetworks(false))
                .network(IpPrefix.parse("10.0.0.0/16"))
                .exportPolicy(names)
                .build());
        assertEquals(
                "routeMap.map.rule.r.then.communityRemove: 65515:10000 is protected; leave it out, or change"
                        + " routeMapRestrictions.protectedCommunities [ARS-63]",
                refusal(standard()
                        .routeMapRestrictions(none -> RouteMapRestrictions.azure())
                        .importPolicy(removes)));
    }

    @Test
    @DisplayName("ARS-63: a map inside a chain is checked too, however deep")
    void insideChains() {
        RoutePolicy map = MapText.map(MapText.rule("r", Next.CONTINUE, "asPathAdd 65001"));
        RoutePolicy chain = PolicyChains.of(
                PolicyChains.step("inner", PolicyChains.of(PolicySteps.when("map", RouteMatchers.onImport(), map))));
        refusal(azure().importPolicy(chain));
        refusal(azure().exportPolicy(chain));
        refusal(azure().peer(peer().importPolicy(chain).build()));
        assertEquals(Direction.IMPORT, TestRoutes.IMPORT.direction());
        assertEquals(Optional.empty(), azure().build().importPolicy());
    }
}
