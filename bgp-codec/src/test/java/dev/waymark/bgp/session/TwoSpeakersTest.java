package dev.waymark.bgp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.SessionState;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.OpenMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two speakers that both dial, on a network that may delay any octet of any connection for any time: every reachable state
 * is visited, by replaying the shortest way to it and then each next delivery.
 */
class TwoSpeakersTest {

    @ParameterizedTest(name = "identifiers {0} and {1}")
    @CsvSource({"10.0.0.1, 10.0.0.2", "10.0.0.2, 10.0.0.1", "10.0.0.1, 10.0.0.1"})
    @DisplayName("RFC 4271 §6.8: every state of two speakers that dial each other")
    void bothDial(String leftId, String rightId) {
        Set<String> seen = new HashSet<>();
        Deque<List<Integer>> ways = new ArrayDeque<>();
        ways.add(List.of());
        int agreed = 0;
        while (!ways.isEmpty()) {
            List<Integer> way = ways.remove();
            Network network = new Network(RouterId.parse(leftId), RouterId.parse(rightId));
            way.forEach(network::deliver);
            int choices = network.choices();
            if (choices == 0) {
                if (network.isAgreed()) {
                    agreed++;
                } else {
                    network.recover();
                }
                continue;
            }
            for (int choice = 0; choice < choices; choice++) {
                Network next = new Network(RouterId.parse(leftId), RouterId.parse(rightId));
                way.forEach(next::deliver);
                next.deliver(choice);
                next.check();
                if (seen.add(next.toString())) {
                    List<Integer> longer = new ArrayList<>(way);
                    longer.add(choice);
                    ways.add(longer);
                }
            }
        }
        assertTrue(seen.size() > 300, "visited " + seen.size());
        assertTrue(agreed > 0);
    }

    /**
     * Both speakers and what is on the way between them: one queue for each direction of each connection.
     *
     * <p>RFC 4271 §6.8 has a race: one side is Established on the connection that the other closes for the dominant one's.
     * Both are lost then. Deciding earlier, by connections in OpenSent, would close it between two of us, and open a
     * worse one with speakers that drop a second connection as soon as it comes. So both sides rest and try again.
     */
    private static final class Network {
        private final Speaker left;
        private final Speaker right;
        private final Map<String, Deque<Object>> queues = new TreeMap<>();
        private long now;

        Network(RouterId leftId, RouterId rightId) {
            left = new Speaker("L", Asn.of(65001), leftId, Asn.of(65002), this);
            right = new Speaker("R", Asn.of(65002), rightId, Asn.of(65001), this);
            left.peer.start(0, left);
            right.peer.start(0, right);
        }

        Deque<Object> queue(String name) {
            return queues.computeIfAbsent(name, key -> new ArrayDeque<>());
        }

        int choices() {
            return (int)
                    queues.values().stream().filter(queue -> !queue.isEmpty()).count();
        }

        void deliver(int choice) {
            String name = queues.entrySet().stream()
                    .filter(entry -> !entry.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .skip(choice)
                    .findFirst()
                    .orElseThrow();
            Speaker to = name.endsWith("L") ? left : right;
            to.receive(name.substring(0, name.indexOf(' ')), queue(name).remove());
        }

        boolean isAgreed() {
            boolean isUp = left.performed.upOn() != 0 && left.performed.upOn() == right.performed.upOn();
            boolean isDown = left.performed.upOn() == 0 && right.performed.upOn() == 0;
            assertTrue(isUp || isDown, () -> "at rest, one is up alone: " + this);
            if (isDown) {
                assertTrue(left.peer.hasDeadline() && right.peer.hasDeadline(), () -> "never tries again: " + this);
                assertTrue(left.ups + right.ups > 0, () -> "lost without the race of RFC 4271: " + this);
            }
            return isUp;
        }

        /** After both connections were lost: time goes by, everything arrives in order. */
        void recover() {
            while (left.performed.upOn() == 0 || left.performed.upOn() != right.performed.upOn()) {
                if (choices() > 0) {
                    deliver(0);
                    check();
                } else {
                    now = Math.min(left.peer.nextDeadlineNanos(), right.peer.nextDeadlineNanos());
                    left.peer.expireTimers(now, left);
                    right.peer.expireTimers(now, right);
                }
                assertTrue(now < SessionFixtures.seconds(300), () -> "not up after five minutes: " + this);
            }
        }

        void check() {
            for (Speaker speaker : List.of(left, right)) {
                boolean isUp = speaker.performed.upOn() != 0;
                assertEquals(isUp, speaker.peer.state() == SessionState.ESTABLISHED, this::toString);
                assertTrue(!isUp || speaker.peer.candidate() == null, this::toString);
            }
        }

        @Override
        public String toString() {
            return left + " " + right + " " + queues;
        }
    }

