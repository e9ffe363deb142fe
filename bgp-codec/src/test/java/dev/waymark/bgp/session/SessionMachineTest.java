package dev.waymark.bgp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.SessionState;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SessionMachineTest {

    private static final SessionMachine MACHINE =
            new SessionMachine(SessionFixtures.azure().build());
    private static final SessionMachine PASSIVE =
            new SessionMachine(SessionFixtures.azure().passive(true).build());

    @ParameterizedTest(name = "RFC 4271 §8.2.2: {0} in {1}: {2}")
    @MethodSource("cells")
    void everyEventInEveryState(EventKind event, SessionState state, String cell) {
        Transition transition = MACHINE.step(state, SessionFixtures.eventOf(event));

        assertEquals(TransitionText.spelledOut(state, cell), TransitionText.of(state, transition));
    }

    @Test
    void tableHasEveryCell() {
        Set<String> cells = new HashSet<>();
        cells().forEach(cell -> assertTrue(cells.add(cell.get()[0] + " in " + cell.get()[1]), "twice: " + cell));

        assertEquals(EventKind.values().length * SessionState.values().length, cells.size());
    }

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        table().lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] columns = line.split("\\|", -1);
            assertEquals(1 + SessionState.values().length, columns.length, line);
            EventKind event = byRfcName(columns[0].strip());
            int column = 1;
            for (SessionState state : SessionState.values()) {
                cells.add(Arguments.of(event, state, columns[column++].strip()));
            }
        });
        return cells.stream();
    }

    private static EventKind byRfcName(String name) {
        return Stream.of(EventKind.values())
                .filter(kind -> kind.rfcName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
    }

    private static String table() {
        try (InputStream in = SessionMachineTest.class.getResourceAsStream("state-machine.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "a passive peer never connects: {0}")
    @EnumSource(EventKind.class)
    void passivePeerNeverConnects(EventKind event) {
        for (SessionState state : SessionState.values()) {
            Transition transition = PASSIVE.step(state, SessionFixtures.eventOf(event));
            // Connect can't be reached; nothing else may dial, or start the timer that would.
            if (state != SessionState.CONNECT) {
                assertTrue(transition.next() != SessionState.CONNECT, () -> event + " in " + state);
                assertTrue(!TransitionText.of(state, transition).contains("dial"), () -> event + " in " + state);
                assertTrue(
                        !TransitionText.of(state, transition).contains("CONNECT_RETRY="), () -> event + " in " + state);
            }
        }
    }

    @Test
    void passivePeerWaitsInActive() {
        assertEquals(
                SessionState.ACTIVE,
                PASSIVE.step(SessionState.IDLE, SessionEvent.MANUAL_START).next());
    }

    @Test
    @DisplayName("RFC 4271 §4.2: a hold time of zero starts neither HoldTimer nor KeepaliveTimer")
    void zeroHoldTimeRunsNoTimers() {
        SessionEvent open = new SessionEvent.Open(SessionFixtures.negotiated(0));

        assertEquals(
                "OPEN_CONFIRM accepted HOLD- keepalive",
                TransitionText.of(SessionState.OPEN_SENT, MACHINE.step(SessionState.OPEN_SENT, open)));
    }

    @Test
    @DisplayName("TRAPS 6: UPDATE restarts the HoldTimer like KEEPALIVE does, and neither allocates")
    void updateAndKeepaliveAreCached() {
        Transition update = MACHINE.step(SessionState.ESTABLISHED, SessionEvent.UPDATE);
        Transition keepalive = MACHINE.step(SessionState.ESTABLISHED, SessionEvent.KEEPALIVE);

        SessionAction restartsHold = new SessionAction.RestartTimer(TimerKind.HOLD);
        assertEquals(restartsHold, update.actions().get(0));
        assertEquals(restartsHold, keepalive.actions().get(0));
        assertSame(update, MACHINE.step(SessionState.ESTABLISHED, SessionEvent.UPDATE));
        assertSame(keepalive, MACHINE.step(SessionState.ESTABLISHED, SessionEvent.KEEPALIVE));
    }

    @ParameterizedTest(name = "RFC 4271 §6.4: NOTIFICATION is never answered in {0}")
    @EnumSource(SessionState.class)
    void notificationIsNeverAnswered(SessionState state) {
        for (int code = 0; code <= 255; code += 5) {
            NotificationMessage message = new NotificationMessage(code, code % 12, Octets.of(1, 2, 3));
            Transition transition = MACHINE.step(state, new SessionEvent.NotificationReceived(message));

            transition.actions().stream()
                    .filter(action -> action instanceof SessionAction.CloseTransport)
                    .forEach(action -> assertTrue(
                            ((SessionAction.CloseTransport) action).last().isEmpty()));
        }
    }

    @Test
    void textOfReceivedNotificationIsCut() {
        NotificationMessage message =
                NotificationMessage.of(NotificationSubcode.OUT_OF_RESOURCES, Octets.copyOf(new byte[4_000]));
        Transition transition = MACHINE.step(SessionState.ESTABLISHED, new SessionEvent.NotificationReceived(message));

        SessionEnd end = transition.actions().stream()
                .filter(action -> action instanceof SessionAction.Ended)
                .map(action -> ((SessionAction.Ended) action).end())
                .findFirst()
                .orElseThrow();
        assertEquals(128, end.text().length());
        assertEquals(message, end.notification().orElseThrow());
    }

    @Test
    void eventsThatCarryValuesAreNoSignals() {
        for (EventKind kind : EventKind.values()) {
            if (kind.carriesValue()) {
                assertThrows(IllegalArgumentException.class, () -> new SessionEvent.Signal(kind), kind::toString);
            } else {
                assertEquals(kind, new SessionEvent.Signal(kind).kind());
            }
        }
    }

    @Test
    @DisplayName("RFC 4271 §8.1: events have the numbers 1 to 28, RFC 9687 added 29")
    void numbersAreComplete() {
        List<Integer> numbers = Stream.of(EventKind.values())
                .map(EventKind::number)
                .filter(number -> number != 0)
                .toList();
        List<Integer> expected = new ArrayList<>();
        for (int number = 1; number <= 29; number++) {
            expected.add(number);
        }
        assertEquals(expected, numbers);
    }
}
