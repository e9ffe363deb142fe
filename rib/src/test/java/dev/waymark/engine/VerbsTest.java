package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerIdentity;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerPair;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.spi.ServerMetrics;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ARS-74's verbs, on one instance and on a pair. */
class VerbsTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.1.0.0/16");

    private final Speaker a0 = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker a1 = Speaker.of("a", 65001, "10.0.1.1");

    private static Set<String> methods(Class<?> type) {
        return Stream.of(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
    }

    @Test
    @DisplayName("ARS-74: create, update, delete and list peers, resets, enable and disable: on a server and on a pair")
    void bothHaveAllVerbs() {
        Set<String> verbs = Set.of(
                "addPeer", "updatePeer", "removePeer", "peers", "peer", "resetPeer", "setPeerEnabled", "peerDown");
        assertTrue(methods(RouteServer.class).containsAll(verbs));
        assertTrue(methods(RouteServerPair.class).containsAll(verbs));
        assertTrue(methods(RouteServer.class).containsAll(Set.of("routes", "page")), "learned and advertised");
        assertTrue(methods(RouteServerPair.class).contains("instance"), "which has them");
    }

    @Test
    @DisplayName(
            "ARS-74: a soft reset in through the pair asks the peer on both instances; soft out sends all again on both")
    void softResetsReachBoth() {
        try (PairRig rig = new PairRig(a0, Speaker.of("b", 65002, "10.0.1.2")).start()) {
            rig.pair.addNetwork(NetworkSpace.of(TEN));
            LoopbackNva first = rig.up(a0, 0);
            LoopbackNva second = rig.up(a1, 1);
            rig.pair.resetPeer("a", ResetKind.SOFT_IN, "");
            first.await(() -> a0.received.contains(MessageType.ROUTE_REFRESH));
            second.await(() -> a1.received.contains(MessageType.ROUTE_REFRESH));
            List.of(a0, a1).forEach(speaker -> {
                speaker.mayRepeat = true;
                speaker.received.clear();
            });
            rig.pair.resetPeer("a", ResetKind.SOFT_OUT, "");
            first.await(() -> a0.received.contains(MessageType.UPDATE));
            second.await(() -> a1.received.contains(MessageType.UPDATE));
        }
    }

    @Test
    @DisplayName(
            "ARS-74: a hard reset through the pair ends both sessions with Cease/4 and its text, one instance stopped or not")
    void hardResetReachesBoth() {
        try (PairRig rig = new PairRig(a0).start()) {
            LoopbackNva first = rig.up(a0, 0);
            LoopbackNva second = rig.up(a1, 1);
            rig.pair.resetPeer("a", ResetKind.HARD, "new firmware");
            for (LoopbackNva nva : List.of(first, second)) {
                nva.awaitClosed();
                assertEquals(4, nva.speaker.notifications.get(0).subcode());
                assertEquals(
                        "new firmware",
                        nva.speaker.notifications.get(0).shutdownText().orElse(""));
            }
            rig.pair.stopInstance("rs0", "");
            LoopbackNva again = rig.up(a1, 1);
            rig.pair.peerDown("a", "no answer to 3 pings");
            again.awaitClosed();
            assertEquals(10, a1.notifications.get(a1.notifications.size() - 1).subcode());
            ConfigurationException unknown =
                    assertThrows(ConfigurationException.class, () -> rig.pair.resetPeer("x", ResetKind.HARD, ""));
            assertEquals("ARS-74", unknown.rule());
        }
    }

    @Test
    @DisplayName("ARS-73: Azure's three metrics, each with instance, peer type and peer, from both instances of a pair")
    void metricsNameInstanceTypeAndPeer() throws InterruptedException {
        assertEquals(
                Set.of("recordPeerStatus", "recordRoutesLearned", "recordRoutesAdvertised"),
                Stream.of(ServerMetrics.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName)
                        .collect(Collectors.toSet()));
        BlockingQueue<String> records = new LinkedBlockingQueue<>();
        ServerMetrics metrics = new ServerMetrics() {
            private void add(String what, String instance, PeerIdentity peer, long value) {
                records.add(what + " " + instance + " " + peer.role() + " " + peer.name() + "=" + value);
            }

            @Override
            public void recordPeerStatus(String instance, PeerIdentity peer, int status) {
                add("status", instance, peer, status);
            }

            @Override
            public void recordRoutesLearned(String instance, PeerIdentity peer, long routes) {
                add("learned", instance, peer, routes);
            }

            @Override
            public void recordRoutesAdvertised(String instance, PeerIdentity peer, long routes) {
                add("advertised", instance, peer, routes);
            }
        };
        try (PairRig rig = new PairRig(config -> config.metrics(metrics), a0).start()) {
            LoopbackNva first = rig.up(a0, 0);
            rig.up(a1, 1);
            first.say(a0.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
            Set<String> wanted = new HashSet<>(Set.of(
                    "status rs0 NVA a=1", "status rs1 NVA a=1", "learned rs0 NVA a=1", "advertised rs1 NVA a=0"));
            while (!wanted.isEmpty()) {
                String next = records.poll(30, TimeUnit.SECONDS);
                assertTrue(next != null, () -> "never came: " + wanted);
                wanted.remove(next);
            }
        }
    }
}
