package dev.waymark.examples.interop;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every real daemon with every other one: what one sends, the other one's own tool prints, attribute by attribute. Each sends a
 * route of its own; BIRD, FRR and GoBGP, which make no attribute that nobody knows, have it from a router behind them and pass
 * it on.
 */
class PairsIT {
    private static final int BEHIND = 20;

    @TempDir
    Path folder;

    /** A pair's one half: who sends, and all that is to arrive. */
    private record Sender(Nva nva, List<SeenRoute> routes) {}

    @TestFactory
    @DisplayName("standard: four-octet AS numbers and large communities")
    Stream<DynamicNode> standard() {
        return pairs(RouteServerConfig.standard(), 4_200_000_012L);
    }

    /** The route server is an old speaker (RFC 6793): what it passes on, the daemons' AS4_PATHs make whole again. */
    @TestFactory
    @DisplayName("ARS-13, ARS-50: azure: two-octet AS numbers, AS4_PATH passed on")
    Stream<DynamicNode> azure() {
        return pairs(RouteServerConfig.azure(), 65_012L);
    }

    private Stream<DynamicNode> pairs(RouteServerConfigBuilder profile, long frrAsn) {
        Lab lab = new Lab(folder, profile);
        try {
            return pairs(lab, frrAsn).onClose(lab::close);
        } catch (RuntimeException | Error e) {
            lab.close();
            throw e;
        }
    }

    private static Stream<DynamicNode> pairs(Lab lab, long frrAsn) {
        Site.Behind router = new Site.Behind(BEHIND, 4_200_000_020L);
        Bird bird = new Bird(lab.site(11, 65_011).withBehind(router));
        Frr frr = new Frr(lab.site(12, frrAsn).withBehind(router).withListens(true));
        GoBgp goBgp = new GoBgp(lab.site(13, 65_013).withBehind(router).withListens(true));
        OpenBgpd openBgpd = new OpenBgpd(lab.site(14, 65_014));
        ExaBgp exaBgp = new ExaBgp(lab.site(15, 65_015));
        List<Nva> passers = List.of(bird, frr, goBgp);
        ExaBgp behind = ExaBgp.behind(lab.site(BEHIND, router.asn()), passers);

        List<Sender> senders = new ArrayList<>();
        for (Nva nva : passers) {
            SentRoute own = own(nva, 64_777);
            nva.announce(own);
            SentRoute passed = SentRoute.plain("10.20." + nva.site().number() + ".0/24", router.asn())
                    .withUnknown("99:0102%02x".formatted(nva.site().number()));
            behind.announceTo(nva.site().address(), passed.withBehind());
            senders.add(new Sender(nva, List.of(SeenRoute.of(nva.site(), own), SeenRoute.of(nva.site(), passed))));
        }
        SentRoute ofOpenBgpd = own(openBgpd, 65_014);
        openBgpd.announce(ofOpenBgpd);
        senders.add(new Sender(openBgpd, List.of(SeenRoute.of(openBgpd.site(), ofOpenBgpd))));
        SentRoute ofExaBgp = own(exaBgp, 64_777).withUnknown("98:00ff");
        exaBgp.announce(ofExaBgp);
        senders.add(new Sender(exaBgp, List.of(SeenRoute.of(exaBgp.site(), ofExaBgp))));
        senders.forEach(sender -> lab.join(sender.nva()));
        lab.startOnly(behind);

        Stream<DynamicNode> tests = senders.stream()
                .flatMap(from -> senders.stream()
                        .filter(to -> !to.equals(from))
                        .map(to -> DynamicTest.dynamicTest(
                                from.nva().name() + " to " + to.nva().name(),
                                () -> check(lab, from, to.nva(), behind))));
        return Stream.concat(tests, Stream.of(DynamicTest.dynamicTest("nobody complains", lab::assertNoComplaints)));
    }

    private static SentRoute own(Nva nva, long... behind) {
        int number = nva.site().number();
        Long[] asns = Arrays.stream(behind).boxed().toArray(Long[]::new);
        return SentRoute.full("10." + number + ".0.0/24", number).withBehind(asns);
    }

    private static void check(Lab lab, Sender from, Nva to, ExaBgp behind) {
        for (SeenRoute route : from.routes()) {
            if (to instanceof Frr) {
                lab.awaitSeen(to, route.withoutUnknown());
                lab.awaitUnknown(behind, to, route);
            } else {
                lab.awaitSeen(to, route);
            }
        }
    }
}
