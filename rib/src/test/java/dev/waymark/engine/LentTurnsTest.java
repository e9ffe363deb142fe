package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.contract.ManualClock;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
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

    private void lend(LoopbackNva nva) {
        nva.end.lend(turn -> {
            lent++;
            turn.run();
        });
    }

    @Test
    @DisplayName("A few octets to a loop that rests have their turn before the transport's thread goes on")
    void fewOctetsAreAnsweredAtOnce() {
        try (EngineRig rig = new EngineRig(a, b).start()) {
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
    @DisplayName("Bulk is left to the loop's own thread")
    void bulkIsNotLent() {
        try (EngineRig rig = new EngineRig(a, b).start()) {
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
        try (EngineRig rig = new EngineRig(
                        config -> config.name("lent")
                                .clock(clock)
                                .session(session -> session.withHoldTime(Duration.ofSeconds(3))),
                        a,
                        b)
                .start()) {
            LoopbackNva first = rig.up(a);
            LoopbackNva second = rig.up(b);
            Queue<Runnable> held = new ArrayDeque<>();
            first.end.lend(held::add);
            while (held.isEmpty()) {
                first.say(change());
            }
            Thread own = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("waymark-lent"))
                    .findFirst()
                    .orElseThrow();
            while (own.getState() != Thread.State.WAITING) {
                Thread.onSpinWait(); // until the alarm has rung, for a loop that is promised to another thread
            }
            held.remove().run();
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
        try (EngineRig rig = new EngineRig(
                config -> config.importPolicy((context, route) -> {
                    if (lent > 0) {
                        try {
                            server.join().server.peers();
                        } catch (IllegalStateException refused) {
                            refusal.complete(String.valueOf(refused.getMessage()));
                        }
                    }
                    return PolicyVerdict.accept();
                }),
                a,
                b)) {
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
        EngineRig rig = new EngineRig(a, b).start();
        LoopbackNva first = rig.up(a);
        LoopbackNva second = rig.up(b);
        Queue<Runnable> held = new ArrayDeque<>();
        first.end.lend(held::add);
        while (held.isEmpty()) {
            first.say(change());
        }
        Thread stopping = new Thread(() -> rig.server.stop("over"));
        stopping.start();
        while (stopping.getState() == Thread.State.RUNNABLE || stopping.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        held.remove().run();
        second.awaitClosed();
        stopping.join();
        assertEquals(
                Optional.empty(),
                rig.events.await(ServerEvent.ServerStopped.class).error());
        rig.close();
    }
}
