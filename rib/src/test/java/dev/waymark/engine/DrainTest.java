package dev.waymark.engine;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.policy.PolicyChains;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One instance is drained: what peers are told, and when. */
class DrainTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.1.0.0/16");
    private static final IpPrefix OWN = IpPrefix.parse("10.0.0.0/16");
    private static final Duration AFTER = Duration.ofMinutes(2);

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private final Speaker late = Speaker.of("late", 65003, "10.0.1.3");
    private final PathAttributes sent = RouteExchangeTest.path("65001 64999", "10.0.1.1")
            .edit()
            .addCommunity(Community.parse("65001:7"))
            .build();
    private final PathAttributes tagged =
            sent.edit().addCommunity(Community.GRACEFUL_SHUTDOWN).build();
    private final CoreHarness net = new CoreHarness(
            RouteExchangeTest.azure(a, b, late).network(NetworkSpace.of(OWN)).build());

    private void exchange() {
        net.call(new Command.AttachSink(1, "table"));
        net.connect(a);
        net.connect(b);
        net.say(a, a.announce(sent, TEN));
        net.settle();
    }

    private void drain() {
        net.call(new Command.Drain("moved to rs1", AFTER));
        net.settle();
    }

    private List<ServerEvent.Drain.Phase> phases() {
        return net.events(ServerEvent.Drain.class).stream()
                .map(ServerEvent.Drain::phase)
                .toList();
    }

    @Test
    @DisplayName(
            "ARS-4, RFC 8326 §4: a drain adds 65535:0 to all that is advertised, then ends sessions with Cease/2 and a text")
    void drainsInTwoPhases() {
        exchange();
        int updates = b.updates;
        drain();
        assertEquals(tagged, b.routes.get(TEN));
        assertTrue(requireNonNull(b.routes.get(OWN)).hasCommunity(Community.of(65535, 0)));
        assertEquals(updates + 2, b.updates, "one UPDATE a route, no withdrawal");
        assertEquals(0, b.idleWithdrawals);
        assertEquals(Map.of(TEN, List.of(IpAddress.parse("10.0.1.1"))), net.sinks.get(1));
        net.advance(AFTER.minusMillis(1));
        assertTrue(a.isConnected && b.isConnected);
        net.advance(Duration.ofMillis(1));
        assertFalse(a.isConnected || b.isConnected);
        for (Speaker speaker : List.of(a, b)) {
            NotificationMessage last = speaker.notifications.get(0);
            assertEquals(NotificationSubcode.ADMINISTRATIVE_SHUTDOWN, last.reason());
            assertEquals(Optional.of("moved to rs1"), last.shutdownText());
        }
        assertEquals(List.of(ServerEvent.Drain.Phase.STARTED, ServerEvent.Drain.Phase.SESSIONS_ENDED), phases());
        assertEquals(
                new ServerEvent.Drain(ServerEvent.Drain.Phase.STARTED, "moved to rs1", AFTER),
                net.events(ServerEvent.Drain.class).get(0));
        net.accept(a);
        net.settle();
        assertFalse(a.isConnected, "a drained server takes no session");
    }

    @Test
    @DisplayName("ARS-4: routes and peers that come during a drain, and after a change of policy, are tagged as well")
    void drainHoldsForWhatComesLater() {
        exchange();
        drain();
        net.connect(late);
        assertEquals(tagged, late.routes.get(TEN));
        IpPrefix other = IpPrefix.parse("10.2.0.0/16");
        net.say(a, a.announce(sent, other));
        net.settle();
        assertEquals(tagged, b.routes.get(other));
        net.call(new Command.SetPolicy(false, Optional.of(PolicyChains.acceptAll())));
        net.settle();
        assertEquals(tagged, b.routes.get(TEN));
        assertEquals(0, b.sameAnnouncements + late.sameAnnouncements);
    }

    @Test
    @DisplayName(
            "ARS-4: a drain that is taken back removes the community, and one that has ended sessions starts them again")
    void resumes() {
        exchange();
        drain();
        net.call(new Command.Resume());
        net.settle();
        assertEquals(sent, b.routes.get(TEN));
        net.advance(AFTER.minusSeconds(30));
        assertTrue(a.isConnected && b.isConnected);
        net.call(new Command.Drain("again", Duration.ZERO));
        net.settle();
        assertFalse(a.isConnected || b.isConnected);
        assertEquals(Map.of(), net.sinks.get(1));
        net.call(new Command.Resume());
        net.connect(a);
        net.connect(b);
        net.say(a, a.announce(sent, TEN));
        net.settle();
        assertEquals(sent, b.routes.get(TEN));
        assertEquals(4 + 1, phases().size());
    }

    @Test
    @DisplayName("ARS-4: the time of a drain is 0 to 1 day")
    void timeIsBounded() {
        try (EngineRig rig = new EngineRig(a).start()) {
            for (Duration wrong :
                    List.of(Duration.ofNanos(-1), Duration.ofDays(1).plusNanos(1))) {
                ConfigurationException refused =
                        assertThrows(ConfigurationException.class, () -> rig.server.drain("", wrong));
                assertTrue(String.valueOf(refused.getMessage()).contains("drain.after"), refused::toString);
            }
            LoopbackNva nva = rig.up(a);
            rig.server.drain("bye", Duration.ZERO);
            nva.awaitClosed();
            rig.events.await(ServerEvent.Drain.class, event -> event.phase() == ServerEvent.Drain.Phase.SESSIONS_ENDED);
        }
    }

    @Test
    @DisplayName("ARS-4: a route that has GRACEFUL_SHUTDOWN already is not sent again")
    void taggedRouteIsLeftAlone() {
        exchange();
        net.say(a, a.announce(tagged, TEN));
        net.settle();
        assertEquals(tagged, b.routes.get(TEN));
        drain();
        assertEquals(tagged, b.routes.get(TEN));
        assertEquals(0, b.sameAnnouncements);
    }
}
