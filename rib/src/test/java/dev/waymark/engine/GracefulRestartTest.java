package dev.waymark.engine;

import static dev.waymark.engine.RestartRig.BOTH;
import static dev.waymark.engine.RestartRig.FOUR;
import static dev.waymark.engine.RestartRig.IPV4;
import static dev.waymark.engine.RestartRig.IPV6;
import static dev.waymark.engine.RestartRig.SIX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.GracefulRestartCapability;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of a peer that restarts, for how long, and what comes in its place (RFC 4724 §4.2). */
class GracefulRestartTest {
    private static final GracefulRestartSettings ON = GracefulRestartSettings.on();

    private final RestartRig rig = new RestartRig(ON).filled();

    @Test
    @DisplayName(
            "RFC 4724 §4.2, ARS-18: a restart that ends in time: nobody is told anything, and no route is missing at any time")
    void restartsUnnoticed() {
        rig.lose();

        assertEquals(List.of("kept 20 ipv4-unicast for 120", "kept 10 ipv6-unicast for 120"), rig.story());
        assertEquals(SessionState.IDLE, rig.snapshot().state());
        rig.back();
        assertEquals(20, rig.counts(IPV4).staleNow());
        rig.announce(rig.path, FOUR.subList(0, 12));
        assertEquals(8, rig.counts(IPV4).staleNow());
        rig.announce(rig.path, FOUR.subList(12, 20));
        rig.announce(rig.pathSix, SIX);
        rig.net.events.clear();
        rig.endOfRibs();

        assertEquals(List.of("removed 0 ipv4-unicast: End-of-RIB", "removed 0 ipv6-unicast: End-of-RIB"), rig.story());
        assertEquals(0, rig.b.updates, "what the other peer was told");
        assertEquals(Set.copyOf(FOUR), rig.seen(IPV4));
        assertEquals(0, rig.counts(IPV4).staleNow());
        assertEquals(30, rig.programmed().size());
        rig.pass(10_000);
        assertEquals(30, rig.programmed().size());
    }

    @Test
    @DisplayName("RFC 4724 §4.2, ARS-70: while the peer is away views show its routes as stale, and its numbers")
    void showsStaleRoutes() {
        assertFalse(rig.learned(IPV4).stream().anyMatch(RouteEntry::isStale));
        rig.lose();

        List<RouteEntry> learned = rig.learned(IPV4);
        assertEquals(20, learned.size());
        assertTrue(learned.stream().allMatch(RouteEntry::isStale));
        assertFalse(learned.stream().anyMatch(RouteEntry::isLeaving));
        RouteCounts counts = rig.counts(IPV4);
        assertEquals(List.of(20L, 20L), List.of(counts.acceptedNow(), counts.staleNow()));
        rig.back();
        rig.announce(rig.path, FOUR.subList(0, 5));
        assertEquals(15, rig.learned(IPV4).stream().filter(RouteEntry::isStale).count());
    }

    @ParameterizedTest(
            name = "RFC 4724 §4.2: restart time {0} s, at most {1} s: kept for {2} s, and not a moment longer")
    @CsvSource({"30, 120, 30", "120, 120, 120", "600, 120, 120", "4095, 4095, 4095", "1, 120, 1"})
    void restartTime(int peers, int atMost, int expected) {
        RestartRig timed = new RestartRig(ON.withRestartTimeAtMost(Duration.ofSeconds(atMost)));
        timed.a.extras = RestartRig.restart(peers, true, IPV4, IPV6);
        timed.filled().lose();
        timed.net.advance(Duration.ofSeconds(expected).minusMillis(1));
        assertEquals(30, timed.seen(IPV4).size() + timed.seen(IPV6).size());
        timed.net.advance(Duration.ofMillis(1));

        assertEquals(0, timed.held(IPV4) + timed.held(IPV6));
        assertEquals(Set.of(), timed.seen(IPV4));
        assertEquals(Set.of(), timed.programmed());
        assertTrue(
                timed.story().contains("removed 20 ipv4-unicast: the restart time is over"), timed.story()::toString);
        timed.filled();
        assertEquals(Set.copyOf(FOUR), timed.seen(IPV4), "a fresh start after that");
    }

