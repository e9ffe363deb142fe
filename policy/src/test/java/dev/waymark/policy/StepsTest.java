package dev.waymark.policy;

import static dev.waymark.policy.TestRoutes.EXPORT;
import static dev.waymark.policy.TestRoutes.IMPORT;
import static dev.waymark.policy.TestRoutes.OWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.PeerRole;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.RawAttribute;
import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("steps and matchers on prefixes, peers and attributes")
class StepsTest {

    private static final Route ROUTE = TestRoutes.route("10.1.0.0/16", "65001");
    private static final Route IPV6_ROUTE = TestRoutes.route("2001:db8::/48", "65001");

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void matches(String name, RouteMatcher matcher, PolicyContext context, boolean expected) {
        assertEquals(expected, matcher.matches(context, ROUTE));
        assertEquals(!expected, matcher.not().matches(context, ROUTE));
    }

    static Stream<Arguments> matches() {
        return Stream.of(
                arguments("everything", RouteMatchers.everything(), IMPORT, true),
                arguments("prefix in set", RouteMatchers.prefixIn(PrefixSet.parse("10.0.0.0/8 le 16")), IMPORT, true),
                arguments("prefix not in set", RouteMatchers.prefixIn(PrefixSet.parse("10.0.0.0/8")), IMPORT, false),
                arguments("longer than 15", RouteMatchers.prefixLongerThan(15, 48), IMPORT, true),
                arguments("longer than 16", RouteMatchers.prefixLongerThan(16, 0), IMPORT, false),
                arguments("IPv4", RouteMatchers.family(AddressFamily.IPV4_UNICAST), IMPORT, true),
                arguments("IPv6", RouteMatchers.family(AddressFamily.IPV6_UNICAST), IMPORT, false),
                arguments("origin IGP", RouteMatchers.origin(Origin.EGP, Origin.IGP), IMPORT, true),
                arguments("origin EGP", RouteMatchers.origin(Origin.EGP), IMPORT, false),
                arguments("next hop in", RouteMatchers.nextHopIn(IpPrefix.parse("10.0.0.0/24")), IMPORT, true),
                arguments("next hop not in", RouteMatchers.nextHopIn(IpPrefix.parse("::/0")), IMPORT, false),
                arguments("import on import", RouteMatchers.onImport(), IMPORT, true),
                arguments("import on export", RouteMatchers.onImport(), EXPORT, false),
                arguments("export on import", RouteMatchers.onExport(), IMPORT, false),
                arguments("export on export", RouteMatchers.onExport(), EXPORT, true),
                arguments("from a peer", RouteMatchers.fromPeer(), EXPORT, true),
                arguments("own network is from no peer", RouteMatchers.fromPeer(), OWN, false),
                arguments("from that peer", RouteMatchers.fromPeer("nva1", "nva2"), EXPORT, true),
                arguments("from that peer, named twice", RouteMatchers.fromPeer("nva1", "nva1"), EXPORT, true),
                arguments("from another peer", RouteMatchers.fromPeer("nva2"), EXPORT, false),
                arguments("own network is not from that peer", RouteMatchers.fromPeer("nva1"), OWN, false),
                arguments("from that AS", RouteMatchers.fromAsn(Asn.of(65001)), IMPORT, true),
                arguments("from that AS, twice", RouteMatchers.fromAsn(Asn.of(65001), Asn.of(65001)), IMPORT, true),
                arguments("from another AS", RouteMatchers.fromAsn(Asn.of(65002)), IMPORT, false),
                arguments("own network is from no AS", RouteMatchers.fromAsn(Asn.of(65001)), OWN, false),
                arguments("from that role", RouteMatchers.fromRole(PeerRole.NVA), IMPORT, true),
                arguments("from that role, twice", RouteMatchers.fromRole(PeerRole.NVA, PeerRole.NVA), IMPORT, true),
                arguments("from another role", RouteMatchers.fromRole(PeerRole.VPN_GATEWAY), IMPORT, false),
                arguments("own network is from no role", RouteMatchers.fromRole(PeerRole.NVA), OWN, false),
                arguments("to that role", RouteMatchers.toRole(PeerRole.EXPRESS_ROUTE_GATEWAY), EXPORT, true),
                arguments("to another role", RouteMatchers.toRole(PeerRole.NVA), EXPORT, false),
                arguments("import is to no role", RouteMatchers.toRole(PeerRole.NVA), IMPORT, false));
    }

    @Test
    void matchersCombine() {
        RouteMatcher yes = RouteMatchers.everything();
        RouteMatcher no = yes.not();

        assertTrue(yes.and(yes).matches(IMPORT, ROUTE));
        assertFalse(yes.and(no).matches(IMPORT, ROUTE));
        assertFalse(no.and(yes).matches(IMPORT, ROUTE));
        assertTrue(yes.or(no).matches(IMPORT, ROUTE));
        assertTrue(no.or(yes).matches(IMPORT, ROUTE));
        assertFalse(no.or(no).matches(IMPORT, ROUTE));
    }

