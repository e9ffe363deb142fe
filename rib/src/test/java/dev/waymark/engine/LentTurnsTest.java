package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.spi.MonotonicClock;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.contract.ManualClock;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns on the thread of a transport that lends itself: the test's thread, while it sends. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LentTurnsTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.9.0.0/16");

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private int lent;
    private int number;

    /** A server with both as peers, who may say as much as they like: each change counts as a route (ARS-24). */
    private EngineRig rig(UnaryOperator<RouteServerConfigBuilder> change) {
        return new EngineRig(
                config -> change.apply(config.limits(limits -> limits.withRouteLimit(Optional.empty()))), a, b);
    }

    private EngineRig rig() {
        return rig(config -> config);
    }

    private byte[] change() {
        return a.announce(RouteExchangeTest.path("65001 " + (1_000 + number++ % 1_000), "10.0.1.1"), TEN);
    }

    private byte[] bulk() {
        ByteArrayOutputStream bulk = new ByteArrayOutputStream();
        while (bulk.size() <= 4_096) {
            bulk.writeBytes(change());
        }
        return bulk.toByteArray();
    }

    /** Sends changes until the loop rested before one, and so had its turn on this thread. */
    private void sayUntilLent(LoopbackNva nva, LoopbackNva other) {
        for (int before = lent; lent == before; ) {
            other.end.take();
            nva.say(change());
        }
    }

    /** Sends changes until the loop would have its turn on this thread, and returns that turn, which is still to come. */
    private Runnable heldTurn(LoopbackNva nva) {
        Queue<Runnable> held = new ArrayDeque<>();
        nva.end.lend(held::add);
        while (held.isEmpty()) {
            nva.say(change());
        }
        return held.remove();
    }

    private void lend(LoopbackNva nva) {
        nva.end.lend(turn -> {
            lent++;
            turn.run();
        });
    }

    @Test
    @DisplayName("A few octets to a loop that rests have their turn before the transport's thread goes on")
    void fewOctetsAreAnsweredAtOnce() {
        try (EngineRig rig = rig().start()) {
            LoopbackNva first = rig.up(a);
            LoopbackNva second = rig.up(b);
            lend(first);
            for (int i = 0; i < 20; i++) {
                sayUntilLent(first, second);
                assertTrue(second.end.take().length > 0, "nothing was passed on within the turn");
            }
        }
    }

    @Test
    @DisplayName("A single change doesn't wake the loop's own thread, neither to tidy up nor to set an alarm anew")
    void ownThreadSleeps() {
        AtomicInteger looks = new AtomicInteger();
        MonotonicClock clock = () -> {
            if (Thread.currentThread().getName().equals("waymark-lent")) {
                looks.incrementAndGet();
            }
            return System.nanoTime();
        };
        try (EngineRig rig = rig(config -> config.name("lent").clock(clock)).start()) {
            LoopbackNva first = rig.up(a);
            LoopbackNva second = rig.up(b);
            lend(first);
            sayUntilLent(first, second);
            int before = looks.get();
            for (int i = 0; i < 1_000; i++) {
                sayUntilLent(first, second);
            }
            int after = looks.get();
            assertTrue(after - before < 500, () -> "looks at the clock: " + (after - before));
        }
    }

    @Test
    @DisplayName("Bulk is left to the loop's own thread")
    void bulkIsNotLent() {
        try (EngineRig rig = rig().start()) {
            LoopbackNva first = rig.up(a);
            LoopbackNva second = rig.up(b);
            lend(first);
            for (int i = 0; i < 20; i++) {
                first.say(bulk());
                second.end.awaitOctets(1);
            }
            assertEquals(0, lent);
        }
    }

    @Test
    @DisplayName("RFC 4271 §4.4: a keepalive whose alarm rang while a lent turn was still to come is sent all the same")
    void alarmIsNotLost() {
        ManualClock clock = new ManualClock();
        try (EngineRig rig = rig(config -> config.name("lent")
                        .clock(clock)
                        .session(session -> session.withHoldTime(Duration.ofSeconds(3))))
                .start()) {
            LoopbackNva first = rig.up(a);
            LoopbackNva second = rig.up(b);
            Runnable turn = heldTurn(first);
            Thread own = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("waymark-lent"))
                    .findFirst()
                    .orElseThrow();
            while (own.getState() != Thread.State.WAITING) {
                Thread.onSpinWait(); // until the alarm has rung, for a loop that is promised to another thread
            }
            turn.run();
            second.await(() -> !b.routes.isEmpty());
            b.received.clear();
            clock.advance(Duration.ofSeconds(1));
            second.await(() -> b.received.contains(MessageType.KEEPALIVE));
        }
    }

    @Test
    @DisplayName("A policy that calls the server from a lent turn is refused, where waiting would never end")
    void policyMayNotCallTheServer() {
        CompletableFuture<EngineRig> server = new CompletableFuture<>();
        CompletableFuture<String> refusal = new CompletableFuture<>();
        try (EngineRig rig = rig(config -> config.importPolicy((context, route) -> {
            if (lent > 0) {
                try {
                    server.join().server.peers();
                } catch (IllegalStateException refused) {
                    refusal.complete(String.valueOf(refused.getMessage()));
                }
            }
            return PolicyVerdict.accept();
        }))) {
            server.complete(rig);
            rig.start();
            LoopbackNva first = rig.up(a);
            LoopbackNva second = rig.up(b);
            lend(first);
            sayUntilLent(first, second);
            assertTrue(refusal.join().contains("may not call the server"), refusal.join());
        }
    }

    @Test
    @DisplayName("A server that is stopped while a lent turn is still to come ends once it has come")
    void stopWaitsForALentTurn() throws InterruptedException {
        EngineRig rig = rig().start();
        LoopbackNva first = rig.up(a);
        LoopbackNva second = rig.up(b);
        Runnable turn = heldTurn(first);
        Thread stopping = new Thread(() -> rig.server.stop("over"));
        stopping.start();
        while (stopping.getState() == Thread.State.RUNNABLE || stopping.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        turn.run();
        second.awaitClosed();
        stopping.join();
        assertEquals(
                Optional.empty(),
                rig.events.await(ServerEvent.ServerStopped.class).error());
        rig.close();
    }
}
