package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.LimitAction;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.SendLimit;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.NotificationMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Caps on what a peer is sent, towards ExpressRoute gateways above all: what each action does (ARS-55). */
class SendLimitTest {
    private final SendLimitRig rig = new SendLimitRig();

    @Test
    @DisplayName("ARS-55: in azure 1,000 routes are sent to an ExpressRoute gateway, one more tears its session down")
    void azureTearsDownAtThousand() {
        CoreHarness net = rig.start(rig.config().peer(rig.erPeer().build()));
        rig.announce(net, 0, 1_000);
        assertTrue(rig.er.isConnected);
        assertEquals(1_000, rig.er.routes.size());
        assertEquals(
                List.of(new ServerEvent.SendLimitWarning(
                        rig.erPeer().build().identity(), AddressFamily.IPV4_UNICAST, 1_000, 1_000)),
                net.events(ServerEvent.SendLimitWarning.class),
                "once, at 75 %");
        rig.announce(net, 1_000, 1);
        assertFalse(rig.er.isConnected);
        NotificationMessage cease = rig.er.notifications.get(0);
        assertEquals(6, cease.code());
        assertEquals(4, cease.subcode());
        assertEquals(
                List.of(new ServerEvent.SendLimitExceeded(
                        rig.erPeer().build().identity(),
                        AddressFamily.IPV4_UNICAST,
                        1_001,
                        1_000,
                        Optional.of(SendLimitRig.prefix(1_000)),
                        LimitAction.TEAR_DOWN)),
                net.events(ServerEvent.SendLimitExceeded.class));
        assertTrue(
                net.events(ServerEvent.SessionEnded.class).get(0).text().contains("1001 routes > 1000"),
                "the host reads why");
        assertEquals(1_000, rig.er.mostRoutes, "never more on the wire");
        assertEquals(1_001, rig.other.routes.size(), "nobody else notices");
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
        CoreHarness net = rig.start(rig.config()
                .limits(limits -> limits.withExpressRouteSendLimit(Optional.empty()))
                .peer(rig.erPeer().build()));
        rig.announce(net, 0, 1_500);
        assertEquals(1_500, rig.er.routes.size());
    }

    @Test
    @DisplayName(
            "ARS-55, ARS-24: a torn-down session restarts after 60 s, 120 s, 240 s while there is too much, then stays")
    void restartsWithGrowingHold() {
        CoreHarness net = rig.start(SendLimit.of(3));
        rig.announce(net, 0, 4);
        for (int seconds : new int[] {60, 120, 240}) {
            assertFalse(rig.er.isConnected);
            advanceKeepingAlive(net, seconds - 1);
            assertEquals(SessionState.IDLE, SendLimitRig.state(net, "er"));
            advanceKeepingAlive(net, 1);
            assertEquals(SessionState.ACTIVE, SendLimitRig.state(net, "er"), "after " + seconds + " s");
            if (seconds == 240) {
                rig.withdraw(net, 0, 2);
            }
            net.connect(rig.er);
        }
        assertTrue(rig.er.isConnected);
        assertEquals(Set.of(SendLimitRig.prefix(2), SendLimitRig.prefix(3)), rig.er.routes.keySet());
    }

    private void advanceKeepingAlive(CoreHarness net, int seconds) {
        for (int left = seconds; left > 0; left -= 50) {
            net.advance(Duration.ofSeconds(Math.min(left, 50)));
            net.say(rig.nva, Speaker.keepalive());
            net.say(rig.other, Speaker.keepalive());
        }
        net.settle();
    }

    @Test
    @DisplayName(
            "ARS-55: one route goes and another comes at once, at the limit: no tear-down, never more than the limit")
    void exchangeAtTheLimit() {
        CoreHarness net = rig.start(SendLimit.of(3));
        rig.announce(net, 0, 3);
        for (int i = 0; i < 5; i++) {
            net.say(rig.nva, rig.nva.announce(SendLimitRig.PATH, SendLimitRig.prefix(i + 3)));
            net.say(rig.nva, rig.nva.withdraw(List.of(SendLimitRig.prefix(i))));
            net.settle();
            assertEquals(
                    Set.of(SendLimitRig.prefix(i + 1), SendLimitRig.prefix(i + 2), SendLimitRig.prefix(i + 3)),
                    rig.er.routes.keySet());
        }
        assertEquals(3, rig.er.mostRoutes);
        assertEquals(List.of(), net.events(ServerEvent.SendLimitExceeded.class));
    }

