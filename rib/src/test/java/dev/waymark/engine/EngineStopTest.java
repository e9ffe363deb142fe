package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RouteServer;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.ServerEventListener;
import dev.waymark.spi.SpiContext;
import dev.waymark.spi.Transport;
import dev.waymark.spi.TransportProvider;
import dev.waymark.spi.contract.LoopbackPeer;
import dev.waymark.spi.contract.LoopbackTransport;
import dev.waymark.spi.contract.RecordingSink;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stopping from everywhere, with everything in the way: it returns, tells the peers, and leaves nothing behind. */
@Timeout(60)
class EngineStopTest {
    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");

    @Test
    @DisplayName("TRAPS 12: stop from inside a listener's callback returns, and the server ends")
    void stopsFromInsideAListener() {
        CompletableFuture<RouteServer> server = new CompletableFuture<>();
        EventRecorder stopper = new EventRecorder(event -> {
            if (event instanceof ServerEvent.PeerStateChanged) {
                server.join().stop("from a callback");
            }
        });
        try (EngineRig rig = new EngineRig(a)) {
            server.complete(rig.server);
            rig.server.subscribe(stopper);
            rig.start();
            assertEquals(
                    1,
                    stopper.await(ServerEvent.ServerStopped.class).error().stream()
                                    .count()
                            + 1);
        }
    }

    @Test
    @DisplayName("TRAPS 12: stop from inside a sink's call returns, and the peers hear why")
    void stopsFromInsideASink() {
        CompletableFuture<RouteServer> server = new CompletableFuture<>();
        CountDownLatch returned = new CountDownLatch(1);
        RecordingSink sink = new RecordingSink(() -> {
            if (server.isDone()) {
                server.join().stop("from a sink");
                returned.countDown();
            }
        });
        try (EngineRig rig = new EngineRig(config -> config.sink("table", sink), a).start()) {
            LoopbackNva nva = rig.up(a);
            sink.awaitSnapshots(1);
            server.complete(rig.server);
            nva.say(a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), IpPrefix.parse("10.1.0.0/16")));
            nva.awaitClosed();
            assertEquals("from a sink", a.notifications.get(0).shutdownText().orElseThrow());
            rig.events.await(ServerEvent.ServerStopped.class);
            await(returned);
        }
    }

    /** A transport that tells when it was closed. */
    public static final class ClosableProvider implements TransportProvider {
        static final CompletableFuture<String> CLOSED = new CompletableFuture<>();

        @Override
        public String name() {
            return "closable";
        }

        @Override
        public Transport create(SpiContext context) {
            return new FailingTransport(new LoopbackTransport(), () -> CLOSED.complete(context.serverName()));
        }
    }

    @Test
    @DisplayName(
            "TRAPS 12: stop from inside a callback closes the transport that the server made, and ends its threads")
    void leavesNothingBehind(@TempDir Path folder) throws Exception {
        CompletableFuture<RouteServer> server = new CompletableFuture<>();
        ServerEventListener stopper = event -> {
            if (event instanceof ServerEvent.PeerStateChanged) {
                server.join().stop("");
            }
        };
        ClassLoader loader = ServiceFiles.in(folder)
                .provide(TransportProvider.class, ClosableProvider.class)
                .loader();
        server.complete(RouteServerEngine.create(RouteExchangeTest.azure(a)
                .name("leaves-nothing")
                .discoverProviders(loader)
                .listener(stopper)
                .build()));
        server.join().start();
        assertEquals("leaves-nothing", ClosableProvider.CLOSED.get(30, TimeUnit.SECONDS));
        server.join().stop("");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("waymark-leaves-nothing")) {
                thread.join(30_000);
                assertFalse(thread.isAlive(), thread.getName());
            }
        }
    }

    @Test
    @DisplayName("TRAPS 12: a connection that comes about after the stop is closed, not forgotten")
    void lateConnectionIsClosed() {
        Speaker active = Speaker.of("active", 65009, "10.0.1.9");
        EngineRig rig = new EngineRig(config ->
                        config.peer(PeerConfigs.of(active).passive(false).build()))
                .start();
        LoopbackTransport.Attempt attempt = rig.transport.awaitAttempt();
        rig.server.stop("");
        LoopbackPeer end = attempt.accept();
        end.awaitClosed();
        assertTrue(end.wasAborted());
        rig.close();
    }

    @Test
    @DisplayName("TRAPS 12: a peer that reads nothing can't hold up a stop")
    void deafPeerHoldsNothingUp() {
        try (EngineRig rig = new EngineRig(a).start()) {
            LoopbackNva nva = rig.up(a);
            nva.end.window(0);
            rig.server.stop("");
            assertTrue(nva.end.isClosed());
        }
    }

    @Test
    @DisplayName("ERROR-HANDLING 10: stop waits five seconds at most for host code that blocks, all of it together")
    void blockingHostCodeHoldsUpFiveSeconds() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        RecordingSink first = new RecordingSink(() -> await(release));
        RecordingSink second = new RecordingSink(() -> await(release));
        EngineRig rig = new EngineRig(config -> config.sink("first", first).sink("second", second), a).start();
        LoopbackNva nva = rig.up(a);
        long begin = System.nanoTime();
        rig.server.stop("bye");
        long seconds = (System.nanoTime() - begin) / 1_000_000_000;
        assertTrue(seconds < 9, "stop took " + seconds + " s");
        nva.awaitClosed();
        assertEquals("bye", a.notifications.get(0).shutdownText().orElseThrow());
        release.countDown();
        rig.close();
    }

    @Test
    @DisplayName("Many threads may stop at once; each returns when the server has ended")
    void stopsFromManyThreads() throws Exception {
        try (EngineRig rig = new EngineRig(a).start()) {
            rig.up(a);
            CompletableFuture<?>[] stops = new CompletableFuture<?>[4];
            for (int i = 0; i < stops.length; i++) {
                stops[i] =
                        CompletableFuture.runAsync(() -> rig.server.stop(""), runnable -> new Thread(runnable).start());
            }
            CompletableFuture.allOf(stops).get(30, TimeUnit.SECONDS);
            assertEquals(1, rig.events.all(ServerEvent.ServerStopped.class).size());
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
