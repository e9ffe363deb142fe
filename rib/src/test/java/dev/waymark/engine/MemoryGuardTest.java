package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.LimitAction;
import dev.waymark.api.LimitSettings;
import dev.waymark.api.MemoryBudget;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ERROR-HANDLING 9: what a peer may make the server keep, and that nobody else notices when it is too much. */
class MemoryGuardTest {
    private static final int KIB = 1 << 10;
    /** What {@link #large} is kept as, about. */
    private static final int LARGE_OCTETS = 4 * 500;

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private final Speaker c = Speaker.of("c", 65003, "10.0.1.3");

    private CoreHarness start(UnaryOperator<LimitSettings> limits) {
        CoreHarness net =
                new CoreHarness(RouteExchangeTest.azure(a, b, c).limits(limits).build());
        for (Speaker speaker : List.of(a, b, c)) {
            net.connect(speaker);
        }
        return net;
    }

    /** Attributes of 2,000 octets, different for each number. */
    private static PathAttributes large(Speaker speaker, int number) {
        AttributesEdit edit = RouteExchangeTest.path(speaker.asn.toString(), speaker.address.toString())
                .edit();
        for (int i = 0; i < 500; i++) {
            edit.addCommunity(Community.of(number, i));
        }
        return edit.build();
    }

    private static IpPrefix prefix(int number) {
        return IpPrefix.parse("10." + (100 + number / 256) + "." + number % 256 + ".0/24");
    }

    private static void announceLarge(CoreHarness net, Speaker speaker, int from, int to) {
        for (int i = from; i < to && speaker.isConnected; i++) {
            net.say(speaker, speaker.announce(large(speaker, i), prefix(i)));
            net.settle();
        }
    }

    private static List<NotificationSubcode> subcodes(Speaker speaker) {
        return speaker.notifications.stream().map(NotificationMessage::reason).toList();
    }

    @Test
    @DisplayName("ERROR-HANDLING 9, 13.9: all-different maximal communities end in Cease/8 for that peer alone")
    void peerOverItsBudgetGoes() {
        CoreHarness net = start(limits -> limits.withPeerMemoryOctets(64 * KIB));
        announceLarge(net, b, 200, 210);
        announceLarge(net, a, 0, 40);
        assertEquals(List.of(NotificationSubcode.OUT_OF_RESOURCES), subcodes(a));
        ServerEvent.MemoryLimitExceeded event =
                net.events(ServerEvent.MemoryLimitExceeded.class).get(0);
        assertEquals(MemoryBudget.ONE_PEER, event.budget());
        assertEquals("a", event.peer().name());
        assertEquals(64 * KIB, event.limit());
        assertTrue(event.kept() > event.limit() && event.kept() < event.limit() + 2 * LARGE_OCTETS, event::toString);
        assertEquals(10, c.routes.size());
        assertTrue(b.isConnected);
        assertEquals(10, net.core.tables().attributes().size(), "what the peer brought has gone with it");
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: routes count too, and a peer that stays below is left alone")
    void peerBelowItsBudgetStays() {
        CoreHarness net = start(limits -> limits.withPeerMemoryOctets(64 * KIB));
        for (int i = 0; i < 1_000; i++) {
            net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefix(i)));
        }
        net.settle();
        assertTrue(a.isConnected);
        for (int i = 1_000; i < 1_100 && a.isConnected; i++) {
            net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefix(i)));
            net.settle();
        }
        assertEquals(List.of(NotificationSubcode.OUT_OF_RESOURCES), subcodes(a));
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: the same sets over and over, and those withdrawn, don't add up")
    void churnDoesNotAddUp() {
        CoreHarness net = start(limits -> limits.withPeerMemoryOctets(64 * KIB));
        for (int round = 0; round < 20; round++) {
            announceLarge(net, a, 25 * round, 25 * round + 25);
            for (int i = 25 * round; i < 25 * round + 25; i++) {
                net.say(a, a.withdraw(List.of(prefix(i))));
            }
            net.settle();
        }
        assertTrue(a.isConnected);
        assertEquals(List.of(), net.events(ServerEvent.MemoryLimitExceeded.class));
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: when all peers together keep too much, the one that keeps most goes")
    void worstPeerGoes() {
        CoreHarness net = start(limits -> limits.withMemoryOctets(128 * KIB));
        announceLarge(net, a, 0, 10);
        announceLarge(net, b, 100, 130);
        assertTrue(b.isConnected);
        announceLarge(net, c, 200, 225);
        assertEquals(List.of(NotificationSubcode.OUT_OF_RESOURCES), subcodes(b));
        assertTrue(a.isConnected && c.isConnected);
        ServerEvent.MemoryLimitExceeded event =
                net.events(ServerEvent.MemoryLimitExceeded.class).get(0);
        assertEquals(MemoryBudget.ALL_PEERS, event.budget());
        assertEquals(25, a.routes.size());
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: more attribute sets than four for each route of the limit, where that only warns")
    void tooManySets() {
        RouteLimit limit = RouteLimit.of(4).withAction(LimitAction.WARN);
        CoreHarness net = start(limits -> limits.withRouteLimit(Optional.of(limit)));
        announceLarge(net, a, 0, 16);
        assertTrue(a.isConnected);
        announceLarge(net, a, 16, 17);
        assertEquals(List.of(NotificationSubcode.OUT_OF_RESOURCES), subcodes(a));
        assertEquals(
                MemoryBudget.ATTRIBUTE_SETS,
                net.events(ServerEvent.MemoryLimitExceeded.class).get(0).budget());
    }
}
