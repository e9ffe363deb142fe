package dev.waymark.examples.app;

import static dev.waymark.examples.app.RefusedPeers.address;
import static dev.waymark.examples.app.RefusedPeers.azure;
import static dev.waymark.examples.app.RefusedPeers.built;

import dev.waymark.api.Deployment;
import dev.waymark.api.DeploymentRegistry;
import dev.waymark.api.InstanceConfig;
import dev.waymark.api.NetworkPeering;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.NextHopKind;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteServerPairConfig;
import dev.waymark.api.RouteTable;
import dev.waymark.api.UserDefinedRoute;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.contract.RecordingSink;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** What the rules forbid of the virtual network, the deployment and the two instances (ARS-2, 3, 5, 15, 27, 33, 40 to 45). */
final class RefusedNetworks {
    private static final String HUB = "networks: [{prefix: 10.0.0.0/16, nextHop: 10.0.0.4}]\n";
    private static final String TABLE = "routeTables: [{name: t, routes: [";

    private RefusedNetworks() {}

    static Stream<Refused> all() {
        return Stream.of(spaces(), peerings(), tables(), deployments(), instances())
                .flatMap(cases -> cases);
    }

    private static Stream<Refused> spaces() {
        RouteServerConfigBuilder many = hub();
        StringBuilder yaml = new StringBuilder("networks:\n  - {prefix: 10.0.0.0/16, nextHop: 10.0.0.4}\n");
        IntStream.range(1, 501).forEach(i -> {
            String prefix = "172." + (16 + i / 250) + "." + i % 250 + ".0/24";
            many.network(new NetworkSpace(IpPrefix.parse(prefix), Optional.of(address(4))));
            yaml.append("  - ").append(i == 500 ? "§" : "").append("{prefix: " + prefix + ", nextHop: 10.0.0.4}\n");
        });
        return Stream.of(
                built(
                        "ARS-15",
                        "network.2001:db8::/32",
                        azure().network(IpPrefix.parse("2001:db8::/32")),
                        "networks: [§2001:db8::/32]"),
                built(
                        "ARS-40",
                        "network.10.0.0.0/16",
                        hub().network(IpPrefix.parse("10.0.0.0/16")),
                        "networks:\n  - {prefix: 10.0.0.0/16, nextHop: 10.0.0.4}\n  - §{prefix: 10.0.0.0/16, nextHop: 10.0.0.4}\n"),
                built("ARS-27", "network.172.18.0.0/24", many, yaml.toString()),
                built(
                        "ARS-40",
                        "network.10.0.0.0/16.nextHop",
                        azure().network(IpPrefix.parse("10.0.0.0/16")),
                        "networks: [§10.0.0.0/16]"),
                built(
                        "ARS-33",
                        "network.10.0.0.0/16.nextHop",
                        azure().network(new NetworkSpace(
                                IpPrefix.parse("10.0.0.0/16"), Optional.of(IpAddress.parse("127.0.0.1")))),
                        "networks: [§{prefix: 10.0.0.0/16, nextHop: 127.0.0.1}]"),
                new Refused(
                        "ARS-40",
                        "network.10.0.0.0/16.nextHop",
                        () -> new NetworkSpace(
                                IpPrefix.parse("10.0.0.0/16"), Optional.of(IpAddress.parse("2001:db8::1"))),
                        "networks: [§{prefix: 10.0.0.0/16, nextHop: 2001:db8::1}]"),
                built(
                        "ARS-41",
                        "serviceEndpoint.192.0.2.0/24",
                        azure().serviceEndpoint(IpPrefix.parse("192.0.2.0/24"))
                                .serviceEndpoint(IpPrefix.parse("192.0.2.0/24")),
                        "serviceEndpoints: [192.0.2.0/24, §192.0.2.0/24]"));
    }

