package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.LimitAction;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteView;
import dev.waymark.api.SendLimit;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.policy.PolicyChains;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Caps on what a peer is sent, towards ExpressRoute gateways above all (ARS-55). */
class SendLimitTest {
    private static final PathAttributes PATH = RouteExchangeTest.path("65001", "10.0.1.1");

    private final Speaker nva = Speaker.of("nva", 65001, "10.0.1.1");
    private final Speaker other = Speaker.of("other", 65002, "10.0.1.2");
    private final Speaker er = gateway();

    private static Speaker gateway() {
        Speaker speaker = Speaker.of("er", 65515, "10.0.1.9");
        speaker.isInternal = true;
        return speaker;
    }

    private RouteServerConfigBuilder config() {
        return RouteServerConfig.azure()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .export(export -> export.withBranchToBranch(true))
                .peer(PeerConfigs.of(nva).build())
                .peer(PeerConfigs.of(other).build());
    }

    private PeerConfig.Builder erPeer() {
        return PeerConfigs.of(er).role(PeerRole.EXPRESS_ROUTE_GATEWAY);
    }

    private CoreHarness start(RouteServerConfigBuilder config) {
        CoreHarness net = new CoreHarness(config.build());
        net.connect(nva);
        net.connect(other);
        net.connect(er);
        return net;
    }

    private CoreHarness start(SendLimit limit) {
        return start(config().peer(erPeer().sendLimit(limit).build()));
    }

    private static IpPrefix prefix(int number) {
        return IpPrefix.ofIpv4Bits((20 << 24) + (number << 8), 24);
    }

