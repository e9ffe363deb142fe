package dev.waymark.engine;

import static dev.waymark.engine.RestartRig.FOUR;
import static dev.waymark.engine.RestartRig.IPV4;
import static dev.waymark.engine.RestartRig.IPV6;
import static dev.waymark.engine.RestartRig.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.Capability;
import dev.waymark.spi.PolicyVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is kept beyond the restart time (RFC 9494). The looker-on knows long-lived restart unless a test says otherwise. */
class LongLivedRestartTest {
    private static final GracefulRestartSettings ON =
            GracefulRestartSettings.on().withLongLived(true).withLongLivedAtMost(Duration.ofHours(2));
    private static final List<Capability> CAPABILITIES =
            List.of(RestartRig.restart(0, 60, true, IPV4, IPV6), RestartRig.longLived(3600, true, IPV4, IPV6));

    private final RestartRig rig = new RestartRig(ON);

    @BeforeEach
    void connect() {
        rig.net.kill(rig.b);
        rig.pass(2);
        rig.b.extras = List.of(RestartRig.restart(0, 0, false), RestartRig.longLived(0, false));
        rig.net.connect(rig.b);
        rig.a.extras = CAPABILITIES;
    }

    /** Lets the peer be lost, and its restart time pass. */
    private void loseForLong() {
        rig.lose();
        rig.pass(60);
    }

    @Test
    @DisplayName(
            "RFC 9494 §4.2: after the restart time stale routes stay, with LLGR_STALE, until the long-lived stale time is over")
    void staysForLong() {
        rig.filled().lose();
        rig.net.advance(Duration.ofSeconds(60).minusMillis(1));
        assertFalse(rig.isHeardStale(FOUR.get(0)));
        rig.net.advance(Duration.ofMillis(1));

        assertEquals(with(rig.path, Community.LLGR_STALE), rig.heard(FOUR.get(0)));
        assertEquals(30, rig.programmed().size());
        assertTrue(rig.story().contains("kept 20 ipv4-unicast for 3600 long-lived"), rig.story()::toString);
        rig.net.advance(Duration.ofHours(1).minusMillis(1));
        assertEquals(30, rig.b.routes.size());
        rig.net.advance(Duration.ofMillis(1));
        assertEquals(0, rig.b.routes.size());
        assertEquals(0, rig.held(IPV4) + rig.held(IPV6));
        assertTrue(rig.story().contains("removed 20 ipv4-unicast: the long-lived stale time is over"));
    }

    @Test
    @DisplayName("RFC 9494 §4.2: the peer's stale time counts up to ours only")
    void staleTimeIsCapped() {
        rig.a.extras = List.of(CAPABILITIES.get(0), RestartRig.longLived(0xffffff, true, IPV4, IPV6));
        rig.filled();
        loseForLong();
        rig.pass(7199);
        assertEquals(20, rig.held(IPV4));
        rig.pass(1);

        assertEquals(0, rig.held(IPV4));
    }

    @Test
    @DisplayName(
            "RFC 9494 §4.2: a family that only the long-lived capability names has a restart time of 0; one it doesn't name has no more")
    void familiesApart() {
        rig.a.extras = List.of(RestartRig.restart(0, 60, true, IPV4), RestartRig.longLived(3600, true, IPV6));
        rig.filled().lose();

        assertTrue(rig.isHeardStale(RestartRig.SIX.get(0)));
        assertFalse(rig.isHeardStale(FOUR.get(0)));
        rig.pass(60);
        assertEquals(List.of(0, 10), List.of(rig.held(IPV4), rig.held(IPV6)));
    }

    @Test
    @DisplayName(
            "RFC 9494 §4.2: routes with NO_LLGR are not kept beyond the restart time, whether the peer or policy put it there")
    void noLlgr() {
        rig.net.call(new Command.SetPolicy(true, Optional.of((context, route) -> {
            boolean isMarked = route.prefix().equals(FOUR.get(7));
            return isMarked
                    ? PolicyVerdict.accept(with(route.attributes(), Community.NO_LLGR))
                    : PolicyVerdict.accept();
        })));
        rig.filled();
        rig.announce(with(rig.path, Community.NO_LLGR), FOUR.subList(0, 5));
        loseForLong();

        TreeSet<IpPrefix> expected = new TreeSet<>(FOUR.subList(5, 20));
        expected.remove(FOUR.get(7));
        assertEquals(expected, rig.seen(IPV4));
        assertEquals(14, rig.counts(IPV4).staleNow());
    }

    @Test
    @DisplayName("RFC 9494 §4.3: routes with LLGR_STALE go only to peers that know it; from others they are withdrawn")
    void onlyToPeersThatKnowIt() {
        rig.net.kill(rig.b);
        rig.pass(2);
        rig.b.extras = RestartRig.restart(0, true);
        rig.net.connect(rig.b);
        rig.filled().lose();
        assertEquals(30, rig.b.routes.size());
        rig.pass(60);

        assertEquals(0, rig.b.routes.size());
        assertEquals(30, rig.programmed().size());
        rig.back();
        rig.announceAll();
        assertEquals(30, rig.b.routes.size());
    }

    @Test
    @DisplayName(
            "RFC 9494 §4.3: routes with LLGR_STALE are the least preferred: a longer path of another peer is better")
    void leastPreferred() {
        rig.filled();
        PathAttributes longer = RouteExchangeTest.path("65002 65020 65021 65022 65023", "10.0.1.2");
        rig.net.say(rig.b, rig.b.announce(longer, FOUR.subList(0, 1)));
        rig.net.settle();
        assertEquals("[10.0.1.1]", rig.programmed(FOUR.get(0)));
        loseForLong();

        assertEquals("[10.0.1.2]", rig.programmed(FOUR.get(0)));
        assertEquals("[10.0.1.1]", rig.programmed(FOUR.get(1)));
        rig.back();
        rig.announceAll();
        assertEquals("[10.0.1.1]", rig.programmed(FOUR.get(0)));
    }

