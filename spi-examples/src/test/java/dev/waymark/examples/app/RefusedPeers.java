package dev.waymark.examples.app;

import dev.waymark.api.GatewaySettings;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.net.RouterId;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What the rules forbid of peers and VPN gateways (ARS-11 to 16, ARS-52, ARS-53). */
final class RefusedPeers {
    private static final IpPrefix CLIENTS = IpPrefix.parse("172.16.0.0/24");

    private RefusedPeers() {}

    static Stream<Refused> all() {
        return Stream.of(peers(), reservedAsns(), gateways(), gatewaysInside()).flatMap(cases -> cases);
    }

    private static Stream<Refused> peers() {
        return Stream.of(
                built("ARS-11", "peer.a.asn", azure().peer(peer("a", 5, 65515)), yaml("a", 5, "§asn: 65515")),
                built("ARS-13", "peer.a.asn", azure().peer(peer("a", 5, 70_000)), yaml("a", 5, "§asn: 70000")),
                built(
                        "ARS-12",
                        "peer.a.asn",
                        standard().peer(peer("a", 5, 4_294_967_295L)),
                        "profile: standard\n" + yaml("a", 5, "§asn: 4294967295")),
                built(
                        "ARS-14",
                        "peer.a.holdTime",
                        azure().peer(with(5, peer -> peer.holdTime(Duration.ZERO))),
                        yaml("a", 5, "asn: 65001, §holdTime: 0s")),
                new Refused(
                        "ARS-14",
                        "peer.a.holdTime",
                        () -> with(5, peer -> peer.holdTime(Duration.ofSeconds(2))),
                        yaml("a", 5, "asn: 65001, §holdTime: 2s")),
                new Refused(
                        "ARS-14",
                        "peer.a.holdTime",
                        () -> with(5, peer -> peer.holdTime(Duration.ofSeconds(65_536))),
                        yaml("a", 5, "asn: 65001, §holdTime: 65536s")),
                new Refused(
                        "ARS-16",
                        "peer.name",
                        () -> peer("a b", 5, 65001),
                        "peers: [{§name: a b, address: 10.0.0.5, asn: 65001}]"),
                built(
                        "ARS-16",
                        "peer.a",
                        azure().peer(peer("a", 5, 65001)).peer(peer("a", 6, 65001)),
                        "peers:\n  - {name: a, address: 10.0.0.5, asn: 65001}\n  - §{name: a, address: 10.0.0.6, asn: 65001}\n"),
                built(
                        "ARS-16",
                        "peer.b.address",
                        azure().peer(peer("a", 5, 65001)).peer(peer("b", 5, 65001)),
                        "peers:\n  - {name: a, address: 10.0.0.5, asn: 65001}\n  - {name: b, §address: 10.0.0.5, asn: 65001}\n"),
                ninth(),
                new Refused(
                        "ARS-52",
                        "peer.a.pointToSite",
                        () -> with(5, peer -> peer.pointToSite(List.of(CLIENTS))),
                        yaml("a", 5, "asn: 65001, §pointToSite: 172.16.0.0/24")),
                new Refused("ARS-53", "peer.a.gateway", () -> with(5, peer -> peer.gateway("v")), ""));
    }

    private static Refused ninth() {
        RouteServerConfigBuilder nine = azure();
        StringBuilder yaml = new StringBuilder("peers:\n");
        IntStream.rangeClosed(1, 9).forEach(i -> {
            nine.peer(peer("p" + i, i, 65001));
            yaml.append("  - ").append(i == 9 ? "§" : "");
            yaml.append("{name: p" + i + ", address: 10.0.0." + i + ", asn: 65001}\n");
        });
        return built("ARS-16", "peer.p9", nine, yaml.toString());
    }

    private static Stream<Refused> reservedAsns() {
        return LongStream.of(0, 8074, 8075, 12076, 65517, 65518, 65519, 65520, 23456, 64496, 64511, 65535, 65536, 65551)
                .mapToObj(asn ->
                        built("ARS-12", "peer.a.asn", azure().peer(peer("a", 5, asn)), yaml("a", 5, "§asn: " + asn)));
    }