    @Test
    @DisplayName(
            "TRAPS 10: RFC 4724 §3: where it is off, or the peer doesn't ask, routes go with the session and nothing is offered")
    void keepsNothingUnasked() {
        RestartRig off = new RestartRig(GracefulRestartSettings.off()).filled();
        off.lose();
        assertEquals(0, off.held(IPV4));
        rig.lose();
        rig.back(List.of());
        rig.announceAll();
        rig.endOfRibs();
        rig.lose();

        assertEquals(0, rig.held(IPV4));
        assertEquals(List.of(), rig.story());
    }

    @Test
    @DisplayName("RFC 4724 §4.2: a restart time of 0, and a family that isn't named, keep nothing")
    void keepsNamedFamiliesOnly() {
        rig.lose();
        rig.back(RestartRig.restart(60, true, IPV6));
        rig.announceAll();
        rig.endOfRibs();
        rig.lose();

        assertEquals(List.of(0, 10), List.of(rig.held(IPV4), rig.held(IPV6)));
        assertEquals(Set.of(), rig.seen(IPV4));
        assertEquals(
                List.of(
                        "kept 10 ipv6-unicast for 60",
                        "removed 20 ipv4-unicast: the peer did not ask to keep this family"),
                rig.story().stream().sorted().toList());
        rig.back(RestartRig.restart(0, true, IPV4, IPV6));
        rig.announceAll();
        rig.lose();
        assertEquals(0, rig.held(IPV4) + rig.held(IPV6));
    }

    @Test
    @DisplayName(
            "RFC 4724 §4.2: a family whose F bit is clear in the new OPEN loses its stale routes at once, the other doesn't")
    void forwardingWasNotPreserved() {
        rig.lose();
        rig.back(List.of(mixed()));

        assertEquals(List.of(0, 10), List.of(rig.held(IPV4), rig.held(IPV6)));
        assertEquals(Set.of(), rig.seen(IPV4));
        assertTrue(rig.story().contains("removed 20 ipv4-unicast: the peer came back without it"));
        rig.announceAll();
        assertEquals(Set.copyOf(FOUR), rig.seen(IPV4));
    }

    private static Capability mixed() {
        var four = (GracefulRestartCapability) RestartRig.restart(8, 120, false, IPV4);
        var six = (GracefulRestartCapability) RestartRig.restart(8, 120, true, IPV6);
        return new GracefulRestartCapability(
                8, 120, List.of(four.entries().get(0), six.entries().get(0)));
    }

    @Test
    @DisplayName(
            "RFC 4724 §4.2: a family, or the capability, that is missing in the new OPEN: its stale routes go at once")
    void comesBackWithoutFamily() {
        rig.lose();
        rig.back(RestartRig.restart(120, true, IPV6));
        assertEquals(List.of(0, 10), List.of(rig.held(IPV4), rig.held(IPV6)));
        rig.lose();
        rig.back(RestartRig.restart(120, true, IPV4, IPV6));
        rig.announceAll();
        rig.lose();
        rig.back(List.of());

        assertEquals(0, rig.held(IPV4) + rig.held(IPV6));
        rig.announceAll();
        assertEquals(30, rig.programmed().size());
        assertEquals(Set.copyOf(SIX), rig.seen(IPV6));
    }