    @Test
    @DisplayName(
            "ARS-55: DISCARD_NEW holds back what is over the limit, lists it, and sends it oldest first when room appears")
    void discardNew() {
        CoreHarness net = rig.start(SendLimit.of(5).withAction(LimitAction.DISCARD_NEW));
        rig.announce(net, 0, 5);
        rig.announce(net, 9, 1);
        rig.announce(net, 7, 2);
        assertEquals(Set.copyOf(SendLimitRig.prefixes(0, 5)), rig.er.routes.keySet());
        assertEquals(Set.copyOf(SendLimitRig.prefixes(7, 3)), Set.copyOf(SendLimitRig.heldBack(net, "er")));
        ServerEvent.SendLimitExceeded event =
                net.events(ServerEvent.SendLimitExceeded.class).get(0);
        assertEquals(6, event.wanted());
        assertEquals(Optional.of(SendLimitRig.prefix(9)), event.firstOver());
        assertEquals(LimitAction.DISCARD_NEW, event.action());
        PathAttributes longer = RouteExchangeTest.path("65001 65001", "10.0.1.1");
        net.say(rig.nva, rig.nva.announce(longer, SendLimitRig.prefix(0)));
        net.settle();
        assertEquals(
                longer.asPath(),
                Optional.ofNullable(rig.er.routes.get(SendLimitRig.prefix(0)))
                        .orElseThrow()
                        .asPath(),
                "a route that is held always changes");
        rig.withdraw(net, 1, 1);
        assertEquals(
                Set.of(
                        SendLimitRig.prefix(0),
                        SendLimitRig.prefix(2),
                        SendLimitRig.prefix(3),
                        SendLimitRig.prefix(4),
                        SendLimitRig.prefix(9)),
                rig.er.routes.keySet());
        rig.withdraw(net, 7, 1);
        assertEquals(
                List.of(SendLimitRig.prefix(8)), SendLimitRig.heldBack(net, "er"), "what is withdrawn waits no more");
        assertEquals(List.of(), net.events(ServerEvent.SendLimitCleared.class));
        rig.withdraw(net, 2, 2);
        assertEquals(
                Set.of(SendLimitRig.prefix(0), SendLimitRig.prefix(4), SendLimitRig.prefix(8), SendLimitRig.prefix(9)),
                rig.er.routes.keySet());
        assertEquals(1, net.events(ServerEvent.SendLimitCleared.class).size());
        assertEquals(1, net.events(ServerEvent.SendLimitExceeded.class).size(), "told once");
        assertEquals(5, rig.er.mostRoutes);
        assertEquals(0, rig.er.idleWithdrawals, "what was held back is not withdrawn");
        rig.announce(net, 20, 2);
        assertEquals(2, net.events(ServerEvent.SendLimitExceeded.class).size(), "and again after it was cleared");
    }

    @Test
    @DisplayName("ARS-55: WARN sends everything and says so once")
    void warn() {
        CoreHarness net = rig.start(SendLimit.of(5).withAction(LimitAction.WARN));
        rig.announce(net, 0, 7);
        rig.announce(net, 7, 2);
        assertEquals(9, rig.er.routes.size());
        assertEquals(1, net.events(ServerEvent.SendLimitExceeded.class).size());
        rig.withdraw(net, 0, 4);
        assertEquals(1, net.events(ServerEvent.SendLimitCleared.class).size());
    }

    @Test
    @DisplayName("ARS-55, ARS-23: the warning comes at 75 %, once a crossing")
    void warning() {
        CoreHarness net = rig.start(SendLimit.of(8));
        rig.announce(net, 0, 5);
        assertEquals(List.of(), net.events(ServerEvent.SendLimitWarning.class));
        rig.announce(net, 5, 1);
        rig.announce(net, 6, 2);
        assertEquals(6, net.events(ServerEvent.SendLimitWarning.class).get(0).sent());
        rig.withdraw(net, 0, 3);
        rig.announce(net, 0, 1);
        assertEquals(2, net.events(ServerEvent.SendLimitWarning.class).size());
    }
}
