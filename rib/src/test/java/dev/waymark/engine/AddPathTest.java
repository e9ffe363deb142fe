package dev.waymark.engine;

import static dev.waymark.engine.AddPathRig.BOTH;
import static dev.waymark.engine.AddPathRig.TEN;
import static dev.waymark.engine.AddPathRig.held;
import static dev.waymark.engine.AddPathRig.ids;
import static dev.waymark.engine.AddPathRig.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.LimitAction;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteView;
import dev.waymark.api.SendLimit;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.AddPathCapability;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several paths of one prefix, from peers and to peers (ADD-PATH, RFC 7911). */
class AddPathTest {
    private static final PathAttributes ONE = path("65001", "10.0.1.1");
    private static final PathAttributes TWO = path("65001 65100", "10.0.1.11");
    private static final PathAttributes THREE = path("65001 65100 65101", "10.0.1.12");

    @Test
    @DisplayName("RFC 7911 §4, ARS-18: what is not configured is not advertised; one direction is offered alone")
    void offersWhatIsConfigured() {
        AddPathRig off = new AddPathRig(AddPathSettings.off(), "");
        assertEquals(List.of(), modes(off));
        assertEquals(List.of(1, 1), modes(new AddPathRig(AddPathSettings.off().withReceive(true), "")));
        assertEquals(List.of(2, 2), modes(new AddPathRig(AddPathSettings.off().withSend(true), "")));
        assertEquals(List.of(3, 3), modes(new AddPathRig(BOTH, "")));
    }

    private static List<Integer> modes(AddPathRig rig) {
        Peer peer = rig.net.core.tables().peers().byName("a");
        assertTrue(peer != null);
        return peer.localOpen().capabilities().stream()
                .filter(AddPathCapability.class::isInstance)
                .flatMap(each -> ((AddPathCapability) each).entries().stream())
                .map(AddPathCapability.Entry::mode)
                .toList();
    }

    @Test
    @DisplayName(
            "RFC 7911 §3: each path of a peer is a route; the same identifier again replaces, and withdraws, that one alone")
    void receivesSeveralPaths() {
        AddPathRig rig = new AddPathRig(BOTH, "ab");
        rig.announce(rig.a, 7, ONE);
        rig.announce(rig.a, 0, TWO);
        rig.announce(rig.a, 0xffff_ffff, THREE);
        assertEquals(3, rig.counts(rig.a).acceptedNow());
        assertEquals(
                List.of(OptionalLong.of(0), OptionalLong.of(7), OptionalLong.of(4_294_967_295L)),
                rig.view(RouteView.RECEIVED, rig.a).stream()
                        .map(RouteEntry::pathId)
                        .sorted((one, other) -> Long.compare(one.orElse(-1), other.orElse(-1)))
                        .toList());
        assertEquals(List.of("65001", "65001 65100", "65001 65100 65101"), held(rig.b));
        assertEquals(List.of("65001"), held(rig.c), "c takes one path");
        Set<Long> before = ids(rig.b);

        rig.announce(rig.a, 7, path("65001 65102", "10.0.1.1"));
        assertEquals(1, rig.counts(rig.a).replaced());
        assertEquals(List.of("65001 65100", "65001 65100 65101", "65001 65102"), held(rig.b));
        assertEquals(before, ids(rig.b), "a path keeps its identifier");
        rig.withdraw(rig.a, 0);
        assertEquals(List.of("65001 65100 65101", "65001 65102"), held(rig.b));
        rig.withdraw(rig.a, 5);
        assertEquals(2, rig.counts(rig.a).acceptedNow());
        assertEquals(0, rig.b.idleWithdrawals + rig.b.sameAnnouncements);
    }

