package dev.waymark.bgp.session;

import dev.waymark.api.SessionState;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The session state machine of RFC 4271 §8.2.2, for one connection. A pure function: no I/O, no clock, no thread, no log.
 * Immutable; one machine serves all connections of a peer.
 *
 * <p>Every pair of state and event has a result. Where it is not the one of RFC 4271:
 *
 * <ul>
 *   <li>A failed attempt to connect (Event 18 in Connect) leads to Active, not to Idle: a peer that refuses us now must
 *       still be able to connect to us. RFC 4271 does so only while its DelayOpenTimer runs.
 *   <li>Active holds no connection, since DelayOpen is not implemented; Event 18 there is late and does nothing.
 *   <li>A passive peer has no ConnectRetryTimer: nothing would connect when it expires.
 *   <li>A NOTIFICATION is never answered, also not in OpenSent (RFC 4271 §6.4 over its §8.2.2).
 *   <li>A bad header in Established is answered with its own code (RFC 4271 §6.1), not with a state machine error.
 *   <li>OPEN in OpenConfirm is an unexpected message (RFC 6608). Collisions are found before, by {@link PeerConnections}.
 *   <li>Established ignores OpenCollisionDump: a session that is up is never dropped for a new connection.
 *   <li>After every end except a manual stop the peer rests in Idle and then starts by itself.
 * </ul>
 */
public final class SessionMachine {

    private static final SessionAction RESTART_HOLD = new SessionAction.RestartTimer(TimerKind.HOLD);
    private static final SessionAction CLOSE = SessionAction.CLOSE_TRANSPORT;

    private static final SessionAction RESTART_KEEPALIVE = new SessionAction.RestartTimer(TimerKind.KEEPALIVE);
    private static final Map<SessionState, Transition> STAYS = stays();
    private static final Transition OPEN_CONFIRM_SENDS_KEEPALIVE =
            to(SessionState.OPEN_CONFIRM, SessionAction.SEND_KEEPALIVE, RESTART_KEEPALIVE);
    private static final Transition ESTABLISHED_SENDS_KEEPALIVE =
            to(SessionState.ESTABLISHED, SessionAction.SEND_KEEPALIVE, RESTART_KEEPALIVE);
    private static final Transition ESTABLISHED_KEEPALIVE = to(SessionState.ESTABLISHED, RESTART_HOLD);
    private static final Transition ESTABLISHED_UPDATE =
            to(SessionState.ESTABLISHED, RESTART_HOLD, SessionAction.PROCESS_UPDATE);
    private static final Transition ESTABLISHED_REFRESH =
            to(SessionState.ESTABLISHED, SessionAction.PROCESS_ROUTE_REFRESH);

    private final SessionParameters parameters;
    private final Transition starts;
    private final Transition waits;
    private final Transition connectsAgain;
    private final Transition opens;

    /**
     * Makes the machine of a peer.
     *
     * @param parameters what its sessions are held with
     */
    public SessionMachine(SessionParameters parameters) {
        this.parameters = parameters;
        SessionTimes times = parameters.times();
        SessionAction retry =
                start(TimerKind.CONNECT_RETRY, times.connectRetry().toNanos());
        SessionAction stopResting = new SessionAction.StopTimer(TimerKind.IDLE_HOLD);
        waits = to(SessionState.ACTIVE, stopResting);
        starts = parameters.passive() ? waits : to(SessionState.CONNECT, stopResting, retry, SessionAction.CONNECT);
        connectsAgain = to(SessionState.CONNECT, retry, SessionAction.CONNECT);
        opens = to(
                SessionState.OPEN_SENT,
                new SessionAction.StopTimer(TimerKind.CONNECT_RETRY),
                SessionAction.SEND_OPEN,
                start(TimerKind.HOLD, times.openTimeout().toNanos()),
                start(TimerKind.ESTABLISH, times.establishTimeout().toNanos()));
    }

    /**
     * Returns what this peer's sessions are held with.
     *
     * @return as given to the constructor
     */
    public SessionParameters parameters() {
        return parameters;
    }

