package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions with real daemons: refused, kept alive, refreshed in both directions. */
class SessionsIT {
    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "ARS-12: a reserved AS number is refused, in the configuration with its reason and on the wire with Bad Peer AS")
    void refusesReservedAsn() {
        try (Lab lab = new Lab(folder, RouteServerConfig.azure())) {
            Bird bird = new Bird(lab.site(11, 64_500));
            Frr frr = new Frr(lab.site(12, 64_501));
            for (Nva nva : List.of(bird, frr)) {
                ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> lab.join(nva));
                assertTrue(
                        refusal.toString().contains("64496-64511, reserved by IANA: for documentation"),
                        refusal::toString);
                lab.joinAs(nva, 65_011);
                ServerEvent.SessionEnded end = lab.awaitEvent(
                        ServerEvent.SessionEnded.class,
                        event -> event.peer().name().equals(Lab.peer(nva)) && event.notificationCode() == 2);
                assertEquals(2, end.notificationSubcode(), end::text);
                assertFalse(end.wasEstablished() || end.byPeer());
            }
            bird.process().awaitLog("Bad peer AS");
            lab.awaitSession(frr, peer -> frr.lastNotification().equals("OPEN Message Error/Bad Peer AS"));
        }
    }

    @Test
    @DisplayName("ARS-14: 20 s of nothing but keepalives with a hold time of 9 s end no session")
    void survivesSilence() {
        Duration hold = Duration.ofSeconds(9);
        try (Lab lab = new Lab(folder, RouteServerConfig.azure().session(session -> session.withHoldTime(hold)))) {
            List<Nva> all = List.of(
                    new Bird(lab.site(11, 65_011)),
                    new Frr(lab.site(12, 65_012).withListens(true)),
                    new GoBgp(lab.site(13, 65_013).withListens(true)),
                    new OpenBgpd(lab.site(14, 65_014)),
                    new ExaBgp(lab.site(15, 65_015)));
            all.forEach(lab::join);
            lab.awaitEstablished(all.toArray(Nva[]::new));
            for (Nva nva : all) {
                lab.awaitSession(nva, peer -> peer.inState().compareTo(Duration.ofSeconds(20)) >= 0);
                assertEquals(hold, lab.snapshot(nva).holdTime());
                assertEquals(1, lab.snapshot(nva).establishedCount());
            }
            lab.assertNoComplaints();
        }
    }

    /**
     * Asked are those that can answer: OpenBGPD 7.7 says of each ROUTE-REFRESH, BIRD's too, that the family isn't negotiated,
     * and with enhanced route refresh (RFC 7313) FRR 8.4 waits for its own End-of-RIB, which it never sends to a peer without
     * graceful restart.
     */
    @ParameterizedTest(name = "enhanced {0}, graceful restart {1}")
    @CsvSource({"false, false", "true, false", "true, true"})
    @DisplayName("RFC 2918 §4: each side sends its routes again when the other one asks, and no session ends")
    void refreshesBothWays(boolean isEnhanced, boolean isGraceful) {
        GracefulRestartSettings restart = GracefulRestartSettings.off().withEnabled(isGraceful);
        try (Lab lab = new Lab(
                folder,
                RouteServerConfig.standard()
                        .session(session -> session.withEnhancedRouteRefresh(isEnhanced)
                                .withExtensions(session.extensions().withGracefulRestart(restart))))) {
            Bird bird = new Bird(lab.site(11, 65_011));
            Frr frr = new Frr(lab.site(12, 65_012).withListens(true));
            GoBgp goBgp = new GoBgp(lab.site(13, 65_013).withListens(true));
            OpenBgpd openBgpd = new OpenBgpd(lab.site(14, 65_014));
            List<Nva> all = List.of(bird, frr, goBgp, openBgpd);
            for (Nva nva : all) {
                nva.announce(route(nva));
                lab.join(nva);
            }
            awaitAll(lab, all);

            // GoBGP can't ask.
            lab.awaitMore(bird, bird::received, 3, bird::askAgain);
            lab.awaitMore(frr, frr::received, 3, frr::askAgain);
            lab.awaitMore(openBgpd, openBgpd::received, 3, openBgpd::askAgain);
            for (Nva nva : List.of(bird, frr, openBgpd)) {
                lab.awaitEvent(
                        ServerEvent.RefreshReceived.class,
                        event -> event.peer().name().equals(Lab.peer(nva)));
            }
            for (Nva nva : isEnhanced && !isGraceful ? List.of(bird, goBgp) : List.of(bird, frr, goBgp)) {
                lab.awaitMore(
                        nva,
                        () -> announced(lab, nva),
                        1,
                        () -> lab.server().resetPeer(Lab.peer(nva), ResetKind.SOFT_IN, ""));
            }
            awaitAll(lab, all);
            for (Nva nva : all) {
                assertEquals(1, lab.snapshot(nva).establishedCount());
            }
            lab.assertNoComplaints();
        }
    }

    private static void awaitAll(Lab lab, List<Nva> all) {
        for (Nva nva : all) {
            all.stream()
                    .filter(other -> !other.equals(nva))
                    .forEach(other -> lab.awaitSeen(other, SeenRoute.of(nva.site(), route(nva))));
        }
    }

    private static SentRoute route(Nva nva) {
        return SentRoute.plain("10." + nva.site().number() + ".0.0/24");
    }

    private static long announced(Lab lab, Nva nva) {
        return Optional.ofNullable(lab.snapshot(nva).routes().get(AddressFamily.IPV4_UNICAST))
                .map(RouteCounts::announced)
                .orElse(0L);
    }
}