    private static Stream<Refused> peerings() {
        return Stream.of(
                new Refused(
                        "ARS-40",
                        "peering.name",
                        () -> NetworkPeering.of(" ", IpPrefix.parse("10.2.0.0/16")),
                        "peerings: [{§name: ' ', spaces: 10.2.0.0/16}]"),
                new Refused(
                        "ARS-40",
                        "peering.b.spaces",
                        () -> NetworkPeering.of("b"),
                        "peerings: [{name: b, §spaces: []}]"),
                new Refused(
                        "ARS-40",
                        "peering.b.spaces",
                        () -> NetworkPeering.of("b", IpPrefix.parse("10.2.0.0/16"), IpPrefix.parse("10.2.1.0/24")),
                        "peerings: [{name: b, §spaces: [10.2.0.0/16, 10.2.1.0/24]}]"),
                built(
                        "ARS-40",
                        "peering.b",
                        hub().peering(peering("b", "10.2.0.0/16")).peering(peering("b", "10.3.0.0/16")),
                        HUB
                                + "peerings:\n  - {name: b, spaces: [{prefix: 10.2.0.0/16, nextHop: 10.0.0.4}]}\n  - §{name: b, spaces: [{prefix: 10.3.0.0/16, nextHop: 10.0.0.4}]}\n"),
                built(
                        "ARS-40",
                        "peering.b.spaces",
                        hub().peering(peering("b", "10.0.9.0/24")),
                        HUB + "peerings: [{name: b, §spaces: [{prefix: 10.0.9.0/24, nextHop: 10.0.0.4}]}]"),
                built(
                        "ARS-27",
                        "peering.b",
                        hub().peering(peering("b", "10.2.0.0/16")).limits(limits -> limits.withMaxNetworks(1)),
                        HUB
                                + "limits: {maxNetworks: 1}\npeerings: [§{name: b, spaces: [{prefix: 10.2.0.0/16, nextHop: 10.0.0.4}]}]"),
                built(
                        "ARS-45",
                        "peer.g.address",
                        hub().peering(peering("b", "10.2.0.0/16"))
                                .peer(PeerConfig.builder("g", IpAddress.parse("10.2.0.4"), Asn.of(65515))
                                        .role(PeerRole.EXPRESS_ROUTE_GATEWAY)
                                        .build()),
                        HUB
                                + "peerings: [{name: b, spaces: [{prefix: 10.2.0.0/16, nextHop: 10.0.0.4}]}]\npeers: [{name: g, §address: 10.2.0.4, asn: 65515, role: express-route-gateway}]"));
    }

    private static Stream<Refused> tables() {
        IpPrefix all = IpPrefix.parse("0.0.0.0/0");
        UserDefinedRoute route = UserDefinedRoute.toAppliance(all, address(9));
        return Stream.of(
                new Refused("ARS-42", "routeTable.name", () -> RouteTable.of(""), "routeTables: [{§name: ''}]"),
                built(
                        "ARS-42",
                        "routeTable.t",
                        hub().routeTable(RouteTable.of("t")).routeTable(RouteTable.of("t")),
                        "routeTables:\n  - {name: t}\n  - §{name: t}\n"),
                built(
                        "ARS-42",
                        "routeTable.t.peering",
                        hub().routeTable(RouteTable.ofPeering("t", "z")),
                        "routeTables: [{name: t, §peering: z}]"),
                new Refused(
                        "ARS-41",
                        "routeTable.t.routes",
                        () -> new RouteTable("t", Optional.empty(), true, List.of(route, route)),
                        TABLE.replace("routes", "§routes")
                                + "{prefix: 0.0.0.0/0, nextHop: none}, {prefix: 0.0.0.0/0, nextHop: none}]}]"),
                new Refused(
                        "ARS-41",
                        "route.0.0.0.0/0.nextHop",
                        () -> UserDefinedRoute.toAppliance(all, IpAddress.parse("2001:db8::1")),
                        TABLE + "§{prefix: 0.0.0.0/0, nextHop: 2001:db8::1}]}]"),
                new Refused(
                        "ARS-41",
                        "route.0.0.0.0/0.nextHop",
                        () -> new UserDefinedRoute(all, NextHopKind.VIRTUAL_APPLIANCE, Optional.empty()),
                        ""),
                new Refused(
                        "ARS-41",
                        "route.0.0.0.0/0.nextHop",
                        () -> new UserDefinedRoute(all, NextHopKind.SERVICE_ENDPOINT, Optional.empty()),
                        ""),
                built("ARS-42", "sink.s", hub().sink("s", "z", new RecordingSink()), ""));
    }

