package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged {@code waymark serve} as a pair, and {@code waymark ctl} against it, as programs of their own, with BIRD. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CtlIT {
    private static final Path JAR = Path.of(System.getProperty("waymark.root"), "spi-examples/target/waymark.jar");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** What a program said until its end. */
    private record Said(int code, String text) {}

    @BeforeEach
    void needsJar() {
        assumeTrue(Files.exists(JAR), JAR + " is missing; mvn package makes it, without -Dquick");
    }

    @Test
    @DisplayName(
            "ARS-70, ARS-74: ctl shows and resets BIRD's sessions with a pair; SIGTERM, SIGKILL and new starts leave no trap")
    void looksIntoPair() throws Exception {
        Bird bird = new Bird(Site.of(11, 65_011, folder.resolve("bird")));
        bird.announce(SentRoute.full("10.11.0.0/24", 11));
        bird.announce(SentRoute.full("192.0.2.0/24", 11));
        Site site = Site.of(Site.SERVER, Site.SERVER_ASN, folder.resolve("serve"));
        String config = config(site);
        Path socket = site.folder().resolve("waymark.sock");
        DaemonProcess serve = serve(site, config);
        try {
            serve.awaitLog("rs1 of hub");
            bird.start();
            try (bird) {
                looks(site, socket);
                refusesSecond(site, config);
                serve.close(); // SIGTERM
                assertFalse(Files.exists(socket), "a server that is told to end removes its socket");
                assertEquals(1, ctl(site, "peers").code());

                serve = serve(site, config);
                serve.awaitLog("rs1 of hub");
                awaitCtl(site, said -> said.text().contains("2 routes"), "learned");
                serve.kill9();
                assertTrue(Files.exists(socket), "a killed one can't");
                Said dead = ctl(site, "peers");
                assertEquals(1, dead.code());
                assertTrue(dead.text().contains("no server answers at waymark.sock (Connection refused)"), dead::text);

                serve = serve(site, config);
                serve.awaitLog("rs1 of hub");
                awaitCtl(site, said -> said.text().contains("2 routes"), "learned");
            }
        } finally {
            serve.close();
        }
    }

    private void looks(Site site, Path socket) throws Exception {
        awaitCtl(site, said -> said.text().contains("2 routes"), "learned", "bird");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        Said learned = ctl(site, "learned", "--prefix", "10.0.0.0/8", "--longer");
        List<String> lines = learned.text()
                .lines()
                .map(line -> line.replaceAll(" {2,}", " "))
                .toList();
        assertEquals("INSTANCE LOCAL ADDRESS NETWORK NEXT HOP SOURCE PEER ORIGIN AS PATH WEIGHT", lines.get(0));
        String path = lines.get(1).replaceFirst(".* EBgp (\\S+) 32768$", "$1");
        assertTrue(path.startsWith("65011"), learned::text);
        assertEquals(
                "rs0 " + site.address() + " 10.11.0.0/24 198.51.100.11 " + Loopback.address(11) + " EBgp " + path
                        + " 32768",
                lines.get(1));
        Said peers = ctl(site, "peers");
        assertTrue(
                peers.text().lines().anyMatch(line -> line.matches("bird +rs0 .*Established .* 2 +2 +0 +\\d+ +1")),
                peers::text);
        assertTrue(peers.text().lines().anyMatch(line -> line.matches("bird +rs1 .*Active .*")), peers::text);
        assertTrue(ctl(site, "check").text().contains("bird  has a session with rs0 only, none with rs1"));
        assertEquals(
                "reset hard: bird\n",
                ctl(site, "reset", "hard", "bird", "--text", "from the test").text());
        awaitCtl(
                site,
                said -> said.text().lines().anyMatch(line -> line.matches("bird +rs0 .*Established.* 2")),
                "peers");
        assertTrue(ctl(site, "peer", "bird").text().contains("Administrative Reset, \"from the test\""));
        assertEquals(2, ctl(site, "reset", "soft", "bird").code());
        assertEquals(1, ctl(site, "advertised", "nobody").code());
        assertEquals(0, ctl(site, "--json", "instance", "list").code());
    }

    private void refusesSecond(Site site, String config) throws Exception {
        Said second = run(site, List.of("serve", "--config", config));
        assertEquals(3, second.code(), second::text);
        assertTrue(second.text().contains("another server has the control socket"), second::text);
        assertEquals(0, ctl(site, "peers").code(), "the first goes on");
    }

    private static String config(Site site) {
        return site.write(
                "waymark.yaml", """
                name: hub
                instances:
                  - {name: rs0, address: %1$s, listen: "%1$s:%2$d", routerId: 192.0.2.1}
                  - {name: rs1, address: %3$s, listen: "%3$s:%2$d", routerId: 192.0.2.2}
                session: {connectRetry: 1s}
                peers:
                  - {name: bird, address: %4$s, asn: 65011, passive: true}
                """.formatted(site.address(), Site.PORT, Loopback.address(2), Loopback.address(11)));
    }

    private static DaemonProcess serve(Site site, String config) {
        return DaemonProcess.start(
                site.folder(), List.of(JAVA.toString(), "-jar", JAR.toString(), "serve", "--config", config));
    }

    private static Said ctl(Site site, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("ctl"));
        all.addAll(List.of(arguments));
        return run(site, all);
    }

    /** Runs the program in the server's folder, where clients look for the socket. */
    private static Said run(Site site, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-jar", JAR.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(site.folder().toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private static void awaitCtl(Site site, Predicate<Said> condition, String... arguments) {
        Said[] last = {new Said(-1, "")};
        Await.until(
                PATIENCE,
                () -> {
                    try {
                        last[0] = ctl(site, arguments);
                        return condition.test(last[0]);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new AssertionError(e);
                    }
                },
                () -> last[0].text());
    }
}
