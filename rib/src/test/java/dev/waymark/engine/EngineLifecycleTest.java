package dev.waymark.engine;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.NetworkSpace;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteView;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.contract.LoopbackTransport;
import dev.waymark.spi.contract.RecordingSink;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Creating, starting and stopping servers, and what they say when it is the wrong moment. */
class EngineLifecycleTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.1.0.0/16");

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");

    @Test
    @DisplayName("A route goes from one NVA through the engine to the other and to the sink")
    void routesGoThrough() {
        RecordingSink sink = new RecordingSink();
        try (EngineRig rig = new EngineRig(config -> config.sink("table", sink), a, b).start()) {
            LoopbackNva first = rig.up(a);
            LoopbackNva second = rig.up(b);
            first.say(a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
            second.await(() -> b.routes.containsKey(TEN));
            sink.await(routes -> routes.containsKey(TEN));
            first.end.reset();
            second.await(() -> b.routes.isEmpty());
            sink.await(Map::isEmpty);
            assertEquals(List.of(), sink.violations());
        }
    }

    @Test
    @DisplayName("TRAPS 14: two servers in one process don't notice each other; start, stop, start again")
    void serversShareNothing() {
        Speaker c = Speaker.of("c", 65003, "10.0.1.1");
        try (EngineRig one = new EngineRig(a, b).start();
                EngineRig other = new EngineRig(c, b).start()) {
            LoopbackNva ofOne = one.up(a);
            LoopbackNva ofOther = other.up(c);
            ofOne.say(a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
            ofOther.say(c.announce(RouteExchangeTest.path("65003", "10.0.1.1"), TEN));
            one.up(b).await(() -> b.routes.size() == 1);
            assertEquals("65001", requireNonNull(b.routes.get(TEN)).asPath().toString());
            one.server.stop("");
            other.up(b).await(() -> b.routes.size() == 1);
            assertEquals("65003", requireNonNull(b.routes.get(TEN)).asPath().toString());
        }
        try (EngineRig one = new EngineRig(a).start()) {
            for (int round = 0; round < 3; round++) {
                try (EngineRig other = new EngineRig(c).start()) {
                    LoopbackNva nva = other.up(c);
                    nva.say(c.announce(RouteExchangeTest.path("65003", "10.0.1.1"), TEN));
                    other.server.stop("round " + round);
                    nva.awaitClosed();
                    assertEquals(
                            Optional.of("round " + round),
                            c.notifications.get(round).shutdownText());
                    assertEquals(
                            Optional.empty(),
                            other.events.await(ServerEvent.ServerStopped.class).error());
                }
                LoopbackNva nva = one.up(a);
                assertEquals(Map.of(), a.routes);
                nva.end.close();
                one.server.setPeerEnabled("a", false);
                one.server.setPeerEnabled("a", true);
            }
        }
    }

    @Test
    @DisplayName("The same transport serves one server after the other")
    void transportOutlivesServer() {
        LoopbackTransport transport = new LoopbackTransport();
        for (int i = 0; i < 2; i++) {
            RouteServer server = RouteServerEngine.create(RouteExchangeTest.azure(a)
                    .transport(transport)
                    .listen(EngineRig.LISTEN)
                    .build());
            server.start();
            assertEquals(List.of(EngineRig.LISTEN), server.listening());
            server.stop("");
            assertEquals(List.of(), server.listening());
        }
        transport.close();
    }

    @Test
    @DisplayName("Start is once; an address that is taken is named, and the next try may work")
    void startIsOnce() throws Exception {
        try (EngineRig rig = new EngineRig(a)) {
            var port = rig.transport.listen(EngineRig.LISTEN, connection -> null);
            UncheckedIOException taken = assertThrows(UncheckedIOException.class, rig.server::start);
            assertTrue(String.valueOf(taken.getMessage()).contains(EngineRig.LISTEN.toString()), taken::toString);
            port.close();
            rig.start();
            assertThrows(IllegalStateException.class, rig.server::start);
            assertEquals(SessionState.ACTIVE, rig.server.peer("a").orElseThrow().state());
        }
    }

    @Test
    @DisplayName("STYLE §5: every call after stop says that the server has stopped")
    void callsAfterStopAreRefused() {
        EngineRig rig = new EngineRig(a).start();
        rig.close();
        RouteServer server = rig.server;
        RouteQuery query = RouteQuery.of(RouteView.SELECTED);
        List<Executable> calls = List.of(
                server::start,
                server::peers,
                () -> server.peer("a"),
                () -> server.addPeer(server.config().peers().get(0)),
                () -> server.updatePeer(server.config().peers().get(0)),
                () -> server.removePeer("a"),
                () -> server.setPeerEnabled("a", false),
                () -> server.resetPeer("a", ResetKind.HARD, ""),
                () -> server.peerDown("a", ""),
                () -> server.drain("", Duration.ZERO),
                server::resume,
                server::networks,
                () -> server.addNetwork(NetworkSpace.of(TEN)),
                () -> server.removeNetwork(TEN),
                () -> server.setRoutingPreference(RoutingPreference.AS_PATH),
                () -> server.setImportPolicy(Optional.empty()),
                () -> server.setExportPolicy(Optional.empty()),
                () -> server.page(query, 0, 1),
                () -> server.routes(query).count(),
                () -> server.subscribe(event -> {}),
                () -> server.attachSink("late", new RecordingSink()));
        for (Executable call : calls) {
            assertThrows(IllegalStateException.class, call, "call " + calls.indexOf(call));
        }
        server.stop("again");
        assertEquals(List.of(), server.listening());
    }

    @Test
    @DisplayName("A server that was stopped binds no address any more, started before or not")
    void startAfterStopBindsNothing() throws Exception {
        LoopbackTransport transport = new LoopbackTransport();
        RouteServer server = RouteServerEngine.create(RouteExchangeTest.azure(a)
                .transport(transport)
                .listen(EngineRig.LISTEN)
                .build());
        server.stop("");
        assertThrows(IllegalStateException.class, server::start);
        transport.listen(EngineRig.LISTEN, connection -> null).close();
    }

    @Test
    @DisplayName("TRAPS 12: a listener given at build hears the very first event")
    void firstEventsAreHeard() {
        Speaker active = Speaker.of("active", 65009, "10.0.1.9");
        try (EngineRig rig = new EngineRig(config ->
                        config.peer(PeerConfigs.of(active).passive(false).build()))
                .start()) {
            rig.transport.awaitAttempt().refuse();
            rig.events.awaitState("active", SessionState.ACTIVE);
            ServerEvent.PeerStateChanged first =
                    rig.events.all(ServerEvent.PeerStateChanged.class).get(0);
            assertEquals(SessionState.IDLE, first.from());
            assertEquals(SessionState.CONNECT, first.to());
            assertEquals(first, rig.events.all().get(0));
        }
    }

    @Test
    @DisplayName("Connections of unknown addresses are closed before an octet is read, and those of a removed peer too")
    void unknownAddressIsClosed() {
        try (EngineRig rig = new EngineRig(a, b).start()) {
            Speaker stranger = Speaker.of("stranger", 65001, "10.0.1.99");
            assertTrue(rig.dial(stranger).isClosed());
            assertFalse(rig.dial(b).isClosed());
            rig.server.removePeer("b");
            rig.server.peers();
            assertTrue(rig.dial(b).isClosed());
        }
    }
}
