package dev.waymark.benchmarks.race;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A route server that can race: transparent, and every peer is told all routes of the others. */
enum Contestant {
    /**
     * BIRD 2 or later, one table for all. Its sessions are {@code multihop} because BIRD takes no neighbour in 127.0.0.0/8 for
     * directly connected.
     */
    BIRD {
        @Override
        Optional<String> obstacle() {
            return bird().isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            "no program bird on the PATH or in /usr/sbin; install BIRD 2 (Debian's package bird2)");
        }

        @Override
        ProcessBuilder program(Ground ground) throws IOException {
            StringBuilder config = new StringBuilder(
                    """
                    log stderr { warning, error, fatal, bug };
                    router id %1$s;
                    protocol device {}
                    template bgp racer {
                      local %1$s port %2$d as %3$d;
                      strict bind; passive; multihop;
                      rs client;
                      hold time %4$d;
                      ipv4 { import all; export all; };
                    }
                    """.formatted(ground.host(), ground.server().getPort(), Ground.ASN, RacePeer.HOLD_SECONDS));
            for (int peer = 0; peer < ground.peers(); peer++) {
                config.append("protocol bgp peer%d from racer { neighbor %s as %d; }\n"
                        .formatted(peer, Ground.peerHost(peer), Ground.peerAsn(peer)));
            }
            Path folder = ground.folder();
            return new ProcessBuilder(
                    bird().orElseThrow().toString(),
                    "-f", // in the foreground
                    "-c",
                    Files.writeString(folder.resolve("bird.conf"), config).toString(),
                    "-s",
                    folder.resolve("ctl").toString(),
                    "-P",
                    folder.resolve("pid").toString());
        }
    },

    /** {@code waymark serve} as it was built here, on the JVM that this runs on, with the flags of {@code src/bench/waymark}. */
    WAYMARK {
        @Override
        Optional<String> obstacle() {
            return Files.exists(examples().resolve("target/waymark.jar"))
                    ? Optional.empty()
                    : Optional.of("no spi-examples/target/waymark.jar; build it with mvn -DskipTests package");
        }

        @Override
        ProcessBuilder program(Ground ground) throws IOException {
            StringBuilder peers = new StringBuilder();
            for (int peer = 0; peer < ground.peers(); peer++) {
                peers.append("%d %s %d both\n".formatted(peer, Ground.peerHost(peer), Ground.peerAsn(peer)));
            }
            ProcessBuilder program = new ProcessBuilder(
                    examples().resolve("src/bench/waymark").toString(),
                    ground.host(),
                    Integer.toString(ground.server().getPort()),
                    Integer.toString(Ground.ASN),
                    Files.writeString(ground.folder().resolve("peers"), peers).toString(),
                    ground.folder().toString());
            program.environment().put("WAYMARK_FOREGROUND", "yes");
            program.environment()
                    .putIfAbsent(
                            "JAVA",
                            Path.of(System.getProperty("java.home"), "bin/java").toString());
            return program;
        }
    };

    /** Says why it can't be started here, and what to do about it; empty if it can. */
    abstract Optional<String> obstacle();

    /** Returns the program that listens for the peers of a ground, and stays in the foreground. */
    abstract ProcessBuilder program(Ground ground) throws IOException;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Path> bird() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "bird"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Returns the folder of the module beside the one that this was built in, as a jar or as classes. */
    private static Path examples() {
        try {
            Path built = Path.of(Contestant.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return built.resolve("../../../spi-examples").normalize();
        } catch (URISyntaxException e) {
            throw new AssertionError(e); // it was loaded from there
        }
    }
}
