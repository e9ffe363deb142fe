package dev.waymark.engine;

import static dev.waymark.engine.AggregateRig.OTHER;
import static dev.waymark.engine.AggregateRig.P1;
import static dev.waymark.engine.AggregateRig.P2;
import static dev.waymark.engine.AggregateRig.WIDE;
import static dev.waymark.engine.RestartRig.FOUR;
import static dev.waymark.engine.RestartRig.IPV4;
import static dev.waymark.engine.RestartRig.IPV6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.LimitAction;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteView;
import dev.waymark.api.SendLimit;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.net.RouterId;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What went wrong where two features met; {@link MixedFeaturesTest} looks for more. */
class MixedRegressionTest {
    private static final IpPrefix DEFAULT = IpPrefix.parse("0.0.0.0/0");

    @Test
    @DisplayName("ARS-62, ARS-71, RFC 9494 §4.2: parts of an aggregate that are kept for long count as accepted ones")
    void staleParts() {
        RestartRig rig = new RestartRig(GracefulRestartSettings.on().withLongLived(true));
        RoutePolicy widens = (context, route) -> route.prefix().family() == IPV4
                ? PolicyVerdict.acceptAs(DEFAULT, route.attributes())
                : PolicyVerdict.accept();
        rig.net.call(new Command.SetPolicy(true, Optional.of(widens)));
        rig.a.extras =
                List.of(RestartRig.restart(0, 60, true, IPV4, IPV6), RestartRig.longLived(3_600, true, IPV4, IPV6));
        rig.filled().lose();
        rig.pass(60);
        assertEquals(FOUR.size(), rig.counts(IPV4).acceptedNow());
        assertEquals(FOUR.size(), rig.counts(IPV4).staleNow());
        assertTrue(rig.programmed().contains(DEFAULT));
        rig.back();
        rig.announceAll();
        rig.endOfRibs();
        assertEquals(0, rig.counts(IPV4).staleNow());
        assertEquals(FOUR.size(), rig.counts(IPV4).acceptedNow());
        assertEquals(Set.of(DEFAULT), rig.seen(IPV4));
    }

    @Test
    @DisplayName(
            "RFC 4724 §4.2, RFC 4271 §9.1.2.2(f): the routes of a peer that comes back as another router are chosen as such")
    void anotherRouterId() {
        RestartRig rig = new RestartRig(GracefulRestartSettings.on()).filled();
        PathAttributes same = RouteExchangeTest.path(
                rig.path.asPath().toString().replace(rig.a.asn.toString(), rig.b.asn.toString()),
                rig.b.address.toString());
        rig.net.say(rig.b, rig.b.announce(same, FOUR.get(0)));
        rig.net.settle();
        assertEquals("a", chosen(rig, FOUR.get(0)));
        rig.lose();
        rig.a.routerId = RouterId.parse("10.200.0.1");
        rig.back();
        assertEquals("b", chosen(rig, FOUR.get(0)));
    }

    private static String chosen(RestartRig rig, IpPrefix prefix) {
        RouteQuery query = RouteQuery.of(RouteView.SELECTED).within(prefix);
        List<RouteEntry> entries = ((RoutePage) rig.net.call(new Command.Page(query, 0, 100))).entries();
        return entries.get(0).sourcePeer().orElseThrow().name();
    }

    private static AggregateRig capped(AggregateRig rig, Speaker speaker, RoutePolicy out) {
        rig.update(PeerConfigs.of(speaker)
                .exportPolicy(out)
                .sendLimit(SendLimit.of(1).withAction(LimitAction.DISCARD_NEW)));
        return rig;
    }

    @Test
    @DisplayName(
            "ARS-55, ARS-62: a route that a send limit holds back waits, though there are parts of an aggregate of its prefix")
    void heldBackBesideParts() {
        AggregateRig rig = AggregateRig.outbound(AggregateRig.widens(P1, P2), "");
        capped(rig, rig.c, AggregateRig.widens(P1, P2));
        rig.announce(rig.a, OTHER);
        rig.announce(rig.c, P1);
        rig.announce(rig.b, WIDE);
        assertEquals(Set.of(OTHER), rig.c.routes.keySet());
        assertEquals(List.of(WIDE), rig.prefixes(RouteView.HELD_BACK, rig.c));
        rig.withdraw(rig.a, OTHER);
        assertEquals(Set.of(WIDE), rig.c.routes.keySet());
        assertEquals(List.of(), rig.prefixes(RouteView.HELD_BACK, rig.c));
    }

