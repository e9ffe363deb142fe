package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerIdentity;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteView;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.PathAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A VPN gateway with BGP off: its static prefixes are routes like those that it would send (ARS-53). */
class StaticPrefixesTest {
    private static final int SINK = 1;
    private static final IpPrefix SITE = IpPrefix.parse("10.3.0.0/16");
    private static final IpPrefix OTHER_SITE = IpPrefix.parse("10.4.0.0/16");
    private static final IpPrefix CLIENTS = IpPrefix.parse("172.16.0.0/24");
    private static final IpAddress FIRST = IpAddress.parse("10.0.1.13");
    private static final IpAddress SECOND = IpAddress.parse("10.0.1.14");

    private final Speaker nva = Speaker.of("nva", 65001, "10.0.1.1");
    private final Speaker er = internal("er", "10.0.1.2");

    private static Speaker internal(String name, String address) {
        Speaker speaker = Speaker.of(name, 65515, address);
        speaker.isInternal = true;
        return speaker;
    }

    private static VpnGateway gateway(List<IpPrefix> prefixes, List<IpPrefix> pointToSite) {
        return VpnGateway.builder("vpn", Asn.of(65515))
                .nextHop(FIRST)
                .nextHop(SECOND)
                .prefixes(prefixes)
                .pointToSite(pointToSite)
                .build();
    }

    private CoreHarness start(UnaryOperator<RouteServerConfigBuilder> change) {
        CoreHarness net = new CoreHarness(change.apply(RouteServerConfig.azure()
                        .localAddress(IpAddress.parse("10.0.0.4"))
                        .export(export -> export.withBranchToBranch(true))
                        .peer(PeerConfigs.of(nva).build())
                        .peer(PeerConfig.builder(er.name, er.address, er.asn)
                                .role(PeerRole.EXPRESS_ROUTE_GATEWAY)
                                .passive(true)
                                .build()))
                .build());
        net.call(new Command.AttachSink(SINK, "table"));
        net.connect(nva);
        net.connect(er);
        net.settle();
        return net;
    }

    private static Map<IpPrefix, List<IpAddress>> table(CoreHarness net) {
        return net.sinks.getOrDefault(SINK, Map.of());
    }

    private static void call(CoreHarness net, Command command) {
        net.call(command);
        net.settle();
    }

    @Test
    @DisplayName("ARS-53: static prefixes are programmed by way of both instances, point-to-site ones too")
    void programmed() {
        CoreHarness net = start(config -> config.vpnGateway(gateway(List.of(SITE), List.of(CLIENTS))));
        assertEquals(Map.of(SITE, List.of(FIRST, SECOND), CLIENTS, List.of(FIRST, SECOND)), table(net));
        RoutePage page = (RoutePage) net.call(new Command.Page(RouteQuery.of(RouteView.SELECTED), 0, 100));
        assertEquals(2, page.entries().size());
        for (RouteEntry entry : page.entries()) {
            assertEquals(
                    Optional.of(new PeerIdentity("vpn", FIRST, Asn.of(65515), PeerRole.VPN_GATEWAY)),
                    entry.sourcePeer());
        }
    }

    @Test
    @DisplayName(
            "ARS-53, ARS-52: with branch-to-branch NVAs get them all, ExpressRoute all but point-to-site; without, nobody")
    void branchToBranch() {
        CoreHarness net = start(config -> config.vpnGateway(gateway(List.of(SITE), List.of(CLIENTS))));
        for (int round = 0; round < 2; round++) {
            assertEquals(Set.of(SITE, CLIENTS), nva.routes.keySet());
            assertEquals(Set.of(SITE), er.routes.keySet());
            call(net, new Command.SetBranchToBranch(false));
            assertEquals(Set.of(), nva.routes.keySet());
            assertEquals(Set.of(), er.routes.keySet());
            assertEquals(2, table(net).size(), "programmed whatever is exchanged");
            call(net, new Command.SetBranchToBranch(true));
        }
    }