    /**
     * Returns what an event does. KEEPALIVE and UPDATE in Established allocate nothing.
     *
     * @param state the connection's state
     * @param event what happened
     * @return the next state and the actions
     */
    public Transition step(SessionState state, SessionEvent event) {
        return switch (state) {
            case IDLE -> idle(event);
            case CONNECT -> connect(event);
            case ACTIVE -> active(event);
            case OPEN_SENT -> openSent(event);
            case OPEN_CONFIRM -> openConfirm(event);
            case ESTABLISHED -> established(event);
        };
    }

    private Transition idle(SessionEvent event) {
        return switch (event.kind()) {
            case MANUAL_START, AUTOMATIC_START, AUTOMATIC_START_DAMPED, IDLE_HOLD_TIMER_EXPIRES -> starts;
            case MANUAL_START_PASSIVE, AUTOMATIC_START_PASSIVE, AUTOMATIC_START_DAMPED_PASSIVE -> waits;
            case MANUAL_STOP -> to(SessionState.IDLE, SessionAction.STOP_ALL_TIMERS); // no start by itself any more
            case TCP_CR_ACKED, TCP_CONNECTION_CONFIRMED -> to(SessionState.IDLE, CLOSE); // refuses all connections
            case AUTOMATIC_STOP,
                    CONNECT_RETRY_TIMER_EXPIRES,
                    HOLD_TIMER_EXPIRES,
                    KEEPALIVE_TIMER_EXPIRES,
                    DELAY_OPEN_TIMER_EXPIRES,
                    TCP_CONNECTION_VALID,
                    TCP_CR_INVALID,
                    TCP_CONNECTION_FAILS,
                    BGP_OPEN,
                    BGP_OPEN_DELAYED,
                    BGP_HEADER_ERR,
                    BGP_OPEN_MSG_ERR,
                    OPEN_COLLISION_DUMP,
                    NOTIF_MSG_VER_ERR,
                    NOTIF_MSG,
                    KEEPALIVE_MSG,
                    UPDATE_MSG,
                    UPDATE_MSG_ERR,
                    SEND_HOLD_TIMER_EXPIRES,
                    ESTABLISH_TIMER_EXPIRES,
                    ROUTE_REFRESH_MSG,
                    ROUTE_REFRESH_MSG_ERR -> stay(SessionState.IDLE);
        };
    }

    private Transition connect(SessionEvent event) {
        return switch (event.kind()) {
            case CONNECT_RETRY_TIMER_EXPIRES -> {
                String text = "no connection within " + parameters.times().connectRetry();
                yield new Transition(
                        SessionState.CONNECT,
                        List.of(
                                CLOSE,
                                Endings.failed(EndCause.CONNECT_FAILED, text),
                                start(
                                        TimerKind.CONNECT_RETRY,
                                        parameters.times().connectRetry().toNanos()),
                                SessionAction.CONNECT));
            }
            case TCP_CR_ACKED, TCP_CONNECTION_CONFIRMED -> opens;
            case TCP_CONNECTION_FAILS -> toActive(EndCause.CONNECT_FAILED, event);
            default -> beforeOpen(SessionState.CONNECT, event);
        };
    }

    private Transition active(SessionEvent event) {
        return switch (event.kind()) {
            case CONNECT_RETRY_TIMER_EXPIRES -> parameters.passive() ? stay(SessionState.ACTIVE) : connectsAgain;
            case TCP_CR_ACKED, TCP_CONNECTION_CONFIRMED -> opens;
            case TCP_CONNECTION_FAILS -> stay(SessionState.ACTIVE);
            default -> beforeOpen(SessionState.ACTIVE, event);
        };
    }