    private static List<IpPrefix> prefixes(int from, int count) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            prefixes.add(prefix(i));
        }
        return prefixes;
    }

    private void announce(CoreHarness net, int from, int count) {
        net.say(nva, nva.announce(PATH, prefixes(from, count)));
        net.settle();
    }

    private void withdraw(CoreHarness net, int from, int count) {
        net.say(nva, nva.withdraw(prefixes(from, count)));
        net.settle();
    }

    private static List<IpPrefix> heldBack(CoreHarness net, String peer) {
        RoutePage page = (RoutePage) net.call(new Command.Page(RouteQuery.of(RouteView.HELD_BACK, peer), 0, 4_096));
        return page.entries().stream().map(RouteEntry::prefix).toList();
    }

    private static SessionState state(CoreHarness net, String name) {
        return net.peer(name).state();
    }

    private static long advertised(CoreHarness net, String name) {
        return Optional.ofNullable(net.peer(name).routes().get(AddressFamily.IPV4_UNICAST))
                .orElseThrow()
                .advertisedNow();
    }

    @Test
    @DisplayName("ARS-55: in azure 1,000 routes are sent to an ExpressRoute gateway, one more tears its session down")
    void azureTearsDownAtThousand() {
        CoreHarness net = start(config().peer(erPeer().build()));
        announce(net, 0, 1_000);
        assertTrue(er.isConnected);
        assertEquals(1_000, er.routes.size());
        assertEquals(
                List.of(new ServerEvent.SendLimitWarning(
                        erPeer().build().identity(), AddressFamily.IPV4_UNICAST, 1_000, 1_000)),
                net.events(ServerEvent.SendLimitWarning.class),
                "once, at 75 %");
        announce(net, 1_000, 1);
        assertFalse(er.isConnected);
        NotificationMessage cease = er.notifications.get(0);
        assertEquals(6, cease.code());
        assertEquals(4, cease.subcode());
        assertEquals(
                List.of(new ServerEvent.SendLimitExceeded(
                        erPeer().build().identity(),
                        AddressFamily.IPV4_UNICAST,
                        1_001,
                        1_000,
                        Optional.of(prefix(1_000)),
                        LimitAction.TEAR_DOWN)),
                net.events(ServerEvent.SendLimitExceeded.class));
        assertTrue(
                net.events(ServerEvent.SessionEnded.class).get(0).text().contains("1001 routes > 1000"),
                "the host reads why");
        assertEquals(1_000, er.mostRoutes, "never more on the wire");
        assertEquals(1_001, other.routes.size(), "nobody else notices");
    }

    @Test
    @DisplayName("ARS-55: in standard there is no cap")
    void standardHasNone() {
        assertEquals(
                Optional.empty(),
                RouteServerConfig.standard()
                        .localAddress(IpAddress.parse("10.0.0.4"))
                        .build()
                        .limits()
                        .expressRouteSendLimit());
        CoreHarness net = start(config().limits(limits -> limits.withExpressRouteSendLimit(Optional.empty()))
                .peer(erPeer().build()));
        announce(net, 0, 1_500);
        assertEquals(1_500, er.routes.size());
    }

    @Test
    @DisplayName(
            "ARS-55, ARS-24: a torn-down session restarts after 60 s, 120 s, 240 s while there is too much, then stays")
    void restartsWithGrowingHold() {
        CoreHarness net = start(SendLimit.of(3));
        announce(net, 0, 4);
        for (int seconds : new int[] {60, 120, 240}) {
            assertFalse(er.isConnected);
            advanceKeepingAlive(net, seconds - 1);
            assertEquals(SessionState.IDLE, state(net, "er"));
            advanceKeepingAlive(net, 1);
            assertEquals(SessionState.ACTIVE, state(net, "er"), "after " + seconds + " s");
            if (seconds == 240) {
                withdraw(net, 0, 2);
            }
            net.connect(er);
        }
        assertTrue(er.isConnected);
        assertEquals(Set.of(prefix(2), prefix(3)), er.routes.keySet());
    }

    private void advanceKeepingAlive(CoreHarness net, int seconds) {
        for (int left = seconds; left > 0; left -= 50) {
            net.advance(Duration.ofSeconds(Math.min(left, 50)));
            net.say(nva, Speaker.keepalive());
            net.say(other, Speaker.keepalive());
        }
        net.settle();
    }

    @Test
    @DisplayName(
            "ARS-55: one route goes and another comes at once, at the limit: no tear-down, never more than the limit")
    void exchangeAtTheLimit() {
        CoreHarness net = start(SendLimit.of(3));
        announce(net, 0, 3);
        for (int i = 0; i < 5; i++) {
            net.say(nva, nva.announce(PATH, prefix(i + 3)));
            net.say(nva, nva.withdraw(List.of(prefix(i))));
            net.settle();
            assertEquals(Set.of(prefix(i + 1), prefix(i + 2), prefix(i + 3)), er.routes.keySet());
        }
        assertEquals(3, er.mostRoutes);
        assertEquals(List.of(), net.events(ServerEvent.SendLimitExceeded.class));
    }

    @Test
    @DisplayName(
            "ARS-55: DISCARD_NEW holds back what is over the limit, lists it, and sends it oldest first when room appears")
    void discardNew() {
        CoreHarness net = start(SendLimit.of(5).withAction(LimitAction.DISCARD_NEW));
        announce(net, 0, 5);
        announce(net, 9, 1);
        announce(net, 7, 2);
        assertEquals(Set.copyOf(prefixes(0, 5)), er.routes.keySet());
        assertEquals(Set.copyOf(prefixes(7, 3)), Set.copyOf(heldBack(net, "er")));
        ServerEvent.SendLimitExceeded event =
                net.events(ServerEvent.SendLimitExceeded.class).get(0);
        assertEquals(6, event.wanted());
        assertEquals(Optional.of(prefix(9)), event.firstOver());
        assertEquals(LimitAction.DISCARD_NEW, event.action());
        PathAttributes longer = RouteExchangeTest.path("65001 65001", "10.0.1.1");
        net.say(nva, nva.announce(longer, prefix(0)));
        net.settle();
        assertEquals(
                longer.asPath(),
                Optional.ofNullable(er.routes.get(prefix(0))).orElseThrow().asPath(),
                "a route that is held always changes");
        withdraw(net, 1, 1);
        assertEquals(Set.of(prefix(0), prefix(2), prefix(3), prefix(4), prefix(9)), er.routes.keySet());
        withdraw(net, 7, 1);
        assertEquals(List.of(prefix(8)), heldBack(net, "er"), "what is withdrawn waits no more");
        assertEquals(List.of(), net.events(ServerEvent.SendLimitCleared.class));
        withdraw(net, 2, 2);
        assertEquals(Set.of(prefix(0), prefix(4), prefix(8), prefix(9)), er.routes.keySet());
        assertEquals(1, net.events(ServerEvent.SendLimitCleared.class).size());
        assertEquals(1, net.events(ServerEvent.SendLimitExceeded.class).size(), "told once");
        assertEquals(5, er.mostRoutes);
        assertEquals(0, er.idleWithdrawals, "what was held back is not withdrawn");
        announce(net, 20, 2);
        assertEquals(2, net.events(ServerEvent.SendLimitExceeded.class).size(), "and again after it was cleared");
    }

    @Test
    @DisplayName("ARS-55: WARN sends everything and says so once")
    void warn() {
        CoreHarness net = start(SendLimit.of(5).withAction(LimitAction.WARN));
        announce(net, 0, 7);
        announce(net, 7, 2);
        assertEquals(9, er.routes.size());
        assertEquals(1, net.events(ServerEvent.SendLimitExceeded.class).size());
        withdraw(net, 0, 4);
        assertEquals(1, net.events(ServerEvent.SendLimitCleared.class).size());
    }

    @Test
    @DisplayName("ARS-55, ARS-23: the warning comes at 75 %, once a crossing")
    void warning() {
        CoreHarness net = start(SendLimit.of(8));
        announce(net, 0, 5);
        assertEquals(List.of(), net.events(ServerEvent.SendLimitWarning.class));
        announce(net, 5, 1);
        announce(net, 6, 2);
        assertEquals(6, net.events(ServerEvent.SendLimitWarning.class).get(0).sent());
        withdraw(net, 0, 3);
        announce(net, 0, 1);
        assertEquals(2, net.events(ServerEvent.SendLimitWarning.class).size());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName(
            "ARS-55: a cap that comes, goes or changes at run time holds at once; no session but that of TEAR_DOWN ends")
    void changedAtRunTime(LimitAction action) {
        CoreHarness net = start(config().limits(limits -> limits.withExpressRouteSendLimit(Optional.empty()))
                .peer(erPeer().build()));
        announce(net, 0, 10);
        assertEquals(10, er.routes.size());
        net.call(new Command.UpdatePeer(
                erPeer().sendLimit(SendLimit.of(4).withAction(action)).build()));
        net.settle();
        assertEquals(action != LimitAction.TEAR_DOWN, er.isConnected);
        if (action == LimitAction.DISCARD_NEW) {
            assertEquals(4, er.routes.size());
            assertEquals(6, heldBack(net, "er").size());
            net.call(new Command.UpdatePeer(
                    erPeer().sendLimit(SendLimit.of(7).withAction(action)).build()));
            net.settle();
            assertEquals(7, er.routes.size());
        }
        if (er.isConnected) {
            net.call(new Command.UpdatePeer(erPeer().build()));
            net.settle();
            assertEquals(10, er.routes.size());
            assertEquals(0, er.idleWithdrawals);
        }
        assertTrue(nva.isConnected && other.isConnected);
    }

    @Test
    @DisplayName(
            "ARS-55: a cap on an NVA counts what it is sent, not what it sends; peers without a cap share a group as before")
    void nva() {
        Speaker third = Speaker.of("third", 65003, "10.0.1.3");
        SendLimit limit = SendLimit.of(3).withAction(LimitAction.DISCARD_NEW);
        CoreHarness net = start(
                config().peer(PeerConfigs.of(third).sendLimit(limit).build()).peer(erPeer().build()));
        net.connect(third);
        PathAttributes own = RouteExchangeTest.path("65003", "10.0.1.3");
        net.say(third, third.announce(own, prefixes(100, 5)));
        announce(net, 0, 5);
        assertEquals(Set.copyOf(prefixes(0, 3)), third.routes.keySet());
        assertEquals(10, other.routes.size());
        assertEquals(3, advertised(net, "third"));
        net.say(
                third,
                third.announce(own, prefixes(1, 1))); // equal paths: the advertised one is of the lower identifier
        net.settle();
        assertEquals(3, third.routes.size());
        List<UpdateGroup> groups = net.core.tables().ribs().get(0).groups();
        assertEquals(3, groups.size(), "NVAs without a cap, the capped one, the gateway");
        assertEquals(2, groups.get(0).members().size());
    }

    @Test
    @DisplayName(
            "ARS-55: a cap on one NVA comes and goes at run time, and holds while the server is drained; the others share on")
    void capOfOneAmongMany() {
        Speaker third = Speaker.of("third", 65003, "10.0.1.3");
        PeerConfig plain = PeerConfigs.of(third).build();
        PeerConfig capped = plain.toBuilder()
                .sendLimit(SendLimit.of(3).withAction(LimitAction.DISCARD_NEW))
                .build();
        CoreHarness net = start(config().peer(plain).peer(erPeer().build()));
        net.connect(third);
        announce(net, 0, 5);
        assertEquals(2, net.core.tables().ribs().get(0).groups().size());
        for (int round = 0; round < 3; round++) {
            assertEquals(5, third.routes.size());
            net.call(new Command.UpdatePeer(capped));
            net.settle();
            assertEquals(3, third.routes.size());
            assertEquals(3, net.core.tables().ribs().get(0).groups().size());
            net.call(new Command.Drain("maintenance", Duration.ofMinutes(1)));
            net.settle();
            third.routes
                    .values()
                    .forEach(route -> assertTrue(route.communities().contains(Community.GRACEFUL_SHUTDOWN)));
            assertEquals(3, third.routes.size());
            net.call(new Command.Resume());
            net.settle();
            assertEquals(3, third.routes.size());
            net.call(new Command.UpdatePeer(plain));
            net.settle();
            assertEquals(5, other.routes.size());
            assertEquals(2, net.core.tables().ribs().get(0).groups().size());
        }
        assertEquals(0, third.idleWithdrawals);
        assertEquals(0, third.sameAnnouncements);
        assertTrue(third.isConnected);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    @DisplayName(
            "ARS-55: whatever comes and goes, and however slowly it reads, a peer never holds more, and in the end as much as it may")
    void churn(long seed) {
        Random random = new Random(seed);
        int limit = 5 + random.nextInt(20);
        SendLimit cap = SendLimit.of(limit).withAction(LimitAction.DISCARD_NEW);
        CoreHarness net = start(config().selection(selection -> selection.withPerClientBest(random.nextBoolean()))
                .limits(limits -> limits.withUnsentOctets(65_536).withTotalPrefixes(0))
                .peer(erPeer().sendLimit(cap).build()));
        Set<IpPrefix> announced = new HashSet<>();
        er.mayRepeat = true;
        for (int step = 0; step < 200; step++) {
            int from = random.nextInt(60);
            int count = 1 + random.nextInt(20);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    net.say(nva, nva.announce(random.nextBoolean() ? PATH : padded(random), prefixes(from, count)));
                    announced.addAll(prefixes(from, count));
                }
                case 3, 4 -> {
                    net.say(nva, nva.withdraw(prefixes(from, count)));
                    announced.removeAll(prefixes(from, count));
                }
                case 5 -> net.deaf.add(er.connection);
                case 6 -> net.hear(er, random.nextInt(4));
                default -> net.listen(er);
            }
            if (random.nextInt(3) > 0) {
                net.settle();
            }
        }
        net.listen(er);
        net.settle();
        assertTrue(er.isConnected);
        assertTrue(er.mostRoutes <= limit, er.mostRoutes + " > " + limit);
        assertEquals(Math.min(limit, announced.size()), er.routes.size());
        assertEquals(er.routes.size(), advertised(net, "er"));
        Set<IpPrefix> all = new HashSet<>(er.routes.keySet());
        all.addAll(heldBack(net, "er"));
        assertEquals(announced, all, "nothing is lost");
        assertEquals(announced.size(), other.routes.size());
    }

    /** Long attributes, so that few UPDATEs fill a window. */
    private static PathAttributes padded(Random random) {
        StringBuilder path = new StringBuilder("65001");
        for (int i = 0; i < 400; i++) {
            path.append(' ').append(64_600 + random.nextInt(300));
        }
        return RouteExchangeTest.path(path.toString(), "10.0.1.1");
    }

    @Test
    @DisplayName("ARS-55: what an export policy refuses takes no room; a changed policy makes room at once")
    void exportPolicy() {
        SendLimit limit = SendLimit.of(3).withAction(LimitAction.DISCARD_NEW);
        CoreHarness net = start(config().peer(erPeer().sendLimit(limit)
                .exportPolicy(SimPolicy.REJECT_ALL)
                .build()));
        announce(net, 0, 5);
        assertEquals(Set.of(), er.routes.keySet());
        assertEquals(List.of(), heldBack(net, "er"));
        net.call(new Command.UpdatePeer(
                erPeer().sendLimit(limit).exportPolicy(PolicyChains.acceptAll()).build()));
        net.settle();
        assertEquals(Set.copyOf(prefixes(0, 3)), er.routes.keySet());
        assertEquals(2, heldBack(net, "er").size());
    }
}
