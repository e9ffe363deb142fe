package dev.waymark.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.LimitAction;
import dev.waymark.api.MemoryBudget;
import dev.waymark.api.PeerHealth;
import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.RejectReason;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteView;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.policy.PolicyChains;
import dev.waymark.policy.PolicyStep;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What hosts are shown of rejected routes, troubled peers and ended sessions: always why, with the numbers. */
class WhyTest {
    private static final PathAttributes PATH = RouteExchangeTest.path("65001", "10.0.1.1");

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");

    private CoreHarness up(UnaryOperator<RouteServerConfigBuilder> change) {
        CoreHarness net =
                new CoreHarness(change.apply(RouteExchangeTest.azure(a)).build());
        net.connect(a);
        return net;
    }

    private static List<IpPrefix> prefixes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> IpPrefix.parse("10." + (i >> 8) + "." + (i & 0xff) + ".0/24"))
                .toList();
    }

    private static RouteMap drops(String rule) {
        return RouteMap.of(
                "branches",
                List.of(
                        RouteMapRule.builder("backup")
                                .when(RouteMapCondition.prefixEquals(List.of(IpPrefix.parse("10.9.0.0/24"))))
                                .then(RouteMapAction.drop())
                                .build(),
                        RouteMapRule.builder(rule).then(RouteMapAction.drop()).build()));
    }

    private static List<RouteEntry> rejected(CoreHarness net) {
        List<RouteEntry> entries = new ArrayList<>();
        OptionalInt next = OptionalInt.of(0);
        while (next.isPresent()) {
            RoutePage page = (RoutePage)
                    net.call(new Command.Page(RouteQuery.of(RouteView.REJECTED, "a"), next.getAsInt(), 4_096));
            entries.addAll(page.entries());
            next = page.next();
        }
        return entries;
    }

    private static PeerSnapshot snapshot(CoreHarness net) {
        return ((List<?>) net.call(new Command.Peers()))
                .stream().map(PeerSnapshot.class::cast).findFirst().orElseThrow();
    }

    static Stream<Arguments> refusingPolicies() {
        RoutePolicy thrower = (context, route) -> {
            throw new IllegalStateException("table of tags is empty");
        };
        PolicyStep bogons = PolicyChains.step("bogons", (context, route) -> PolicyVerdict.reject("is a bogon"));
        return Stream.of(
                Arguments.of(drops("no-default"), RejectReason.POLICY, "route map branches, rule no-default: dropped"),
                Arguments.of(
                        PolicyChains.of(PolicyChains.acceptAll(), bogons), RejectReason.POLICY, "bogons: is a bogon"),
                Arguments.of(
                        thrower,
                        RejectReason.POLICY_FAILED,
                        "java.lang.IllegalStateException: table of tags is empty"));
    }

    @ParameterizedTest(name = "ARS-70: rejected routes stay listed, all of them, with reason, rule and {2}")
    @MethodSource("refusingPolicies")
    void rejectedRoutesStayListed(RoutePolicy policy, RejectReason reason, String detail) {
        CoreHarness net = up(config -> config.importPolicy(policy));
        net.say(a, a.announce(PATH, prefixes(1_500)));
        net.settle();
        List<RouteEntry> rows = rejected(net);
        assertEquals(1_500, rows.size());
        for (RouteEntry row : rows) {
            assertEquals(Optional.of(reason), row.rejectReason());
            assertEquals(Optional.of(detail), row.rejectDetail());
        }
        assertFalse(reason.rule().isBlank());
        assertEquals(
                1_500,
                snapshot(net).routes().values().stream()
                        .mapToLong(RouteCounts::rejectedNow)
                        .sum());
        List<ServerEvent.RoutesRejected> events = net.events(ServerEvent.RoutesRejected.class);
        assertEquals(
                1_500,
                events.stream().mapToLong(ServerEvent.RoutesRejected::count).sum(),
                "the count is right though the list does not keep all");
        for (ServerEvent.RoutesRejected event : events) {
            assertEquals(Optional.of(detail), event.detail());
            assertTrue(event.sample().size() <= 10, event::toString);
        }
    }

    @Test
    @DisplayName("ARS-70: a loop is rejected by its own rule, and has no policy to name")
    void loopHasNoDetail() {
        CoreHarness net = up(config -> config.importPolicy(drops("all")));
        net.say(a, a.announce(RouteExchangeTest.path("65001 65515", "10.0.1.1"), prefixes(1)));
        net.settle();
        RouteEntry row = rejected(net).get(0);
        assertEquals("ARS-25", row.rejectReason().orElseThrow().rule());
        assertEquals(Optional.empty(), row.rejectDetail());
    }

    @Test
    @DisplayName(
            "ARS-70: the detail is that of the policy of now, and nothing while a route is still to be judged anew")
    void detailFollowsThePolicy() {
        CoreHarness net = up(config -> config.importPolicy(drops("first")));
        net.say(a, a.announce(PATH, prefixes(1)));
        net.settle();
        net.call(new Command.SetPolicy(true, Optional.of(drops("second"))));
        assertEquals(
                "route map branches, rule second: dropped",
                rejected(net).get(0).rejectDetail().orElseThrow());
        net.call(new Command.SetPolicy(true, Optional.of(PolicyChains.acceptAll())));
        assertEquals(Optional.empty(), rejected(net).get(0).rejectDetail(), "not judged anew yet");
        net.settle();
        assertEquals(List.of(), rejected(net));
    }

    @Test
    @DisplayName("ARS-72: a peer shows how its last connection ended, how long ago, and how long it still rests")
    void peerShowsItsEnd() {
        CoreHarness net = up(config -> config);
        assertEquals(Optional.empty(), snapshot(net).health().lastEnd());
        net.advance(Duration.ofMinutes(3));
        assertFalse(a.isConnected);
        PeerHealth resting = snapshot(net).health();
        PeerHealth.LastEnd end = resting.lastEnd().orElseThrow();
        assertEquals("4/0", end.notificationCode() + "/" + end.notificationSubcode());
        assertTrue(end.wasEstablished());
        assertFalse(end.byPeer());
        assertTrue(resting.idleHoldLeft().isPresent(), resting::toString);
        Duration left = resting.idleHoldLeft().orElseThrow();
        net.nowNanos += 500_000_000;
        PeerHealth later = snapshot(net).health();
        assertEquals(left.minusMillis(500), later.idleHoldLeft().orElseThrow());
        assertEquals(end.ago().plusMillis(500), later.lastEnd().orElseThrow().ago());
        net.advance(left);
        assertEquals(Optional.empty(), snapshot(net).health().idleHoldLeft());
    }

    @Test
    @DisplayName("ARS-23: a peer shows the limit that it has come close to, for as long as that is so")
    void peerShowsItsWarning() {
        CoreHarness net = up(config -> config);
        net.say(a, a.announce(PATH, prefixes(2_999)));
        net.settle();
        assertEquals(List.of(), snapshot(net).health().warnings());
        net.advance(Duration.ofSeconds(2));
        net.say(a, a.announce(PATH, IpPrefix.parse("192.0.2.0/24")));
        net.settle();
        assertEquals(
                List.of(new PeerHealth.LimitWarning(AddressFamily.IPV4_UNICAST, 3_000, 4_000)),
                snapshot(net).health().warnings());
        net.say(a, a.withdraw(List.of(IpPrefix.parse("192.0.2.0/24"))));
        net.settle();
        assertEquals(List.of(), snapshot(net).health().warnings());
    }

    private ServerEvent.SessionEnded ended(CoreHarness net) {
        List<ServerEvent.SessionEnded> ends = net.events(ServerEvent.SessionEnded.class);
        assertEquals(1, ends.size(), ends::toString);
        ServerEvent.SessionEnded end = ends.get(0);
        assertFalse(end.text().isBlank(), end::toString);
        ServerEvent.PeerStateChanged last = net.events(ServerEvent.PeerStateChanged.class).stream()
                .filter(event -> event.from() == SessionState.ESTABLISHED)
                .findFirst()
                .orElseThrow();
        assertEquals(end.text(), last.cause(), "the change of state says the same");
        return end;
    }

    private static String numbers(ServerEvent.SessionEnded end) {
        return end.notificationCode() + "/" + end.notificationSubcode() + (end.byPeer() ? " by the peer" : "");
    }

    @Test
    @DisplayName("ARS-72: every way in which a session ends says why, and has the NOTIFICATION's numbers")
    void everyEndSaysWhy() {
        CoreHarness silent = up(config -> config);
        silent.advance(Duration.ofSeconds(181));
        assertEquals("4/0", numbers(ended(silent)));

        CoreHarness reset = up(config -> config);
        reset.call(new Command.ResetPeer("a", ResetKind.HARD, "new firmware"));
        assertEquals("6/4", numbers(ended(reset)));
        assertTrue(ended(reset).text().contains("new firmware"), ended(reset)::toString);

        CoreHarness disabled = up(config -> config);
        disabled.call(new Command.EnablePeer("a", false));
        assertEquals("6/2", numbers(ended(disabled)));

        CoreHarness removed = up(config -> config);
        removed.call(new Command.RemovePeer("a"));
        assertEquals("6/3", numbers(ended(removed)));

        CoreHarness down = up(config -> config);
        down.call(new Command.PeerDown("a", "BFD: 3 of 3 lost"));
        assertEquals("6/10", numbers(ended(down)));
        assertTrue(ended(down).text().contains("BFD: 3 of 3 lost"), ended(down)::toString);

        CoreHarness told = up(config -> config);
        told.say(
                a,
                Speaker.notification(
                        NotificationMessage.withText(NotificationSubcode.ADMINISTRATIVE_SHUTDOWN, "upgrade")));
        assertEquals("6/2 by the peer", numbers(ended(told)));
        assertTrue(ended(told).text().contains("upgrade"), ended(told)::toString);

        CoreHarness killed = up(config -> config);
        killed.kill(a);
        assertEquals("0/0 by the peer", numbers(ended(killed)));
        assertTrue(ended(killed).text().contains("connection reset"), ended(killed)::toString);

        CoreHarness garbled = up(config -> config);
        garbled.say(a, "this is an HTTP request, not BGP at all".getBytes(UTF_8));
        garbled.settle();
        assertEquals("1/1", numbers(ended(garbled)));
    }

    @Test
    @DisplayName("ARS-72: passing the route limit says held, incoming, limit, first prefix over it, and what was done")
    void limitSaysWhy() {
        CoreHarness net = up(config -> config);
        net.say(a, a.announce(PATH, prefixes(4_001)));
        net.settle();
        ServerEvent.RouteLimitWarning warning =
                net.events(ServerEvent.RouteLimitWarning.class).get(0);
        assertTrue(warning.counted() >= 3_000 && warning.counted() <= 4_000, warning::toString);
        assertEquals(4_000, warning.limit());
        ServerEvent.RouteLimitExceeded passed =
                net.events(ServerEvent.RouteLimitExceeded.class).get(0);
        assertEquals(4_001, passed.snapshot() + passed.incoming());
        assertEquals(4_000, passed.limit());
        assertEquals(prefixes(4_001).get(4_000), passed.firstOver());
        assertEquals(LimitAction.TEAR_DOWN, passed.action());
        assertEquals("6/1", numbers(ended(net)));
    }

    @Test
    @DisplayName("ARS-72: passing the memory budget says how much was kept and how much is allowed")
    void memorySaysWhy() {
        CoreHarness net = up(config -> config.limits(limits -> limits.withPeerMemoryOctets(65_536)));
        String longPath = "65001" + " 64000".repeat(250);
        for (int i = 0; i < 1_000 && a.isConnected; i++) {
            net.say(
                    a,
                    a.announce(
                            RouteExchangeTest.path(longPath + " " + (1 + i), "10.0.1.1"),
                            prefixes(1_000).get(i)));
            net.settle();
        }
        ServerEvent.MemoryLimitExceeded event =
                net.events(ServerEvent.MemoryLimitExceeded.class).get(0);
        assertEquals(MemoryBudget.ONE_PEER, event.budget());
        assertEquals(65_536, event.limit());
        assertTrue(event.kept() > event.limit(), event::toString);
        assertEquals("6/8", numbers(ended(net)));
    }
}