    /** What Connect and Active have in common: nothing was sent yet, so nobody is told. */
    private Transition beforeOpen(SessionState state, SessionEvent event) {
        return switch (event.kind()) {
            case MANUAL_START,
                    AUTOMATIC_START,
                    MANUAL_START_PASSIVE,
                    AUTOMATIC_START_PASSIVE,
                    AUTOMATIC_START_DAMPED,
                    AUTOMATIC_START_DAMPED_PASSIVE,
                    TCP_CONNECTION_VALID,
                    TCP_CR_INVALID -> stay(state);
            case MANUAL_STOP, AUTOMATIC_STOP -> Endings.stop(state, (SessionEvent.Stop) event);
            case OPEN_COLLISION_DUMP -> Endings.close(state, EndCause.COLLISION, "another connection is preferred");
            case CONNECT_RETRY_TIMER_EXPIRES,
                    HOLD_TIMER_EXPIRES,
                    KEEPALIVE_TIMER_EXPIRES,
                    DELAY_OPEN_TIMER_EXPIRES,
                    IDLE_HOLD_TIMER_EXPIRES,
                    TCP_CR_ACKED,
                    TCP_CONNECTION_CONFIRMED,
                    TCP_CONNECTION_FAILS,
                    BGP_OPEN,
                    BGP_OPEN_DELAYED,
                    BGP_HEADER_ERR,
                    BGP_OPEN_MSG_ERR,
                    NOTIF_MSG_VER_ERR,
                    NOTIF_MSG,
                    KEEPALIVE_MSG,
                    UPDATE_MSG,
                    UPDATE_MSG_ERR,
                    SEND_HOLD_TIMER_EXPIRES,
                    ESTABLISH_TIMER_EXPIRES,
                    ROUTE_REFRESH_MSG,
                    ROUTE_REFRESH_MSG_ERR ->
                Endings.close(state, EndCause.UNEXPECTED_EVENT, Endings.unexpected(state, event));
        };
    }

    private Transition openSent(SessionEvent event) {
        return switch (event.kind()) {
            case BGP_OPEN -> accept(((SessionEvent.Open) event).negotiated());
            case TCP_CONNECTION_FAILS -> toActive(EndCause.TRANSPORT_FAILED, event);
            case HOLD_TIMER_EXPIRES ->
                Endings.timeout(
                        SessionState.OPEN_SENT,
                        EndCause.OPEN_TIMEOUT,
                        "RFC 4271 §8.2.2: no OPEN within " + parameters.times().openTimeout());
            default -> afterOpen(SessionState.OPEN_SENT, event);
        };
    }

    private Transition openConfirm(SessionEvent event) {
        return switch (event.kind()) {
            case KEEPALIVE_TIMER_EXPIRES -> OPEN_CONFIRM_SENDS_KEEPALIVE;
            case KEEPALIVE_MSG ->
                to(
                        SessionState.ESTABLISHED,
                        RESTART_HOLD,
                        new SessionAction.StopTimer(TimerKind.ESTABLISH),
                        SessionAction.SESSION_UP);
            default -> afterOpen(SessionState.OPEN_CONFIRM, event);
        };
    }

    private Transition established(SessionEvent event) {
        return switch (event.kind()) {
            case KEEPALIVE_MSG -> ESTABLISHED_KEEPALIVE;
            case UPDATE_MSG -> ESTABLISHED_UPDATE;
            case ROUTE_REFRESH_MSG -> ESTABLISHED_REFRESH;
            case KEEPALIVE_TIMER_EXPIRES -> ESTABLISHED_SENDS_KEEPALIVE;
            case UPDATE_MSG_ERR, ROUTE_REFRESH_MSG_ERR ->
                Endings.protocolError(SessionState.ESTABLISHED, (SessionEvent.ProtocolError) event);
            case OPEN_COLLISION_DUMP, ESTABLISH_TIMER_EXPIRES -> stay(SessionState.ESTABLISHED);
            case BGP_OPEN_MSG_ERR -> Endings.unexpectedMessage(SessionState.ESTABLISHED, event, MessageType.OPEN);
            default -> afterOpen(SessionState.ESTABLISHED, event);
        };
    }

