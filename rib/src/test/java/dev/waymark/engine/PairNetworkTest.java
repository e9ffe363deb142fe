package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.EffectiveReason;
import dev.waymark.api.EffectiveRoute;
import dev.waymark.api.EffectiveSource;
import dev.waymark.api.NetworkPeering;
import dev.waymark.api.PeeredSpaceState;
import dev.waymark.api.PeeringSnapshot;
import dev.waymark.api.RouteTable;
import dev.waymark.api.VirtualNetwork;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.contract.RecordingSink;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The virtual network of real engines: of a server, and of a pair with both its instances. */
class PairNetworkTest {
    private static final IpPrefix SPOKE = IpPrefix.parse("10.1.0.0/16");
    private static final IpPrefix ROUTE = IpPrefix.parse("172.20.0.0/16");
    private static final IpPrefix DEFAULT = IpPrefix.parse("0.0.0.0/0");
    private static final IpAddress A = IpAddress.parse("10.0.1.1");
    private static final IpAddress THIRD = IpAddress.parse("10.0.1.9");
    private static final NetworkPeering PEERING = NetworkPeering.of("spoke", SPOKE);

    private final Speaker a0 = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker a1 = Speaker.of("a", 65001, "10.0.1.1");

    private static byte[] announce(Speaker speaker, String nextHop, IpPrefix... prefixes) {
        return speaker.announce(RouteExchangeTest.path("65001", nextHop), prefixes);
    }

    @Test
    @DisplayName(
            "ARS-40, ARS-43: a peering of a pair is advertised by both instances, and each asks its NVAs for their routes")
    void peeringOfBoth() {
        try (PairRig rig = new PairRig(a0).start()) {
            LoopbackNva first = rig.up(a0, 0);
            LoopbackNva second = rig.up(a1, 1);
            VirtualNetwork network = rig.pair.virtualNetwork();
            network.addPeering(PEERING);
            first.await(() -> a0.routes.containsKey(SPOKE) && a0.refreshes.size() == 1);
            second.await(() -> a1.routes.containsKey(SPOKE) && a1.refreshes.size() == 1);
            assertEquals(
                    List.of(new PeeringSnapshot(PEERING, Map.of(SPOKE, PeeredSpaceState.ADVERTISED))),
                    network.peerings());
            assertEquals(
                    network.peerings(),
                    rig.pair.instance("rs1").virtualNetwork().peerings());
            rig.pair.stopInstance("rs1", "");
            assertTrue(network.removePeering("spoke"));
            assertFalse(network.removePeering("spoke"));
            first.await(() -> !a0.routes.containsKey(SPOKE));
            rig.pair.startInstance("rs1");
            assertEquals(List.of(), rig.pair.instance("rs1").virtualNetwork().peerings());
        }
    }

    @Test
    @DisplayName("ARS-42: a sink of a pair's table holds the union, and follows propagation and the flag at run time")
    void tableOfThePair() {
        RecordingSink peered = new RecordingSink();
        RouteTable table = RouteTable.ofPeering("t", "spoke");
        try (PairRig rig = new PairRig(
                        config -> config.peering(PEERING).routeTable(table).sink("peered", "t", peered), a0)
                .start()) {
            rig.up(a0, 0).say(announce(a0, "10.0.1.1", ROUTE));
            rig.up(a1, 1).say(announce(a1, "10.0.1.9", ROUTE));
            Map<IpPrefix, List<IpAddress>> union = Map.of(ROUTE, List.of(A, THIRD));
            peered.await(union::equals);
            VirtualNetwork network = rig.pair.virtualNetwork();
            network.updateRouteTable(table.withPropagates(false));
            peered.await(Map::isEmpty);
            network.updateRouteTable(table);
            peered.await(union::equals);
            network.updatePeering(PEERING.withUsesRemoteGateway(false));
            peered.await(Map::isEmpty);
            network.updatePeering(PEERING);
            peered.await(union::equals);
            rig.pair.stopInstance("rs0", "");
            peered.await(Map.of(ROUTE, List.of(THIRD))::equals);
            rig.sink.await(Map.of(ROUTE, List.of(THIRD))::equals);
            assertEquals(List.of(), peered.violations());
            assertEquals(List.of(), rig.sink.violations());
        }
    }