    @Test
    @DisplayName(
            "ARS-53, ARS-52a: they look like an internal peer's: own AS in front for NVAs, reflected to ExpressRoute")
    void attributes() {
        start(config -> config.vpnGateway(gateway(List.of(SITE), List.of())));
        PathAttributes atNva = nva.routes.get(SITE);
        assertEquals(AsPath.parse("65515"), atNva == null ? null : atNva.asPath());
        assertEquals(FIRST, atNva == null ? null : atNva.nextHop(), "of equals the lowest address (ARS-34)");
        PathAttributes atEr = er.routes.get(SITE);
        assertEquals(AsPath.parse(""), atEr == null ? null : atEr.asPath());
        assertEquals(
                "[10, 0, 1, 13]",
                atEr == null
                        ? ""
                        : java.util.Arrays.toString(
                                atEr.attribute(9).orElseThrow().octets()));
    }

    @Test
    @DisplayName("ARS-53, ARS-31: they rank as VPN under every routing preference, changed at run time")
    void preference() {
        CoreHarness net = start(config -> config.vpnGateway(gateway(List.of(SITE), List.of())));
        net.say(nva, nva.announce(RouteExchangeTest.path("65001", "10.0.1.1"), SITE));
        net.say(
                er,
                er.announce(
                        RouteExchangeTest.path("12076 64600", "10.0.1.2")
                                .edit()
                                .localPref(100)
                                .build(),
                        SITE));
        net.settle();
        assertEquals(List.of(IpAddress.parse("10.0.1.2")), table(net).get(SITE), "ExpressRoute first");
        call(net, new Command.SetPreference(RoutingPreference.VPN_GATEWAY));
        assertEquals(List.of(FIRST, SECOND), table(net).get(SITE), "VPN and NVA before it, the shorter path of these");
        call(net, new Command.SetPreference(RoutingPreference.AS_PATH));
        assertEquals(List.of(FIRST, SECOND), table(net).get(SITE), "no hop at all");
        call(net, new Command.SetPreference(RoutingPreference.EXPRESS_ROUTE));
        assertEquals(List.of(IpAddress.parse("10.0.1.2")), table(net).get(SITE));
    }

    @Test
    @DisplayName("ARS-53: added, changed and removed at run time; only the difference is told, no session is touched")
    void runTime() {
        CoreHarness net = start(config -> config);
        call(net, new Command.AddVpnGateway(gateway(List.of(SITE), List.of(CLIENTS))));
        assertEquals(Set.of(SITE, CLIENTS), nva.routes.keySet());
        nva.updates = 0;
        call(net, new Command.UpdateVpnGateway(gateway(List.of(SITE, OTHER_SITE), List.of(CLIENTS))));
        assertEquals(Set.of(SITE, OTHER_SITE, CLIENTS), nva.routes.keySet());
        assertEquals(1, nva.updates, "the new one alone");
        call(net, new Command.UpdateVpnGateway(gateway(List.of(OTHER_SITE, CLIENTS), List.of(SITE))));
        assertEquals(Set.of(OTHER_SITE, CLIENTS), er.routes.keySet(), "which ones are point-to-site has changed");
        assertEquals(Set.of(SITE, OTHER_SITE, CLIENTS), table(net).keySet());
        assertEquals(true, net.call(new Command.RemoveVpnGateway("vpn")));
        net.settle();
        assertEquals(Set.of(), nva.routes.keySet());
        assertEquals(Map.of(), table(net));
        assertEquals(false, net.call(new Command.RemoveVpnGateway("vpn")));
        assertTrue(nva.isConnected && er.isConnected);
        assertEquals(List.of(), nva.notifications);
    }

