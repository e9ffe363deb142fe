package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.LimitAction;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.SendLimit;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.policy.PolicyChains;
import java.time.Duration;
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

/** Which peers a cap holds back, while it changes, among others, and with an export policy (ARS-55). */
class SendLimitScopeTest {
    private final SendLimitRig rig = new SendLimitRig();

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName(
            "ARS-55: a cap that comes, goes or changes at run time holds at once; no session but that of TEAR_DOWN ends")
    void changedAtRunTime(LimitAction action) {
        CoreHarness net = rig.start(rig.config()
                .limits(limits -> limits.withExpressRouteSendLimit(Optional.empty()))
                .peer(rig.erPeer().build()));
        rig.announce(net, 0, 10);
        assertEquals(10, rig.er.routes.size());
        net.call(new Command.UpdatePeer(
                rig.erPeer().sendLimit(SendLimit.of(4).withAction(action)).build()));
        net.settle();
        assertEquals(action != LimitAction.TEAR_DOWN, rig.er.isConnected);
        if (action == LimitAction.DISCARD_NEW) {
            assertEquals(4, rig.er.routes.size());
            assertEquals(6, SendLimitRig.heldBack(net, "er").size());
            net.call(new Command.UpdatePeer(
                    rig.erPeer().sendLimit(SendLimit.of(7).withAction(action)).build()));
            net.settle();
            assertEquals(7, rig.er.routes.size());
        }
        if (rig.er.isConnected) {
            net.call(new Command.UpdatePeer(rig.erPeer().build()));
            net.settle();
            assertEquals(10, rig.er.routes.size());
            assertEquals(0, rig.er.idleWithdrawals);
        }
        assertTrue(rig.nva.isConnected && rig.other.isConnected);
    }

    @Test
    @DisplayName(
            "ARS-55: a cap on an NVA counts what it is sent, not what it sends; peers without a cap share a group as before")
    void nva() {
        Speaker third = Speaker.of("third", 65003, "10.0.1.3");
        SendLimit limit = SendLimit.of(3).withAction(LimitAction.DISCARD_NEW);
        CoreHarness net = rig.start(rig.config()
                .peer(PeerConfigs.of(third).sendLimit(limit).build())
                .peer(rig.erPeer().build()));
        net.connect(third);
        PathAttributes own = RouteExchangeTest.path("65003", "10.0.1.3");
        net.say(third, third.announce(own, SendLimitRig.prefixes(100, 5)));
        rig.announce(net, 0, 5);
        assertEquals(Set.copyOf(SendLimitRig.prefixes(0, 3)), third.routes.keySet());
        assertEquals(10, rig.other.routes.size());
        assertEquals(3, SendLimitRig.advertised(net, "third"));
        net.say(
                third,
                third.announce(
                        own,
                        SendLimitRig.prefixes(1, 1))); // equal paths: the advertised one is of the lower identifier
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
        CoreHarness net = rig.start(rig.config().peer(plain).peer(rig.erPeer().build()));
        net.connect(third);
        rig.announce(net, 0, 5);
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
            assertEquals(5, rig.other.routes.size());
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
        CoreHarness net = rig.start(rig.config()
                .selection(selection -> selection.withPerClientBest(random.nextBoolean()))
                .limits(limits -> limits.withUnsentOctets(65_536).withTotalPrefixes(0))
                .peer(rig.erPeer().sendLimit(cap).build()));
        Set<IpPrefix> announced = new HashSet<>();
        rig.er.mayRepeat = true;
        for (int step = 0; step < 200; step++) {
            int from = random.nextInt(60);
            int count = 1 + random.nextInt(20);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    net.say(
                            rig.nva,
                            rig.nva.announce(
                                    random.nextBoolean() ? SendLimitRig.PATH : padded(random),
                                    SendLimitRig.prefixes(from, count)));
                    announced.addAll(SendLimitRig.prefixes(from, count));
                }
                case 3, 4 -> {
                    net.say(rig.nva, rig.nva.withdraw(SendLimitRig.prefixes(from, count)));
                    announced.removeAll(SendLimitRig.prefixes(from, count));
                }
                case 5 -> net.deaf.add(rig.er.connection);
                case 6 -> net.hear(rig.er, random.nextInt(4));
                default -> net.listen(rig.er);
            }
            if (random.nextInt(3) > 0) {
                net.settle();
            }
        }
        net.listen(rig.er);
        net.settle();
        assertTrue(rig.er.isConnected);
        assertTrue(rig.er.mostRoutes <= limit, rig.er.mostRoutes + " > " + limit);
        assertEquals(Math.min(limit, announced.size()), rig.er.routes.size());
        assertEquals(rig.er.routes.size(), SendLimitRig.advertised(net, "er"));
        Set<IpPrefix> all = new HashSet<>(rig.er.routes.keySet());
        all.addAll(SendLimitRig.heldBack(net, "er"));
        assertEquals(announced, all, "nothing is lost");
        assertEquals(announced.size(), rig.other.routes.size());
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
        CoreHarness net = rig.start(rig.config()
                .peer(rig.erPeer()
                        .sendLimit(limit)
                        .exportPolicy(SimPolicy.REJECT_ALL)
                        .build()));
        rig.announce(net, 0, 5);
        assertEquals(Set.of(), rig.er.routes.keySet());
        assertEquals(List.of(), SendLimitRig.heldBack(net, "er"));
        net.call(new Command.UpdatePeer(rig.erPeer()
                .sendLimit(limit)
                .exportPolicy(PolicyChains.acceptAll())
                .build()));
        net.settle();
        assertEquals(Set.copyOf(SendLimitRig.prefixes(0, 3)), rig.er.routes.keySet());
        assertEquals(2, SendLimitRig.heldBack(net, "er").size());
    }
}