    @Test
    @DisplayName(
            "ARS-41: a pair's effective routes have the next hops of both instances, and are judged as those of one")
    void effectiveRoutesOfThePair() {
        try (PairRig rig = new PairRig(config -> config.peering(PEERING).routeTable(RouteTable.of("t")), a0).start()) {
            rig.up(a0, 0).say(announce(a0, "10.0.1.1", ROUTE, SPOKE));
            rig.up(a1, 1).say(announce(a1, "10.0.1.9", ROUTE, DEFAULT));
            rig.sink.await(routes -> routes.equals(Map.of(ROUTE, List.of(A, THIRD), DEFAULT, List.of(THIRD))));
            List<EffectiveRoute> all =
                    rig.pair.virtualNetwork().effectiveRoutes("t").toList();
            assertEquals(
                    List.of(
                            SPOKE + " [10.0.1.1] INSIDE_SYSTEM_ROUTE",
                            ROUTE + " [10.0.1.1, 10.0.1.9] LEARNED_ROUTE",
                            DEFAULT + " [10.0.1.9] LEARNED_ROUTE"),
                    all.stream()
                            .filter(route -> route.source() == EffectiveSource.BGP)
                            .map(route -> route.prefix() + " " + route.nextHops() + " " + route.reason())
                            .toList());
            EffectiveRoute last = all.get(all.size() - 1);
            assertEquals(EffectiveSource.DEFAULT, last.source());
            assertEquals(EffectiveReason.BEATEN_BY_LEARNED_ROUTE, last.reason(), "though one instance only has it");
            Executable unknown = () -> rig.pair.virtualNetwork().effectiveRoutes("x");
            assertThrows(ConfigurationException.class, unknown);
        }
    }

    @Test
    @DisplayName("ARS-40, ARS-41, ARS-42: every call of a server's virtual network, and what it refuses")
    void callsOfAServer() {
        try (EngineRig rig = new EngineRig(a0).start()) {
            LoopbackNva nva = rig.up(a0);
            VirtualNetwork network = rig.server.virtualNetwork();
            network.addPeering(PEERING);
            nva.await(() -> a0.routes.containsKey(SPOKE));
            RouteTable table = RouteTable.ofPeering("t", "spoke");
            network.addRouteTable(table);
            assertRefused(
                    "routeTable.t: is there twice; names are unique [ARS-42]", () -> network.addRouteTable(table));
            assertRefused(
                    "peering.spoke: is there twice; names are unique [ARS-40]", () -> network.addPeering(PEERING));
            assertRefused(
                    "routeTable.t.peering: there is no peering 'spoke' [ARS-42]", () -> network.removePeering("spoke"));
            assertRefused(
                    "peering.x: is not there [ARS-40]", () -> network.updatePeering(NetworkPeering.of("x", ROUTE)));
            assertRefused("routeTable.x: is not there [ARS-42]", () -> network.updateRouteTable(RouteTable.of("x")));
            assertRefused(
                    "peering.x.spaces: 10.1.0.0/16 overlaps 10.1.0.0/16 of peering spoke; peered networks have spaces of their"
                            + " own [ARS-40]",
                    () -> network.addPeering(NetworkPeering.of("x", SPOKE)));
            RecordingSink sink = new RecordingSink();
            assertRefused("sink.s: there is no route table 'x' [ARS-42]", () -> rig.server.attachSink("s", "x", sink));
            rig.server.attachSink("s", "t", sink);
            nva.say(announce(a0, "10.0.1.1", ROUTE));
            sink.await(Map.of(ROUTE, List.of(A))::equals);
            network.addServiceEndpoint(ROUTE);
            sink.await(Map::isEmpty);
            assertEquals(List.of(ROUTE), network.serviceEndpoints());
            assertTrue(network.removeServiceEndpoint(ROUTE));
            assertFalse(network.removeServiceEndpoint(ROUTE));
            sink.await(Map.of(ROUTE, List.of(A))::equals);
            assertEquals(
                    1,
                    network.effectiveRoutes("t")
                            .filter(route -> route.source() == EffectiveSource.BGP)
                            .count());
            assertEquals(List.of(table), network.routeTables());
            assertTrue(network.removeRouteTable("t"));
            assertFalse(network.removeRouteTable("t"));
            sink.await(Map::isEmpty);
            assertTrue(network.removePeering("spoke"));
            nva.await(() -> !a0.routes.containsKey(SPOKE));
            assertRefused(
                    "page: cursor -1, limit 1 is not 0 or more, 1 to 4096 [ARS-70]",
                    () -> rig.server.effectivePage("t", -1, 1));
        }
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(ConfigurationException.class, call).getMessage());
    }
}
