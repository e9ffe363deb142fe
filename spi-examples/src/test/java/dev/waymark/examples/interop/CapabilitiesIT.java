package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.ExtensionSettings;
import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every capability that BIRD, FRR and GoBGP offer, on and off, with Waymark's on and off: the session comes up, the daemon's own
 * tool shows on both sides just what was configured, and routes pass to another daemon and from it. Each row is a daemon that
 * offers all it can but one thing; the witness that it exchanges routes with offers everything.
 */
class CapabilitiesIT {
    private static final Set<Feature> ALL = EnumSet.allOf(Feature.class);

    /** FRR 8.4 offers extended next hops on sessions over IPv6 only. */
    private static final Set<Feature> OF_FRR = Feature.allBut(Feature.EXTENDED_NEXT_HOP);

    private static final Set<Feature> OF_GOBGP =
            Feature.allBut(Feature.ENHANCED_REFRESH, Feature.EXTENDED_MESSAGES, Feature.ROLE);

    private static final List<Set<Feature>> OFFERS_OF_BIRD = List.of(
            Feature.without(ALL, Feature.FOUR_OCTET_AS),
            Feature.without(ALL, Feature.ROUTE_REFRESH, Feature.ENHANCED_REFRESH),
            Feature.without(ALL, Feature.EXTENDED_MESSAGES),
            Feature.without(ALL, Feature.EXTENDED_NEXT_HOP),
            Feature.without(ALL, Feature.ROLE),
            Feature.without(ALL, Feature.IPV4, Feature.EXTENDED_NEXT_HOP),
            Feature.without(ALL, Feature.IPV6),
            Feature.without(ALL, Feature.GRACEFUL_RESTART, Feature.LONG_LIVED_GRACEFUL_RESTART),
            Feature.without(ALL, Feature.LONG_LIVED_GRACEFUL_RESTART),
            Feature.without(ALL, Feature.ADD_PATH));

    /** What has no switch of its own, dont-capability-negotiate takes away with all else. */
    private static final List<Set<Feature>> OFFERS_OF_FRR = List.of(
            Set.of(Feature.IPV4),
            Feature.without(OF_FRR, Feature.ROLE),
            Feature.without(OF_FRR, Feature.IPV4),
            Feature.without(OF_FRR, Feature.IPV6),
            Feature.without(OF_FRR, Feature.GRACEFUL_RESTART, Feature.LONG_LIVED_GRACEFUL_RESTART),
            Feature.without(OF_FRR, Feature.ADD_PATH));

    /** Extended next hops come with IPv4. */
    private static final List<Set<Feature>> OFFERS_OF_GOBGP = List.of(
            OF_GOBGP,
            Feature.without(OF_GOBGP, Feature.IPV4, Feature.EXTENDED_NEXT_HOP),
            Feature.without(OF_GOBGP, Feature.IPV6),
            Feature.without(OF_GOBGP, Feature.GRACEFUL_RESTART, Feature.LONG_LIVED_GRACEFUL_RESTART),
            Feature.without(OF_GOBGP, Feature.LONG_LIVED_GRACEFUL_RESTART),
            Feature.without(OF_GOBGP, Feature.ADD_PATH));

    /** What Waymark offers with everything on. */
    private static final Set<Feature> ON = ALL;

    private static final AddPathSettings BOTH =
            AddPathSettings.off().withReceive(true).withSend(true);

    /** What it offers with everything off: there is no setting against route refresh. */
    private static final Set<Feature> OFF = Set.of(Feature.IPV4, Feature.ROUTE_REFRESH);

    @TempDir
    Path folder;

    /** A daemon, and what it is to offer. */
    private record Row(String name, Capable daemon, Set<Feature> offer) {}

    @TestFactory
    @DisplayName("all capabilities on")
    Stream<DynamicNode> on() {
        return rows(
                RouteServerConfig.standard()
                        .session(session -> session.withExtensions(ExtensionSettings.none()
                                .withExtendedMessages(true)
                                .withExtendedNextHop(true)
                                .withRouteServerRole(true)
                                .withGracefulRestart(
                                        GracefulRestartSettings.on().withLongLived(true)))),
                ON);
    }

