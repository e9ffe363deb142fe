package dev.waymark.bgp.session;

import dev.waymark.bgp.message.NotificationMessage;
import java.util.Optional;

/** What the state machine asks for. Data, performed by {@link PeerConnections} and the engine. Immutable. */
public sealed interface SessionAction {

    /** {@link ActionKind#SEND_OPEN}. */
    SessionAction SEND_OPEN = new Simple(ActionKind.SEND_OPEN);
    /** {@link ActionKind#SEND_KEEPALIVE}. */
    SessionAction SEND_KEEPALIVE = new Simple(ActionKind.SEND_KEEPALIVE);
    /** {@link ActionKind#CONNECT}. */
    SessionAction CONNECT = new Simple(ActionKind.CONNECT);
    /** {@link ActionKind#READ_TRANSPORT}. */
    SessionAction READ_TRANSPORT = new Simple(ActionKind.READ_TRANSPORT);
    /** {@link ActionKind#SESSION_UP}. */
    SessionAction SESSION_UP = new Simple(ActionKind.SESSION_UP);
    /** {@link ActionKind#PROCESS_UPDATE}. */
    SessionAction PROCESS_UPDATE = new Simple(ActionKind.PROCESS_UPDATE);
    /** {@link ActionKind#PROCESS_ROUTE_REFRESH}. */
    SessionAction PROCESS_ROUTE_REFRESH = new Simple(ActionKind.PROCESS_ROUTE_REFRESH);
    /** {@link ActionKind#CLOSE_TRANSPORT} without a last message. */
    SessionAction CLOSE_TRANSPORT = new CloseTransport(Optional.empty(), false);
    /** {@link ActionKind#STOP_ALL_TIMERS}. */
    SessionAction STOP_ALL_TIMERS = new Simple(ActionKind.STOP_ALL_TIMERS);

    /**
     * Returns what is to be done.
     *
     * @return the kind
     */
    ActionKind kind();

    /**
     * An action that needs no words; use the constants.
     *
     * @param kind what is to be done
     */
    record Simple(ActionKind kind) implements SessionAction {}

    /**
     * Close the connection, after a last message if there is one. The engine finishes the message that is already partly
     * written, drops what waits behind it, sends the last message and closes. So a connection carries at most one
     * NOTIFICATION of ours (ERROR-HANDLING 1, rule 6).
     *
     * @param last the NOTIFICATION to send; empty for none
     * @param abort whether to reset the connection at once: the last message is only tried, without blocking (RFC 9687)
     */
    record CloseTransport(Optional<NotificationMessage> last, boolean abort) implements SessionAction {
        @Override
        public ActionKind kind() {
            return ActionKind.CLOSE_TRANSPORT;
        }
    }

    /**
     * The peer's OPEN was accepted; how its messages are read and written is now known.
     *
     * @param negotiated what was agreed
     */
    record OpenAccepted(Negotiated negotiated) implements SessionAction {
        @Override
        public ActionKind kind() {
            return ActionKind.OPEN_ACCEPTED;
        }
    }

    /**
     * The connection is over.
     *
     * @param end why
     * @param wasEstablished whether the session was up: {@link ActionKind#SESSION_DOWN} or
     *     {@link ActionKind#ATTEMPT_FAILED}
     */
    record Ended(SessionEnd end, boolean wasEstablished) implements SessionAction {
        @Override
        public ActionKind kind() {
            return wasEstablished ? ActionKind.SESSION_DOWN : ActionKind.ATTEMPT_FAILED;
        }
    }

    /**
     * Start a timer, or start it anew.
     *
     * @param timer which
     * @param nanos how long, before jitter
     */
    record StartTimer(TimerKind timer, long nanos) implements SessionAction {
        @Override
        public ActionKind kind() {
            return ActionKind.START_TIMER;
        }
    }

    /**
     * Start a timer anew with the time that it had, whether it runs or has expired; nothing if it was stopped.
     *
     * @param timer which
     */
    record RestartTimer(TimerKind timer) implements SessionAction {
        @Override
        public ActionKind kind() {
            return ActionKind.RESTART_TIMER;
        }
    }

    /**
     * Stop a timer.
     *
     * @param timer which
     */
    record StopTimer(TimerKind timer) implements SessionAction {
        @Override
        public ActionKind kind() {
            return ActionKind.STOP_TIMER;
        }
    }

    /**
     * Let the peer rest in Idle for as long as {@link IdleHold} says.
     *
     * @param reason why
     */
    record StartIdleHold(IdleHoldReason reason) implements SessionAction {
        @Override
        public ActionKind kind() {
            return ActionKind.START_IDLE_HOLD;
        }
    }
}
