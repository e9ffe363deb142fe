package dev.waymark.bgp.session;

import dev.waymark.api.SessionState;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.Octets;
import java.util.List;
import java.util.Optional;

/**
 * The transitions that end a connection. All have the same shape: timers stop, the transport closes with at most one
 * NOTIFICATION, the end is told with its cause, and the peer rests. Stateless.
 */
final class Endings {

    private static final int MAX_TEXT = 128;

    private Endings() {}

    static Transition stop(SessionState state, SessionEvent.Stop event) {
        boolean isManual = event.kind() == EventKind.MANUAL_STOP;
        EndCause cause = isManual ? EndCause.MANUAL_STOP : EndCause.AUTOMATIC_STOP;
        Optional<NotificationMessage> cease =
                state.compareTo(SessionState.OPEN_SENT) >= 0 ? Optional.of(event.cease()) : Optional.empty();
        SessionAction close = new SessionAction.CloseTransport(cease, false);
        SessionAction ended = ended(state, new SessionEnd(cause, cease, event.text()));
        return isManual
                ? to(SessionState.IDLE, SessionAction.STOP_ALL_TIMERS, close, ended)
                : to(
                        SessionState.IDLE,
                        SessionAction.STOP_ALL_TIMERS,
                        close,
                        ended,
                        new SessionAction.StartIdleHold(event.rest()));
    }

    static Transition timeout(SessionState state, EndCause cause, String text) {
        return withNotification(state, NotificationMessage.of(NotificationSubcode.HOLD_TIMER_EXPIRED), cause, text);
    }

    static Transition sendHoldTimeout(SessionState state) {
        Optional<NotificationMessage> last =
                Optional.of(NotificationMessage.of(NotificationSubcode.SEND_HOLD_TIMER_EXPIRED));
        SessionEnd end = new SessionEnd(
                EndCause.SEND_HOLD_TIMEOUT, last, "RFC 9687 §4.3: the peer took nothing for the send hold time");
        return rest(state, new SessionAction.CloseTransport(last, true), end);
    }

    static Transition protocolError(SessionState state, SessionEvent.ProtocolError event) {
        EndCause cause = switch (event.kind()) {
            case BGP_HEADER_ERR -> EndCause.HEADER_ERROR;
            case BGP_OPEN_MSG_ERR -> EndCause.OPEN_ERROR;
            case UPDATE_MSG_ERR -> EndCause.UPDATE_ERROR;
            default -> EndCause.ROUTE_REFRESH_ERROR;
        };
        return withNotification(state, event.notification(), cause, event.text());
    }

    static Transition notified(SessionState state, SessionEvent.NotificationReceived event) {
        SessionEnd end = new SessionEnd(
                EndCause.NOTIFICATION_RECEIVED,
                Optional.of(event.notification()),
                cut("the peer sent NOTIFICATION " + event.notification()));
        return rest(state, SessionAction.CLOSE_TRANSPORT, end);
    }

    /** RFC 6608 §4: the subcode says the state, the data is the type of the message. */
    static Transition unexpectedMessage(SessionState state, SessionEvent event, MessageType type) {
        NotificationSubcode subcode = switch (state) {
            case OPEN_SENT -> NotificationSubcode.UNEXPECTED_IN_OPEN_SENT;
            case OPEN_CONFIRM -> NotificationSubcode.UNEXPECTED_IN_OPEN_CONFIRM;
            case ESTABLISHED -> NotificationSubcode.UNEXPECTED_IN_ESTABLISHED;
            case IDLE, CONNECT, ACTIVE -> NotificationSubcode.FSM_UNSPECIFIED;
        };
        return withNotification(
                state,
                NotificationMessage.of(subcode, Octets.of(type.code())),
                EndCause.UNEXPECTED_EVENT,
                "RFC 6608 §4: " + unexpected(state, event));
    }

    static Transition withNotification(SessionState state, NotificationMessage last, EndCause cause, String text) {
        Optional<NotificationMessage> message = Optional.of(last);
        return rest(state, new SessionAction.CloseTransport(message, false), new SessionEnd(cause, message, text));
    }

    static Transition close(SessionState state, EndCause cause, String text) {
        return rest(state, SessionAction.CLOSE_TRANSPORT, new SessionEnd(cause, Optional.empty(), text));
    }

    private static Transition rest(SessionState state, SessionAction close, SessionEnd end) {
        return to(
                SessionState.IDLE,
                SessionAction.STOP_ALL_TIMERS,
                close,
                ended(state, end),
                new SessionAction.StartIdleHold(IdleHoldReason.ERROR));
    }

    private static SessionAction ended(SessionState state, SessionEnd end) {
        return new SessionAction.Ended(end, state == SessionState.ESTABLISHED);
    }

    static SessionAction failed(EndCause cause, String text) {
        return new SessionAction.Ended(new SessionEnd(cause, Optional.empty(), text), false);
    }

    static String unexpected(SessionState state, SessionEvent event) {
        return event.kind().rfcName() + " in state " + state;
    }

    /** A peer can put 4,000 octets into a message; an operator reads less. */
    static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }

    private static Transition to(SessionState next, SessionAction... actions) {
        return new Transition(next, List.of(actions));
    }
}