    @Test
    @DisplayName(
            "ARS-55, ARS-34, ARS-62: a send limit holds back the runner-up of a peer whose own route is a part of an aggregate")
    void heldBackRunnerUp() {
        AggregateRig rig =
                new AggregateRig(AggregateRig.standard(), AggregateRig.widens(), AggregateRig.widens(), "", "");
        RoutePolicy widensOwn = (context, route) -> route.attributes().nextHop().equals(rig.a.address)
                ? PolicyVerdict.acceptAs(WIDE, route.attributes())
                : PolicyVerdict.accept();
        capped(rig, rig.a, widensOwn);
        PathAttributes longer = RouteExchangeTest.path("65002 64999 64998", "10.0.1.2");
        rig.announce(rig.b, longer, P2);
        rig.announce(rig.b, longer, P1);
        rig.announce(rig.a, P1);
        assertEquals(Set.of(P2), rig.a.routes.keySet());
        rig.withdraw(rig.b, P2);
        assertEquals(Set.of(P1), rig.a.routes.keySet());
        rig.withdraw(rig.b, P1);
        rig.withdraw(rig.a, P1);
        rig.checkNothingIsLeft();
        assertEquals(List.of(), rig.prefixes(RouteView.HELD_BACK, rig.a));
    }

    @Test
    @DisplayName("ARS-55: a limit that is changed while its peer is owed withdrawals lets in nothing before these")
    void changedWhileOwed() {
        AggregateRig rig = new AggregateRig(
                RouteServerConfig.azure().limits(limits -> limits.withUnsentOctets(65_536)),
                AggregateRig.widens(),
                AggregateRig.widens(),
                "",
                "");
        rig.c.mayRepeat = true;
        rig.update(PeerConfigs.of(rig.c).sendLimit(SendLimit.of(3).withAction(LimitAction.DISCARD_NEW)));
        List<IpPrefix> late = List.of(IpPrefix.parse("40.1.0.0/16"), IpPrefix.parse("40.2.0.0/16"), OTHER);
        rig.announce(rig.a, hidden(rig), late.toArray(new IpPrefix[0])); // so that their rows come first
        rig.announce(rig.a, P1, P2, AggregateRig.P3);
        rig.net.units = 1; // a row at a time
        rig.net.deaf.add(rig.c.connection);
        for (int i = 0; i < 40; i++) {
            rig.announce(rig.a, fat(rig, i), P1, P2, AggregateRig.P3);
        }
        for (int i = 0; i < 200; i++) { // until there is no room for the least
            rig.announce(rig.a, rig.path(rig.a).edit().med(i).build(), P1, P2, AggregateRig.P3);
        }
        rig.withdraw(rig.a, P1, P2, AggregateRig.P3);
        rig.announce(rig.a, late.toArray(new IpPrefix[0]));
        rig.update(PeerConfigs.of(rig.c).sendLimit(SendLimit.of(4).withAction(LimitAction.DISCARD_NEW)));
        rig.net.listen(rig.c);
        rig.net.settle();
        assertEquals(Set.copyOf(late), rig.c.routes.keySet());
        assertTrue(rig.c.mostRoutes <= 4, () -> rig.c.mostRoutes + " routes at once");
    }

    private static PathAttributes hidden(AggregateRig rig) {
        return rig.path(rig.a).edit().addCommunity(Community.NO_ADVERTISE).build();
    }

    private static PathAttributes fat(AggregateRig rig, int number) {
        List<Community> communities = new ArrayList<>();
        for (int i = 0; i < 850; i++) {
            communities.add(Community.of(number + 1, i));
        }
        return rig.path(rig.a).edit().communities(communities).build();
    }
}