    @Test
    @DisplayName(
            "RFC 4724 §4.2: a family that the new session doesn't have at all loses its routes, and may come in the next again")
    void comesBackWithoutMultiprotocol() {
        Speaker four = new Speaker("a", 65001, "10.0.1.1", true, Set.of(IPV4));
        four.holdTimeSeconds = 0;
        four.extras = rig.a.extras;
        rig.lose();
        rig.pass(2);
        rig.net.connect(four);
        rig.net.say(four, four.announce(rig.path, FOUR));
        rig.net.settle();

        assertEquals(List.of(20, 0), List.of(rig.held(IPV4), rig.held(IPV6)));
        assertEquals(Set.of(), rig.seen(IPV6));
        assertEquals(Set.of(IPV4), rig.snapshot().families());
        rig.net.kill(four);
        rig.back();
        rig.announce(rig.pathSix, SIX);
        assertEquals(Set.copyOf(SIX), rig.seen(IPV6));
        assertEquals(20, rig.counts(IPV4).staleNow());
    }

    @Test
    @DisplayName(
            "RFC 4724 §4.2: End-of-RIB removes what was not announced again, of its family only; what was withdrawn is gone already")
    void endOfRibRemovesTheRest() {
        rig.lose();
        rig.back();
        rig.announce(rig.path, FOUR.subList(0, 5));
        PathAttributes changed = RouteExchangeTest.path("65001 65011", "10.0.1.1");
        rig.announce(changed, FOUR.subList(5, 10));
        rig.net.say(rig.a, rig.a.withdraw(FOUR.subList(10, 12)));
        rig.net.settle();
        assertEquals(18, rig.held(IPV4));
        assertEquals(8, rig.counts(IPV4).staleNow());
        rig.net.say(rig.a, Speaker.endOfRib(IPV4));
        rig.net.settle();

        assertEquals(new TreeSet<>(FOUR.subList(0, 10)), rig.seen(IPV4));
        assertEquals(changed, rig.heard(FOUR.get(7)));
        assertEquals(10, rig.counts(IPV6).staleNow());
        assertEquals(Set.copyOf(SIX), rig.seen(IPV6));
        assertTrue(rig.story().contains("removed 8 ipv4-unicast: End-of-RIB"), rig.story()::toString);
    }

    @Test
    @DisplayName("RFC 4724 §4.2: a peer that is back and sends no End-of-RIB keeps its stale routes for the stale time")
    void staleTime() {
        rig.lose();
        rig.pass(100);
        rig.back();
        rig.announce(rig.path, FOUR.subList(0, 5));
        rig.pass(359);
        assertEquals(List.of(20, 10), List.of(rig.held(IPV4), rig.held(IPV6)));
        rig.pass(1);

        assertEquals(List.of(5, 0), List.of(rig.held(IPV4), rig.held(IPV6)));
        assertTrue(rig.story().contains("removed 15 ipv4-unicast: no End-of-RIB in the stale time"));
        rig.pass(10_000);
        assertEquals(5, rig.held(IPV4));
        assertTrue(rig.a.isConnected);
    }

    @Test
    @DisplayName(
            "RFC 4724 §4.2: lost again while stale: what was stale goes, what was announced since is kept, for a whole restart time")
    void lostAgain() {
        rig.lose();
        rig.pass(60);
        rig.back();
        rig.announce(rig.path, FOUR.subList(0, 5));
        rig.lose();

        assertEquals(List.of(5, 0), List.of(rig.held(IPV4), rig.held(IPV6)));
        assertEquals(new TreeSet<>(FOUR.subList(0, 5)), rig.seen(IPV4));
        assertTrue(rig.story().contains("removed 15 ipv4-unicast: the session was lost again"), rig.story()::toString);
        rig.pass(119);
        assertEquals(5, rig.held(IPV4));
        rig.pass(1);
        assertEquals(0, rig.held(IPV4));
    }

    @Test
    @DisplayName(
            "RFC 4724 §4.2: attempts that fail while the peer is away change nothing, and don't prolong the restart time")
    void failedAttempts() {
        rig.lose();
        for (int i = 0; i < 5; i++) {
            rig.pass(17);
            rig.a.answersOpen = false;
            rig.net.connect(rig.a);
            rig.net.kill(rig.a);
        }
        rig.pass(34);
        assertEquals(20, rig.held(IPV4));
        rig.pass(1);
        assertEquals(0, rig.held(IPV4));
    }

