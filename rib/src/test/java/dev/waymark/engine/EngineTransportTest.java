package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteServer;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.spi.Protection;
import dev.waymark.spi.contract.LoopbackTransport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a transport may do to the engine: throw, take little, lack a protection. */
@Timeout(60)
class EngineTransportTest {
    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");

    private static List<IpPrefix> prefixes(int count) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prefixes.add(IpPrefix.ofIpv4Bits((20 << 24) + (i << 8), 24));
        }
        return prefixes;
    }

    @Test
    @DisplayName("STYLE §2: a transport that throws for one connection costs that session only")
    void throwingTransportCostsOneSession() {
        LoopbackTransport inner = new LoopbackTransport();
        FailingTransport transport = new FailingTransport(inner, () -> {});
        EventRecorder events = new EventRecorder();
        try (RouteServer server = started(transport, events)) {
            LoopbackNva first = dial(inner, a).up();
            LoopbackNva second = dial(inner, b).up();
            transport.brokenRemote = new InetSocketAddress(b.address.toInetAddress(), 40_000);
            PathAttributes path = RouteExchangeTest.path("65001", "10.0.1.1");
            first.say(a.announce(path, prefixes(1)));
            ServerEvent.SessionEnded ended = events.await(ServerEvent.SessionEnded.class);
            assertEquals("b", ended.peer().name());
            assertTrue(ended.text().contains("broken transport"), ended::text);
            assertEquals(
                    SessionState.ESTABLISHED, server.peer("a").orElseThrow().state());
            transport.brokenRemote = null;
            second.end.close();
            server.setPeerEnabled("b", true); // ends the rest after the error
            LoopbackNva again = dial(inner, b).up();
            again.await(() -> b.routes.size() == 1);
        }
    }

    @Test
    @DisplayName("STYLE §2: a transport that throws when it could lend itself costs that session only")
    void throwingLenderCostsOneSession() {
        LoopbackTransport inner = new LoopbackTransport();
        FailingTransport transport = new FailingTransport(inner, () -> {});
        EventRecorder events = new EventRecorder();
        try (RouteServer server = started(transport, events)) {
            LoopbackNva first = dial(inner, a).up();
            LoopbackNva second = dial(inner, b).up();
            PathAttributes path = RouteExchangeTest.path("65001", "10.0.1.1");
            transport.brokenRemote = new InetSocketAddress(a.address.toInetAddress(), 40_000);
            while (!first.end.isClosed()) {
                first.say(a.announce(path, prefixes(1))); // until the loop rests before one, and would like to be lent
            }
            second.await(() -> b.routes.isEmpty());
            ServerEvent.SessionEnded ended = events.await(ServerEvent.SessionEnded.class);
            assertEquals("a", ended.peer().name());
            assertTrue(ended.text().contains("the listener threw"), ended::text);
            assertEquals(
                    SessionState.ESTABLISHED, server.peer("b").orElseThrow().state());
        }
    }

    @Test
    @DisplayName(
            "TRAPS 9: a write that throws in the middle of a dump ends the session; the next one gets all of it (wdbgp PR 34)")
    void brokenDumpIsSentAgain() {
        LoopbackTransport inner = new LoopbackTransport();
        FailingTransport transport = new FailingTransport(inner, () -> {});
        EventRecorder events = new EventRecorder();
        try (RouteServer server = started(transport, events)) {
            LoopbackNva first = dial(inner, a).up();
            for (IpPrefix prefix : prefixes(3_900)) {
                String path = "65001 " + (1_000 + (prefix.high() >>> 40 & 0xfff));
                first.say(a.announce(RouteExchangeTest.path(path, "10.0.1.1"), prefix));
            }
            LoopbackNva second = dial(inner, b);
            second.end.window(2_000);
            second.say(b.open());
            second.await(() -> b.routes.size() > 100);
            transport.brokenRemote = new InetSocketAddress(b.address.toInetAddress(), 40_000);
            assertTrue(b.routes.size() < 3_900);
            second.end.window(1_000_000);
            assertTrue(events.await(ServerEvent.SessionEnded.class).text().contains("broken transport"));
            assertEquals(Map.of(), server.peer("b").orElseThrow().routes());
            transport.brokenRemote = null;
            second.end.close();
            server.setPeerEnabled("b", true); // ends the rest after the error
            LoopbackNva again = dial(inner, b).up();
            again.await(() -> b.routes.size() == 3_900);
            assertEquals(
                    SessionState.ESTABLISHED, server.peer("a").orElseThrow().state());
        }
    }

    @Test
    @DisplayName(
            "RFC 4271 §8.2.2: a peer that is refused for its OPEN has our OPEN before the NOTIFICATION, however late the loop is")
    void openComesBeforeRefusal() {
        LoopbackTransport inner = new LoopbackTransport();
        FailingTransport transport = new FailingTransport(inner, () -> {});
        EventRecorder events = new EventRecorder();
        Speaker wrong = Speaker.of("b", 65099, "10.0.1.2");
        List<LoopbackNva> late = new CopyOnWriteArrayList<>();
        try (RouteServer server = started(transport, events)) {
            dial(inner, a).up();
            transport.duringNextWrite(() -> {
                LoopbackNva nva = dial(inner, wrong);
                nva.say(wrong.open());
                late.add(nva);
            });
            server.resetPeer("a", ResetKind.SOFT_IN, "");
            events.await(ServerEvent.SessionEnded.class);
            late.get(0).await(() -> !wrong.notifications.isEmpty());
            assertEquals(List.of(MessageType.OPEN, MessageType.NOTIFICATION), wrong.received);
        }
    }

    @Test
    @DisplayName("STYLE §2: a transport that can't even begin to connect is an attempt that failed")
    void throwingConnectIsAFailedAttempt() {
        Speaker active = Speaker.of("active", 65009, "10.0.1.9");
        FailingTransport transport = new FailingTransport(new LoopbackTransport(), () -> {});
        transport.brokenRemote = new InetSocketAddress(active.address.toInetAddress(), 179);
        EventRecorder events = new EventRecorder();
        try (RouteServer server = RouteServerEngine.create(RouteExchangeTest.azure()
                .peer(PeerConfigs.of(active).passive(false).build())
                .transport(transport)
                .listener(events)
                .build())) {
            server.start();
            assertTrue(events.await(ServerEvent.SessionEnded.class).text().contains("no connect today"));
            events.awaitState("active", SessionState.ACTIVE);
        }
    }

    @Test
    @DisplayName("A peer that takes little gets all of it in the end, and holds up nobody")
    void slowReaderGetsEverything() {
        try (EngineRig rig =
                new EngineRig(config -> config.limits(limits -> limits.withUnsentOctets(65_536)), a, b).start()) {
            LoopbackNva first = rig.up(a);
            LoopbackNva second = rig.up(b);
            second.end.window(1_000);
            for (IpPrefix prefix : prefixes(3_900)) {
                String path = "65001 " + (1_000 + (prefix.high() >>> 40 & 0xfff));
                first.say(a.announce(RouteExchangeTest.path(path, "10.0.1.1"), prefix));
            }
            second.await(() -> b.routes.size() == 3_900);
            assertEquals(0, b.idleWithdrawals);
            assertFalse(first.end.isClosed());
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Protection.class,
            names = {"TCP_MD5", "TCP_AO", "TLS"})
    @DisplayName("TRAPS 17: a peer whose protection the transport can't give is refused, at build and at run time")
    void missingProtectionIsRefused(Protection protection) {
        ConfigurationException atBuild = assertThrows(
                ConfigurationException.class,
                () -> new EngineRig(config ->
                        config.peer(PeerConfigs.of(b).protection(protection).build())));
        assertEquals("peer.b.protection", atBuild.parameter());
        try (EngineRig rig = new EngineRig(a).start()) {
            assertThrows(
                    ConfigurationException.class,
                    () -> rig.server.addPeer(
                            PeerConfigs.of(b).protection(protection).build()));
            assertThrows(
                    ConfigurationException.class,
                    () -> rig.server.updatePeer(
                            PeerConfigs.of(a).protection(protection).build()));
            assertTrue(rig.dial(b).isClosed());
            assertEquals(
                    Protection.NONE, rig.server.peer("a").orElseThrow().config().protection());
        }
    }

    private RouteServer started(FailingTransport transport, EventRecorder events) {
        RouteServer server = RouteServerEngine.create(RouteExchangeTest.azure(a, b)
                .transport(transport)
                .limits(limits -> limits.withRouteLimit(Optional.empty()))
                .listen(EngineRig.LISTEN)
                .listener(events)
                .build());
        server.start();
        return server;
    }

    private static LoopbackNva dial(LoopbackTransport transport, Speaker speaker) {
        InetSocketAddress from = new InetSocketAddress(speaker.address.toInetAddress(), 40_000);
        return new LoopbackNva(speaker, transport.dial(from, EngineRig.LISTEN));
    }
}
