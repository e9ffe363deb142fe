package dev.waymark.examples.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.codec.WireAttributes;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.examples.nva.NvaConfig;
import dev.waymark.examples.nva.NvaSpeaker;
import dev.waymark.examples.transport.NioTransport;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A configured server over loopback TCP, with scripted NVAs. */
class DaemonTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CONFIG = """
            name: rs0
            routerId: 127.0.0.1
            listen: 127.0.0.1:0
            localAddress: 127.0.0.1
            peers:
              - {name: nva1, address: 127.0.0.2, asn: 65001, passive: true}
              - {name: nva2, address: 127.0.0.3, asn: 65002, passive: true}
            networks: {prefix: 10.0.0.0/16, nextHop: 10.0.0.4}
            """;

    private final AwaitableOutput output = new AwaitableOutput();
    private final NioTransport transport = new NioTransport("test");
    private final NioTransport nvas = new NioTransport("nvas");

    @AfterEach
    void close() {
        nvas.close();
        transport.close();
    }

    @Test
    @DisplayName(
            "NVAs learn each other's routes and the network's; the console tells; stop sends Cease/2 with its text")
    void servesRoutes() throws Exception {
        Daemon daemon = start(CONFIG, false);
        InetSocketAddress server = daemon.server().listening().get(0);
        NvaSpeaker nva1 = connect(server, "nva1", "127.0.0.2", 65001);
        NvaSpeaker nva2 = connect(server, "nva2", "127.0.0.3", 65002);
        PathAttributes attributes = attributes("65001 64999", "10.9.0.1");
        nva1.announce(attributes, "192.0.2.0/24", "198.51.100.0/24");
        assertTrue(
                nva2.awaitReceived(PATIENCE, routes -> routes.size() == 3),
                () -> nva2.received().toString());
        assertTrue(nva1.awaitReceived(PATIENCE, routes -> routes.size() == 1));
        assertEquals(attributes, nva2.received().get(IpPrefix.parse("192.0.2.0/24")));
        assertEquals(
                AsPath.ofSequence(Asn.of(65515)),
                nva1.route(IpPrefix.parse("10.0.0.0/16")).orElseThrow().asPath());
        output.await("+ 198.51.100.0/24 via 10.9.0.1");
        nva1.withdraw(List.of(IpPrefix.parse("198.51.100.0/24")));
        assertTrue(nva2.awaitReceived(PATIENCE, routes -> routes.size() == 2));
        output.await("rs0: AS 65515, router id 127.0.0.1, listening on 127.0.0.1:");
        output.await("ESTABLISHED");
        output.await("+ 192.0.2.0/24 via 10.9.0.1");
        output.await("- 198.51.100.0/24");
        daemon.stop("maintenance");
        assertEquals(Optional.empty(), daemon.awaitStop());
        assertTrue(nva2.await(PATIENCE, nva -> nva.notification().isPresent()));
        NotificationMessage last = nva2.notification().orElseThrow();
        assertEquals(
                "6/2 maintenance",
                last.code() + "/" + last.subcode() + " " + last.shutdownText().orElse(""));
    }

    @Test
    @DisplayName("with --json every line is an object, events and routes alike")
    void printsJson() throws Exception {
        Daemon daemon = start(CONFIG, true);
        NvaSpeaker nva = connect(daemon.server().listening().get(0), "nva1", "127.0.0.2", 65001);
        nva.announce(attributes("65001", "10.9.0.1"), "192.0.2.0/24");
        NvaSpeaker other = connect(daemon.server().listening().get(0), "nva2", "127.0.0.3", 65002);
        assertTrue(other.awaitReceived(PATIENCE, routes -> routes.size() == 2));
        output.await("\"prefix\":\"192.0.2.0/24\"");
        output.await("\"kind\":\"peer-state-changed\"");
        daemon.stop("");
        daemon.awaitStop();
        List<String> lines = output.text().lines().toList();
        assertTrue(
                lines.stream().allMatch(line -> line.startsWith("{\"type\":") && line.endsWith("}")), lines::toString);
    }

    @Test
    @DisplayName(
            "ARS-42: what is programmed in a route table goes to the table's sink; a table that doesn't propagate has none")
    void programsTables() throws Exception {
        String tables = """
                routeTables:
                  - {name: front, sinks: console}
                  - {name: back, propagates: false, sinks: console}
                """;
        ServeConfig read = ConfigReader.read("waymark.yaml", CONFIG + tables, Providers.discover(), transport);
        PrintStream out = output.stream();
        ServeConfig config = new ServeConfig(
                read.name(),
                read.server(),
                read.pair(),
                Optional.empty(),
                Map.of("front", List.of(new TestSinks(out, false)), "back", List.of(new TestSinks(out, false))),
                read.metrics(),
                read.control(),
                read.policies());
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        Daemon daemon =
                Daemon.start(config, List.of(new TestSinks(out, true)), new ConsoleOutput("rs0", out, false, clock));
        assertEquals(Set.of("front", "back"), read.tableSinks().keySet());
        InetSocketAddress server = daemon.server().listening().get(0);
        NvaSpeaker nva1 = connect(server, "nva1", "127.0.0.2", 65001);
        nva1.announce(attributes("65001", "10.9.0.1"), "192.0.2.0/24");
        output.await("front: + 192.0.2.0/24 via 10.9.0.1");
        nva1.withdraw(List.of(IpPrefix.parse("192.0.2.0/24")));
        output.await("front: - 192.0.2.0/24");
        daemon.stop("");
        daemon.awaitStop();
        assertFalse(output.text().contains("back: "), output::text);
    }

    @Test
    @DisplayName("an address in use is told")
    void tellsAddressInUse() throws Exception {
        Daemon first = start(CONFIG, false);
        String taken = CONFIG.replace(
                "127.0.0.1:0", "127.0.0.1:" + first.server().listening().get(0).getPort());
        UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> start(taken, false));
        assertTrue(refused.toString().contains("can't listen on"), refused::toString);
        first.stop("");
    }

    private Daemon start(String yaml, boolean isJson) throws ConfigFileException {
        Providers providers = Providers.discover();
        ServeConfig config = ConfigReader.read("waymark.yaml", yaml, providers, transport);
        PrintStream out = output.stream();
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        ConsoleOutput console = new ConsoleOutput("rs0", out, isJson, clock);
        return Daemon.start(config, List.of(new TestSinks(out, isJson)), console);
    }

    private NvaSpeaker connect(InetSocketAddress server, String name, String address, long asn) {
        NvaSpeaker speaker = NvaSpeaker.connect(
                NvaConfig.of(name, IpAddress.parse(address), Asn.of(asn), server, Asn.of(65515)), nvas);
        assertTrue(speaker.awaitEstablished(PATIENCE), () -> name + " " + speaker.notification() + speaker.failure());
        return speaker;
    }

    private static PathAttributes attributes(String asPath, String nextHop) {
        return WireAttributes.of(Origin.IGP, AsPath.parse(asPath), IpAddress.parse(nextHop));
    }
}
