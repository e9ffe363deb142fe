package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ExtensionSettings;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.RawAttribute;
import dev.waymark.bgp.message.BgpRole;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.ExtendedNextHopCapability;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extensions that are off until they are set, through the whole server. */
class ExtensionsTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.0.0.0/8");
    private static final int OTC = 35;
    private static final int OPTIONAL_TRANSITIVE = 0xc0;

    private final Speaker a = speaker("a", 65001, "10.0.1.1");
    private final Speaker b = speaker("b", 65002, "10.0.1.2");
    private final Speaker c = speaker("c", 65003, "10.0.1.3");

    private static Speaker speaker(String name, int asn, String address) {
        return new Speaker(name, asn, address, true, Set.of(AddressFamily.IPV4_UNICAST));
    }

    private CoreHarness server(ExtensionSettings extensions) {
        RouteServerConfigBuilder config = RouteServerConfig.standard()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .requirePolicy(false)
                .session(session -> session.withExtensions(extensions));
        for (Speaker speaker : List.of(a, b, c)) {
            config.peer(PeerConfig.builder(speaker.name, speaker.address, speaker.asn)
                    .passive(true)
                    .build());
        }
        CoreHarness server = new CoreHarness(config.build());
        server.observer = new AccountAudit(server.core.tables());
        return server;
    }

    @Test
    @DisplayName("RFC 8654 §4: a long message is taken where we said so, and goes to those only that take it")
    void extendedMessages() {
        a.extras = List.of(new Capability.ExtendedMessage());
        b.extras = a.extras;
        CoreHarness server = server(ExtensionSettings.none().withExtendedMessages(true));
        List.of(a, b, c).forEach(server::connect);
        List<Community> many =
                IntStream.range(0, 2_000).mapToObj(i -> Community.of(65001, i)).toList();
        PathAttributes large = RouteExchangeTest.path("65001", "10.0.1.1")
                .edit()
                .communities(many)
                .build();
        server.say(a, a.announce(large, TEN));
        server.settle();

        assertTrue(a.isConnected);
        assertEquals(large, b.routes.get(TEN));
        assertEquals(Map.of(), c.routes);
        server.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
        server.settle();
        assertTrue(c.routes.containsKey(TEN), "fits");
        server.say(a, a.announce(large, TEN));
        server.settle();
        assertEquals(Map.of(), c.routes, "withdrawn from whom it doesn't fit");
    }

    @Test
    @DisplayName("RFC 8654 §4: where we did not say so a long message ends the session with 1/2")
    void extendedMessagesOff() {
        a.extras = List.of(new Capability.ExtendedMessage());
        CoreHarness server = server(ExtensionSettings.none());
        server.connect(a);
        List<IpPrefix> prefixes = IntStream.range(0, 2_000)
                .mapToObj(i -> IpPrefix.ofIpv4Bits(0x0a000000 | i << 8, 24))
                .toList();
        server.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefixes));

        assertFalse(a.isConnected);
        assertEquals(
                "1/2",
                a.notifications.get(0).code() + "/" + a.notifications.get(0).subcode());
    }

    @Test
    @DisplayName("RFC 8950 §4: an IPv4 route with an IPv6 next hop goes to those only that take it")
    void extendedNextHop() {
        a.extras = List.of(ExtendedNextHopCapability.IPV4_WITH_IPV6);
        b.extras = a.extras;
        CoreHarness server = server(ExtensionSettings.none().withExtendedNextHop(true));
        List.of(a, b, c).forEach(server::connect);
        server.say(a, a.announce(RouteExchangeTest.path("65001", "2001:db8::1"), TEN));
        server.settle();

        assertEquals(IpAddress.parse("2001:db8::1"), routeOf(b).nextHop());
        assertEquals(Map.of(), c.routes);
        server.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
        server.settle();
        assertEquals(IpAddress.parse("10.0.1.1"), routeOf(b).nextHop());
        assertEquals(IpAddress.parse("10.0.1.1"), routeOf(c).nextHop());
    }

    @Test
    @DisplayName("RFC 8950 §4: not negotiated, an IPv6 next hop of IPv4 ends the session with 3/9")
    void extendedNextHopOff() {
        a.extras = List.of(ExtendedNextHopCapability.IPV4_WITH_IPV6);
        CoreHarness server = server(ExtensionSettings.none());
        server.connect(a);
        server.say(a, a.announce(RouteExchangeTest.path("65001", "2001:db8::1"), TEN));

        assertEquals(
                "3/9",
                a.notifications.get(0).code() + "/" + a.notifications.get(0).subcode());
    }

    @Test
    @DisplayName("RFC 9234 §5: as a route server, a client's OTC is a leak and not used; on the way out OTC is added")
    void routeServerRole() {
        a.extras = List.of(Capability.Role.of(BgpRole.RS_CLIENT));
        CoreHarness server = server(ExtensionSettings.none().withRouteServerRole(true));
        List.of(a, b).forEach(server::connect);
        server.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
        server.settle();

        byte[] ours = {0, 0, (byte) (65515 >> 8), (byte) 65515};
        assertEquals(
                RawAttribute.of(OTC, OPTIONAL_TRANSITIVE, ours),
                routeOf(b).attribute(OTC).orElseThrow());
        byte[] others = {0, 0, 0, 7};
        PathAttributes leaked = RouteExchangeTest.path("65001", "10.0.1.1")
                .edit()
                .raw(RawAttribute.of(OTC, OPTIONAL_TRANSITIVE, others))
                .build();
        server.say(a, a.announce(leaked, TEN));
        server.settle();
        assertEquals(Map.of(), b.routes, "a leak replaces the route, and is not eligible");
        assertEquals(1, server.core.tables().ribs().get(0).paths().size());
    }

    @Test
    @DisplayName(
            "RFC 9234 §4.2: a peer with a role other than a client's is refused with 2/11; one without is accepted")
    void rolesHaveToMatch() {
        a.extras = List.of(Capability.Role.of(BgpRole.PEER));
        CoreHarness server = server(ExtensionSettings.none().withRouteServerRole(true));
        List.of(a, b).forEach(server::connect);

        assertEquals(
                "2/11",
                a.notifications.get(0).code() + "/" + a.notifications.get(0).subcode());
        assertTrue(b.isConnected);
    }

    @Test
    @DisplayName("TRAPS 10: what is not set is not offered: OTC passes as it came, and no role is said")
    void nothingByDefault() {
        a.extras = List.of(Capability.Role.of(BgpRole.PEER));
        CoreHarness server = server(ExtensionSettings.none());
        List.of(a, b).forEach(server::connect);
        byte[] others = {0, 0, 0, 7};
        PathAttributes marked = RouteExchangeTest.path("65001", "10.0.1.1")
                .edit()
                .raw(RawAttribute.of(OTC, OPTIONAL_TRANSITIVE, others))
                .build();
        server.say(a, a.announce(marked, TEN));
        server.settle();

        assertEquals(marked, b.routes.get(TEN));
    }

    private static PathAttributes routeOf(Speaker speaker) {
        return Objects.requireNonNull(speaker.routes.get(TEN));
    }
}
