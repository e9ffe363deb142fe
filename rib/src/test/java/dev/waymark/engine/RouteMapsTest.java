package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.GatewaySettings;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteView;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Route maps in a server: inbound before selection, outbound after it, changed while it runs. */
class RouteMapsTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.9.0.0/16");
    private static final IpPrefix ELEVEN = IpPrefix.parse("11.9.0.0/16");
    private static final List<IpAddress> VIA_A = List.of(IpAddress.parse("10.0.1.1"));
    private static final List<IpAddress> VIA_B = List.of(IpAddress.parse("10.0.1.2"));

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private final Speaker c = Speaker.of("c", 65003, "10.0.1.3");
    private final PathAttributes best = RouteExchangeTest.path("65001", "10.0.1.1");
    private final PathAttributes second = RouteExchangeTest.path("65002 65020", "10.0.1.2");

    private static RouteMap drops(IpPrefix prefix) {
        return RouteMap.of(
                "drops",
                List.of(RouteMapRule.builder("drop")
                        .when(RouteMapCondition.prefixContains(List.of(prefix)))
                        .then(RouteMapAction.drop())
                        .build()));
    }

    private static RouteMap prepends(long... asns) {
        List<Asn> list = java.util.Arrays.stream(asns).mapToObj(Asn::of).toList();
        return RouteMap.of(
                "prepends",
                List.of(RouteMapRule.builder("prepend")
                        .then(RouteMapAction.asPathAdd(list))
                        .build()));
    }

    private static PeerConfig.Builder peer(Speaker speaker) {
        return PeerConfig.builder(speaker.name, speaker.address, speaker.asn).passive(true);
    }

    private RouteServerConfigBuilder standard() {
        RouteMap permits = RouteMap.of("permits", List.of());
        RouteServerConfigBuilder builder = RouteServerConfig.standard()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .importPolicy(permits)
                .exportPolicy(permits);
        List.of(a, b, c).forEach(speaker -> builder.peer(peer(speaker).build()));
        return builder;
    }

    private CoreHarness start(RouteServerConfigBuilder config) {
        CoreHarness net = new CoreHarness(config.build());
        net.call(new Command.AttachSink(1, "table"));
        List.of(a, b, c).forEach(net::connect);
        return net;
    }

    private void announce(CoreHarness net, Speaker speaker, PathAttributes attributes, IpPrefix... prefixes) {
        net.say(speaker, speaker.announce(attributes, prefixes));
        net.settle();
    }

    private static void update(CoreHarness net, PeerConfig.Builder peer) {
        net.call(new Command.UpdatePeer(peer.build()));
        net.settle();
    }

    private static Map<IpPrefix, List<IpAddress>> table(CoreHarness net) {
        return net.sinks.getOrDefault(1, Map.of());
    }

    private static PathAttributes held(Speaker speaker, IpPrefix prefix) {
        return Objects.requireNonNull(speaker.routes.get(prefix), "no route for " + prefix);
    }

    private static List<RouteEntry> view(CoreHarness net, RouteQuery query) {
        return ((RoutePage) net.call(new Command.Page(query, 0, 100))).entries();
    }

    @Test
    @DisplayName("ARS-60: an inbound map acts before selection: a longer path there makes another route the choice")
    void inboundIsBeforeSelection() {
        CoreHarness net = start(RouteExchangeTest.azure(a, b, c));
        announce(net, a, best, TEN);
        announce(net, b, second, TEN);
        assertEquals(Map.of(TEN, VIA_A), table(net));
        update(net, peer(a).importPolicy(prepends(100, 100)));
        assertEquals(Map.of(TEN, VIA_B), table(net));
        assertEquals(Map.of(TEN, second), c.routes);
        assertEquals(
                best, view(net, RouteQuery.of(RouteView.RECEIVED, "a")).get(0).attributes());
    }

    @Test
    @DisplayName(
            "ARS-60: an outbound map acts after selection: what it does to one peer changes neither the choice nor others")
    void outboundIsAfterSelection() {
        CoreHarness net = start(RouteExchangeTest.azure(a, b, c));
        announce(net, a, best, TEN);
        announce(net, b, second, TEN);
        update(net, peer(c).exportPolicy(prepends(100, 100)));
        assertEquals(AsPath.parse("100 100 65001"), held(c, TEN).asPath());
        assertEquals(Map.of(TEN, VIA_A), table(net));
        assertEquals(Map.of(TEN, best), b.routes);
        update(net, peer(c).exportPolicy(drops(TEN)));
        assertEquals(Map.of(), c.routes); // one path in azure: the next best doesn't take its place
        assertEquals(Map.of(TEN, VIA_A), table(net));
        assertEquals(Map.of(TEN, best), b.routes);
    }

    @Test
    @DisplayName("ARS-60: one map serves many peers, in both directions, gateway connections included")
    void oneMapServesMany() {
        RouteMap map = drops(TEN);
        RouteServerConfigBuilder config = RouteServerConfig.azure()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .export(export -> export.withBranchToBranch(true))
                .gateways(any -> GatewaySettings.standard())
                .peer(peer(a).build())
                .peer(peer(b).importPolicy(map).exportPolicy(map).build())
                .peer(peer(c).role(PeerRole.VPN_GATEWAY).exportPolicy(map).build());
        CoreHarness net = start(config);
        announce(net, a, best, TEN, ELEVEN);
        announce(net, b, second, TEN);
        assertEquals(Map.of(ELEVEN, best), b.routes);
        assertEquals(List.of(ELEVEN), List.copyOf(c.routes.keySet()));
        assertEquals(Map.of(), a.routes);
        assertEquals(1, view(net, RouteQuery.of(RouteView.REJECTED, "b")).size());
    }

    @Test
    @DisplayName("ARS-60: a peer has one map in each direction: the last one that it is given")
    void oneMapInEachDirection() {
        CoreHarness net = start(RouteExchangeTest.azure(a, b, c));
        update(net, peer(a).importPolicy(drops(TEN)).importPolicy(drops(ELEVEN)));
        update(net, peer(b).exportPolicy(drops(TEN)).importPolicy(drops(ELEVEN)));
        announce(net, a, best, TEN, ELEVEN);
        announce(net, b, second, TEN, ELEVEN);
        assertEquals(Map.of(TEN, VIA_A), table(net));
        assertEquals(Map.of(), b.routes);
        assertEquals(Map.of(TEN, best), c.routes);
    }

    @Test
    @DisplayName("ARS-64: a changed inbound map judges stored routes anew: no refresh, withdrawn and back again")
    void inboundChange() {
        CoreHarness net = start(RouteExchangeTest.azure(a, b, c));
        announce(net, a, best, TEN, ELEVEN);
        int refreshes = a.refreshes.size();
        update(net, peer(a).importPolicy(drops(TEN)));
        assertEquals(Map.of(ELEVEN, best), b.routes);
        assertEquals(Map.of(ELEVEN, VIA_A), table(net));
        assertEquals(1, net.events(ServerEvent.PolicyApplied.class).size());
        update(net, peer(a).importPolicy(drops(ELEVEN)));
        assertEquals(Map.of(TEN, best), b.routes);
        update(net, peer(a));
        assertEquals(Map.of(TEN, best, ELEVEN, best), b.routes);
        assertEquals(refreshes, a.refreshes.size());
    }

    @Test
    @DisplayName(
            "ARS-64: a changed outbound map withdraws what is refused now, with per-client best puts the next best there")
    void outboundChangePerClientBest() {
        CoreHarness net = start(standard());
        announce(net, a, best, TEN, ELEVEN);
        announce(net, b, second, TEN);
        assertEquals(Map.of(TEN, best, ELEVEN, best), c.routes);
        RouteMap noA = RouteMap.of(
                "no-a",
                List.of(RouteMapRule.builder("drop")
                        .when(RouteMapCondition.asPathContains(List.of(Asn.of(65001))))
                        .then(RouteMapAction.drop())
                        .build()));
        update(net, peer(c).exportPolicy(noA));
        assertEquals(Map.of(TEN, second), c.routes);
        assertEquals(Map.of(TEN, best, ELEVEN, best), b.routes);
        assertEquals(Map.of(TEN, second), a.routes);
        net.call(new Command.SetPolicy(false, Optional.of(drops(ELEVEN))));
        net.settle();
        assertEquals(Map.of(TEN, best), b.routes);
        assertEquals(Map.of(TEN, second), c.routes);
        update(net, peer(c));
        assertEquals(Map.of(TEN, best), c.routes);
    }

    @Test
    @DisplayName("ARS-64: a changed inbound map with per-client best: each peer is sent its best of what is left")
    void inboundChangePerClientBest() {
        CoreHarness net = start(standard());
        announce(net, a, best, TEN);
        announce(net, b, second, TEN);
        update(net, peer(a).importPolicy(drops(TEN)));
        assertEquals(Map.of(TEN, second), a.routes);
        assertEquals(Map.of(), b.routes);
        assertEquals(Map.of(TEN, second), c.routes);
        net.call(new Command.SetPolicy(true, Optional.of(drops(TEN))));
        net.settle();
        assertEquals(Map.of(), a.routes);
        assertEquals(Map.of(), c.routes);
        assertEquals(Map.of(), table(net));
    }

    @Test
    @DisplayName("ARS-64: an equal map is no change: nothing is sent, nothing judged anew")
    void equalMapIsNoChange() {
        CoreHarness net = start(RouteExchangeTest.azure(a, b, c));
        update(net, peer(a).importPolicy(drops(ELEVEN)));
        update(net, peer(c).exportPolicy(prepends(100)));
        announce(net, a, best, TEN);
        int applied = net.events(ServerEvent.PolicyApplied.class).size();
        int told = c.updates;
        update(net, peer(a).importPolicy(drops(ELEVEN)));
        update(net, peer(c).exportPolicy(prepends(100)));
        assertEquals(applied, net.events(ServerEvent.PolicyApplied.class).size());
        assertEquals(told, c.updates);
    }

    @Test
    @DisplayName("ARS-63: azure refuses a map at run time too, and nothing changes")
    void refusedAtRunTime() {
        CoreHarness net = start(RouteExchangeTest.azure(a, b, c));
        announce(net, a, best, TEN);
        int told = c.updates;
        for (Command command : List.<Command>of(
                new Command.UpdatePeer(peer(c).exportPolicy(prepends(65010)).build()),
                new Command.SetPolicy(false, Optional.of(prepends(12076))),
                new Command.SetPolicy(true, Optional.of(prepends(12076))))) {
            ConfigurationException refused = assertThrows(ConfigurationException.class, () -> net.call(command));
            assertEquals("ARS-63", refused.rule());
            net.settle();
        }
        assertEquals(Map.of(TEN, best), c.routes);
        assertEquals(told, c.updates);
        assertEquals(List.of(), net.events(ServerEvent.PolicyApplied.class));
    }

    @Test
    @DisplayName(
            "ARS-63: azure leaves the server's networks and protected communities as they are; other routes change")
    void keptAtRunTime() {
        Community kept = Community.of(65517, 12001);
        RouteMap map = RouteMap.of(
                "tags",
                List.of(RouteMapRule.builder("tag")
                        .then(RouteMapAction.communityReplace(List.of(Community.of(1, 1))))
                        .build()));
        IpPrefix network = IpPrefix.parse("10.0.0.0/16");
        RouteServerConfigBuilder config =
                RouteExchangeTest.azure(a, b, c).exportPolicy(map).network(new NetworkSpace(network, Optional.empty()));
        CoreHarness net = start(config);
        PathAttributes sent =
                best.edit().communities(List.of(kept, Community.of(2, 2))).build();
        announce(net, a, sent, ELEVEN);
        assertEquals(List.of(Community.of(1, 1), kept), held(b, ELEVEN).communities());
        assertEquals(List.of(), held(b, network).communities());
        assertTrue(net.events(ServerEvent.PolicyApplied.class).isEmpty());
    }
}
