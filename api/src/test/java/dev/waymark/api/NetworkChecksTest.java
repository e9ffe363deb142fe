package dev.waymark.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.net.RouterId;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.spi.RouteSink;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a virtual network must be like: each mistake has its own error with the rule behind it. */
class NetworkChecksTest {
    private static final IpPrefix HUB = IpPrefix.parse("10.0.0.0/16");
    private static final IpPrefix SPOKE = IpPrefix.parse("10.1.0.0/16");
    private static final IpPrefix IPV6 = IpPrefix.parse("2001:db8::/48");
    private static final IpAddress APPLIANCE = IpAddress.parse("10.0.0.9");

    /** A mistake, and what is said about it. */
    record Mistake(Executable build, String message) {
        @Override
        public String toString() {
            return message;
        }
    }

    private static RouteServerConfigBuilder azure() {
        return RouteServerConfig.azure()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .network(HUB)
                .peering(NetworkPeering.of("a", SPOKE));
    }

    private static Mistake of(RouteServerConfigBuilder config, String message) {
        return new Mistake(config::build, message);
    }

    private static NetworkPeering peering(String name, String... spaces) {
        return NetworkPeering.of(name, Stream.of(spaces).map(IpPrefix::parse).toArray(IpPrefix[]::new));
    }

    private static PeerConfig gateway(String address) {
        return PeerConfig.builder("g", IpAddress.parse(address), Asn.of(65515))
                .role(PeerRole.EXPRESS_ROUTE_GATEWAY)
                .build();
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                of(
                        azure().network(IPV6),
                        "network.2001:db8::/48: ipv6-unicast is not among session.families [ipv4-unicast] [ARS-15]"),
                of(azure().network(HUB), "network.10.0.0.0/16: is there twice [ARS-40]"),
                of(
                        azure().peering(peering("a", "10.2.0.0/16")),
                        "peering.a: is there twice; names are unique [ARS-40]"),
                of(
                        azure().peering(peering("b", "10.1.0.0/16")),
                        "peering.b.spaces: 10.1.0.0/16 overlaps 10.1.0.0/16 of peering a; peered networks have spaces of their"
                                + " own [ARS-40]"),
                of(
                        azure().peering(peering("b", "10.9.0.0/16", "10.1.2.0/24")),
                        "peering.b.spaces: 10.1.2.0/24 overlaps 10.1.0.0/16 of peering a; peered networks have spaces of their"
                                + " own [ARS-40]"),
                of(
                        azure().peering(peering("b", "10.0.255.0/24")),
                        "peering.b.spaces: 10.0.255.0/24 overlaps 10.0.0.0/16 of the own network; peered networks have spaces"
                                + " of their own [ARS-40]"),
                of(
                        azure().peering(peering("b", "10.0.0.0/15")),
                        "peering.b.spaces: 10.0.0.0/15 overlaps 10.0.0.0/16 of the own network; peered networks have spaces of"
                                + " their own [ARS-40]"),
                new Mistake(() -> peering("b"), "peering.b.spaces: is empty; give at least one address space [ARS-40]"),
                new Mistake(
                        () -> peering("b", "10.2.0.0/16", "10.2.1.0/24"),
                        "peering.b.spaces: 10.2.1.0/24 is in 10.2.0.0/16; spaces of a network don't overlap [ARS-40]"),
                new Mistake(() -> peering(" ", "10.2.0.0/16"), "peering.name: ' ' is not 1 to 80 characters [ARS-40]"),
                of(
                        azure().peering(new NetworkPeering(
                                "b",
                                List.of(new NetworkSpace(
                                        IpPrefix.parse("10.2.0.0/16"), Optional.of(IpAddress.parse("127.0.0.1")))),
                                true)),
                        "peering.b.10.2.0.0/16.nextHop: 127.0.0.1 can't be a next hop: give one outside 0/8, 127/8, 224/4,"
                                + " 240/4, ::/127 and ff00::/8 [ARS-33]"),
                of(
                        azure().peer(gateway("10.1.0.5")),
                        "peer.g.address: 10.1.0.5 is in peering a; route servers and gateways of peered networks exchange"
                                + " nothing, a gateway is in the own network [ARS-45]"),
                of(
                        azure().peer(PeerConfig.builder("rs", IpAddress.parse("10.1.0.4"), Asn.of(65515))
                                .build()),
                        "peer.rs.asn: 65515 is the route server's own; an NVA needs another [ARS-11]"),
                of(
                        azure().serviceEndpoint(SPOKE).serviceEndpoint(SPOKE),
                        "serviceEndpoint.10.1.0.0/16: is there twice [ARS-41]"),
                of(
                        azure().serviceEndpoint(IPV6),
                        "serviceEndpoint.2001:db8::/48: ipv6-unicast is not among session.families [ipv4-unicast] [ARS-15]"),
                of(
                        azure().routeTable(RouteTable.of("t")).routeTable(RouteTable.of("t")),
                        "routeTable.t: is there twice; names are unique [ARS-42]"),
                of(
                        azure().routeTable(RouteTable.ofPeering("t", "z")),
                        "routeTable.t.peering: there is no peering 'z' [ARS-42]"),
                of(
                        azure().routeTable(RouteTable.ofPeering("t", "a")).removePeering("a"),
                        "routeTable.t.peering: there is no peering 'a' [ARS-42]"),
                of(
                        azure().routeTable(RouteTable.of("t")
                                .withRoutes(List.of(UserDefinedRoute.to(IPV6, NextHopKind.NONE)))),
                        "routeTable.t.routes.2001:db8::/48: ipv6-unicast is not among session.families [ipv4-unicast]"
                                + " [ARS-15]"),
                of(azure().sink("s", "t", new NoSink()), "sink.s: there is no route table 't' [ARS-42]"),
                new Mistake(() -> RouteTable.of(""), "routeTable.name: '' is not 1 to 80 characters [ARS-42]"),
                new Mistake(
                        () -> RouteTable.of("t")
                                .withRoutes(List.of(
                                        UserDefinedRoute.to(HUB, NextHopKind.NONE),
                                        UserDefinedRoute.toAppliance(HUB, APPLIANCE))),
                        "routeTable.t.routes: 10.0.0.0/16 is there twice; a prefix has one user-defined route [ARS-41]"),
                new Mistake(
                        () -> UserDefinedRoute.to(HUB, NextHopKind.VIRTUAL_APPLIANCE),
                        "route.10.0.0.0/16.nextHop: an appliance needs an address [ARS-41]"),
                new Mistake(
                        () -> new UserDefinedRoute(HUB, NextHopKind.INTERNET, Optional.of(APPLIANCE)),
                        "route.10.0.0.0/16.nextHop: INTERNET takes no address [ARS-41]"),
                new Mistake(
                        () -> UserDefinedRoute.to(HUB, NextHopKind.VIRTUAL_NETWORK_PEERING),
                        "route.10.0.0.0/16.nextHop: VIRTUAL_NETWORK_PEERING is not for user-defined routes; use an appliance's"
                                + " address, VIRTUAL_NETWORK, INTERNET or NONE [ARS-41]"),
                new Mistake(
                        () -> UserDefinedRoute.toAppliance(IPV6, APPLIANCE),
                        "route.2001:db8::/48.nextHop: 10.0.0.9 is not of the prefix's family [ARS-41]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    @DisplayName(
            "ARS-15, ARS-40, ARS-41, ARS-42, ARS-45: a mistake is refused with its parameter, what is allowed, and the rule")
    void refuses(Mistake mistake) {
        assertEquals(
                mistake.message(),
                assertThrows(ConfigurationException.class, mistake.build()).getMessage());
    }

    @Test
    @DisplayName("ARS-27: 500 virtual networks, the own one and 499 peerings; the 501st is refused")
    void fiveHundredNetworks() {
        RouteServerConfigBuilder config = RouteServerConfig.azure()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .network(HUB);
        for (int i = 1; i < 500; i++) {
            config.peering(NetworkPeering.of("p" + i, IpPrefix.ofIpv4Bits((11 << 24) + (i << 12), 20)));
        }
        assertEquals(499, config.build().peerings().size());
        config.peering(peering("last", "10.9.0.0/16"));
        ConfigurationException refused = assertThrows(ConfigurationException.class, config::build);
        assertEquals(
                "peering.last: makes it 501 virtual networks with the own one; limits.maxNetworks allows 500 [ARS-27]",
                refused.getMessage());
        assertDoesNotThrow(config.limits(limits -> limits.withMaxNetworks(0))::build);
    }

    @Test
    @DisplayName("ARS-27: the own network has 500 address spaces at most")
    void fiveHundredSpaces() {
        RouteServerConfigBuilder config = RouteServerConfig.azure().localAddress(IpAddress.parse("10.0.0.4"));
        for (int i = 1; i <= 500; i++) {
            config.network(IpPrefix.ofIpv4Bits((11 << 24) + (i << 12), 20));
        }
        config.build();
        config.network(HUB);
        ConfigurationException refused = assertThrows(ConfigurationException.class, config::build);
        assertEquals(
                "network.10.0.0.0/16: is network 501; limits.maxNetworks allows 500 [ARS-27]", refused.getMessage());
    }

    @Test
    @DisplayName(
            "ARS-40: a peering that is not advertised needs no next hop, and spaces of one network may lie in each other")
    void allowed() {
        RouteServerConfigBuilder bare = RouteServerConfig.azure()
                .routerId(RouterId.parse("10.0.0.4"))
                .peering(NetworkPeering.of("b", SPOKE).withUsesRemoteGateway(false));
        assertDoesNotThrow(bare::build);
        assertDoesNotThrow(azure().network(IpPrefix.parse("10.0.1.0/24"))::build);
        assertDoesNotThrow(azure().serviceEndpoint(IpPrefix.parse("10.1.2.0/24"))::build);
    }

    /** Takes nothing. */
    private static final class NoSink implements RouteSink {
        @Override
        public void snapshotBegin(long revision) {}

        @Override
        public void snapshotPage(RouteBatch page) {}

        @Override
        public void snapshotEnd(long revision) {}

        @Override
        public void onChanges(RouteBatch changes) {}
    }
}
