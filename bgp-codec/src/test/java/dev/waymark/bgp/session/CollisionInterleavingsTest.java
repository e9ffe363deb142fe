package dev.waymark.bgp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.SessionState;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every order in which the events of two connections can arrive, with each connection cut off after every event by a
 * closed transport or by a NOTIFICATION. The peer here follows a script, it doesn't answer: that is {@link
 * TwoSpeakersTest}'s.
 */
class CollisionInterleavingsTest {

    private static final long FIRST = 1;
    private static final long SECOND = 100;

    private enum Input {
        ARRIVES,
        OPEN,
        KEEPALIVE,
        UPDATE,
        CLOSED,
        NOTIFICATION
    }

    @ParameterizedTest(name = "peer''s identifier {0}, first connection opened by us: {1}")
    @CsvSource({"10.0.0.200, true", "10.0.0.2, true", "10.0.0.200, false", "10.0.0.2, false"})
    @DisplayName("TRAPS 1: every order of the events of two connections")
    void everyOrder(String peerId, boolean isFirstDialed) {
        int runs = 0;
        for (List<Input> first : scripts()) {
            for (List<Input> second : scripts()) {
                List<List<Boolean>> orders = new ArrayList<>();
                merge(new ArrayList<>(), first.size(), second.size(), orders);
                for (List<Boolean> order : orders) {
                    new Run(RouterId.parse(peerId), isFirstDialed).play(first, second, order);
                    runs++;
                }
            }
        }
        assertTrue(runs > 4_000, "ran " + runs);
    }

    /** What can happen on one connection: the whole way, or ended after each step in one of two ways. */
    private static List<List<Input>> scripts() {
        List<Input> way = List.of(Input.ARRIVES, Input.OPEN, Input.KEEPALIVE, Input.UPDATE);
        List<List<Input>> scripts = new ArrayList<>();
        scripts.add(way);
        for (int length = 0; length <= way.size(); length++) {
            for (Input end : List.of(Input.CLOSED, Input.NOTIFICATION)) {
                if (length > 0 || end == Input.CLOSED) {
                    List<Input> script = new ArrayList<>(way.subList(0, length));
                    script.add(end);
                    scripts.add(script);
                }
            }
        }
        return scripts;
    }

    private static void merge(List<Boolean> prefix, int firsts, int seconds, List<List<Boolean>> orders) {
        if (firsts == 0 && seconds == 0) {
            orders.add(List.copyOf(prefix));
            return;
        }
        if (firsts > 0) {
            prefix.add(true);
            merge(prefix, firsts - 1, seconds, orders);
            prefix.remove(prefix.size() - 1);
        }
        if (seconds > 0) {
            prefix.add(false);
            merge(prefix, firsts, seconds - 1, orders);
            prefix.remove(prefix.size() - 1);
        }
    }

    /** One order, played on a fresh peer. */
    private static final class Run {
        private final RecordingPerformer performed = new RecordingPerformer();
        private final PeerConnections peer;
        private final RouterId peerId;
        private final boolean isFirstDialed;
        private final List<String> story = new ArrayList<>();

        Run(RouterId peerId, boolean isFirstDialed) {
            this.peerId = peerId;
            this.isFirstDialed = isFirstDialed;
            this.peer = new PeerConnections(
                    new SessionMachine(
                            SessionFixtures.azure().passive(!isFirstDialed).build()),
                    IdleHoldPolicy.standard(),
                    Jitter.none());
            peer.start(0, performed);
        }

        void play(List<Input> first, List<Input> second, List<Boolean> order) {
            int nextFirst = 0;
            int nextSecond = 0;
            for (boolean isFirst : order) {
                long id = isFirst ? FIRST : SECOND;
                Input input = isFirst ? first.get(nextFirst++) : second.get(nextSecond++);
                story.add(id + " " + input);
                long upBefore = performed.upOn();
                play(id, input);
                check(id, upBefore);
            }
        }

        private void play(long id, Input input) {
            boolean isDialed = id == FIRST && isFirstDialed;
            if (input == Input.ARRIVES && !isDialed) {
                peer.admit(id, 0, performed);
                return;
            }
            PeerConnection on = peer.find(id);
            if (on == null) {
                return; // refused, lost or over: the engine drops what comes for it
            }
            switch (input) {
                case ARRIVES -> peer.step(on, SessionEvent.TCP_CR_ACKED, 0, performed);
                case OPEN -> peer.openReceived(on, SessionFixtures.open(90, peerId), 0, performed);
                case KEEPALIVE -> peer.step(on, SessionEvent.KEEPALIVE, 0, performed);
                case UPDATE -> peer.step(on, SessionEvent.UPDATE, 0, performed);
                case CLOSED -> peer.step(on, new SessionEvent.TransportFailed("closed"), 0, performed);
                case NOTIFICATION ->
                    peer.step(
                            on,
                            new SessionEvent.NotificationReceived(
                                    NotificationMessage.of(NotificationSubcode.CONNECTION_COLLISION_RESOLUTION)),
                            0,
                            performed);
            }
        }

        private void check(long id, long upBefore) {
            PeerConnection primary = peer.primary();
            PeerConnection candidate = peer.candidate();
            boolean isUp = performed.upOn() != PeerConnection.NONE;
            assertEquals(isUp, peer.state() == SessionState.ESTABLISHED, story::toString);
            if (isUp) {
                assertEquals(performed.upOn(), primary.connection(), story::toString);
                assertNull(candidate, story::toString);
            }
            if (upBefore != PeerConnection.NONE && id != upBefore) {
                assertEquals(upBefore, performed.upOn(), () -> "ended by the other connection: " + story);
            }
            if (candidate != null) {
                assertTrue(
                        primary.state() != SessionState.IDLE && primary.state() != SessionState.ACTIVE,
                        () -> "a candidate beside nothing: " + story);
                assertTrue(
                        primary.state() != SessionState.OPEN_CONFIRM || candidate.state() != SessionState.OPEN_CONFIRM,
                        () -> "an unresolved collision: " + story);
                assertTrue(primary.connection() != candidate.connection(), story::toString);
                assertTrue(!candidate.timers().isRunning(TimerKind.IDLE_HOLD), story::toString);
                assertTrue(!primary.timers().isRunning(TimerKind.IDLE_HOLD), story::toString);
            }
            boolean isWaiting = peer.state() == SessionState.IDLE || peer.state() == SessionState.CONNECT;
            assertTrue(!isWaiting || peer.hasDeadline(), () -> "never starts again: " + story);
            boolean hasConnection = peer.state().compareTo(SessionState.OPEN_SENT) >= 0;
            assertTrue(!hasConnection || primary.connection() != PeerConnection.NONE, story::toString);
            assertTrue(!hasConnection || peer.hasDeadline(), () -> "waits for ever: " + story);
        }
    }
}
