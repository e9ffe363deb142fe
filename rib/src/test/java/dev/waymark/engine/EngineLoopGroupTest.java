package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.contract.RecordingSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many servers on few threads (DESIGN §7): each goes on as if it were alone. */
@Timeout(60)
class EngineLoopGroupTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.1.0.0/16");

    private final EngineLoopGroup group = EngineLoopGroup.of("group-test", 2);
    private final List<EngineRig> rigs = new ArrayList<>();

    @AfterEach
    void stop() {
        rigs.forEach(EngineRig::close);
        group.close();
    }

    private EngineRig rig(UnaryOperator<RouteServerConfigBuilder> change, Speaker... speakers) {
        EngineRig rig = new EngineRig(config -> RouteServerEngine.create(config, group), change, speakers);
        rigs.add(rig);
        return rig;
    }

    private EngineRig rig(Speaker... speakers) {
        return rig(config -> config, speakers);
    }

    private static Speaker a() {
        return Speaker.of("a", 65001, "10.0.1.1");
    }

    private static Speaker b() {
        return Speaker.of("b", 65002, "10.0.1.2");
    }

    private static boolean isLoopThread(Thread thread) {
        return thread.getName().matches("waymark-group-test-\\d+");
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(EngineLoopGroupTest::isLoopThread)
                .collect(Collectors.toSet());
    }

    @Test
    @DisplayName("Sixty servers on two threads: each passes on its own routes and nobody else's, and stops alone")
    void serversShareThreadsAndNothingElse() {
        List<LoopbackNva> senders = new ArrayList<>();
        List<LoopbackNva> receivers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            EngineRig rig = rig(a(), b()).start();
            senders.add(rig.up(Speaker.of("a", 65001, "10.0.1.1")));
            receivers.add(rig.up(Speaker.of("b", 65002, "10.0.1.2")));
        }
        assertEquals(60, group.servers());
        assertEquals(2, threads().size());
        for (int i = 0; i < 60; i++) {
            Speaker sender = senders.get(i).speaker;
            senders.get(i)
                    .say(sender.announce(
                            RouteExchangeTest.path("65001 " + (1_000 + i), "10.0.1.1"),
                            TEN,
                            IpPrefix.parse("10.2." + i + ".0/24")));
        }
        for (int i = 0; i < 60; i++) {
            Speaker receiver = receivers.get(i).speaker;
            receivers.get(i).await(() -> receiver.routes.size() == 2);
            assertEquals(Set.of(TEN, IpPrefix.parse("10.2." + i + ".0/24")), receiver.routes.keySet(), "server " + i);
        }
        for (int i = 0; i < 60; i += 2) {
            rigs.get(i).server.stop("one of two");
            receivers.get(i).awaitClosed();
        }
        assertEquals(30, group.servers());
        for (int i = 1; i < 60; i += 2) {
            Speaker sender = senders.get(i).speaker;
            Speaker receiver = receivers.get(i).speaker;
            senders.get(i).say(sender.withdraw(List.of(TEN)));
            receivers.get(i).await(() -> receiver.routes.size() == 1);
        }
    }

    @Test
    @DisplayName("A server that nothing happens to sends its keepalives, while others come and go on its thread")
    void idleServersKeepTheirSessions() {
        Speaker quick = a();
        quick.holdTimeSeconds = 3;
        EngineRig idle = rig(quick).start();
        LoopbackNva nva = idle.up(quick);
        for (int i = 0; i < 4; i++) {
            Speaker other = a();
            EngineRig brief = rig(other).start();
            brief.up(other);
            brief.server.stop("");
        }
        nva.await(() -> keepalives(quick) >= 3); // the first one answers the OPEN, so two were due by the clock
        assertFalse(nva.end.isClosed());
    }

    private static long keepalives(Speaker speaker) {
        return speaker.received.stream()
                .filter(type -> type == MessageType.KEEPALIVE)
                .count();
    }

    @Test
    @DisplayName("A server that breaks ends alone; the others of its thread go on")
    void brokenServerEndsAlone() {
        AtomicBoolean isBroken = new AtomicBoolean();
        Speaker a = a();
        Speaker b = b();
        EngineRig breaking = rig(
                config -> config.clock(() -> {
                    if (isBroken.get() && isLoopThread(Thread.currentThread())) {
                        throw new IllegalStateException("the clock is broken");
                    }
                    return System.nanoTime();
                }),
                a());
        EngineRig sound = rig(a, b);
        EngineRig beside = rig(a());
        breaking.start();
        sound.start();
        beside.start();
        LoopbackNva sender = sound.up(a);
        LoopbackNva receiver = sound.up(b);
        isBroken.set(true);
        assertThrows(IllegalStateException.class, () -> breaking.server.setBranchToBranch(true));
        assertEquals(
                Optional.of("java.lang.IllegalStateException: the clock is broken"),
                breaking.events.await(ServerEvent.ServerStopped.class).error());
        sender.say(a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
        receiver.await(() -> b.routes.containsKey(TEN));
        assertEquals(1, beside.server.peers().size());
        assertEquals(2, group.servers());
    }

    @Test
    @DisplayName("A policy that calls another server of its group is refused, where waiting would never end")
    void policyMayNotCallIntoTheGroup() {
        EngineRig other = rig(b());
        EngineRig third = rig(b());
        CompletableFuture<String> refusal = new CompletableFuture<>();
        Speaker a = a();
        EngineRig calling = rig(
                config -> config.importPolicy((context, route) -> {
                    for (EngineRig rig : List.of(other, third)) {
                        try {
                            rig.server.peers();
                        } catch (IllegalStateException refused) {
                            refusal.complete(String.valueOf(refused.getMessage()));
                        }
                    }
                    return PolicyVerdict.accept();
                }),
                a);
        calling.start();
        calling.up(a).say(a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
        assertTrue(refusal.join().contains("may not call the server"), refusal.join());
    }

    @Test
    @DisplayName("A sink that blocks holds up neither its own server nor others that share its executor")
    void blockedSinkHoldsUpNobody() {
        CountDownLatch release = new CountDownLatch(1);
        RecordingSink blocked = new RecordingSink(() -> {
            try {
                release.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        RecordingSink free = new RecordingSink();
        Speaker a = a();
        rig(config -> config.sink("blocked", blocked), a()).start();
        EngineRig sound = rig(config -> config.sink("free", free), a).start();
        sound.up(a).say(a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
        free.await(routes -> routes.containsKey(TEN));
        release.countDown();
    }

    @Test
    @DisplayName("A pair on a group: two servers, with the sink of both")
    void pairsRunOnGroups() {
        Speaker a = a();
        try (PairRig rig = new PairRig(config -> RouteServerEngine.createPair(config, group), config -> config, a)) {
            rig.start();
            assertEquals(2, group.servers());
            rig.up(a, 1).say(a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
            rig.sink.await(routes -> routes.containsKey(TEN));
            rig.pair.stopInstance("rs1", "");
            rig.sink.await(Map::isEmpty);
            assertEquals(1, group.servers());
            rig.pair.startInstance("rs1");
            assertEquals(2, group.servers());
        }
        assertEquals(0, group.servers());
    }

    @Test
    @DisplayName("A closed group takes no server; those it has go on, and its threads end with the last")
    void closedGroupEndsWithItsServers() throws InterruptedException {
        Speaker a = a();
        EngineRig running = rig(a).start();
        rig(b()).start();
        group.close();
        group.close();
        assertThrows(IllegalStateException.class, () -> rig(b()));
        running.up(a);
        Set<Thread> threads = threads();
        assertEquals(2, threads.size());
        rigs.forEach(rig -> rig.server.stop(""));
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(0, group.servers());
    }

    @Test
    @DisplayName("A group of no threads, or of too many, is refused")
    void refusesSillySizes() {
        assertThrows(ConfigurationException.class, () -> EngineLoopGroup.of("none", 0));
        assertThrows(ConfigurationException.class, () -> EngineLoopGroup.of("many", 1_025));
    }
}