    @Test
    @DisplayName("RFC 7911 §5: each peer is sent the paths of all others, and none of its own")
    void sendsAllButItsOwn() {
        AddPathRig rig = new AddPathRig(BOTH, "abcd");
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, TWO);
        rig.announce(rig.b, 1, path("65002 65200 65201", "10.0.1.2"));
        assertEquals(List.of("65002 65200 65201"), held(rig.a));
        assertEquals(List.of("65001", "65001 65100"), held(rig.b));
        assertEquals(List.of("65001", "65001 65100", "65002 65200 65201"), held(rig.c));
        assertEquals(rig.c.paths, rig.d.paths);
        assertEquals(3, rig.counts(rig.c).advertisedNow());
        assertEquals(1, rig.counts(rig.a).advertisedNow());
        List<RouteEntry> sent = rig.view(RouteView.ADVERTISED, rig.c);
        assertEquals(
                ids(rig.c),
                new TreeSet<>(
                        sent.stream().map(each -> each.pathId().orElseThrow()).toList()));
        assertEquals(
                List.of("a", "a", "b"),
                sent.stream()
                        .map(each -> each.sourcePeer().orElseThrow().name())
                        .toList(),
                "in the order of the decision");
        rig.net.kill(rig.a);
        rig.net.settle();
        assertEquals(List.of("65002 65200 65201"), held(rig.c));
        assertEquals(List.of(), held(rig.b));
    }

    @Test
    @DisplayName(
            "TRAPS 4: ARS-34: ADD-PATH is configured and the peer can't take it: it gets its best path, nothing is hidden")
    void fallsBackToPerClientBest() {
        AddPathRig rig = new AddPathRig(BOTH, "ab");
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, TWO);
        PathAttributes ofC = path("65003 65300 65301", "10.0.1.3");
        rig.net.say(rig.c, rig.c.announce(ofC, TEN));
        PathAttributes ofD = path("65004 65400 65401 65402", "10.0.1.4");
        rig.net.say(rig.d, rig.d.announce(ofD, TEN));
        rig.net.settle();
        assertEquals(Map.of(TEN, ONE), rig.c.routes);
        assertEquals(Map.of(TEN, ONE), rig.d.routes);
        rig.withdraw(rig.a, 1);
        assertEquals(Map.of(TEN, TWO), rig.c.routes);
        rig.withdraw(rig.a, 2);
        assertEquals(Map.of(TEN, ofD), rig.c.routes, "the source of the best gets the runner-up");
        assertEquals(Map.of(TEN, ofC), rig.d.routes);
        assertEquals(2, rig.a.paths.size());
    }

    @Test
    @DisplayName("RFC 7911 §4: a peer that sends several paths and takes one, and the other way round")
    void directionsAreApart() {
        AddPathRig rig = new AddPathRig(AddPathSettings.off().withReceive(true), "ab");
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, TWO);
        assertEquals(Map.of(TEN, ONE), rig.b.routes);
        assertEquals(Set.of(AddressFamily.IPV4_UNICAST), rig.net.peer("a").pathsReceived());
        assertEquals(Set.of(), rig.net.peer("a").pathsSent());
        AddPathRig sending = new AddPathRig(AddPathSettings.off().withSend(true), "ab");
        sending.net.say(sending.a, sending.a.announce(ONE, TEN));
        sending.net.say(sending.c, sending.c.announce(path("65003 65300", "10.0.1.3"), TEN));
        sending.net.settle();
        assertEquals(List.of("65001", "65003 65300"), held(sending.b));
        assertEquals(Set.of(AddressFamily.IPV4_UNICAST), sending.net.peer("b").pathsSent());
    }

    @Test
    @DisplayName(
            "ARS-18: 16 paths of a prefix are taken, more are ignored and counted; those that are held can be replaced")
    void ignoresExtraPaths() {
        AddPathRig rig = new AddPathRig(BOTH, "ab");
        for (int id = 1; id <= 20; id++) {
            rig.announce(rig.a, id, path("65001 " + (65100 + id), "10.0.1.1"));
        }
        assertEquals(16, rig.counts(rig.a).acceptedNow());
        assertEquals(4, rig.counts(rig.a).extraPaths());
        assertEquals(4, rig.counts(rig.a).ignored());
        assertEquals(16, rig.b.paths.size());
        rig.announce(rig.a, 3, ONE);
        assertTrue(held(rig.b).contains("65001"));
        rig.withdraw(rig.a, 20);
        rig.withdraw(rig.a, 1);
        rig.announce(rig.a, 20, TWO);
        assertEquals(16, rig.counts(rig.a).acceptedNow());
        assertEquals(4, rig.counts(rig.a).extraPaths());
        AddPathRig two = new AddPathRig(BOTH.withReceivedPaths(2), "ab");
        for (int id = 1; id <= 3; id++) {
            two.announce(two.a, id, path("65001 " + (65100 + id), "10.0.1.1"));
        }
        assertEquals(2, two.counts(two.a).acceptedNow());
    }

    @Test
    @DisplayName(
            "ARS-34: of more paths than may be sent, the best in the order of the decision are, for each peer without its own")
    void sendsTheBestFew() {
        AddPathRig rig = new AddPathRig(BOTH.withSentPaths(2), "abcd");
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, TWO);
        rig.announce(rig.b, 1, path("65002 65200 65201", "10.0.1.2"));
        rig.announce(rig.c, 1, path("65003 65300 65301 65302", "10.0.1.3"));
        assertEquals(List.of("65002 65200 65201", "65003 65300 65301 65302"), held(rig.a));
        assertEquals(List.of("65001", "65001 65100"), held(rig.b));
        assertEquals(List.of("65001", "65001 65100"), held(rig.c));
        rig.withdraw(rig.a, 1);
        assertEquals(List.of("65001 65100", "65003 65300 65301 65302"), held(rig.b));
        assertEquals(List.of("65001 65100", "65002 65200 65201"), held(rig.c));
        assertEquals(2, rig.counts(rig.d).advertisedNow());
    }

    @Test
    @DisplayName(
            "ARS-32: several paths of one peer with one next hop are programmed once; of others, with each next hop")
    void programsEachNextHopOnce() {
        AddPathRig rig = new AddPathRig(RouteServerConfig.azure(), BOTH, "ab", peer -> peer);
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, path("65001", "10.0.1.1").edit().med(5).build());
        assertEquals(Map.of(TEN, List.of(IpAddress.parse("10.0.1.1"))), rig.net.sinks.get(1));
        rig.announce(rig.a, 3, path("65001", "10.0.1.17"));
        assertEquals(
                Map.of(TEN, List.of(IpAddress.parse("10.0.1.1"), IpAddress.parse("10.0.1.17"))), rig.net.sinks.get(1));
        rig.withdraw(rig.a, 1);
        assertEquals(
                Map.of(TEN, List.of(IpAddress.parse("10.0.1.1"), IpAddress.parse("10.0.1.17"))), rig.net.sinks.get(1));
        rig.withdraw(rig.a, 2);
        assertEquals(Map.of(TEN, List.of(IpAddress.parse("10.0.1.17"))), rig.net.sinks.get(1));
    }

    @Test
    @DisplayName("ARS-34: of two equal paths of one peer the lower identifier is chosen, in whichever order they come")
    void choosesWithoutChance() {
        for (boolean isReversed : new boolean[] {false, true}) {
            AddPathRig rig = new AddPathRig(BOTH, "a");
            PathAttributes low = path("65001", "10.0.1.20");
            PathAttributes high = path("65001", "10.0.1.10");
            rig.announce(rig.a, isReversed ? 0x8000_0000 : 3, isReversed ? high : low);
            rig.announce(rig.a, isReversed ? 3 : 0x8000_0000, isReversed ? low : high);
            assertEquals(Map.of(TEN, low), rig.c.routes);
        }
    }

    @Test
    @DisplayName("ARS-51: NO_ADVERTISE keeps the path that has it, and no other")
    void communitiesActOnPaths() {
        AddPathRig rig = new AddPathRig(BOTH, "ab");
        rig.announce(rig.a, 1, ONE.edit().addCommunity(Community.NO_ADVERTISE).build());
        rig.announce(rig.a, 2, TWO);
        rig.announce(rig.a, 3, THREE.edit().addCommunity(Community.NO_EXPORT).build());
        assertEquals(List.of("65001 65100"), held(rig.b));
        assertEquals(List.of(), held(rig.c), "where one path is sent, the best is chosen first");
        rig.announce(rig.a, 1, ONE);
        assertEquals(List.of("65001", "65001 65100"), held(rig.b));
    }

    @Test
    @DisplayName("RFC 7606 §2: an UPDATE that is treated as withdraw takes the paths that it names")
    void treatsAsWithdraw() {
        AddPathRig rig = new AddPathRig(BOTH, "ab");
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, TWO);
        rig.announce(rig.a, 2, path("65009 65100", "10.0.1.1")); // not its first AS
        assertEquals(List.of("65001"), held(rig.b));
        assertEquals(1, rig.counts(rig.a).treatedAsWithdraw());
    }

    @Test
    @DisplayName("RFC 7313 §4: a refresh of several paths drops those that were not announced again")
    void refreshSweepsPaths() {
        AddPathRig rig = new AddPathRig(BOTH, "b");
        rig.a.isEnhanced = true;
        rig.a.offersAddPath(true, true);
        rig.a.sendsPathIds = true;
        rig.a.takesPathIds = true;
        rig.net.kill(rig.a);
        rig.reconnect(rig.a);
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, TWO);
        rig.announce(rig.a, 3, THREE);
        rig.net.say(rig.a, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.BEGIN));
        rig.announce(rig.a, 2, TWO);
        rig.net.say(rig.a, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.END));
        rig.net.settle();
        assertEquals(List.of("65001 65100"), held(rig.b));
        assertEquals(1, rig.counts(rig.a).acceptedNow());
    }

    @Test
    @DisplayName("RFC 2918 §4: who asks is sent every path again, with the identifiers that it knows")
    void sendsAllAgain() {
        AddPathRig rig = new AddPathRig(BOTH, "abc");
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, TWO);
        rig.announce(rig.c, 2, path("65003 65300", "10.0.1.3"));
        Map<Speaker.PathKey, PathAttributes> before = Map.copyOf(rig.b.paths);
        rig.b.paths.clear();
        rig.net.say(rig.b, Speaker.refresh(AddressFamily.IPV4_UNICAST));
        rig.net.settle();
        assertEquals(before, rig.b.paths);
    }

    @Test
    @DisplayName("ARS-55: a send limit counts paths; what is over it waits until there is room")
    void sendLimitCountsPaths() {
        AddPathRig rig = new AddPathRig(
                RouteServerConfig.standard().requirePolicy(false),
                BOTH,
                "abcd",
                peer -> peer.sendLimit(SendLimit.of(3).withAction(LimitAction.DISCARD_NEW)));
        rig.announce(rig.a, 1, ONE);
        rig.announce(rig.a, 2, TWO);
        IpPrefix other = IpPrefix.parse("10.8.0.0/16");
        rig.net.say(rig.a, rig.a.announcePath(TWO, 1, other));
        rig.net.say(rig.a, rig.a.announcePath(THREE, 2, other));
        rig.net.settle();
        assertEquals(3, rig.b.paths.size());
        assertEquals(3, rig.counts(rig.b).advertisedNow());
        rig.withdraw(rig.a, 2);
        assertEquals(List.of("65001", "65001 65100", "65001 65100 65101"), held(rig.b));
        rig.announce(rig.a, 2, TWO);
        assertEquals(List.of("65001", "65001 65100", "65001 65100 65101"), held(rig.b));
        assertEquals(3, rig.b.mostRoutes);
        rig.net.call(new Command.UpdatePeer(PeerConfigs.of(rig.b)
                .addPath(BOTH)
                .sendLimit(SendLimit.of(1).withAction(LimitAction.DISCARD_NEW))
                .build()));
        rig.net.settle();
        assertEquals(1, rig.b.paths.size());
        rig.net.call(new Command.UpdatePeer(PeerConfigs.of(rig.b).addPath(BOTH).build()));
        rig.net.settle();
        assertEquals(4, rig.b.paths.size());
        assertEquals(0, rig.b.idleWithdrawals + rig.b.sameAnnouncements);
    }

    @Test
    @DisplayName("ARS-40: the server's own network is a path of its own")
    void ownNetworks() {
        AddPathRig rig = new AddPathRig(BOTH, "ab");
        rig.net.call(new Command.AddNetwork(
                new dev.waymark.api.NetworkSpace(IpPrefix.parse("10.7.0.0/16"), java.util.Optional.empty())));
        rig.net.settle();
        assertEquals(List.of("65515"), held(rig.b));
        assertEquals(1, rig.b.paths.size());
        assertEquals(1, rig.c.routes.size());
    }
}