    /** What OpenSent, OpenConfirm and Established have in common. */
    private Transition afterOpen(SessionState state, SessionEvent event) {
        return switch (event.kind()) {
            case MANUAL_START,
                    AUTOMATIC_START,
                    MANUAL_START_PASSIVE,
                    AUTOMATIC_START_PASSIVE,
                    AUTOMATIC_START_DAMPED,
                    AUTOMATIC_START_DAMPED_PASSIVE,
                    TCP_CONNECTION_VALID,
                    TCP_CR_INVALID,
                    TCP_CR_ACKED,
                    TCP_CONNECTION_CONFIRMED -> stay(state); // PeerConnections tracks the second connection
            case MANUAL_STOP, AUTOMATIC_STOP -> Endings.stop(state, (SessionEvent.Stop) event);
            case HOLD_TIMER_EXPIRES ->
                Endings.timeout(state, EndCause.HOLD_TIMEOUT, "RFC 4271 §6.5: nothing came for the hold time");
            case ESTABLISH_TIMER_EXPIRES ->
                Endings.timeout(
                        state,
                        EndCause.ESTABLISH_TIMEOUT,
                        "not Established within " + parameters.times().establishTimeout());
            case SEND_HOLD_TIMER_EXPIRES -> Endings.sendHoldTimeout(state);
            case TCP_CONNECTION_FAILS -> {
                SessionEvent.TransportFailed failed = (SessionEvent.TransportFailed) event;
                yield Endings.close(state, failed.cause(), failed.text());
            }
            case BGP_HEADER_ERR, BGP_OPEN_MSG_ERR -> Endings.protocolError(state, (SessionEvent.ProtocolError) event);
            case OPEN_COLLISION_DUMP ->
                Endings.withNotification(
                        state,
                        NotificationMessage.of(NotificationSubcode.CONNECTION_COLLISION_RESOLUTION),
                        EndCause.COLLISION,
                        "RFC 4271 §6.8: another connection is preferred");
            case NOTIF_MSG_VER_ERR, NOTIF_MSG -> Endings.notified(state, (SessionEvent.NotificationReceived) event);
            case BGP_OPEN, BGP_OPEN_DELAYED -> Endings.unexpectedMessage(state, event, MessageType.OPEN);
            case KEEPALIVE_MSG -> Endings.unexpectedMessage(state, event, MessageType.KEEPALIVE);
            case UPDATE_MSG, UPDATE_MSG_ERR -> Endings.unexpectedMessage(state, event, MessageType.UPDATE);
            case ROUTE_REFRESH_MSG, ROUTE_REFRESH_MSG_ERR ->
                Endings.unexpectedMessage(state, event, MessageType.ROUTE_REFRESH);
            case CONNECT_RETRY_TIMER_EXPIRES,
                    KEEPALIVE_TIMER_EXPIRES,
                    DELAY_OPEN_TIMER_EXPIRES,
                    IDLE_HOLD_TIMER_EXPIRES ->
                Endings.withNotification(
                        state,
                        NotificationMessage.of(NotificationSubcode.FSM_UNSPECIFIED),
                        EndCause.UNEXPECTED_EVENT,
                        Endings.unexpected(state, event));
        };
    }

    private Transition accept(Negotiated negotiated) {
        SessionAction accepted = new SessionAction.OpenAccepted(negotiated);
        if (negotiated.holdTimeSeconds() == 0) {
            return to(
                    SessionState.OPEN_CONFIRM,
                    accepted,
                    new SessionAction.StopTimer(TimerKind.HOLD),
                    SessionAction.SEND_KEEPALIVE);
        }
        return to(
                SessionState.OPEN_CONFIRM,
                accepted,
                startSeconds(TimerKind.HOLD, negotiated.holdTimeSeconds()),
                SessionAction.SEND_KEEPALIVE,
                startSeconds(TimerKind.KEEPALIVE, negotiated.keepaliveSeconds()));
    }

    private Transition toActive(EndCause cause, SessionEvent event) {
        SessionAction ended = Endings.failed(cause, ((SessionEvent.TransportFailed) event).text());
        SessionAction retry =
                start(TimerKind.CONNECT_RETRY, parameters.times().connectRetry().toNanos());
        return parameters.passive()
                ? to(SessionState.ACTIVE, SessionAction.STOP_ALL_TIMERS, CLOSE, ended)
                : to(SessionState.ACTIVE, SessionAction.STOP_ALL_TIMERS, CLOSE, ended, retry);
    }

    private static SessionAction start(TimerKind timer, long nanos) {
        return new SessionAction.StartTimer(timer, nanos);
    }

    private static SessionAction startSeconds(TimerKind timer, int seconds) {
        return start(timer, seconds * 1_000_000_000L);
    }

    private static Transition stay(SessionState state) {
        return Objects.requireNonNull(STAYS.get(state));
    }

    private static Map<SessionState, Transition> stays() {
        Map<SessionState, Transition> stays = new EnumMap<>(SessionState.class);
        for (SessionState state : SessionState.values()) {
            stays.put(state, to(state));
        }
        return Collections.unmodifiableMap(stays);
    }

    private static Transition to(SessionState next, SessionAction... actions) {
        return new Transition(next, List.of(actions));
    }
}
