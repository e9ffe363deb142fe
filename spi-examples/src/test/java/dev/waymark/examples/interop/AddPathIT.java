package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.AddressFamily;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ADD-PATH with BIRD, FRR and GoBGP (RFC 7911), both ways: each sends several paths of one prefix, and has in its own table all
 * those of the others. FRR has its paths from a router behind it. Beside them is a BIRD that takes one path.
 */
class AddPathIT {
    private static final String PREFIX = "10.99.0.0/16";
    private static final AddPathSettings BOTH =
            AddPathSettings.off().withReceive(true).withSend(true);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BEHIND = 15;
    private static final long BEHIND_ASN = 64_900;

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "ARS-34, RFC 7911: BIRD, FRR and GoBGP send several paths and have all those of the others; one has the best alone")
    void everybodyHasAllPaths() {
        Programs.need("bird", "bird2");
        try (Lab lab = new Lab(folder, RouteServerConfig.standard());
                DaemonProcess source = behindFrr()) {
            Bird bird = new Bird(lab.site(11, 65_011).withOffer(offer()));
            Frr frr = new Frr(lab.site(12, 65_012).withOffer(offer()).withBehind(new Site.Behind(BEHIND, BEHIND_ASN)));
            GoBgp goBgp = new GoBgp(lab.site(13, 65_013).withOffer(offer()));
            Bird plain = new Bird(lab.site(14, 65_014));
            List<Nva> all = List.of(bird, frr, goBgp, plain);
            bird.beside(statics("64701", "64702 64703", "64704 64705"));
            all.forEach(nva -> lab.joinWith(nva, peer -> peer.addPath(BOTH)));
            keepToItself(frr);
            lab.awaitEstablished(bird, frr, goBgp, plain);
            addToGoBgp(goBgp, 1, "64731,64732");
            addToGoBgp(goBgp, 2, "64733,64734,64735");

            Map<Nva, Set<String>> sent = new TreeMap<>(
                    (one, other) -> one.site().number() - other.site().number());
            sent.put(bird, Set.of("65011 64701", "65011 64702 64703", "65011 64704 64705"));
            sent.put(frr, Set.of("65012 64900 64721 64722", "65012 64900 64723 64724 64725"));
            sent.put(goBgp, Set.of("65013 64731 64732", "65013 64733 64734 64735"));
            check(lab, sent, plain);
            assertEquals(List.of(3L, 2L, 2L), List.of(held(lab, bird), held(lab, frr), held(lab, goBgp)));
            assertEquals(Set.of(AddressFamily.IPV4_UNICAST), lab.snapshot(frr).pathsSent());
            assertEquals(Set.of(), lab.snapshot(plain).pathsSent());

            bird.beside(statics("64702 64703", "64706")); // one goes, one comes, one stays
            sent.put(bird, Set.of("65011 64702 64703", "65011 64706"));
            goBgp.gobgp("global", "rib", "del", PREFIX, "identifier", "1");
            sent.put(goBgp, Set.of("65013 64733 64734 64735"));
            check(lab, sent, plain);
            bird.askAgain();
            frr.askAgain();
            check(lab, sent, plain);

            lab.server().setPeerEnabled(Lab.peer(bird), false);
            sent.remove(bird);
            check(lab, sent, plain);
            source.kill9();
            sent.remove(frr);
            sent.put(frr, Set.of());
            check(lab, sent, plain);
        }
    }

    private static Offer offer() {
        return Offer.of(Set.of(Feature.IPV4, Feature.FOUR_OCTET_AS, Feature.ROUTE_REFRESH, Feature.ADD_PATH));
    }

    /** Waits until each daemon has all paths of the others, and the one that takes one path the shortest. */
    private static void check(Lab lab, Map<Nva, Set<String>> sent, Nva plain) {
        for (Nva at : sent.keySet()) {
            await(at, others(sent, at));
        }
        String best = others(sent, plain).stream()
                .min((one, other) -> one.split(" ", -1).length - other.split(" ", -1).length)
                .orElseThrow();
        await(plain, Set.of(best));
        sent.forEach((nva, paths) -> assertEquals(paths.size(), held(lab, nva), nva.name()));
    }

    private static Set<String> others(Map<Nva, Set<String>> sent, Nva at) {
        return sent.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(at))
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void await(Nva at, Set<String> expected) {
        Await.until(
                PATIENCE,
                () -> paths(at).equals(new ArrayList<>(new TreeSet<>(expected))),
                () -> at.name() + " has " + paths(at) + ", not " + expected);
    }

    private static List<String> paths(Nva at) {
        return Lab.seen(at, PREFIX).stream()
                .map(route -> route.asPath().stream().map(Object::toString).collect(Collectors.joining(" ")))
                .sorted()
                .toList();
    }

    private static long held(Lab lab, Nva nva) {
        RouteCounts counts =
                Objects.requireNonNull(lab.snapshot(nva).routes().get(AddressFamily.IPV4_UNICAST), "counts");
        return counts.acceptedNow();
    }

    /** With ADD-PATH, FRR sends the route server its own paths back, unless it is told not to. */
    private static void keepToItself(Frr frr) {
        frr.vtysh(
                "configure terminal",
                "bgp as-path access-list BEHIND permit ^" + BEHIND_ASN,
                "route-map TO-SERVER permit 60000",
                "match as-path BEHIND");
    }

    private static void addToGoBgp(GoBgp goBgp, int identifier, String asPath) {
        goBgp.gobgp(
                "global",
                "rib",
                "add",
                PREFIX,
                "identifier",
                Integer.toString(identifier),
                "nexthop",
                goBgp.site().nextHop(),
                "aspath",
                asPath);
    }

    /** Returns a static protocol for each AS path: BIRD has one route of a prefix from each protocol. */
    private static String statics(String... asPaths) {
        StringBuilder text = new StringBuilder();
        for (String asPath : asPaths) {
            List<String> asns = new ArrayList<>(List.of(asPath.split(" ", -1)));
            java.util.Collections.reverse(asns);
            text.append("protocol static s")
                    .append(asPath.replace(' ', '_'))
                    .append(" { ipv4; route ")
                    .append(PREFIX)
                    .append(" blackhole {");
            asns.forEach(asn -> text.append(" bgp_path.prepend(").append(asn).append(");"));
            text.append(" }; }\n");
        }
        return text.toString();
    }

    /** Starts the router behind FRR, a BIRD that has two paths for it. */
    private DaemonProcess behindFrr() {
        Site site = Site.of(BEHIND, BEHIND_ASN, folder.resolve("behind"));
        String config = site.write("bird.conf", """
                router id %1$s;
                log stderr all;
                protocol device {}
                %2$s
                protocol bgp frr {
                  local %1$s port %3$d as %4$d;
                  neighbor %5$s port %3$d as 65012;
                  strict bind; multihop;
                  connect delay time 1; connect retry time 1; error wait time 1, 2;
                  ipv4 { import none; add paths tx; export filter { bgp_next_hop = %6$s; accept; }; };
                }
                """.formatted(
                        site.address(),
                        statics("64721 64722", "64723 64724 64725"),
                        Site.PORT,
                        BEHIND_ASN,
                        Loopback.address(12),
                        site.nextHop()));
        DaemonProcess started = DaemonProcess.start(
                site.folder(),
                List.of(Programs.path("bird"), "-f", "-c", config, "-s", site.file("ctl"), "-P", site.file("pid")));
        started.awaitLog("Started");
        return started;
    }
}