    private static Stream<Refused> deployments() {
        Deployment good = Deployment.of("hub", IpPrefix.parse("10.0.1.0/26"));
        DeploymentRegistry registry = new DeploymentRegistry();
        return Stream.of(
                new Refused(
                        "ARS-5",
                        "deployment.virtualNetwork",
                        () -> Deployment.of(" ", IpPrefix.parse("10.0.1.0/26")),
                        "deployment: {virtualNetwork: §' ', subnet: 10.0.1.0/26}"),
                new Refused(
                        "ARS-5",
                        "deployment.virtualNetwork",
                        () -> {
                            registry.take("hub", "rs0");
                            registry.take("hub", "rs1");
                        },
                        ""),
                deployment("subnetName", good.withSubnetName("default"), "§subnetName: default"),
                built(
                        "ARS-5",
                        "deployment.subnet",
                        azure().deployment(Deployment.of("hub", IpPrefix.parse("10.0.1.0/27"))),
                        "deployment: {virtualNetwork: hub, §subnet: 10.0.1.0/27}"),
                deployment("hasRouteTable", good.withRouteTable(true), "§hasRouteTable: true"),
                deployment("hasSecurityGroup", good.withSecurityGroup(true), "§hasSecurityGroup: true"),
                deployment("isConnectedToHub", good.withConnectedToHub(true), "§isConnectedToHub: true"));
    }

    private static Refused deployment(String key, Deployment deployment, String yaml) {
        return built(
                "ARS-5",
                "deployment." + key,
                azure().deployment(deployment),
                "deployment: {virtualNetwork: hub, subnet: 10.0.1.0/26, " + yaml + "}");
    }

    private static Stream<Refused> instances() {
        InstanceConfig a = InstanceConfig.of("a", address(4));
        return Stream.of(
                new Refused(
                        "ARS-2",
                        "instance.name",
                        () -> InstanceConfig.of(" ", address(4)),
                        "instances:\n  - {§name: ' ', address: 10.0.0.4}\n  - {name: b, address: 10.0.0.5}\n"),
                new Refused(
                        "ARS-3",
                        "instance.a.zone",
                        () -> new InstanceConfig("a", Optional.of(""), a.addresses(), Optional.empty(), List.of()),
                        "instances:\n  - {name: a, address: 10.0.0.4, §zone: ''}\n  - {name: b, address: 10.0.0.5}\n"),
                new Refused(
                        "ARS-2",
                        "instance.a.addresses",
                        () -> new InstanceConfig(
                                "a", Optional.empty(), List.of(address(4), address(6)), Optional.empty(), List.of()),
                        "instances:\n  - {name: a, §address: [10.0.0.4, 10.0.0.6]}\n  - {name: b, address: 10.0.0.5}\n"),
                new Refused("ARS-2", "instance.a", pair(a, InstanceConfig.of("a", address(5))), """
                        instances:
                          - {name: a, address: 10.0.0.4}
                          - §{name: a, address: 10.0.0.5}
                        """),
                new Refused("ARS-2", "instance.b.addresses", pair(a, InstanceConfig.of("b", address(4))), """
                        instances:
                          - {name: a, address: 10.0.0.4}
                          - {name: b, §address: 10.0.0.4}
                        """),
                new Refused(
                        "ARS-2",
                        "pair.shared",
                        () -> RouteServerPairConfig.of(
                                RouteServerConfig.azure().localAddress(address(4)),
                                a,
                                InstanceConfig.of("b", address(5))),
                        ""));
    }

    private static Executable pair(InstanceConfig one, InstanceConfig other) {
        return () -> RouteServerPairConfig.of(RouteServerConfig.azure(), one, other);
    }

    private static RouteServerConfigBuilder hub() {
        return azure().localAddress(address(4))
                .network(new NetworkSpace(IpPrefix.parse("10.0.0.0/16"), Optional.of(address(4))));
    }

    private static NetworkPeering peering(String name, String space) {
        return NetworkPeering.of(name, IpPrefix.parse(space));
    }
}
