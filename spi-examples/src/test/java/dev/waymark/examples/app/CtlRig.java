package dev.waymark.examples.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.codec.WireAttributes;
import dev.waymark.examples.control.ControlClient;
import dev.waymark.examples.control.ControlSocket;
import dev.waymark.examples.nva.NvaConfig;
import dev.waymark.examples.nva.NvaSpeaker;
import dev.waymark.examples.transport.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A server on loopback TCP with its control socket, NVAs, and the program's command line against it. */
final class CtlRig implements AutoCloseable {
    /** A pair with two NVAs, a network and a route table. */
    static final String PAIR = """
            name: hub
            instances:
              - {name: rs0, address: 127.0.0.1, listen: 127.0.0.1:0, routerId: 10.0.1.4, zone: "1"}
              - {name: rs1, address: 127.0.0.9, listen: 127.0.0.9:0, routerId: 10.0.1.5}
            routeMaps:
              - {name: branches, rules: [{name: no-default, match: {prefixEquals: 0.0.0.0/0}, then: {drop: true}}]}
            peers:
              - {name: nva1, address: 127.0.0.2, asn: 65001, passive: true, importPolicy: branches}
              - {name: nva2, address: 127.0.0.3, asn: 65002, passive: true}
            networks: {prefix: 10.0.0.0/16, nextHop: 10.0.0.4}
            routeTables: {name: frontend}
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final AwaitableOutput console = new AwaitableOutput();
    final Daemon daemon;
    private final NioTransport transport = new NioTransport("server");
    private final NioTransport nvas = new NioTransport("nvas");
    private final ControlSocket control;

    /** What a command printed, and its exit code. */
    record Said(int code, String out, String err) {
        /** Returns the lines without the spaces that line them up. */
        List<String> lines() {
            return out.lines()
                    .map(line -> line.strip().replaceAll(" {2,}", " | "))
                    .toList();
        }
    }

    CtlRig(Path folder, String yaml) throws ConfigFileException, IOException {
        ServeConfig config = ConfigReader.read("waymark.yaml", yaml, Providers.discover(), transport);
        ConsoleOutput output = new ConsoleOutput(config.name(), console.stream(), false, Clock.systemUTC());
        daemon = Daemon.start(config, List.of(new TestSinks(console.stream(), false)), output);
        control = ControlSocket.open(folder.resolve("w.sock"));
        control.start(new ControlVerbs(daemon.served(), config.policies()));
    }

    /** Runs {@code waymark ctl} with these arguments. */
    Said ctl(String... arguments) {
        return ctl(List.of(arguments));
    }

    private synchronized Said ctl(List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream oldOut = System.out;
        PrintStream oldErr = System.err;
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
        try {
            String[] line = Stream.concat(
                            Stream.of("ctl", "--socket", control.path().toString()), arguments.stream())
                    .toArray(String[]::new);
            int code = Waymark.commandLine().execute(line);
            return new Said(code, out.toString(UTF_8), err.toString(UTF_8));
        } finally {
            System.setOut(oldOut);
            System.setErr(oldErr);
        }
    }

    /** Runs a command that has to be done. */
    Said done(String... arguments) {
        Said said = ctl(arguments);
        assertEquals(0, said.code(), said::toString);
        assertEquals("", said.err(), said::toString);
        return said;
    }

    /** Runs a command until it says what it should. */
    Said await(Predicate<Said> condition, String... arguments) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Said said = ctl(arguments);
        while (!condition.test(said)) {
            assertTrue(System.nanoTime() < end, said::toString);
            Thread.onSpinWait();
            said = ctl(arguments);
        }
        return said;
    }

    /** Connects the first NVA of the {@link #PAIR}, and waits until its three routes are learned. */
    NvaSpeaker announcing() {
        NvaSpeaker nva = connect("rs0", "nva1", "127.0.0.2", 65001);
        nva.announce(attributes("65001 64999", "10.9.0.1"), "10.1.0.0/16", "10.1.2.0/24", "0.0.0.0/0");
        await(said -> said.out().contains("3 routes"), "learned", "nva1");
        return nva;
    }

    /** Returns the last line of what was printed. */
    static String last(Said said) {
        List<String> lines = said.lines();
        return lines.get(lines.size() - 1);
    }

    ControlClient client() throws IOException {
        return ControlClient.connect(control.path());
    }

    /** Connects an NVA to an instance. */
    NvaSpeaker connect(String instance, String name, String address, long asn) {
        InetSocketAddress server =
                daemon.served().instance(instance).listening().get(0);
        NvaSpeaker speaker = NvaSpeaker.connect(
                NvaConfig.of(name, IpAddress.parse(address), Asn.of(asn), server, Asn.of(65515)), nvas);
        assertTrue(speaker.awaitEstablished(PATIENCE), () -> name + " " + speaker.notification() + speaker.failure());
        return speaker;
    }

    static PathAttributes attributes(String asPath, String nextHop) {
        return WireAttributes.of(Origin.IGP, AsPath.parse(asPath), IpAddress.parse(nextHop));
    }

    @Override
    public void close() {
        daemon.stop("");
        control.close();
        nvas.close();
        transport.close();
    }
}
