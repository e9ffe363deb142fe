package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.ResetKind;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.message.MessageType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sessions over hours of simulated time, and what hosts do to them at run time. */
class SessionBehaviourTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.1.0.0/16");

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private final CoreHarness net =
            new CoreHarness(RouteExchangeTest.azure(a, b).build());

    private void bothUp() {
        net.connect(a);
        net.connect(b);
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
        net.settle();
    }

    @Test
    @DisplayName("ARS-14: ten minutes of keepalives alone; ours come within 60 s of each other")
    void survivesTenMinutesOfKeepalives() {
        bothUp();
        a.received.clear();
        for (int minute = 0; minute < 10; minute++) {
            net.advance(Duration.ofSeconds(60));
            net.say(a, Speaker.keepalive());
            net.say(b, Speaker.keepalive());
        }
        assertTrue(a.isConnected && b.isConnected);
        long keepalives =
                a.received.stream().filter(MessageType.KEEPALIVE::equals).count();
        assertTrue(keepalives >= 10 && keepalives <= 14, "keepalives in ten minutes: " + keepalives);
    }

    @Test
    @DisplayName("RFC 4271 §6.5: silence for the hold time ends the session with 4/0, and only that one")
    void silenceEndsTheSession() {
        bothUp();
        for (int i = 0; i < 17; i++) {
            net.advance(Duration.ofSeconds(10));
            net.say(b, Speaker.keepalive());
        }
        assertTrue(a.isConnected, "170 s");
        net.advance(Duration.ofSeconds(11));
        assertFalse(a.isConnected);
        assertEquals(4, a.notifications.get(0).code());
        assertTrue(b.isConnected);
        assertEquals(Map.of(), b.routes);
    }

    @Test
    @DisplayName("TRAPS 6: an UPDATE restarts the hold timer")
    void updateRestartsTheHoldTimer() {
        bothUp();
        for (int i = 0; i < 20; i++) {
            net.advance(Duration.ofSeconds(100));
            net.say(a, a.announce(RouteExchangeTest.path("65001 " + (100 + i), "10.0.1.1"), TEN));
            net.say(b, Speaker.keepalive());
        }
        assertTrue(a.isConnected);
    }

    @Test
    @DisplayName("TRAPS 6: octets that wait are read before the hold timer is believed")
    void waitingOctetsAreReadFirst() {
        bothUp();
        net.beforePoll = () -> net.say(a, Speaker.keepalive());
        net.nowNanos += Duration.ofSeconds(181).toNanos();
        net.settle();
        assertTrue(a.isConnected, "it was we who did not look");
    }

    @Test
    @DisplayName("TRAPS 5: a peer that stays silent in OpenConfirm is given up")
    void silentOpenConfirmTimesOut() {
        a.answersOpen = false;
        net.accept(a);
        net.settle();
        net.advance(Duration.ofSeconds(61));
        assertFalse(a.isConnected);
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: a connection without an OPEN is closed with 4/0 after 30 s")
    void noOpenIsClosed() {
        a.sendsOpen = false;
        a.answersOpen = false;
        net.accept(a);
        net.advance(Duration.ofSeconds(29));
        assertTrue(a.isConnected);
        net.advance(Duration.ofSeconds(3));
        assertFalse(a.isConnected);
        assertEquals(4, a.notifications.get(0).code());
    }

    @Test
    @DisplayName("ARS-11: a peer that says another AS than the configured one is refused with 2/2")
    void wrongAsIsRefused() {
        Speaker liar = Speaker.of("a", 65009, "10.0.1.1");
        net.connect(liar);
        assertFalse(liar.isConnected);
        assertEquals(2, liar.notifications.get(0).code());
        assertEquals(2, liar.notifications.get(0).subcode());
    }

    @Test
    @DisplayName("ARS-12: a reserved ASN is refused at configuration, with the range and who reserved it")
    void reservedAsnIsRefused() {
        bothUp();
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> net.call(new Command.AddPeer(PeerConfig.builder("c", IpAddress.parse("10.0.1.3"), Asn.of(65518))
                        .build())));
        assertEquals("ARS-12", refused.rule());
        assertTrue(refused.toString().contains("65517-65520"), refused.toString());
        assertTrue(a.isConnected && b.isConnected);
    }

    @Test
    @DisplayName("RFC 4486 §4, ARS-8: a peer comes and goes at run time, and no other session notices")
    void peersComeAndGo() {
        bothUp();
        Speaker c = Speaker.of("c", 65003, "10.0.1.3");
        net.connect(c);
        assertFalse(c.isConnected, "not configured yet");
        net.call(new Command.AddPeer(
                PeerConfig.builder("c", c.address, c.asn).passive(true).build()));
        net.connect(c);
        assertEquals(b.routes, c.routes);
        net.call(new Command.RemovePeer("c"));
        net.settle();
        assertFalse(c.isConnected);
        assertEquals(3, c.notifications.get(0).subcode(), "Cease/3, de-configured");
        assertTrue(a.isConnected && b.isConnected);
    }

    @Test
    @DisplayName("RFC 9384, ARS-18: a peer that BFD finds unreachable gets Cease/10, and its routes go")
    void peerDownEndsTheSession() {
        bothUp();
        net.call(new Command.PeerDown("a", "BFD"));
        net.settle();
        assertFalse(a.isConnected);
        assertEquals(10, a.notifications.get(0).subcode());
        assertEquals(Map.of(), b.routes);
    }

    @Test
    @DisplayName("RFC 4486 §4, ARS-74: soft in asks for the routes, soft out sends them again, hard ends with Cease/4")
    void resets() {
        bothUp();
        net.call(new Command.ResetPeer("a", ResetKind.SOFT_IN, ""));
        net.settle();
        assertEquals(AddressFamily.IPV4_UNICAST, a.refreshes.get(0).family().orElseThrow());
        assertEquals(1, net.events(ServerEvent.RefreshSent.class).size());
        int before = b.updates;
        net.call(new Command.ResetPeer("b", ResetKind.SOFT_OUT, ""));
        net.settle();
        assertEquals(before + 1, b.updates);
        assertEquals(1, b.routes.size());
        net.call(new Command.ResetPeer("b", ResetKind.HARD, "maintenance"));
        net.settle();
        assertFalse(b.isConnected);
        assertEquals(4, b.notifications.get(0).subcode());
        assertEquals("maintenance", b.notifications.get(0).shutdownText().orElseThrow());
        assertTrue(a.isConnected);
    }

    @Test
    @DisplayName("RFC 2918 §4: a peer's ROUTE-REFRESH is answered with all its routes")
    void answersRouteRefresh() {
        bothUp();
        int before = b.updates;
        net.say(b, Speaker.refresh(AddressFamily.IPV4_UNICAST));
        net.settle();
        assertEquals(before + 1, b.updates);
        assertEquals(1, b.sameAnnouncements);
        assertEquals(1, net.events(ServerEvent.RefreshReceived.class).size());
    }

    @Test
    @DisplayName("RFC 4486 §4, ARS-4: stopping tells every peer Cease/2 with the text")
    void stopSaysCease() {
        bothUp();
        net.call(new Command.Stop("back at ten"));
        assertFalse(a.isConnected || b.isConnected);
        assertEquals(2, a.notifications.get(0).subcode());
        assertEquals("back at ten", b.notifications.get(0).shutdownText().orElseThrow());
    }

    @Test
    @DisplayName("A restarted peer is not sent its own old routes")
    void restartedPeerIsNotSentItsOwnRoutes() {
        bothUp();
        net.kill(a);
        net.call(new Command.EnablePeer("a", true)); // ends the rest after the loss
        net.connect(a);
        assertEquals(1, a.endOfRibs.size());
        assertEquals(Map.of(), a.routes);
        assertEquals(0, a.idleWithdrawals);
        assertEquals(List.of(), List.copyOf(b.routes.keySet()));
    }
}
