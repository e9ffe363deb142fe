package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged {@code waymark serve}, a program of its own, with real daemons as its peers. */
class ServeIT {
    private static final Path JAR = Path.of(System.getProperty("waymark.root"), "spi-examples/target/waymark.jar");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @BeforeEach
    void needsJar() {
        assumeTrue(Files.exists(JAR), JAR + " is missing; mvn package makes it, without -Dquick");
    }

    @Test
    @DisplayName("BIRD and FRR exchange routes through it, and the console tells")
    void servesDaemons() {
        Bird bird = new Bird(Site.of(11, 65_011, folder.resolve("bird")));
        Frr frr = new Frr(Site.of(12, 65_012, folder.resolve("frr")));
        SentRoute ofBird = SentRoute.full("10.11.0.0/24", 11);
        SentRoute ofFrr = SentRoute.full("10.12.0.0/24", 12);
        bird.announce(ofBird);
        frr.announce(ofFrr);
        try (DaemonProcess serve = serve(65_011, 65_012)) {
            serve.awaitLog("listening on");
            bird.start();
            frr.start();
            try (bird;
                    frr) {
                awaitSeen(bird, SeenRoute.of(frr.site(), ofFrr));
                awaitSeen(frr, SeenRoute.of(bird.site(), ofBird));
                serve.awaitLog("+ 10.11.0.0/24 via 198.51.100.11");
                serve.awaitLog("+ 10.12.0.0/24 via 198.51.100.12");
                bird.process().kill9();
                serve.awaitLog("- 10.11.0.0/24");
            }
        }
    }

    @Test
    @DisplayName("ARS-12: it refuses a file with a reserved AS number, with place and reason")
    void refusesReservedAsn() {
        try (DaemonProcess serve = serve(65_011, 64_500)) {
            serve.awaitLog("64500 is in 64496-64511, reserved by IANA: for documentation");
            Await.until(PATIENCE, () -> !serve.isRunning(), serve::log);
            assertTrue(serve.log().contains("waymark.yaml:7:"), serve::log);
            assertFalse(serve.log().contains("listening on"), serve::log);
        }
    }

    private DaemonProcess serve(long birdAsn, long frrAsn) {
        Site site = Site.of(Site.SERVER, Site.SERVER_ASN, folder.resolve("serve"));
        String config = site.write("waymark.yaml", """
                        routerId: %1$s
                        listen: %1$s:%2$d
                        localAddress: %1$s
                        session: {connectRetry: 1s}
                        peers:
                          - {name: bird, address: %3$s, asn: %4$d, passive: true}
                          - {name: frr, address: %5$s, asn: %6$d, passive: true}
                        """.formatted(
                        site.address(), Site.PORT, Loopback.address(11), birdAsn, Loopback.address(12), frrAsn));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return DaemonProcess.start(site.folder(), List.of(java, "-jar", JAR.toString(), "serve", "--config", config));
    }

    private static void awaitSeen(Nva at, SeenRoute route) {
        Await.until(
                PATIENCE,
                () -> at.seen().contains(route),
                () -> at.seen() + "\n" + at.process().log());
    }
}
