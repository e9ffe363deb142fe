package dev.waymark.engine;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.util.ArrayList;
import java.util.List;
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
}
