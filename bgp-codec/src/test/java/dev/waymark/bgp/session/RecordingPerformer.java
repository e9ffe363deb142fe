package dev.waymark.bgp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;

/** Writes down what is performed, numbers the connections that we open from 1, and checks what must always hold. */
final class RecordingPerformer implements SessionPerformer {

    private final List<String> log = new ArrayList<>();
    private long lastDialed;
    private long upOn = PeerConnection.NONE;

    @Override
    public void perform(PeerConnection on, SessionAction action) {
        switch (action.kind()) {
            case CONNECT -> on.attach(++lastDialed);
            case SESSION_UP -> {
                assertEquals(PeerConnection.NONE, upOn, "up while up");
                upOn = on.connection();
            }
            case SESSION_DOWN -> {
                assertEquals(upOn, on.connection(), "down on another connection");
                upOn = PeerConnection.NONE;
            }
            case SEND_OPEN, SEND_KEEPALIVE, READ_TRANSPORT, CLOSE_TRANSPORT, OPEN_ACCEPTED ->
                assertNotEquals(PeerConnection.NONE, on.connection(), action::toString);
            case ATTEMPT_FAILED -> assertNotEquals(upOn, on.connection() == 0 ? -1 : on.connection());
            default -> {}
        }
        log.add(on.connection() + " " + TransitionText.of(action));
    }

    /** Returns what was performed since the last call, as {@code connection action}. */
    List<String> take() {
        List<String> taken = List.copyOf(log);
        log.clear();
        return taken;
    }

    long lastDialed() {
        return lastDialed;
    }

    /** Returns the connection that is up, 0 for none. */
    long upOn() {
        return upOn;
    }
}
