package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.CountingMode;
import dev.waymark.api.LimitAction;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.Octets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The FAQ's example of the route limit, and what lies around it, with UPDATEs through the whole core. */
class FaqRouteLimitTest {
    private static final PathAttributes PATH = RouteExchangeTest.path("65001 64000", "10.0.1.1");

    private final Speaker nva = Speaker.of("nva", 65001, "10.0.1.1");
    private final Speaker other = Speaker.of("other", 65002, "10.0.1.2");

    private CoreHarness azure() {
        CoreHarness net = new CoreHarness(RouteExchangeTest.azure(nva, other).build());
        net.connect(nva);
        net.connect(other);
        return net;
    }

    private CoreHarness with(RouteLimit limit) {
        CoreHarness net = new CoreHarness(RouteExchangeTest.azure(other)
                .peer(PeerConfig.builder(nva.name, nva.address, nva.asn)
                        .passive(true)
                        .routeLimit(limit)
                        .build())
                .build());
        net.connect(nva);
        net.connect(other);
        return net;
    }

    private static List<IpPrefix> prefixes(int from, int count) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            prefixes.add(IpPrefix.ofIpv4Bits((20 << 24) + (i << 8), 24));
        }
        return prefixes;
    }

    private void announce(CoreHarness net, int from, int count) {
        net.say(nva, nva.announce(PATH, prefixes(from, count)));
        net.settle();
    }

    private void assertTornDown(CoreHarness net, long snapshot, long incoming) {
        assertFalse(nva.isConnected);
        NotificationMessage cease = nva.notifications.get(0);
        assertEquals(6, cease.code());
        assertEquals(1, cease.subcode());
        assertEquals(Octets.parse("00010100000fa0"), cease.data(), "AFI 1, SAFI 1, 4000 (RFC 4486 4)");
        ServerEvent.RouteLimitExceeded event =
                net.events(ServerEvent.RouteLimitExceeded.class).get(0);
        assertEquals(snapshot, event.snapshot());
        assertEquals(incoming, event.incoming());
        assertEquals(4_000, event.limit());
        assertEquals(Map.of(), other.routes, "its routes are gone");
        assertTrue(other.isConnected);
    }

    @Test
    @DisplayName(
            "RFC 4486 §4, ARS-20: 2,001 routes and the same 2,001 again are 4,002: torn down with Cease/1, the routes gone")
    void sameRoutesAgainCountTwice() {
        CoreHarness net = azure();
        announce(net, 0, 2_001);
        assertEquals(2_001, other.routes.size());
        net.advance(Duration.ofSeconds(10));
        announce(net, 0, 2_001);
        assertTornDown(net, 2_001, incomingWhenPassed(2_001, 2_001));
        IpPrefix first = net.events(ServerEvent.RouteLimitExceeded.class).get(0).firstOver();
        assertEquals(prefixes(1_999, 1).get(0), first, "the 2,000th announcement is the first over 4,000");
    }

    /** The count is that of the UPDATE that passes the limit: one UPDATE holds about a thousand prefixes. */
    private long incomingWhenPassed(int held, int announced) {
        int incoming = 0;
        int perUpdate = (4_096 - 19 - 4 - 21) / 4;
        while (held + incoming <= 4_000) {
            incoming = Math.min(announced, incoming + perUpdate);
        }
        return incoming;
    }

    @Test
    @DisplayName("ARS-20: 2,000 routes twice are exactly 4,000: the session stays")
    void twoThousandTwiceStay() {
        CoreHarness net = azure();
        announce(net, 0, 2_000);
        net.advance(Duration.ofSeconds(10));
        announce(net, 0, 2_000);
        assertTrue(nva.isConnected);
        assertEquals(2_000, other.routes.size());
    }

    @Test
    @DisplayName("ARS-20: 4,000 routes stay, the 4,001st tears down")
    void fourThousandStayAndOneMoreTearsDown() {
        CoreHarness net = azure();
        announce(net, 0, 4_000);
        assertTrue(nva.isConnected);
        assertEquals(4_000, other.routes.size());
        assertEquals(1, net.events(ServerEvent.RouteLimitWarning.class).size(), "ARS-23: once, at 75 %");
        net.advance(Duration.ofSeconds(10));
        announce(net, 4_000, 1);
        assertTornDown(net, 4_000, 1);
    }

    @Test
    @DisplayName("ARS-21: on 3,990 held, one of ten routes goes and comes every 6 s for a day: the session stays")
    void churnWithinTheHeadroomNeverTearsDown() {
        CoreHarness net = azure();
        announce(net, 0, 3_990);
        for (int i = 0; i < 24 * 600; i++) {
            net.nowNanos += Duration.ofSeconds(6).toNanos();
            List<IpPrefix> one = prefixes(i % 10, 1);
            net.say(nva, nva.withdraw(one));
            net.say(nva, nva.announce(PATH, one));
            if (i % 10 == 0) {
                net.say(nva, Speaker.keepalive());
                net.say(other, Speaker.keepalive());
            }
            net.settle();
        }
        assertTrue(nva.isConnected);
        assertEquals(3_990, other.routes.size());
    }

    @Test
    @DisplayName("ARS-21: on 3,990 held, eleven announcements in one batch tear down")
    void elevenAnnouncementsInOneBatchTearDown() {
        CoreHarness net = azure();
        announce(net, 0, 3_990);
        net.advance(Duration.ofSeconds(10));
        for (int i = 0; i < 10; i++) {
            net.nowNanos += Duration.ofMillis(900).toNanos();
            announce(net, i, 1);
        }
        assertTrue(nva.isConnected);
        net.nowNanos += Duration.ofMillis(900).toNanos();
        announce(net, 10, 1);
        assertTornDown(net, 3_990, 11);
    }

    @Test
    @DisplayName("ARS-24: the session restarts after 60 s, then 120 s, up to 15 min, and counts from 0")
    void restartsAfterAnIdleHoldThatDoubles() {
        CoreHarness net = azure();
        for (int seconds : new int[] {60, 120, 240, 480, 900, 900}) {
            announce(net, 0, 4_000);
            assertTrue(nva.isConnected, "a new session starts at 0");
            announce(net, 4_000, 1);
            assertFalse(nva.isConnected);
            advanceKeepingAlive(net, seconds - 1);
            assertEquals(SessionState.IDLE, state(net));
            advanceKeepingAlive(net, 1);
            assertEquals(SessionState.ACTIVE, state(net), "after " + seconds + " s");
            net.connect(nva);
            assertEquals(SessionState.ESTABLISHED, state(net));
        }
    }

    private void advanceKeepingAlive(CoreHarness net, int seconds) {
        for (int left = seconds; left > 0; left -= 50) {
            net.advance(Duration.ofSeconds(Math.min(left, 50)));
            net.say(other, Speaker.keepalive());
        }
        net.settle();
    }

    private static SessionState state(CoreHarness net) {
        return net.peer("nva").state();
    }

    private static RouteCounts counts(CoreHarness net) {
        return Optional.ofNullable(net.peer("nva").routes().get(AddressFamily.IPV4_UNICAST))
                .orElseThrow();
    }

    @Test
    @DisplayName("ARS-23: DISCARD_NEW refuses prefixes that are not held and replaces those that are")
    void discardNewKeepsTheSession() {
        CoreHarness net =
                with(RouteLimit.of(100).withMode(CountingMode.DISTINCT_PREFIXES).withAction(LimitAction.DISCARD_NEW));
        announce(net, 0, 120);
        assertTrue(nva.isConnected);
        assertEquals(100, other.routes.size());
        assertEquals(20, counts(net).refusedByLimit());
        PathAttributes changed = RouteExchangeTest.path("65001 64001", "10.0.1.1");
        net.say(nva, nva.announce(changed, prefixes(0, 1)));
        net.settle();
        assertEquals(changed, other.routes.get(prefixes(0, 1).get(0)));
        assertEquals(100, other.routes.size());
    }

    @Test
    @DisplayName("ARS-23: WARN lets everything in and says so once")
    void warnLetsEverythingIn() {
        CoreHarness net = with(RouteLimit.of(100).withAction(LimitAction.WARN));
        announce(net, 0, 120);
        announce(net, 120, 10);
        assertEquals(130, other.routes.size());
        assertEquals(1, net.events(ServerEvent.RouteLimitExceeded.class).size());
    }

    @Test
    @DisplayName("ARS-23: DISTINCT_PREFIXES counts a prefix once, however often it comes")
    void distinctPrefixesCountOnce() {
        CoreHarness net = with(RouteLimit.of(4_000).withMode(CountingMode.DISTINCT_PREFIXES));
        for (int i = 0; i < 5; i++) {
            announce(net, 0, 4_000);
        }
        assertTrue(nva.isConnected);
        announce(net, 4_000, 1);
        assertFalse(nva.isConnected);
    }
}
