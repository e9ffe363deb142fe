package dev.waymark.bgp.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.bgp.session.PeerConnection;
import dev.waymark.bgp.session.SessionAction;
import dev.waymark.bgp.session.SessionPerformer;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Performs what a peer's machines ask for, and checks that it makes sense for the connection that it is for. */
final class FuzzedPerformer implements SessionPerformer {
    private final Set<Long> open = new TreeSet<>();
    private final Set<Long> withOpen = new HashSet<>();
    private final Set<Long> accepted = new HashSet<>();
    private final Set<Long> withNotification = new HashSet<>();
    private long lastDialed;
    private long dialing = PeerConnection.NONE;
    private long up = PeerConnection.NONE;
    private int processed;

    @Override
    public void perform(PeerConnection on, SessionAction action) {
        long id = on.connection();
        switch (action.kind()) {
            case CONNECT -> {
                dialing = ++lastDialed;
                on.attach(dialing);
                open.add(dialing);
            }
            case SEND_OPEN -> {
                checkOpen(id, action);
                assertTrue(withOpen.add(id), "two OPENs");
            }
            case SEND_KEEPALIVE, READ_TRANSPORT -> {
                checkOpen(id, action);
                assertTrue(withOpen.contains(id), () -> action + " before our OPEN");
            }
            case OPEN_ACCEPTED -> {
                checkOpen(id, action);
                assertTrue(accepted.add(id), "accepted two OPENs");
            }
            case SESSION_UP -> {
                checkOpen(id, action);
                assertEquals(PeerConnection.NONE, up, "up while up");
                assertTrue(accepted.contains(id), "up without an OPEN");
                up = id;
            }
            case SESSION_DOWN -> {
                assertEquals(up, id, "down on another connection");
                up = PeerConnection.NONE;
            }
            case ATTEMPT_FAILED -> assertTrue(up == PeerConnection.NONE || up != id, "the session was up");
            case PROCESS_UPDATE, PROCESS_ROUTE_REFRESH -> {
                assertEquals(up, id, "processed on a connection that isn't up");
                processed++;
            }
            case CLOSE_TRANSPORT -> close(id, (SessionAction.CloseTransport) action);
            case START_TIMER, RESTART_TIMER, STOP_TIMER, STOP_ALL_TIMERS, START_IDLE_HOLD ->
                throw new AssertionError(action + " is not for the engine");
        }
    }

    private void close(long id, SessionAction.CloseTransport close) {
        assertTrue(open.remove(id), "closed twice");
        if (id == dialing) {
            dialing = PeerConnection.NONE;
        }
        if (close.last().isPresent()) {
            assertTrue(withOpen.contains(id), () -> close + " before our OPEN");
            assertTrue(withNotification.add(id), "two NOTIFICATIONs");
        }
    }

    private void checkOpen(long id, SessionAction action) {
        assertTrue(open.contains(id), () -> action + " on a connection that is closed");
        assertFalse(id == dialing, () -> action + " on a connection that isn't open yet");
    }

    /** The peer opened a connection. */
    void opened(long id) {
        open.add(id);
    }

    /** A connection of the peer's was not admitted. */
    void refused(long id) {
        assertTrue(open.remove(id), "closed, and not admitted");
    }

    /** The connection that is being opened stands. */
    void dialed() {
        dialing = PeerConnection.NONE;
    }

    /** Returns the connection that is being opened. */
    long dialing() {
        return dialing;
    }

    Set<Long> open() {
        return open;
    }

    long up() {
        return up;
    }

    int processed() {
        return processed;
    }

    boolean hasSentNotification(long id) {
        return withNotification.contains(id);
    }
}
