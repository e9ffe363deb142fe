package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.api.Subscription;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.ServerMetrics;
import dev.waymark.spi.contract.RecordingSink;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Host code that the engine calls: slow, throwing, re-entrant, or refused by its executor. */
@Timeout(60)
class EngineCallbackTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.1.0.0/16");

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");

    @Test
    @DisplayName("TRAPS 12: a subscription that is closed inside its own callback hears nothing more")
    void subscriptionStopsInsideItsCallback() {
        CompletableFuture<Subscription> subscription = new CompletableFuture<>();
        EventRecorder once = new EventRecorder(event -> subscription.join().close());
        try (EngineRig rig = new EngineRig(a, b)) {
            subscription.complete(rig.server.subscribe(once));
            rig.start();
            rig.up(a);
            rig.up(b);
            rig.events.awaitState("b", SessionState.ESTABLISHED);
            assertEquals(1, once.all().size());
        }
    }

    @Test
    @DisplayName(
            "TRAPS 12: a sink that detaches itself inside its call gets no other, and may come back under its name")
    void sinkDetachesItself() {
        CompletableFuture<Subscription> subscription = new CompletableFuture<>();
        CountDownLatch detached = new CountDownLatch(1);
        RecordingSink sink = new RecordingSink(() -> {
            subscription.join().close();
            detached.countDown();
        });
        try (EngineRig rig = new EngineRig(a).start()) {
            subscription.complete(rig.server.attachSink("table", sink));
            LoopbackNva nva = rig.up(a);
            nva.say(a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
            await(detached);
            RecordingSink next = new RecordingSink();
            rig.server.attachSink("table", next);
            next.await(routes -> routes.containsKey(TEN));
            assertEquals(Map.of(), sink.routes());
        }
    }

    @Test
    @DisplayName("ERROR-HANDLING 10: a callback may call the server, and sees the state of its moment")
    void callbacksMayCallTheServer() {
        CompletableFuture<EngineRig> rig = new CompletableFuture<>();
        BlockingQueue<List<PeerSnapshot>> seen = new LinkedBlockingQueue<>();
        EventRecorder caller = new EventRecorder(event -> {
            if (event instanceof ServerEvent.PeerStateChanged changed && changed.to() == SessionState.ESTABLISHED) {
                rig.join().server.addPeer(PeerConfigs.of(b).build());
                seen.add(rig.join().server.peers());
            }
        });
        try (EngineRig one = new EngineRig(a)) {
            rig.complete(one);
            one.server.subscribe(caller);
            one.start();
            one.up(a);
            caller.awaitState("a", SessionState.ESTABLISHED);
            assertEquals(2, seen.remove().size());
            one.up(b);
        }
    }

    @Test
    @DisplayName("A listener that throws hears the next event, and so do the others")
    void throwingListenerGoesOn() {
        List<ServerEvent> heard = new ArrayList<>();
        EventRecorder after = new EventRecorder();
        try (EngineRig rig = new EngineRig(
                        config -> config.listener(event -> {
                                    heard.add(event);
                                    throw new IllegalStateException("thrown by a test");
                                })
                                .listener(after),
                        a)
                .start()) {
            rig.up(a);
            after.awaitState("a", SessionState.ESTABLISHED);
            rig.server.stop("");
            assertEquals(rig.events.all(), heard);
        }
    }

    @Test
    @DisplayName(
            "TRAPS 13: a listener that blocks through a burst costs no session, loses what is over its bound, and is told")
    void blockedListenerIsToldWhatItLost() {
        CountDownLatch release = new CountDownLatch(1);
        EventRecorder slow = new EventRecorder(event -> await(release));
        try (EngineRig rig = new EngineRig(config -> config.listener(slow), a).start()) {
            LoopbackNva nva = rig.up(a);
            InetSocketAddress from = new InetSocketAddress(a.address.toInetAddress(), 50_000);
            for (int i = 0; i < 12_000; i++) {
                rig.transport.dial(from, EngineRig.LISTEN);
            }
            assertEquals(
                    SessionState.ESTABLISHED, rig.server.peer("a").orElseThrow().state());
            assertFalse(nva.end.isClosed());
            release.countDown();
            rig.server.stop("");
            slow.await(ServerEvent.ServerStopped.class);
            rig.events.await(ServerEvent.ServerStopped.class);
            int heard = slow.all(ServerEvent.ConnectionRefused.class).size();
            assertTrue(lost(slow) > 1_000 && heard > 9_000, lost(slow) + " lost, " + heard + " heard");
            assertEquals(heardOrLost(rig.events), heardOrLost(slow));
        }
    }

    private static long lost(EventRecorder recorder) {
        return recorder.all(ServerEvent.EventsLost.class).stream()
                .mapToLong(ServerEvent.EventsLost::count)
                .sum();
    }

    private static long heardOrLost(EventRecorder recorder) {
        int gaps = recorder.all(ServerEvent.EventsLost.class).size();
        return recorder.all().size() - gaps + lost(recorder);
    }

    @Test
    @DisplayName("ERROR-HANDLING 10: a sink whose call takes long is named in an event, and everybody else goes on")
    void slowSinkIsNamed() {
        CountDownLatch release = new CountDownLatch(1);
        RecordingSink slow = new RecordingSink(() -> await(release));
        RecordingSink other = new RecordingSink();
        try (EngineRig rig = new EngineRig(config -> config.sink("slow", slow).sink("other", other), a, b).start()) {
            LoopbackNva nva = rig.up(a);
            LoopbackNva second = rig.up(b);
            nva.say(a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
            other.await(routes -> routes.containsKey(TEN));
            second.await(() -> b.routes.containsKey(TEN));
            ServerEvent.CallbackSlow event = rig.events.await(ServerEvent.CallbackSlow.class);
            assertEquals("sink:slow", event.callback());
            assertTrue(event.millis() >= 1_000, event::toString);
            release.countDown();
            slow.await(routes -> routes.containsKey(TEN));
            assertEquals(1, rig.events.all(ServerEvent.CallbackSlow.class).size());
        }
    }

    @Test
    @DisplayName("A sink whose call the executor refuses is tried again, and in the end holds all routes")
    void refusedCallIsTriedAgain() {
        AtomicBoolean isFull = new AtomicBoolean();
        CompletableFuture<SerialCalls> sinkCalls = new CompletableFuture<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch refused = new CountDownLatch(1);
        Executor executor = task -> {
            SerialCalls calls = (SerialCalls) task;
            if (calls.name().equals("sink:table")) {
                sinkCalls.complete(calls);
                if (isFull.get()) {
                    refused.countDown();
                    throw new RejectedExecutionException("full");
                }
            }
            threads.execute(calls);
        };
        RecordingSink sink = new RecordingSink();
        try (EngineRig rig = new EngineRig(config -> config.executor(executor).sink("table", sink), a).start()) {
            LoopbackNva nva = rig.up(a);
            sink.awaitSnapshots(1);
            // a thread that is still at it would take the next call along, and nobody be asked for another
            assertTrue(sinkCalls.join().await(TimeUnit.SECONDS.toNanos(50)));
            isFull.set(true);
            nva.say(a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
            await(refused);
            isFull.set(false);
            sink.await(routes -> routes.containsKey(TEN));
        }
        threads.shutdown();
    }

    @Test
    @DisplayName(
            "ARS-73: metrics say 1 while the session is up, how many routes go which way, and 0 when a peer is removed")
    void metricsFollow() {
        Map<String, Long> numbers = new ConcurrentHashMap<>();
        BlockingQueue<String> changes = new LinkedBlockingQueue<>();
        ServerMetrics metrics = new ServerMetrics() {
            private void put(String what, PeerIdentity peer, long value) {
                numbers.put(what + peer.name(), value);
                changes.add(what + peer.name() + "=" + value);
            }

            @Override
            public void recordPeerStatus(String instance, PeerIdentity peer, int status) {
                put("status ", peer, status);
            }

            @Override
            public void recordRoutesLearned(String instance, PeerIdentity peer, long routes) {
                put("learned ", peer, routes);
            }

            @Override
            public void recordRoutesAdvertised(String instance, PeerIdentity peer, long routes) {
                put("advertised ", peer, routes);
            }
        };
        try (EngineRig rig = new EngineRig(config -> config.metrics(metrics), a, b).start()) {
            LoopbackNva nva = rig.up(a);
            rig.up(b);
            nva.say(a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
            await(changes, "advertised b=1");
            assertEquals(1, numbers.get("status a"));
            assertEquals(1, numbers.get("learned a"));
            rig.server.removePeer("b");
            await(changes, "advertised b=0");
            assertEquals(0, numbers.get("status b"));
        }
    }

    private static void await(BlockingQueue<String> changes, String wanted) {
        try {
            String next = "";
            while (next != null && !next.equals(wanted)) {
                next = changes.poll(30, TimeUnit.SECONDS);
            }
            assertEquals(wanted, next);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(50, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