    @Test
    void ipv6PrefixesHaveTheirOwnLength() {
        assertTrue(RouteMatchers.prefixLongerThan(0, 47).matches(IMPORT, IPV6_ROUTE));
        assertFalse(RouteMatchers.prefixLongerThan(0, 48).matches(IMPORT, IPV6_ROUTE));
    }

    @Test
    void rejectsByMatcherAndNamesTheStep() {
        PolicyStep step = PolicySteps.rejectWhen("too specific", RouteMatchers.prefixLongerThan(15, 48));
        PolicyStep opposite = PolicySteps.rejectUnless("not ours", RouteMatchers.prefixIn(PrefixSet.parse()));

        assertEquals("too specific", step.evaluate(IMPORT, ROUTE).reason());
        assertTrue(step.evaluate(IMPORT, IPV6_ROUTE).isAccepted());
        assertEquals("not ours", opposite.evaluate(IMPORT, ROUTE).reason());
    }

    @Test
    void runsAStepOnlyWhereItIsMeant() {
        PolicyStep step = PolicySteps.when(RouteMatchers.family(AddressFamily.IPV6_UNICAST), AttributeSteps.setMed(7));

        assertEquals("set-med-7", step.name());
        assertSame(ROUTE.attributes(), TestRoutes.apply(step, ROUTE));
        assertEquals(OptionalLong.of(7), TestRoutes.apply(step, IPV6_ROUTE).med());
        PolicyStep chain = PolicySteps.when("filter", RouteMatchers.everything(), PolicyChains.rejectAll());
        assertFalse(chain.evaluate(IMPORT, ROUTE).isAccepted());
    }

    @Test
    void setsAndRemovesAttributes() {
        PolicyChain chain = PolicyChains.of(
                AttributeSteps.setMed(4294967295L),
                AttributeSteps.setLocalPref(0),
                AttributeSteps.setOrigin(Origin.INCOMPLETE),
                AttributeSteps.setAsPath(AsPath.parse("1 2")));

        var changed = TestRoutes.apply(chain, ROUTE);
        assertEquals(OptionalLong.of(4294967295L), changed.med());
        assertEquals(OptionalLong.of(0), changed.localPref());
        assertEquals(Origin.INCOMPLETE, changed.origin());
        assertEquals("1 2", changed.asPath().toString());

        PolicyChain back = PolicyChains.of(AttributeSteps.removeMed(), AttributeSteps.removeLocalPref());
        var without = TestRoutes.apply(back, ROUTE.withAttributes(changed));
        assertEquals(OptionalLong.empty(), without.med());
        assertEquals(OptionalLong.empty(), without.localPref());
    }

    @Test
    void setsTheNextHopOfItsOwnFamilyOnly() {
        IpAddress nextHop = IpAddress.parse("2001:db8::1");
        PolicyStep step = AttributeSteps.setNextHop(nextHop);

        assertEquals(nextHop, TestRoutes.apply(step, IPV6_ROUTE).nextHop());
        assertSame(ROUTE.attributes(), TestRoutes.apply(step, ROUTE));
    }

    @Test
    void removesAnAttributeThatNobodyKnows() {
        RawAttribute unknown = RawAttribute.of(200, 0xc0, new byte[] {1});
        Route route =
                ROUTE.withAttributes(ROUTE.attributes().edit().raw(unknown).build());

        assertEquals(Optional.of(unknown), route.attributes().attribute(200));
        assertEquals(
                Optional.empty(),
                TestRoutes.apply(AttributeSteps.removeAttribute(200), route).attribute(200));
        assertSame(route.attributes(), TestRoutes.apply(AttributeSteps.removeAttribute(201), route));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesParametersOutOfRange(String message, Executable making) {
        assertEquals(message, assertThrows(ConfigurationException.class, making).getMessage());
    }

    static Stream<Arguments> refusesParametersOutOfRange() {
        return Stream.of(
                refused("prepend.times: 0 is not in 1 to 255", () -> AttributeSteps.prepend(Asn.of(1), 0)),
                refused("prepend.times: 256 is not in 1 to 255", () -> AttributeSteps.prepend(Asn.of(1), 256)),
                refused("prependLocalAsn.times: 0 is not in 1 to 255", () -> AttributeSteps.prependLocalAsn(0)),
                refused("setMed.med: -1 is not in 0 to 4294967295", () -> AttributeSteps.setMed(-1)),
                refused(
                        "setLocalPref.localPref: 4294967296 is not in 0 to 4294967295",
                        () -> AttributeSteps.setLocalPref(4294967296L)),
                refused("removeAttribute.type: 3 is not in 4 to 255", () -> AttributeSteps.removeAttribute(3)),
                refused(
                        "prefixLongerThan.ipv4Length: 33 is not in 0 to 32",
                        () -> RouteMatchers.prefixLongerThan(33, 0)),
                refused(
                        "prefixLongerThan.ipv6Length: 129 is not in 0 to 128",
                        () -> RouteMatchers.prefixLongerThan(0, 129)));
    }

    private static Arguments refused(String message, Executable making) {
        return arguments(message, making);
    }
}