    /** One speaker: a peer's connections, and an engine that is a switch. Odd connections are L's, even ones are R's. */
    private static final class Speaker implements SessionPerformer {
        final String name;
        final Network network;
        final SessionParameters parameters;
        final PeerConnections peer;
        final RecordingPerformer performed = new RecordingPerformer();
        int ups;
        int dialed;

        Speaker(String name, Asn asn, RouterId id, Asn peerAsn, Network network) {
            this.name = name;
            this.network = network;
            this.parameters = SessionParameters.builder(asn, id, peerAsn).build();
            this.peer = new PeerConnections(
                    new SessionMachine(parameters), IdleHoldPolicy.standard(), Jitter.of(7, asn.value()));
        }

        void receive(String channel, Object message) {
            long id = Long.parseLong(channel);
            if (message.equals("syn")) {
                send(id, "ack");
                Admission admission = peer.admit(id, network.now, this);
                if (!admission.isAdmitted()) {
                    close(id, admission.notification());
                }
                return;
            }
            PeerConnection on = peer.find(id);
            if (on == null) {
                return;
            }
            if (message instanceof OpenMessage open) {
                peer.openReceived(on, open, network.now, this);
            } else if (message instanceof NotificationMessage notification) {
                peer.step(on, new SessionEvent.NotificationReceived(notification), network.now, this);
            } else {
                peer.step(
                        on,
                        switch ((String) message) {
                            case "ack" -> SessionEvent.TCP_CR_ACKED;
                            case "keepalive" -> SessionEvent.KEEPALIVE;
                            default -> new SessionEvent.TransportFailed("closed");
                        },
                        network.now,
                        this);
            }
        }

        @Override
        public void perform(PeerConnection on, SessionAction action) {
            if (action.kind() == ActionKind.CONNECT) {
                on.attach((name.equals("L") ? 1 : 2) + 2L * dialed++);
                send(on.connection(), "syn");
                return;
            }
            performed.perform(on, action);
            switch (action.kind()) {
                case SEND_OPEN -> send(on.connection(), parameters.localOpen());
                case SEND_KEEPALIVE -> send(on.connection(), "keepalive");
                case CLOSE_TRANSPORT -> close(on.connection(), ((SessionAction.CloseTransport) action).last());
                case SESSION_UP -> ups++;
                default -> {}
            }
        }

        private void close(long id, Optional<NotificationMessage> last) {
            last.ifPresent(message -> send(id, message));
            send(id, "fin");
        }

        private void send(long id, Object message) {
            network.queue(id + " to " + (name.equals("L") ? "R" : "L")).add(message);
        }

        @Override
        public String toString() {
            PeerConnection candidate = peer.candidate();
            return name + "[" + text(peer.primary()) + (candidate == null ? "" : " " + text(candidate)) + " up"
                    + performed.upOn() + " ups" + ups + "]";
        }

        private static String text(PeerConnection connection) {
            return connection.connection() + ":" + connection.state();
        }
    }
}
