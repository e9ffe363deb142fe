package dev.waymark.engine;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.CountingMode;
import dev.waymark.api.LimitAction;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Route;
import dev.waymark.bgp.message.RouteRefreshMessage;
import dev.waymark.spi.PolicyContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What simulations found, each as small as it gets. */
class CoreRegressionTest {
    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private final Speaker c = Speaker.of("c", 65003, "10.0.1.3");
    private final CoreHarness net =
            new CoreHarness(RouteExchangeTest.azure(a, b, c).build());

    private static List<IpPrefix> prefixes(int count) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prefixes.add(IpPrefix.parse("10." + i + ".0.0/16"));
        }
        return prefixes;
    }

    private void connectAll() {
        for (Speaker speaker : List.of(a, b, c)) {
            net.connect(speaker);
        }
    }

    private PeerConfig withExportPolicy(Speaker speaker, SimPolicy policy) {
        return PeerConfig.builder(speaker.name, speaker.address, speaker.asn)
                .passive(true)
                .exportPolicy(policy)
                .build();
    }

    private RouteCounts counts(Speaker speaker) {
        Peer peer = requireNonNull(net.core.tables().peers().byName(speaker.name));
        SessionFamily family = requireNonNull(requireNonNull(peer.session()).family(AddressFamily.IPV4_UNICAST));
        return family.account().snapshot(PeerViews.advertised(family));
    }

    @Test
    @DisplayName("ARS-71: an announced prefix that is not unicast is counted as ignored")
    void countsPrefixesThatAreNotUnicast() {
        connectAll();
        byte[] octets = a.announce(
                RouteExchangeTest.path("65001", "10.0.1.1"),
                IpPrefix.parse("10.1.0.0/16"),
                IpPrefix.parse("224.1.0.0/16"),
                IpPrefix.parse("240.0.0.0/8"));
        net.say(a, octets);
        RouteCounts counts = counts(a);
        assertEquals(3, counts.announced());
        assertEquals(2, counts.ignored());
        assertEquals(1, counts.accepted());
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: a refresh asked for while another is on the way is done after it, once")
    void refreshDuringRefreshIsDoneAfterIt() {
        connectAll();
        List<IpPrefix> prefixes = prefixes(40);
        for (int i = 0; i < prefixes.size(); i++) {
            net.say(a, a.announce(RouteExchangeTest.path("65001 " + (100 + i), "10.0.1.1"), prefixes.get(i)));
        }
        net.settle();
        net.say(b, Speaker.refresh(AddressFamily.IPV4_UNICAST));
        net.feed(new Input.Turn(40));
        int some = b.sameAnnouncements;
        for (int i = 0; i < 3; i++) {
            b.unrefreshed.addAll(b.routes.keySet());
            net.say(b, Speaker.refresh(AddressFamily.IPV4_UNICAST));
        }
        net.settle();
        net.advance(Duration.ofSeconds(10));
        assertEquals(Set.of(), b.unrefreshed);
        assertEquals(80, b.sameAnnouncements);
        assertEquals(true, some > 0 && some < 40, "the first refresh was on the way");
    }

    @Test
    @DisplayName("A move to a group that dissolves before it is complete ends elsewhere, and does not wait for ever")
    void moveToGroupThatDissolvesEnds() {
        connectAll();
        for (IpPrefix prefix : prefixes(20)) {
            net.say(c, c.announce(RouteExchangeTest.path("65003", "10.0.1.3"), prefix));
        }
        net.settle();
        net.call(new Command.UpdatePeer(withExportPolicy(b, SimPolicy.TAG)));
        net.call(new Command.UpdatePeer(withExportPolicy(a, SimPolicy.TAG)));
        net.kill(b);
        net.settle();
        assertEquals(20, a.routes.size());
        a.routes.forEach(
                (prefix, attributes) -> assertEquals(1, attributes.communities().size(), prefix::toString));
    }

    @Test
    @DisplayName(
            "A group that dissolves gives all its attributes back, also for rows that are recycled before it gets there")
    void dissolvedGroupKeepsNoAttributes() {
        connectAll();
        net.call(new Command.UpdatePeer(withExportPolicy(b, SimPolicy.ACCEPT)));
        List<IpPrefix> prefixes = prefixes(40);
        for (IpPrefix prefix : prefixes) {
            long hop = 100 + Math.floorMod(prefix.high() >>> 48, 50L);
            net.say(c, c.announce(RouteExchangeTest.path("65003 " + hop, "10.0.1.3"), prefix));
        }
        net.settle();
        net.units = 1;
        net.kill(b);
        net.say(c, c.withdraw(prefixes.subList(20, 40)));
        net.settle();
        for (int i = 0; i < 50; i++) {
            net.feed(new Input.Turn(1));
        }
        net.say(c, c.withdraw(prefixes.subList(0, 20)));
        net.settle();
        for (int i = 0; i < 50; i++) {
            net.feed(new Input.Turn(1));
        }
        assertEquals(0, net.core.tables().ribs().get(0).prefixes().size());
        assertEquals(0, net.core.tables().attributes().size());
    }

    @Test
    @DisplayName("ERROR-HANDLING 8: a policy that makes attributes which nobody may send has failed, which rejects")
    void policyThatBreaksAttributesRejects() {
        net.call(new Command.SetPolicy(true, Optional.of(SimPolicy.BREAK_SOME)));
        net.call(new Command.SetPolicy(false, Optional.of(SimPolicy.BREAK_SOME)));
        connectAll();
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefixes(30)));
        net.settle();
        long failed = counts(a).rejected().getOrDefault(RejectReason.POLICY_FAILED, 0L);
        assertEquals(true, failed > 0 && failed < 30);
        assertEquals(30 - failed, b.routes.size());
    }

    @Test
    @DisplayName("RFC 7313 §4: routes announced in a new refresh survive the sweep after the last one")
    void newRefreshBeforeTheSweepKeepsItsRoutes() {
        Speaker d = new Speaker("d", 65004, "10.0.1.4", true, Set.of(AddressFamily.IPV4_UNICAST));
        d.isEnhanced = true;
        CoreHarness standard = new CoreHarness(RouteServerConfig.standard()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .requirePolicy(false)
                .peer(PeerConfig.builder(d.name, d.address, d.asn).passive(true).build())
                .build());
        standard.connect(d);
        List<IpPrefix> prefixes = prefixes(20);
        byte[] all = d.announce(RouteExchangeTest.path("65004", "10.0.1.4"), prefixes);
        standard.say(d, all);
        standard.say(d, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.BEGIN));
        standard.say(d, all);
        standard.say(d, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.END));
        standard.say(d, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.BEGIN));
        standard.say(d, d.announce(RouteExchangeTest.path("65004", "10.0.1.4"), prefixes.subList(0, 10)));
        standard.settle();
        assertEquals(20, standard.core.tables().ribs().get(0).paths().size());
        standard.say(d, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.END));
        standard.settle();
        assertEquals(10, standard.core.tables().ribs().get(0).paths().size());
    }

    private CoreHarness limited(CountingMode mode, LimitAction action, Speaker... speakers) {
        RouteLimit limit = RouteLimit.of(3).withMode(mode).withAction(action);
        return new CoreHarness(RouteExchangeTest.azure(speakers)
                .limits(limits -> limits.withRouteLimit(Optional.of(limit)))
                .importPolicy(SimPolicy.REJECT_SOME)
                .build());
    }

    @Test
    @DisplayName("ARS-23: where distinct prefixes count, one that an UPDATE names twice counts once")
    void prefixNamedTwiceCountsOnce() {
        CoreHarness core = limited(CountingMode.DISTINCT_PREFIXES, LimitAction.TEAR_DOWN, a);
        core.connect(a);
        List<IpPrefix> twice = new ArrayList<>(prefixes(3));
        twice.addAll(prefixes(3));
        core.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), twice));
        assertEquals(true, a.isConnected);
        core.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefixes(4)));
        assertEquals(false, a.isConnected);
        ServerEvent.RouteLimitExceeded event =
                core.events(ServerEvent.RouteLimitExceeded.class).get(0);
        assertEquals(prefixes(4).get(3), event.firstOver());
        assertEquals(3, event.snapshot());
        assertEquals(1, event.incoming());
    }

    @Test
    @DisplayName("ARS-23: where accepted prefixes count, those that policy rejects don't")
    void rejectedPrefixesAreNotCountedAmongAccepted() {
        CoreHarness core = limited(CountingMode.DISTINCT_ACCEPTED_PREFIXES, LimitAction.TEAR_DOWN, a);
        core.connect(a);
        List<IpPrefix> rejected = new ArrayList<>();
        List<IpPrefix> accepted = new ArrayList<>();
        for (IpPrefix prefix : prefixes(60)) {
            boolean isRejected = !SimPolicy.REJECT_SOME
                    .evaluate(
                            new PolicyContext(
                                    PolicyContext.Direction.IMPORT, a.asn, Optional.empty(), Optional.empty()),
                            new Route(prefix, RouteExchangeTest.path("65001", "10.0.1.1")))
                    .isAccepted();
            (isRejected ? rejected : accepted).add(prefix);
        }
        core.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), accepted.subList(0, 3)));
        core.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), rejected));
        assertEquals(true, a.isConnected);
        core.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), accepted.subList(3, 4)));
        assertEquals(false, a.isConnected);
    }

    @Test
    @DisplayName("ARS-21: an UPDATE of one family does not keep the other family's batch open")
    void batchIsOfOneFamily() {
        Speaker d = new Speaker("d", 65004, "10.0.1.4", true, Set.of(AddressFamily.values()));
        CoreHarness core = new CoreHarness(RouteServerConfig.standard()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .requirePolicy(false)
                .limits(limits -> limits.withRouteLimit(Optional.of(RouteLimit.of(30))))
                .peer(PeerConfig.builder(d.name, d.address, d.asn).passive(true).build())
                .build());
        core.connect(d);
        for (int i = 0; i < 8; i++) {
            core.say(d, d.announce(RouteExchangeTest.path("65004", "10.0.1.4"), prefixes(10)));
            core.advance(Duration.ofMillis(600));
            IpPrefix other = IpPrefix.parse("2001:db8:" + i + "::/48");
            core.say(d, d.announce(RouteExchangeTest.path("65004", "2001:db8::1"), other));
            core.advance(Duration.ofMillis(600));
        }
        assertEquals(true, d.isConnected);
    }

    @Test
    @DisplayName("ARS-27: when a waiting prefix is let in, so are the routes of all peers for it")
    void waitingPrefixIsLetInWhole() {
        CoreHarness core = new CoreHarness(RouteExchangeTest.azure(a, b, c)
                .limits(limits -> limits.withTotalPrefixes(1))
                .build());
        for (Speaker speaker : List.of(a, b, c)) {
            core.connect(speaker);
        }
        core.call(new Command.AttachSink(1, "table"));
        core.say(c, c.announce(RouteExchangeTest.path("65003", "10.0.1.3"), prefixes(1)));
        IpPrefix late = IpPrefix.parse("10.77.0.0/16");
        core.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), late));
        core.say(b, b.announce(RouteExchangeTest.path("65002", "10.0.1.2"), late));
        core.settle();
        core.say(c, c.withdraw(prefixes(1)));
        core.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), late)); // before it was its turn
        core.settle();
        assertEquals(
                Map.of(late, List.of(IpAddress.parse("10.0.1.1"), IpAddress.parse("10.0.1.2"))), core.sinks.get(1));
    }

    @Test
    @DisplayName(
            "TRAPS 23: ARS-24: how long a peer rests after its limit is changed at run time, without a new session")
    void restAfterLimitChanges() {
        net.connect(a);
        RouteLimit limit = RouteLimit.of(2).withRestartAfter(Duration.ofSeconds(20));
        net.call(new Command.UpdatePeer(PeerConfigs.of(a).routeLimit(limit).build()));
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefixes(3)));
        net.settle();
        assertEquals(false, a.isConnected, "passed its limit");
        net.advance(Duration.ofSeconds(19));
        net.connect(a);
        assertEquals(false, a.isConnected, "rests");
        net.advance(Duration.ofSeconds(1));
        net.connect(a);
        assertEquals(true, a.isConnected, "comes again after 20 s, not 60 s");
    }
}