    @Test
    @DisplayName("ARS-53: BGP is turned on and off at run time; a gateway that isn't there or is incomplete is refused")
    void bgpOnAndOff() {
        Speaker one = internal("vpn1", "10.0.1.13");
        Speaker two = internal("vpn2", "10.0.1.14");
        CoreHarness net = start(config -> config.vpnGateway(gateway(List.of(SITE), List.of())));
        VpnGateway on = VpnGateway.builder("vpn", Asn.of(65515))
                .peer(PeerConfigs.of(one).build())
                .peer(PeerConfigs.of(two).build())
                .build();
        call(net, new Command.UpdateVpnGateway(on));
        assertEquals(Map.of(), table(net));
        net.connect(one);
        net.connect(two);
        assertTrue(one.isConnected && two.isConnected);
        assertThrows(ConfigurationException.class, () -> net.call(new Command.RemovePeer("vpn1")));
        net.settle();
        assertTrue(one.isConnected, "what is refused changes nothing");
        call(net, new Command.UpdateVpnGateway(gateway(List.of(SITE), List.of())));
        assertEquals(Set.of(SITE), table(net).keySet());
        assertEquals(3, one.notifications.get(0).subcode(), "Cease/3: the peer is no more");
        VpnGateway unknown = VpnGateway.builder("none", Asn.of(65515))
                .nextHop(FIRST)
                .nextHop(SECOND)
                .build();
        assertThrows(ConfigurationException.class, () -> net.call(new Command.UpdateVpnGateway(unknown)));
    }

    @Test
    @DisplayName("ARS-53, ARS-41: a static prefix inside the virtual network is not programmed, nor sent on")
    void insideTheVirtualNetwork() {
        CoreHarness net =
                start(config -> config.network(new NetworkSpace(IpPrefix.parse("10.2.0.0/15"), Optional.empty()))
                        .vpnGateway(gateway(List.of(SITE), List.of())));
        assertEquals(Map.of(), table(net));
        assertEquals(Set.of(IpPrefix.parse("10.2.0.0/15")), nva.routes.keySet());
    }

    @Test
    @DisplayName("ARS-53, ARS-27: static prefixes count for the total, and wait for room as others do")
    void totalLimit() {
        CoreHarness net = start(config -> config.limits(limits -> limits.withTotalPrefixes(1)));
        IpPrefix first = IpPrefix.parse("10.9.0.0/16");
        net.say(nva, nva.announce(RouteExchangeTest.path("65001", "10.0.1.1"), first));
        net.settle();
        call(net, new Command.AddVpnGateway(gateway(List.of(SITE), List.of())));
        assertEquals(Set.of(first), table(net).keySet());
        net.say(nva, nva.withdraw(List.of(first)));
        net.settle();
        assertEquals(Map.of(SITE, List.of(FIRST, SECOND)), table(net));
        net.say(nva, nva.announce(RouteExchangeTest.path("65001", "10.0.1.1"), first));
        net.settle();
        assertEquals(Set.of(SITE), table(net).keySet());
        call(net, new Command.RemoveVpnGateway("vpn"));
        assertEquals(Set.of(first), table(net).keySet());
    }

    @Test
    @DisplayName("ARS-53: a pair has the gateway on both instances, one that is restarted too")
    void pair() {
        try (PairRig rig = new PairRig(config -> config).start()) {
            rig.pair.addVpnGateway(gateway(List.of(SITE), List.of()));
            assertEquals(1, rig.pair.vpnGateways().size());
            rig.pair.stopInstance("rs1", "");
            rig.pair.updateVpnGateway(gateway(List.of(OTHER_SITE), List.of()));
            rig.pair.startInstance("rs1");
            for (String instance : PairRig.NAMES) {
                assertEquals(
                        List.of(OTHER_SITE),
                        rig.pair.instance(instance).vpnGateways().get(0).prefixes());
            }
            assertTrue(rig.pair.removeVpnGateway("vpn"));
            assertEquals(List.of(), rig.pair.instance("rs0").vpnGateways());
        }
    }
}
