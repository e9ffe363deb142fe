package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.route.Community;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sink and a third daemon have while two others announce one prefix. */
class FailoverIT {
    private static final String PREFIX = "10.30.0.0/24";

    @TempDir
    Path folder;

    private Lab lab;
    private Bird bird;
    private Frr frr;
    private GoBgp goBgp;

    @BeforeEach
    void start() {
        lab = new Lab(folder, RouteServerConfig.azure());
        bird = new Bird(lab.site(11, 65_011));
        frr = new Frr(lab.site(12, 65_012).withListens(true));
        goBgp = new GoBgp(lab.site(13, 65_013).withListens(true));
        List.of(bird, frr, goBgp).forEach(lab::join);
        lab.awaitEstablished(bird, frr, goBgp);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static SeenRoute seen(Nva from, SentRoute route) {
        return SeenRoute.of(from.site(), route);
    }

    @Test
    @DisplayName("ARS-32: equal path lengths give two next hops, one more prepend one, and kill -9 fails over")
    void killedNvaFailsOver() {
        SentRoute route = SentRoute.plain(PREFIX, 64_777L);
        bird.announce(route);
        goBgp.announce(route);
        lab.awaitProgrammed(PREFIX, bird, goBgp);
        lab.awaitSeen(frr, seen(bird, route)); // of two equal ones that of the lower BGP identifier (ARS-34)
        lab.awaitSeen(goBgp, seen(bird, route));

        goBgp.announce(route.withBehind(65_013L, 64_777L));
        lab.awaitProgrammed(PREFIX, bird);
        goBgp.announce(route);
        lab.awaitProgrammed(PREFIX, bird, goBgp);
        lab.assertNoComplaints();

        bird.process().kill9();
        lab.awaitProgrammed(PREFIX, goBgp);
        lab.awaitSeen(frr, seen(goBgp, route));
        lab.awaitGone(goBgp, PREFIX);

        bird.process().close();
        bird.start();
        lab.awaitProgrammed(PREFIX, bird, goBgp);
        lab.awaitSeen(frr, seen(bird, route));
        goBgp.process().kill9();
        lab.awaitProgrammed(PREFIX, bird);
        frr.process().kill9();
        lab.awaitProgrammed(PREFIX, bird);
    }

    @Test
    @DisplayName("ARS-51: NO_ADVERTISE is programmed and reaches no peer, whenever it comes")
    void noAdvertiseReachesTheSinkOnly() {
        String noAdvertise = "65535:65282";
        assertEquals(Community.NO_ADVERTISE, Community.parse(noAdvertise));
        String later = "10.31.0.0/24";
        bird.announce(SentRoute.plain(PREFIX).withCommunities(noAdvertise, "65011:1"));
        bird.announce(SentRoute.plain(later));
        lab.awaitProgrammed(PREFIX, bird);
        for (Nva other : List.of(frr, goBgp)) {
            lab.awaitSeen(other, seen(bird, SentRoute.plain(later)));
            assertEquals(List.of(), Lab.seen(other, PREFIX));
        }

        bird.announce(SentRoute.plain(later).withCommunities(noAdvertise));
        lab.awaitGone(frr, later);
        lab.awaitGone(goBgp, later);
        lab.awaitProgrammed(later, bird);
        bird.announce(SentRoute.plain(PREFIX));
        lab.awaitSeen(frr, seen(bird, SentRoute.plain(PREFIX)));
        lab.assertNoComplaints();
    }
}