    @TestFactory
    @DisplayName("all capabilities off")
    Stream<DynamicNode> off() {
        return rows(
                RouteServerConfig.standard()
                        .session(session -> session.withFamilies(Set.of(AddressFamily.IPV4_UNICAST))
                                .withFourOctetAsn(false)
                                .withEnhancedRouteRefresh(false)),
                OFF);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"customer", "provider", "peer", "rs-server"})
    @DisplayName("RFC 9234 §4.2: a role that doesn't match is refused with 2/11, in the daemon's log too")
    void refusesRole(String role) {
        try (Lab lab = new Lab(folder, withRole(true))) {
            checkRefused(lab, Offer.of(ALL).withRole(role));
        }
    }

    @Test
    @DisplayName("RFC 9234 §4.2: a daemon that insists on a role has its session where the route server says its own")
    void acceptsStrictRole() {
        try (Lab lab = new Lab(folder, withRole(true))) {
            for (Nva nva : both(lab, Offer.of(ALL).strict())) {
                lab.join(nva);
                lab.awaitEstablished(nva);
            }
            lab.assertNoComplaints();
        }
    }

    @Test
    @DisplayName("RFC 9234 §4.2: a daemon that insists on a role refuses a route server that says none")
    void isRefusedByStrictRole() {
        try (Lab lab = new Lab(folder, withRole(false))) {
            checkRefused(lab, Offer.of(ALL).strict());
        }
    }

    private static RouteServerConfigBuilder withRole(boolean value) {
        return RouteServerConfig.standard()
                .session(session ->
                        session.withExtensions(ExtensionSettings.none().withRouteServerRole(value)));
    }

    private static List<Nva> both(Lab lab, Offer offer) {
        return List.of(
                new Bird(lab.site(11, 65_011).withOffer(offer)),
                new Frr(lab.site(12, 65_012).withOffer(offer)));
    }

    private static void checkRefused(Lab lab, Offer offer) {
        for (Nva nva : both(lab, offer)) {
            lab.join(nva);
            assertFalse(awaitRefused(lab, nva, 11).wasEstablished());
            nva.process().awaitLog(nva instanceof Frr ? "OPEN Message Error/Role Mismatch" : "Role mismatch");
        }
    }

    private Stream<DynamicNode> rows(RouteServerConfigBuilder profile, Set<Feature> ours) {
        Lab lab = new Lab(folder, profile);
        try {
            return rows(lab, ours).onClose(lab::close);
        } catch (RuntimeException | Error e) {
            lab.close();
            throw e;
        }
    }

    private static Stream<DynamicNode> rows(Lab lab, Set<Feature> ours) {
        List<Row> witnesses = List.of(row(lab, 10, Bird::new, ALL), row(lab, 11, Frr::new, OF_FRR));
        List<Row> rows = new ArrayList<>(witnesses);
        OFFERS_OF_BIRD.forEach(offer -> rows.add(row(lab, 20 + rows.size(), Bird::new, offer)));
        OFFERS_OF_FRR.forEach(offer -> rows.add(row(lab, 20 + rows.size(), Frr::new, offer)));
        OFFERS_OF_GOBGP.forEach(offer -> rows.add(row(lab, 20 + rows.size(), GoBgp::new, offer)));
        rows.forEach(row -> {
            sent(row, ours).forEach(row.daemon()::announce);
            lab.joinWith(row.daemon(), peer -> ours.contains(Feature.ADD_PATH) ? peer.addPath(BOTH) : peer);
        });
        Set<Nva> refused = rows.stream()
                .filter(row -> Collections.disjoint(row.offer(), families(ours)))
                .map(Row::daemon)
                .collect(Collectors.toSet());
        Stream<DynamicNode> tests = rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    if (refused.contains(row.daemon())) {
                        awaitRefused(lab, row.daemon(), 7);
                    } else {
                        check(lab, row, witnesses, ours);
                    }
                }));
        return Stream.concat(
                tests,
                Stream.of(DynamicTest.dynamicTest("nobody complains", () -> lab.assertNoComplaintsBut(refused))));
    }

    private static Set<Feature> families(Set<Feature> features) {
        return features.stream()
                .filter(feature -> feature == Feature.IPV4 || feature == Feature.IPV6)
                .collect(Collectors.toSet());
    }

    private static ServerEvent.SessionEnded awaitRefused(Lab lab, Nva nva, int subcode) {
        return lab.awaitEvent(
                ServerEvent.SessionEnded.class,
                event -> event.peer().name().equals(Lab.peer(nva))
                        && event.notificationCode() == 2
                        && event.notificationSubcode() == subcode);
    }

    private static Row row(Lab lab, int number, Function<Site, Capable> daemon, Set<Feature> offer) {
        Site site = lab.site(number, 65_000 + number);
        Capable made = daemon.apply(site.withOffer(Offer.of(offer)));
        Set<Feature> without = EnumSet.allOf(Feature.class);
        without.removeAll(offer);
        return new Row(Lab.peer(made) + " without " + without, made, offer);
    }

    private static void check(Lab lab, Row row, List<Row> witnesses, Set<Feature> ours) {
        lab.awaitEstablished(row.daemon());
        assertEquals(shown(row, ours), row.daemon().shown());
        for (Row witness :
                witnesses.stream().filter(other -> !other.equals(row)).toList()) {
            checkSeen(lab, row, witness, ours);
            checkSeen(lab, witness, row, ours);
        }
        assertEquals(1, lab.snapshot(row.daemon()).establishedCount());
    }

    private static Shown shown(Row row, Set<Feature> ours) {
        // FRR says nothing at all where it offers no more than IPv4, and GoBGP 3.10 doesn't know some of what it
        // receives.
        boolean isSilent = row.daemon() instanceof Frr && row.offer().equals(Set.of(Feature.IPV4));
        return new Shown(
                isSilent ? Set.of() : row.offer(),
                row.daemon() instanceof GoBgp ? Feature.without(ours, Feature.EXTENDED_MESSAGES, Feature.ROLE) : ours);
    }

    /** One has of the other's routes those that it can have, whole, and no others. */
    private static void checkSeen(Lab lab, Row from, Row at, Set<Feature> ours) {
        for (SentRoute route : sent(from, ours)) {
            if (!at.offer().containsAll(needs(route))) {
                assertEquals(List.of(), Lab.seen(at.daemon(), route.prefix()));
            } else if (at.daemon() instanceof Bird bird && isLong(route)) {
                lab.awaitSession(
                        bird,
                        peer -> bird.hasLargeCommunities(
                                route.prefix(), route.largeCommunities().size()));
            } else {
                lab.awaitSeen(at.daemon(), seen(from, route, at, ours));
            }
        }
    }

    /** Either the route server adds ONLY_TO_CUSTOMER, or who is its client (RFC 9234 §5). */
    private static SeenRoute seen(Row from, SentRoute route, Row at, Set<Feature> ours) {
        SeenRoute seen = SeenRoute.of(from.daemon().site(), route);
        return ours.contains(Feature.ROLE) || at.offer().contains(Feature.ROLE)
                ? seen.withUnknown(SeenRoute.onlyToCustomer(Site.SERVER_ASN))
                : seen;
    }

    /** Returns what a daemon can send a route server that offers this. */
    private static List<SentRoute> sent(Row row, Set<Feature> ours) {
        int number = row.daemon().site().number();
        List<String> many = IntStream.range(0, 400)
                .mapToObj(i -> "4200000000:" + number + ":" + i)
                .toList();
        return Stream.of(
                        SentRoute.full("10." + number + ".0.0/24", number),
                        SentRoute.full("2001:db8:" + number + "::/48", number),
                        SentRoute.full("10." + number + ".1.0/24", number).withIpv6NextHop(),
                        SentRoute.full("10." + number + ".2.0/24", number).withLargeCommunities(many))
                .filter(route -> needs(route).stream()
                        .allMatch(feature -> row.offer().contains(feature) && ours.contains(feature)))
                .filter(route -> !isLong(route) || row.daemon() instanceof Bird) // FRR's configuration can't have it
                .toList();
    }

    /** Returns whether it takes an UPDATE of more than 4,096 octets. */
    private static boolean isLong(SentRoute route) {
        return route.largeCommunities().size() > 1;
    }

    /** Returns what both sides have to offer before a route can pass. */
    private static Set<Feature> needs(SentRoute route) {
        Set<Feature> needs = EnumSet.of(route.isIpv6() ? Feature.IPV6 : Feature.IPV4);
        if (!route.isIpv6() && route.hasIpv6NextHop()) {
            needs.add(Feature.EXTENDED_NEXT_HOP);
        }
        if (isLong(route)) {
            needs.add(Feature.EXTENDED_MESSAGES);
        }
        return needs;
    }
}
