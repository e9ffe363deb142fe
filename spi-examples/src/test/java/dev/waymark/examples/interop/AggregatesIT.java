package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real daemons make of aggregates: theirs to see are one route, how it came about, and when it goes. */
class AggregatesIT {
    private static final String WIDE = "10.30.0.0/16";
    private static final SentRoute ONE =
            SentRoute.plain("10.30.1.0/24", 64_777L).withCommunities("65013:1");
    private static final SentRoute TWO = SentRoute.plain("10.30.2.0/24");

    @TempDir
    Path folder;

    private static RouteMap widens() {
        return RouteMap.of(
                "widens",
                List.of(RouteMapRule.builder("widen")
                        .when(RouteMapCondition.prefixContains(List.of(IpPrefix.parse(WIDE))))
                        .then(RouteMapAction.prefixReplace(IpPrefix.parse(WIDE)))
                        .build()));
    }

    @Test
    @DisplayName(
            "ARS-62: BIRD and FRR, enforcing the first AS, take inbound aggregates and show ATOMIC_AGGREGATE and AGGREGATOR;"
                    + " ARS-64: without the map they have the contributors")
    void inbound() {
        try (Lab lab = new Lab(folder, RouteServerConfig.azure().importPolicy(widens()))) {
            GoBgp sender = sender(lab);
            Bird bird = new Bird(lab.site(11, 65_011).withEnforcesFirstAs(true));
            Frr frr = new Frr(lab.site(12, 65_012).withListens(true).withEnforcesFirstAs(true));
            checkReceived(lab, sender, bird, frr);
            lab.awaitProgrammed(WIDE, sender);
            lab.server().setImportPolicy(java.util.Optional.empty());
            lab.awaitProgrammed(WIDE);
            lab.awaitProgrammed(ONE.prefix(), sender);
            lab.awaitGone(bird, WIDE);
            lab.awaitGone(frr, WIDE);
            lab.assertNoComplaintsBut(Set.of(bird, frr)); // the contributors' paths begin with the sender
        }
    }

    @Test
    @DisplayName("ARS-62: BIRD and FRR take outbound aggregates; the sinks have the contributors")
    void outbound() {
        try (Lab lab = new Lab(folder, RouteServerConfig.azure().exportPolicy(widens()))) {
            GoBgp sender = sender(lab);
            Bird bird = new Bird(lab.site(11, 65_011).withEnforcesFirstAs(true));
            Frr frr = new Frr(lab.site(12, 65_012).withListens(true).withEnforcesFirstAs(true));
            checkReceived(lab, sender, bird, frr);
            lab.awaitProgrammed(ONE.prefix(), sender);
            lab.awaitProgrammed(TWO.prefix(), sender);
            lab.assertNoComplaints();
        }
    }

    private static void checkReceived(Lab lab, GoBgp sender, Bird bird, Frr frr) {
        SeenRoute aggregate = SeenRoute.of(sender.site(), SentRoute.plain(WIDE)).withAsPath(Site.SERVER_ASN);
        for (Nva nva : List.of(bird, frr)) {
            lab.join(nva);
            lab.awaitEstablished(nva);
            lab.awaitAdvertised(nva, 1);
            lab.awaitSeen(nva, aggregate);
        }
        String shown = bird.birdc("show", "route", "all", "protocol", "server");
        assertTrue(shown.contains("BGP.atomic_aggr:"), shown);
        String id = lab.server().config().routerId().toString();
        assertTrue(shown.contains("BGP.aggregator: " + id + " AS" + Site.SERVER_ASN), shown);
        String asked = frr.vtysh("show bgp ipv4 unicast " + WIDE + " json").replaceAll("\\s", "");
        assertTrue(asked.contains("\"atomicAggregate\":true"), asked);
        assertTrue(asked.contains("\"aggregatorAs\":" + Site.SERVER_ASN + ",\"aggregatorId\":\"" + id + "\""), asked);
    }

    private static GoBgp sender(Lab lab) {
        GoBgp sender = new GoBgp(lab.site(13, 65_013).withListens(true));
        sender.announce(ONE);
        sender.announce(TWO);
        lab.join(sender);
        lab.awaitEstablished(sender);
        return sender;
    }
}
