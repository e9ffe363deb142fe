package dev.waymark.engine;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PairPeerState;
import dev.waymark.api.RouteServerPair;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.api.Subscription;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.policy.PolicyChains;
import dev.waymark.spi.contract.RecordingSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Two real engines and the union of what they program. */
class PairTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.1.0.0/16");
    private static final IpPrefix TWENTY = IpPrefix.parse("10.2.0.0/16");
    private static final IpAddress A = IpAddress.parse("10.0.1.1");
    private static final IpAddress THIRD = IpAddress.parse("10.0.1.9");

    private final Speaker a0 = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker a1 = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b0 = Speaker.of("b", 65002, "10.0.1.2");

    private byte[] ten(Speaker speaker) {
        return announce(speaker, TEN);
    }

    /** Announces the same prefix with another next hop, so that it can be seen whose it is. */
    private static byte[] third(Speaker speaker) {
        return speaker.announce(RouteExchangeTest.path("65001", "10.0.1.9"), TEN);
    }

    private static byte[] announce(Speaker speaker, IpPrefix prefix) {
        return speaker.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefix);
    }

    private static PairPeerState state(PairRig rig) {
        return rig.pair.peer("a").orElseThrow().state();
    }

    @Test
    @DisplayName(
            "ARS-2: what one instance no longer has stays while the other has it; the last one's withdrawal removes it")
    void unionOutlivesOneInstance() {
        try (PairRig rig = new PairRig(a0).start()) {
            LoopbackNva first = rig.up(a0, 0);
            LoopbackNva second = rig.up(a1, 1);
            first.say(ten(a0));
            second.say(third(a1));
            first.say(announce(a0, TWENTY));
            rig.sink.await(routes -> routes.equals(Map.of(TEN, List.of(A, THIRD), TWENTY, List.of(A))));
            first.end.reset();
            assertEquals(Map.of(TEN, List.of(THIRD)), rig.sink.await(routes -> !routes.containsKey(TWENTY)));
            second.say(a1.withdraw(List.of(TEN)));
            rig.sink.await(Map::isEmpty);
            assertEquals(List.of(), rig.sink.violations());
        }
    }

    @Test
    @DisplayName(
            "ARS-2: a stopped and restarted instance takes nothing away that the other has, and brings nothing stale back")
    void instanceRestarts() {
        try (PairRig rig = new PairRig(a0).start()) {
            LoopbackNva first = rig.up(a0, 0);
            LoopbackNva second = rig.up(a1, 1);
            second.say(third(a1));
            rig.sink.await(routes -> routes.containsKey(TEN));
            Watch watch = new Watch(TEN);
            Subscription watching = rig.pair.attachSink("watch", watch);
            watch.synced();
            for (int round = 0; round < 3; round++) {
                first.say(ten(a0));
                first.say(announce(a0, TWENTY));
                rig.sink.await(routes -> routes.equals(Map.of(TEN, List.of(A, THIRD), TWENTY, List.of(A))));
                rig.pair.stopInstance("rs0", "maintenance");
                first.awaitClosed();
                assertEquals(
                        Optional.of("maintenance"), a0.notifications.get(round).shutdownText());
                assertEquals(Map.of(TEN, List.of(THIRD)), rig.sink.await(routes -> routes.size() == 1));
                assertEquals(PairPeerState.DEGRADED, state(rig));
                rig.pair.startInstance("rs0");
                first = rig.up(a0, 0);
                assertEquals(PairPeerState.CONNECTED, state(rig));
            }
            assertEquals(Map.of(TEN, List.of(THIRD)), rig.sink.routes());
            assertFalse(watch.wasAbsent, "absent in between");
            watching.close();
            assertEquals(List.of(), rig.sink.violations());
        }
    }

    @Test
    @DisplayName("ARS-4: a drain of one instance is told, and no route leaves the sink")
    void drainsOne() {
        try (PairRig rig = new PairRig(a0, b0).start()) {
            LoopbackNva first = rig.up(a0, 0);
            LoopbackNva second = rig.up(a1, 1);
            LoopbackNva other = rig.up(b0, 0);
            first.say(ten(a0));
            second.say(third(a1));
            other.await(() -> b0.routes.containsKey(TEN));
            rig.sink.await(routes -> routes.equals(Map.of(TEN, List.of(A, THIRD))));
            Watch watch = new Watch(TEN);
            Subscription watching = rig.pair.attachSink("watch", watch);
            watch.synced();
            rig.pair.drainInstance("rs0", "new image", Duration.ofHours(1));
            other.await(() -> requireNonNull(b0.routes.get(TEN)).hasCommunity(Community.GRACEFUL_SHUTDOWN));
            rig.pair.drainInstance("rs0", "new image", Duration.ZERO);
            first.awaitClosed();
            assertEquals(
                    NotificationSubcode.ADMINISTRATIVE_SHUTDOWN,
                    a0.notifications.get(0).reason());
            rig.events.await(
                    ServerEvent.OfInstance.class,
                    event -> event.instance().equals("rs0")
                            && event.event() instanceof ServerEvent.Drain drain
                            && drain.phase() == ServerEvent.Drain.Phase.SESSIONS_ENDED);
            second.say(announce(a1, TWENTY));
            rig.sink.await(routes -> routes.equals(Map.of(TEN, List.of(THIRD), TWENTY, List.of(A))));
            rig.pair.resumeInstance("rs0");
            rig.up(a0, 0);
            assertEquals(PairPeerState.CONNECTED, state(rig));
            assertFalse(watch.wasAbsent, "absent in between");
            watching.close();
        }
    }

    @Test
    @DisplayName("ARS-3: a peer is NOT_CONNECTED, CONNECTING, DEGRADED or CONNECTED over the two")
    void peerStates() {
        try (PairRig rig = new PairRig(a0)) {
            assertEquals(PairPeerState.NOT_CONNECTED, state(rig));
            rig.start();
            assertEquals(PairPeerState.CONNECTING, state(rig));
            LoopbackNva first = rig.up(a0, 0);
            assertEquals(PairPeerState.DEGRADED, state(rig));
            LoopbackNva second = rig.up(a1, 1);
            assertEquals(PairPeerState.CONNECTED, state(rig));
            rig.pair.setPeerEnabled("a", false);
            first.awaitClosed();
            second.awaitClosed();
            assertEquals(PairPeerState.NOT_CONNECTED, state(rig));
            assertFalse(rig.pair.config().shared().peers().get(0).enabled());
        }
    }

    @Test
    @DisplayName(
            "ARS-2: peers, networks and policies are changed on both, and met by an instance that was stopped meanwhile")
    void changesBoth() {
        Speaker c = Speaker.of("c", 65003, "10.0.1.3");
        try (PairRig rig = new PairRig(a0).start()) {
            rig.pair.stopInstance("rs1", "");
            rig.pair.addPeer(PairRig.peer(c));
            rig.pair.addNetwork(NetworkSpace.of(IpPrefix.parse("10.0.0.0/16")));
            rig.pair.setRoutingPreference(RoutingPreference.AS_PATH);
            rig.pair.setBranchToBranch(true);
            rig.pair.setImportPolicy(Optional.of(PolicyChains.rejectAll()));
            ConfigurationException twice =
                    assertThrows(ConfigurationException.class, () -> rig.pair.addPeer(PairRig.peer(c)));
            assertTrue(String.valueOf(twice.getMessage()).contains("peer.c"), twice::toString);
            rig.pair.startInstance("rs1");
            assertTrue(rig.pair.instance("rs1").config().export().branchToBranch());
            assertEquals(
                    RoutingPreference.AS_PATH,
                    rig.pair.instance("rs1").config().selection().preference());
            for (int i = 0; i < 2; i++) {
                c.routes.clear();
                LoopbackNva nva = rig.up(c, i);
                assertEquals(
                        IpAddress.parse("10.0.0." + (4 + i)),
                        requireNonNull(c.routes.get(IpPrefix.parse("10.0.0.0/16")))
                                .nextHop());
                nva.say(c.announce(RouteExchangeTest.path("65003", "10.0.1.3"), TEN));
                String name = PairRig.NAMES.get(i);
                rig.events.await(
                        ServerEvent.OfInstance.class,
                        event -> event.instance().equals(name) && event.event() instanceof ServerEvent.RoutesRejected);
            }
            assertTrue(rig.pair.removeNetwork(IpPrefix.parse("10.0.0.0/16")));
            assertTrue(rig.pair.removePeer("c"));
            assertFalse(rig.pair.removePeer("c"));
            for (String name : PairRig.NAMES) {
                assertEquals(1, rig.pair.instance(name).peers().size());
                assertEquals(List.of(), rig.pair.instance(name).networks());
            }
        }
    }

    @Test
    @DisplayName(
            "TRAPS 13: K5: a sink that blocks holds up neither an engine nor another sink; one that throws gets a snapshot")
    void sinksAreApart() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch mayReturn = new CountDownLatch(1);
        RecordingSink blocking = new RecordingSink(() -> {
            entered.countDown();
            try {
                mayReturn.await();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
        boolean[] hasThrown = {false};
        RecordingSink throwing = new RecordingSink(() -> {
            if (!hasThrown[0]) {
                hasThrown[0] = true;
                throw new IllegalStateException("once");
            }
        });
        try (PairRig rig =
                new PairRig(config -> config.sink("blocks", blocking).sink("throws", throwing), a0).start()) {
            entered.await();
            LoopbackNva first = rig.up(a0, 0);
            first.say(ten(a0));
            rig.sink.await(routes -> routes.containsKey(TEN));
            throwing.await(routes -> routes.containsKey(TEN));
            rig.events.await(ServerEvent.SinkFailed.class, event -> event.sink().equals("throws"));
            rig.events.await(
                    ServerEvent.CallbackSlow.class, event -> event.callback().equals("sink:blocks"));
            mayReturn.countDown();
            blocking.await(routes -> routes.containsKey(TEN));
            assertEquals(List.of(), blocking.violations());
            assertEquals(List.of(), throwing.violations());
        }
    }

    @Test
    @DisplayName("ARS-2: when the pair stops the sinks keep what they hold, and every call says that it has stopped")
    void stops() {
        PairRig rig = new PairRig(a0).start();
        LoopbackNva first = rig.up(a0, 0);
        first.say(ten(a0));
        rig.sink.await(routes -> routes.containsKey(TEN));
        rig.pair.stop("over");
        first.awaitClosed();
        assertEquals(Optional.of("over"), a0.notifications.get(0).shutdownText());
        assertEquals(Map.of(TEN, List.of(A)), rig.sink.routes());
        List<ServerEvent> events = rig.events.all();
        assertEquals(new ServerEvent.ServerStopped(Optional.empty()), events.get(events.size() - 1));
        RouteServerPair pair = rig.pair;
        List<Executable> calls = List.of(
                pair::start,
                pair::peers,
                pair::check,
                () -> pair.addPeer(PairRig.peer(b0)),
                () -> pair.removePeer("a"),
                () -> pair.instance("rs0"),
                () -> pair.startInstance("rs0"),
                () -> pair.drainInstance("rs0", "", Duration.ZERO),
                () -> pair.attachSink("late", new RecordingSink()));
        for (Executable call : calls) {
            assertThrows(IllegalStateException.class, call, "call " + calls.indexOf(call));
        }
        pair.stop("again");
        rig.transport.close();
    }

    @Test
    @DisplayName("TRAPS 12: a listener stops the pair from inside its callback, and nothing hangs")
    void stopsFromInside() {
        RouteServerPair[] pair = new RouteServerPair[1];
        EventRecorder recorder = new EventRecorder(event -> {
            if (event instanceof ServerEvent.OfInstance of && of.event() instanceof ServerEvent.RoutesRejected) {
                pair[0].stop("enough");
            }
        });
        try (PairRig rig = new PairRig(config -> config.listener(recorder), a0)) {
            pair[0] = rig.pair;
            rig.start();
            LoopbackNva first = rig.up(a0, 0);
            first.say(a0.announce(RouteExchangeTest.path("65001 65515", "10.0.1.1"), TEN));
            first.awaitClosed();
            recorder.await(ServerEvent.ServerStopped.class);
            assertEquals(
                    2,
                    recorder.all(ServerEvent.OfInstance.class).stream()
                            .filter(event -> event.event() instanceof ServerEvent.ServerStopped)
                            .count());
        }
    }

    @Test
    @DisplayName("ARS-2: start binds both or none, and may be tried again")
    void startsBothOrNone() throws Exception {
        try (PairRig rig = new PairRig(a0)) {
            var port = rig.transport.listen(PairRig.instance(1).listen().get(0), connection -> null);
            assertThrows(java.io.UncheckedIOException.class, rig.pair::start);
            rig.transport
                    .listen(PairRig.instance(0).listen().get(0), connection -> null)
                    .close();
            port.close();
            rig.start();
            assertEquals(
                    SessionState.ACTIVE,
                    rig.pair.instance("rs1").peer("a").orElseThrow().state());
            assertThrows(IllegalStateException.class, rig.pair::start);
            assertThrows(ConfigurationException.class, () -> rig.pair.instance("rs2"));
        }
    }

    /** A sink that notes whether a prefix was ever absent once it had a snapshot. */
    private static final class Watch implements dev.waymark.spi.RouteSink {
        private final IpPrefix prefix;
        private final CountDownLatch synced = new CountDownLatch(1);
        private boolean isInSnapshot;
        volatile boolean wasAbsent;

        Watch(IpPrefix prefix) {
            this.prefix = prefix;
        }

        void synced() {
            try {
                synced.await();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }

        @Override
        public void snapshotBegin(long revision) {
            isInSnapshot = false;
        }

        @Override
        public void snapshotPage(dev.waymark.api.route.RouteBatch page) {
            isInSnapshot |=
                    page.changes().stream().anyMatch(change -> change.prefix().equals(prefix));
        }

        @Override
        public void snapshotEnd(long revision) {
            wasAbsent |= !isInSnapshot;
            synced.countDown();
        }

        @Override
        public void onChanges(dev.waymark.api.route.RouteBatch changes) {
            wasAbsent |= changes.changes().stream()
                    .anyMatch(change -> change.prefix().equals(prefix) && change.isWithdrawal());
        }
    }
}
