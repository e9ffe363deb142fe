package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.ServerEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real daemons that are killed and come back, while their routes are kept (RFC 4724, RFC 9494). */
class RestartIT {
    private static final int ROUTES = 200;
    private static final Offer GRACEFUL =
            Offer.of(Set.of(Feature.FOUR_OCTET_AS, Feature.ROUTE_REFRESH, Feature.IPV4, Feature.GRACEFUL_RESTART));
    private static final Offer PLAIN = Offer.of(Set.of(Feature.FOUR_OCTET_AS, Feature.ROUTE_REFRESH, Feature.IPV4));
    private static final Offer LONG_LIVED = Offer.of(Set.of(
            Feature.FOUR_OCTET_AS,
            Feature.ROUTE_REFRESH,
            Feature.IPV4,
            Feature.GRACEFUL_RESTART,
            Feature.LONG_LIVED_GRACEFUL_RESTART));

    @TempDir
    Path folder;

    private static RouteServerConfigBuilder config(GracefulRestartSettings settings) {
        return RouteServerConfig.standard()
                .session(session -> session.withExtensions(session.extensions().withGracefulRestart(settings)));
    }

    private static SentRoute route(int i) {
        return SentRoute.plain("10.50." + i + ".0/24", 64_777L);
    }

    private static List<SentRoute> routes() {
        return IntStream.range(0, ROUTES).mapToObj(RestartIT::route).toList();
    }

    /** Waits until the sink and the witness have all routes, and forgets what came before. */
    private static long awaitAll(Lab lab, Nva from, Frr witness) {
        lab.awaitPrefixes(count -> count == ROUTES);
        for (int i = 0; i < ROUTES; i += 50) {
            lab.awaitSeen(witness, SeenRoute.of(from.site(), route(i)));
        }
        lab.awaitAdvertised(witness, ROUTES);
        lab.awaitEvent(
                ServerEvent.PeerStateChanged.class, event -> event.peer().name().equals(Lab.peer(witness)));
        lab.forgetSizes();
        return witness.received();
    }

    private static ServerEvent.StaleRoutesRemoved awaitEnd(Lab lab, Nva nva) {
        return lab.awaitEvent(
                ServerEvent.StaleRoutesRemoved.class,
                event -> event.peer().name().equals(Lab.peer(nva)));
    }

    @Test
    @DisplayName(
            "RFC 4724 §4.2: BIRD is killed with -9 and restarts with graceful restart: no route leaves the sink or FRR")
    void birdRestarts() {
        try (Lab lab = new Lab(folder, config(GracefulRestartSettings.on()))) {
            Bird bird = new Bird(lab.site(11, 65_011).withOffer(GRACEFUL));
            Frr frr = new Frr(lab.site(12, 65_012).withListens(true));
            bird.announceAll(routes());
            lab.join(bird);
            lab.join(frr);
            long before = awaitAll(lab, bird, frr);

            bird.process().kill9();
            lab.awaitEvent(ServerEvent.StaleRoutesKept.class, event -> event.routes() == ROUTES);
            bird.process().close();
            bird.startRecovering();
            ServerEvent.StaleRoutesRemoved end = awaitEnd(lab, bird);

            assertEquals("End-of-RIB", end.cause());
            assertEquals(0, end.routes());
            assertEquals(List.of(), lab.sizes(), "what the sink was told");
            assertEquals(before, frr.received(), "UPDATEs that FRR was sent");
            lab.awaitSeen(frr, SeenRoute.of(bird.site(), route(7)));
            assertEquals(2, lab.snapshot(bird).establishedCount());
        }
    }

    @Test
    @DisplayName("RFC 4724 §4.2: BIRD comes back without the F bit: its routes go at once, and come again")
    void birdForgetsForwarding() {
        try (Lab lab = new Lab(folder, config(GracefulRestartSettings.on()))) {
            Bird bird = new Bird(lab.site(11, 65_011).withOffer(GRACEFUL));
            Frr frr = new Frr(lab.site(12, 65_012).withListens(true));
            bird.announceAll(routes());
            lab.join(bird);
            lab.join(frr);
            awaitAll(lab, bird, frr);

            bird.process().kill9();
            lab.awaitEvent(ServerEvent.StaleRoutesKept.class, event -> event.routes() == ROUTES);
            bird.process().close();
            bird.start();
            ServerEvent.StaleRoutesRemoved end = awaitEnd(lab, bird);

            assertEquals("the peer came back without it", end.cause());
            assertEquals(ROUTES, end.routes());
            lab.awaitPrefixes(count -> count == ROUTES);
            lab.awaitSeen(frr, SeenRoute.of(bird.site(), route(7)));
        }
    }

