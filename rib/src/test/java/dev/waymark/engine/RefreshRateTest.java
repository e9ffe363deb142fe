package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ERROR-HANDLING §9: ROUTE-REFRESH of a peer and family, one running and one waiting, one in 10 s. */
class RefreshRateTest {
    private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
    private static final AddressFamily IPV6 = AddressFamily.IPV6_UNICAST;

    private final Speaker a = new Speaker("a", 65001, "10.0.1.1", true, Set.of(IPV4, IPV6));
    private final Speaker b = new Speaker("b", 65002, "10.0.1.2", true, Set.of(IPV4, IPV6));
    private final CoreHarness net = new CoreHarness(RouteServerConfig.standard()
            .localAddress(IpAddress.parse("10.0.0.4"))
            .localAddress(IpAddress.parse("2001:db8::4"))
            .requirePolicy(false)
            .peer(PeerConfigs.of(a).build())
            .peer(PeerConfigs.of(b).build())
            .build());

    private void bothUp() {
        net.connect(a);
        net.connect(b);
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), IpPrefix.parse("10.1.0.0/16")));
        net.say(a, a.announce(RouteExchangeTest.path("65001", "2001:db8::1"), IpPrefix.parse("2001:db8:1::/48")));
        net.settle();
        assertEquals(2, b.routes.size());
    }

    private void ask(AddressFamily family) {
        net.say(b, Speaker.refresh(family));
        net.settle();
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: what is asked for within 10 s of a refresh is one more, when they are over")
    void requestsAreMerged() {
        bothUp();
        ask(IPV4);
        assertEquals(1, b.sameAnnouncements, "the first at once");
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < 100; j++) {
                ask(IPV4);
            }
            net.advance(Duration.ofSeconds(1));
        }
        assertEquals(1, b.sameAnnouncements, "9 s");
        net.advance(Duration.ofMillis(1_001));
        assertEquals(2, b.sameAnnouncements, "900 requests are one refresh");
        net.advance(Duration.ofSeconds(60));
        assertEquals(2, b.sameAnnouncements);
        assertEquals(
                2,
                net.events(ServerEvent.RefreshReceived.class).size(),
                "those that were merged into one that waits don't count");
        ask(IPV4);
        assertEquals(3, b.sameAnnouncements, "at once again");
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: each family and each session has a rate of its own")
    void familiesAndSessionsAreApart() {
        bothUp();
        ask(IPV4);
        ask(IPV6);
        assertEquals(2, b.sameAnnouncements);
        ask(IPV6);
        assertEquals(2, b.sameAnnouncements);
        net.kill(b);
        net.call(new Command.EnablePeer("b", true));
        net.connect(b);
        net.advance(Duration.ofSeconds(11));
        assertEquals(2, b.sameAnnouncements, "what the old session waited for is forgotten");
        ask(IPV6);
        assertEquals(3, b.sameAnnouncements);
    }

    @Test
    @DisplayName("ARS-74: the host's soft reset is not held back by what a peer asked for")
    void hostIsNotHeldBack() {
        bothUp();
        ask(IPV4);
        net.call(new Command.ResetPeer("b", ResetKind.SOFT_OUT, ""));
        net.settle();
        assertEquals(3, b.sameAnnouncements, "both families");
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: a refresh that takes longer than 10 s is over before the next begins")
    void runningOneEndsFirst() {
        bothUp();
        net.units = 0;
        net.deaf.add(b.connection);
        for (int i = 0; i < 40; i++) {
            ask(IPV4);
            net.advance(Duration.ofSeconds(2));
            net.say(b, Speaker.keepalive());
        }
        net.listen(b);
        net.settle();
        assertTrue(b.sameAnnouncements <= 9, b.sameAnnouncements + " refreshes in 80 s");
    }
}
