package dev.waymark.benchmarks.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.engine.RouteServerEngine;
import dev.waymark.examples.transport.InMemoryNetwork;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import dev.waymark.spi.PolicyVerdict;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A heat of Waymark in this process counts, and none does in which it was made to do something wrong. */
class HeatTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.1.0.1", 1790);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Course COURSE = new Course(3, 300);
    /** The first route of the first peer. */
    private static final IpPrefix VICTIM = IpPrefix.parse(COURSE.prefix(0));

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final InMemoryNetwork network = new InMemoryNetwork(executor, 1 << 16);

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    @Test
    void serverThatTellsEverythingCounts() throws InterruptedException {
        Result result = run(COURSE, UnaryOperator.identity());
        assertEquals("", result.fault());
        assertTrue(result.nanos() > 0);
    }

    @Test
    void onePeerAnnouncesToOneThatListens() throws InterruptedException {
        Result result = run(new Course(1, 300), UnaryOperator.identity());
        assertEquals("", result.fault());
        assertTrue(result.nanos() > 0);
    }

    @Test
    void missingRouteFails() throws InterruptedException {
        Result result = run(COURSE, config -> config.importPolicy(map(RouteMapAction.drop())));
        assertEquals("peer 1: 1 missing (" + VICTIM + ")", result.fault());
    }

    @Test
    void changedAttributeFails() throws InterruptedException {
        Result result =
                run(COURSE, config -> config.exportPolicy(map(RouteMapAction.asPathAdd(List.of(Asn.of(64_999))))));
        assertTrue(result.fault().startsWith("peer 1: 1 with other attributes"), result::fault);
    }

    @Test
    void extraRouteFails() throws InterruptedException {
        Result result = run(
                COURSE,
                config -> config.network(
                        new NetworkSpace(IpPrefix.parse("192.168.0.0/16"), Optional.of(IpAddress.parse("10.0.0.4")))));
        assertEquals("peer 0: 1 extra (192.168.0.0/16)", result.fault());
    }

    @Test
    void lostSessionFails() throws InterruptedException {
        Result result = run(
                COURSE,
                config -> config.importPolicy((context, route) -> {
                    network.reset(Ground.peer(2).getAddress());
                    return PolicyVerdict.accept();
                }));
        assertTrue(result.fault().startsWith("peer 2 lost its session: "), result::fault);
    }

    @Test
    void serverThatHasEndedFails() throws InterruptedException {
        Result result = new Heat(new Running(false), ADDRESS, COURSE, PATIENCE).run(network.transport());
        assertEquals("the server has ended: last words", result.fault());
        assertFalse(result.isOk());
    }

    private Result run(Course course, UnaryOperator<RouteServerConfigBuilder> change) throws InterruptedException {
        RouteServerConfigBuilder config = RouteServerConfig.standard()
                .localAsn(Asn.of(Ground.ASN))
                .localAddress(IpAddress.of(ADDRESS.getAddress()))
                .listen(ADDRESS)
                .requirePolicy(false)
                .transport(network.transport());
        for (int peer = 0; peer < course.peers(); peer++) {
            config.peer(PeerConfig.builder(
                            "peer" + peer,
                            IpAddress.of(Ground.peer(peer).getAddress()),
                            Asn.ofBits(Ground.peerAsn(peer)))
                    .passive(true)
                    .build());
        }
        try (RouteServer server = RouteServerEngine.create(change.apply(config).build())) {
            server.start();
            return new Heat(new Running(true), ADDRESS, course, PATIENCE).run(network.transport());
        }
    }

    private static RouteMap map(RouteMapAction action) {
        return RouteMap.of(
                "fault",
                List.of(RouteMapRule.builder("victim")
                        .when(RouteMapCondition.prefixEquals(List.of(VICTIM)))
                        .then(action)
                        .build()));
    }

    /** What is known of a server that runs in this process. */
    private record Running(boolean isAlive) implements Server {
        @Override
        public long peakKib() {
            return 0;
        }

        @Override
        public String lastWords() {
            return "last words";
        }

        @Override
        public void close() {
            // Whoever has started it ends it.
        }
    }
}
