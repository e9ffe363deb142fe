package dev.waymark.bgp.session;

import dev.waymark.api.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * One run of the state machine: a state, its timers, and the connection that goes with it, if there is one. Owned and
 * changed by {@link PeerConnections}; the engine attaches a connection and reads. Confined to the engine loop.
 */
public final class PeerConnection {

    /** The number of no connection. */
    public static final long NONE = 0;

    private final SessionTimers timers;
    private long connection = NONE;
    private boolean isIncoming;
    private SessionState state;
    private @Nullable Negotiated negotiated;

    PeerConnection(SessionState state, Jitter jitter) {
        this.state = state;
        this.timers = new SessionTimers(jitter);
    }

    /**
     * Remembers the connection that is being opened. To be called when {@link ActionKind#CONNECT} is performed.
     *
     * @param id its number, not {@link #NONE}
     */
    public void attach(long id) {
        connection = id;
        isIncoming = false;
    }

    void attachIncoming(long id) {
        connection = id;
        isIncoming = true;
    }

    void detach() {
        connection = NONE;
        negotiated = null;
    }

    void enter(SessionState next) {
        state = next;
    }

    void accept(Negotiated agreed) {
        negotiated = agreed;
    }

    /**
     * Returns the connection's number.
     *
     * @return as attached, or {@link #NONE}
     */
    public long connection() {
        return connection;
    }

    /**
     * Tells whether the peer opened the connection.
     *
     * @return meaningless if there is none
     */
    public boolean isIncoming() {
        return isIncoming;
    }

    /**
     * Returns the state.
     *
     * @return of this run of the machine
     */
    public SessionState state() {
        return state;
    }

    /**
     * Returns the timers. The engine runs the send hold timer, see {@link SendHold}, and may restart the keepalive timer
     * after sending an UPDATE (RFC 4271 §8.2.2); all others are run by {@link PeerConnections}.
     *
     * @return the timers of this connection
     */
    public SessionTimers timers() {
        return timers;
    }

    /**
     * Returns what was negotiated.
     *
     * @return null before OpenConfirm
     */
    public @Nullable Negotiated negotiated() {
        return negotiated;
    }
}