    @Test
    @DisplayName("RFC 9494 §4.3: a route that comes with LLGR_STALE is treated alike, whoever put it there")
    void receivedStale() {
        rig.net.connect(rig.a);
        rig.announce(with(rig.path, Community.LLGR_STALE), FOUR);
        PathAttributes longer = RouteExchangeTest.path("65002 65020 65021 65022 65023", "10.0.1.2");
        rig.net.say(rig.b, rig.b.announce(longer, FOUR.subList(0, 1)));
        rig.net.settle();

        assertEquals("[10.0.1.2]", rig.programmed(FOUR.get(0)));
        assertTrue(rig.isHeardStale(FOUR.get(1)));
        rig.net.kill(rig.b);
        rig.pass(2);
        rig.b.extras = List.of();
        rig.net.connect(rig.b);
        assertEquals(Set.of(), rig.seen(IPV4));
    }

    @Test
    @DisplayName(
            "RFC 9494 §4.2: back within the long-lived stale time: what is announced again is as before, End-of-RIB removes the rest")
    void backAfterLong() {
        rig.filled();
        loseForLong();
        rig.pass(1000);
        rig.back();
        assertEquals(20, rig.counts(IPV4).staleNow());
        rig.announce(rig.path, FOUR.subList(0, 5));
        assertEquals(rig.path, rig.heard(FOUR.get(0)));
        assertEquals(with(rig.path, Community.LLGR_STALE), rig.heard(FOUR.get(5)));
        rig.endOfRibs();

        assertEquals(new TreeSet<>(FOUR.subList(0, 5)), rig.seen(IPV4));
        assertEquals(Set.of(), rig.seen(IPV6));
    }

    @Test
    @DisplayName(
            "RFC 9494 §4.2: back without the long-lived F bit, or the capability: the family's stale routes go at once")
    void backWithoutForwarding() {
        rig.filled();
        loseForLong();
        rig.back(List.of(CAPABILITIES.get(0), RestartRig.longLived(3600, false, IPV4)));

        assertEquals(0, rig.held(IPV4) + rig.held(IPV6));
    }

    @Test
    @DisplayName(
            "RFC 9494 §4.2: lost again: what was long-lived stays until its own time, what came since gets no longer one")
    void lostAgain() {
        rig.filled();
        loseForLong();
        rig.pass(3000); // 600 s are left
        rig.back();
        rig.announce(rig.path, FOUR.subList(0, 5));
        rig.lose();
        assertEquals(20, rig.held(IPV4));
        assertEquals(rig.path, rig.heard(FOUR.get(0)));
        assertTrue(rig.isHeardStale(FOUR.get(5)));
        rig.pass(60);
        assertTrue(rig.isHeardStale(FOUR.get(0)));
        rig.pass(537);
        assertEquals(20, rig.held(IPV4));
        rig.pass(1);

        assertEquals(0, rig.held(IPV4));
    }

    @Test
    @DisplayName("RFC 9494 §4.2: lost again and again: what was long-lived first stays until its own time")
    void lostAgainAndAgain() {
        rig.filled();
        loseForLong();
        for (int i = 0; i < 30; i++) {
            rig.back();
            rig.announce(rig.path, FOUR.subList(i % 5, i % 5 + 1));
            rig.lose();
            rig.pass(i % 3 == 0 ? 70 : 8);
        }
        assertEquals(20, rig.held(IPV4));
        assertTrue(rig.isHeardStale(FOUR.get(19)));
        rig.pass(3600 - 10 * 70 - 20 * 8 - 30 * 2 - 1);
        assertEquals(20, rig.held(IPV4));
        rig.pass(1);

        assertEquals(0, rig.held(IPV4));
        assertEquals(List.of(), rig.learned(IPV4));
    }

    @Test
    @DisplayName(
            "RFC 9494 §4.2, ARS-64: a change of policy neither takes LLGR_STALE away nor keeps what it marks with NO_LLGR")
    void policyChanges() {
        rig.filled();
        loseForLong();
        Community extra = Community.parse("65001:7");
        rig.net.call(new Command.SetPolicy(
                true,
                Optional.of((context, route) -> PolicyVerdict.accept(
                        with(route.attributes(), route.prefix().equals(FOUR.get(3)) ? Community.NO_LLGR : extra)))));
        rig.net.settle();

        PathAttributes kept = rig.heard(FOUR.get(0));
        assertTrue(kept.hasCommunity(Community.LLGR_STALE) && kept.hasCommunity(extra), kept::toString);
        assertEquals(19, rig.seen(IPV4).size());
        assertEquals(19, rig.counts(IPV4).staleNow());
    }

    @Test
    @DisplayName(
            "RFC 9494 §3.1: where it is off on our side, nothing is kept beyond the restart time, and LLGR_STALE means nothing")
    void offByDefault() {
        RestartRig plain = new RestartRig(GracefulRestartSettings.on());
        plain.a.extras = CAPABILITIES;
        plain.filled();
        plain.announce(with(plain.path, Community.LLGR_STALE), FOUR.subList(0, 1));
        assertTrue(plain.isHeardStale(FOUR.get(0)));
        plain.lose();
        plain.pass(60);

        assertEquals(0, plain.held(IPV4));
    }
}