    @Test
    @DisplayName(
            "RFC 4724 §4.2: lost again with routes that are just being removed: each goes when it must, whoever announces it anew")
    void lostAgainInTheMiddle() {
        rig.net.units = 3;
        rig.lose();
        rig.back();
        rig.net.say(rig.a, rig.a.announce(rig.path, FOUR.subList(0, 5)));
        rig.net.say(rig.a, Speaker.endOfRib(IPV4)); // 15 are to be removed, none is yet
        rig.net.say(rig.a, rig.a.announce(rig.path, FOUR.subList(10, 12)));
        rig.net.feed(new Input.Turn(3));
        rig.net.kill(rig.a);
        rig.net.feed(new Input.Turn(3));
        rig.net.call(new Command.EnablePeer("a", true)); // ends the rest
        rig.net.accept(rig.a);
        rig.net.say(rig.a, rig.a.announce(rig.path, FOUR.subList(12, 20)));
        rig.net.settle();

        TreeSet<IpPrefix> expected = new TreeSet<>(FOUR.subList(0, 5));
        expected.addAll(FOUR.subList(10, 20));
        assertEquals(expected, rig.seen(IPV4));
        rig.endOfRibs();
        assertEquals(new TreeSet<>(FOUR.subList(12, 20)), rig.seen(IPV4));
    }

    @Test
    @DisplayName(
            "RFC 4724 §5: a new connection replaces the Established one without a NOTIFICATION, and its routes are kept")
    void newConnectionReplaces() {
        rig.b.updates = 0;
        rig.net.events.clear();
        Speaker twin = new Speaker("a", 65001, "10.0.1.1", true, BOTH);
        twin.holdTimeSeconds = 0;
        twin.extras = rig.a.extras;
        rig.net.connect(twin);

        assertFalse(rig.a.isConnected);
        assertEquals(List.of(), rig.a.notifications);
        assertTrue(twin.isConnected);
        assertEquals(2, rig.snapshot().establishedCount());
        assertEquals(20, rig.counts(IPV4).staleNow());
        rig.net.say(twin, twin.announce(rig.path, FOUR));
        rig.net.say(twin, Speaker.endOfRib(IPV4));
        rig.net.settle();
        assertEquals(0, rig.b.updates);
        assertEquals(20, rig.held(IPV4));
    }

    @Test
    @DisplayName("RFC 4271 §6.8, RFC 4724 §5: without a family in the peer's capability a new connection gets Cease/7")
    void newConnectionIsRefused() {
        rig.lose();
        rig.back(List.of(RestartRig.restart(0, 120, true)));
        Speaker twin = new Speaker("a", 65001, "10.0.1.1", true, BOTH);
        rig.net.connect(twin);

        assertTrue(rig.a.isConnected);
        assertFalse(twin.isConnected);
        assertEquals(7, twin.notifications.get(0).subcode());
    }

    @Test
    @DisplayName(
            "RFC 4724 §4.1: a peer that restarts is sent all routes and End-of-RIB at once, not only after its own, and none of its own")
    void restartedPeerIsSentRoutes() {
        PathAttributes others = RouteExchangeTest.path("65002", "10.0.1.2");
        List<IpPrefix> more = RestartRig.prefixes("172.16.%d.0/24", 7);
        rig.net.say(rig.b, rig.b.announce(others, more));
        rig.net.say(rig.b, rig.b.announce(others, FOUR.subList(0, 3)));
        rig.lose();
        rig.back();

        TreeSet<IpPrefix> expected = new TreeSet<>(more);
        expected.addAll(FOUR.subList(0, 3)); // the shorter path is the other peer's
        assertEquals(expected, rig.a.routes.keySet());
        assertEquals(1, rig.a.endOfRibs.getOrDefault(IPV4, 0));
        assertEquals(1, rig.a.endOfRibs.getOrDefault(IPV6, 0));
        assertEquals(17, rig.counts(AddressFamily.IPV4_UNICAST).acceptedNow() - 3);
    }
}