    @Test
    @DisplayName("RFC 4724 §4.2: BIRD doesn't come back: its routes stay for its restart time")
    void birdStaysAway() {
        try (Lab lab = new Lab(folder, config(GracefulRestartSettings.on()))) {
            Bird bird = new Bird(lab.site(11, 65_011).withOffer(GRACEFUL)).with("  graceful restart time 2;\n");
            Frr frr = new Frr(lab.site(12, 65_012).withListens(true));
            bird.announceAll(routes());
            lab.join(bird);
            lab.join(frr);
            awaitAll(lab, bird, frr);

            bird.process().kill9();
            ServerEvent.StaleRoutesKept kept =
                    lab.awaitEvent(ServerEvent.StaleRoutesKept.class, event -> event.routes() == ROUTES);
            assertEquals(2, kept.atMost().toSeconds());
            assertEquals("the restart time is over", awaitEnd(lab, bird).cause());
            lab.awaitPrefixes(count -> count == 0);
            lab.awaitGone(frr, route(7).prefix());
        }
    }

    @Test
    @DisplayName(
            "RFC 4724 §4.2: FRR is killed with -9 and restarts with graceful restart: no route leaves the sink or the other FRR")
    void frrRestarts() {
        try (Lab lab = new Lab(folder, config(GracefulRestartSettings.on()))) {
            Frr restarted = new Frr(lab.site(11, 65_011).withListens(true)).restartable();
            Frr witness = new Frr(lab.site(12, 65_012).withListens(true));
            routes().forEach(restarted::announce);
            lab.join(restarted);
            lab.join(witness);
            long before = awaitAll(lab, restarted, witness);

            restarted.process().kill9();
            lab.awaitEvent(ServerEvent.StaleRoutesKept.class, event -> event.routes() == ROUTES);
            restarted.process().close();
            restarted.start();
            ServerEvent.StaleRoutesRemoved end = awaitEnd(lab, restarted);

            assertEquals("End-of-RIB", end.cause());
            assertEquals(0, end.routes());
            assertEquals(List.of(), lab.sizes(), "what the sink was told");
            assertEquals(before, witness.received(), "UPDATEs that the other FRR was sent");
            lab.awaitSeen(witness, SeenRoute.of(restarted.site(), route(7)));
        }
    }

    @Test
    @DisplayName(
            "RFC 9494 §4.3: what BIRD leaves for long goes on to a BIRD that knows it, with LLGR_STALE, and is withdrawn from an FRR that doesn't")
    void longLived() {
        GracefulRestartSettings settings = GracefulRestartSettings.on().withLongLived(true);
        try (Lab lab = new Lab(folder, config(settings))) {
            Bird bird = new Bird(lab.site(11, 65_011).withOffer(LONG_LIVED))
                    .with("  graceful restart time 1; long lived stale time 60;\n");
            Bird aware = new Bird(lab.site(13, 65_013).withOffer(LONG_LIVED));
            Frr frr = new Frr(lab.site(12, 65_012).withListens(true).withOffer(PLAIN));
            bird.announceAll(routes());
            List.of(bird, aware, frr).forEach(lab::join);
            awaitAll(lab, bird, frr);

            bird.process().kill9();
            lab.awaitEvent(ServerEvent.StaleRoutesKept.class, event -> event.longLived() && event.routes() == ROUTES);
            lab.awaitGone(frr, route(7).prefix());
            SentRoute stale = route(7).withCommunities("65535:6");
            lab.awaitSeen(aware, SeenRoute.of(bird.site(), stale));
            assertTrue(lab.sizes().stream().allMatch(size -> size == ROUTES), () -> "" + lab.sizes());

            bird.process().close();
            bird.startRecovering();
            assertEquals("End-of-RIB", awaitEnd(lab, bird).cause());
            lab.awaitSeen(frr, SeenRoute.of(bird.site(), route(7)));
            lab.awaitSeen(aware, SeenRoute.of(bird.site(), route(7)));
            assertTrue(lab.sizes().stream().allMatch(size -> size == ROUTES), () -> "" + lab.sizes());
        }
    }
}