    private static Stream<Refused> gateways() {
        return Stream.of(
                new Refused(
                        "ARS-53",
                        "vpnGateway.name",
                        () -> VpnGateway.builder("v w", Asn.of(65515)).build(),
                        "vpnGateways: [{§name: v w, asn: 65515, nextHops: [10.0.0.5, 10.0.0.6]}]"),
                built(
                        "ARS-53",
                        "vpnGateway.v",
                        azure().vpnGateway(off().build()).vpnGateway(off().build()),
                        "vpnGateways:\n  - {name: v, asn: 65515, nextHops: [10.0.0.5, 10.0.0.6]}\n  - §{name: v, asn: 65515, nextHops: [10.0.0.7, 10.0.0.8]}\n"),
                built(
                        "ARS-53",
                        "vpnGateway.v.asn",
                        azure().vpnGateway(VpnGateway.builder("v", Asn.of(65001))
                                .nextHop(address(5))
                                .nextHop(address(6))
                                .build()),
                        "vpnGateways: [{name: v, §asn: 65001, nextHops: [10.0.0.5, 10.0.0.6]}]"),
                built(
                        "ARS-53",
                        "vpnGateway.v.peers",
                        azure().vpnGateway(VpnGateway.builder("v", Asn.of(65515))
                                .peer(peer("a", 5, 65515))
                                .build()),
                        "vpnGateways: [{name: v, asn: 65515, §peers: [{name: a, address: 10.0.0.5}]}]"),
                built(
                        "ARS-53",
                        "vpnGateway.v.nextHops",
                        azure().vpnGateway(VpnGateway.builder("v", Asn.of(65515))
                                .nextHop(address(5))
                                .build()),
                        "vpnGateways: [{name: v, asn: 65515, §nextHops: 10.0.0.5}]"),
                built(
                        "ARS-33",
                        "vpnGateway.v.nextHops",
                        azure().vpnGateway(VpnGateway.builder("v", Asn.of(65515))
                                .nextHop(address(5))
                                .nextHop(IpAddress.parse("127.0.0.1"))
                                .build()),
                        "vpnGateways: [{name: v, asn: 65515, §nextHops: [10.0.0.5, 127.0.0.1]}]"),
                built(
                        "ARS-15",
                        "vpnGateway.v.prefixes",
                        azure().vpnGateway(off().prefixes(List.of(IpPrefix.parse("2001:db8::/32")))
                                .build()),
                        "vpnGateways: [{name: v, asn: 65515, nextHops: [10.0.0.5, 10.0.0.6], §prefixes: 2001:db8::/32}]"),
                built(
                        "ARS-53",
                        "vpnGateway.v.prefixes",
                        standard()
                                .vpnGateway(off().prefixes(List.of(IpPrefix.parse("2001:db8::/32")))
                                        .build()),
                        "profile: standard\nvpnGateways: [{name: v, asn: 65515, nextHops: [10.0.0.5, 10.0.0.6], §prefixes: 2001:db8::/32}]"),
                built(
                        "ARS-53",
                        "peer.a",
                        azure().peer(with(5, peer -> peer.role(PeerRole.VPN_GATEWAY))),
                        "peers:\n  - §{name: a, address: 10.0.0.5, asn: 65001, role: vpn-gateway}\n"));
    }

    private static Stream<Refused> gatewaysInside() {
        return Stream.of(
                new Refused(
                        "ARS-53",
                        "vpnGateway.v.peers",
                        () -> VpnGateway.builder("v", Asn.of(65515))
                                .peer(peer("a", 5, 65001))
                                .build(),
                        ""),
                new Refused(
                        "ARS-53",
                        "vpnGateway.v",
                        () -> VpnGateway.builder("v", Asn.of(65515)).build(),
                        "vpnGateways: [§{name: v, asn: 65515}]"),
                new Refused(
                        "ARS-53",
                        "vpnGateway.v.nextHops",
                        () -> off().nextHop(address(5)).build(),
                        "vpnGateways: [{name: v, asn: 65515, §nextHops: [10.0.0.5, 10.0.0.5]}]"),
                built(
                        "ARS-53",
                        "peer.a.gateway",
                        azure().peer(with(
                                5, peer -> peer.role(PeerRole.VPN_GATEWAY).gateway("v"))),
                        ""),
                built(
                        "ARS-53",
                        "peer.a.pointToSite",
                        azure().gateways(unused -> GatewaySettings.standard())
                                .vpnGateway(VpnGateway.builder("v", Asn.of(65001))
                                        .peer(peer("b", 6, 65001))
                                        .build())
                                .peer(with(
                                        5,
                                        peer -> peer.role(PeerRole.VPN_GATEWAY)
                                                .gateway("v")
                                                .pointToSite(List.of(CLIENTS)))),
                        ""));
    }

    static RouteServerConfigBuilder azure() {
        return RouteServerConfig.azure().routerId(RouterId.parse("10.0.0.4"));
    }

    static RouteServerConfigBuilder standard() {
        return RouteServerConfig.standard().routerId(RouterId.parse("10.0.0.4"));
    }

    static Refused built(String rule, String parameter, RouteServerConfigBuilder config, String yaml) {
        return new Refused(rule, parameter, config::build, yaml);
    }

    static PeerConfig peer(String name, int host, long asn) {
        return PeerConfig.builder(name, address(host), Asn.of(asn)).build();
    }

    private static PeerConfig with(int host, UnaryOperator<PeerConfig.Builder> change) {
        return change.apply(PeerConfig.builder("a", address(host), Asn.of(65001)))
                .build();
    }

    private static VpnGateway.Builder off() {
        return VpnGateway.builder("v", Asn.of(65515)).nextHop(address(5)).nextHop(address(6));
    }

    static IpAddress address(int host) {
        return IpAddress.parse("10.0.0." + host);
    }

    private static String yaml(String name, int host, String rest) {
        return "peers:\n  - {name: " + name + ", address: 10.0.0." + host + ", " + rest + "}\n";
    }
}
