package dev.waymark.bgp.session;

import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;

/** What happens to a connection, as RFC 4271 §8.1 names it. Immutable. */
public sealed interface SessionEvent {

    /** ManualStart (Event 1). */
    SessionEvent MANUAL_START = new Signal(EventKind.MANUAL_START);
    /** Tcp_CR_Acked (Event 16). */
    SessionEvent TCP_CR_ACKED = new Signal(EventKind.TCP_CR_ACKED);
    /** TcpConnectionConfirmed (Event 17). */
    SessionEvent TCP_CONNECTION_CONFIRMED = new Signal(EventKind.TCP_CONNECTION_CONFIRMED);
    /** OpenCollisionDump (Event 23). */
    SessionEvent OPEN_COLLISION_DUMP = new Signal(EventKind.OPEN_COLLISION_DUMP);
    /** KeepAliveMsg (Event 26). */
    SessionEvent KEEPALIVE = new Signal(EventKind.KEEPALIVE_MSG);
    /** UpdateMsg (Event 27). */
    SessionEvent UPDATE = new Signal(EventKind.UPDATE_MSG);
    /** A ROUTE-REFRESH, which has no event number. */
    SessionEvent ROUTE_REFRESH = new Signal(EventKind.ROUTE_REFRESH_MSG);

    /**
     * Returns which event this is.
     *
     * @return the kind
     */
    EventKind kind();

    /**
     * Returns the expiry of a timer.
     *
     * @param timer the timer
     * @return the event
     */
    static SessionEvent expiryOf(TimerKind timer) {
        return new Signal(timer.expiry());
    }

    /**
     * Returns what a message that can't be decoded does to the session.
     *
     * @param kind which message it was: Event 21, 22, 28, or a bad ROUTE-REFRESH
     * @param problem a problem whose action ends the session
     * @return an error that the peer is told; or a failed transport, if nothing may be sent
     * @throws IllegalArgumentException when the session survives the problem
     */
    static SessionEvent ofProblem(EventKind kind, DecodeProblem problem) {
        String text = Endings.cut(problem.toString());
        return switch (problem.action()) {
            case SESSION_RESET -> new ProtocolError(kind, problem.notification(), text);
            case CLOSE -> TransportFailed.afterNotification(text);
            case NONE, IGNORE, ATTRIBUTE_DISCARD, TREAT_AS_WITHDRAW ->
                throw new IllegalArgumentException("the session survives: " + text);
        };
    }

    /**
     * An event that says all by its kind.
     *
     * @param kind which event this is; not one that another type of event is for
     */
    record Signal(EventKind kind) implements SessionEvent {
        /**
         * Checks the kind.
         *
         * @throws IllegalArgumentException when another type of event is for that kind
         */
        public Signal {
            check(kind, !kind.carriesValue());
        }
    }

    /**
     * ManualStop (Event 2) or AutomaticStop (Event 8). After a manual stop the peer stays in Idle until it is started; after
     * an automatic one it rests there.
     *
     * @param kind {@link EventKind#MANUAL_STOP} or {@link EventKind#AUTOMATIC_STOP}
     * @param cease what the peer is told
     * @param rest how long the peer rests after an automatic stop
     * @param text what an operator is told
     */
    record Stop(EventKind kind, NotificationMessage cease, IdleHoldReason rest, String text) implements SessionEvent {

        /**
         * Checks the kind.
         *
         * @throws IllegalArgumentException when it is another one
         */
        public Stop {
            check(kind, kind == EventKind.MANUAL_STOP || kind == EventKind.AUTOMATIC_STOP);
        }

        /**
         * Returns ManualStop: a peer disabled, removed, drained, reset or changed.
         *
         * @param cease what the peer is told, a Cease (RFC 4486)
         * @return the event
         */
        public static Stop manual(NotificationMessage cease) {
            return new Stop(EventKind.MANUAL_STOP, cease, IdleHoldReason.ERROR, cease.toString());
        }

        /**
         * Returns AutomaticStop: a limit passed, or liveness lost.
         *
         * @param cease what the peer is told, a Cease (RFC 4486)
         * @param rest how the peer rests afterwards
         * @param text what an operator is told, with the numbers
         * @return the event
         */
        public static Stop automatic(NotificationMessage cease, IdleHoldReason rest, String text) {
            return new Stop(EventKind.AUTOMATIC_STOP, cease, rest, text);
        }

        /** Returns the stop of a session whose peer would keep routes after a plain Cease (RFC 8538 §3.1). */
        Stop asHardReset() {
            return new Stop(kind, NotificationMessage.hardReset(cease), rest, text);
        }
    }

    /**
     * TcpConnectionFails (Event 18).
     *
     * @param text what is known of it; free of control characters
     * @param cause {@link EndCause#TRANSPORT_FAILED}, or {@link EndCause#NOTIFICATION_RECEIVED} for a NOTIFICATION that can't
     *     be read: it is treated alike, but is no lost connection
     */
    record TransportFailed(String text, EndCause cause) implements SessionEvent {
        /**
         * Makes the event of a connection that is gone.
         *
         * @param text what is known of it; free of control characters
         */
        public TransportFailed(String text) {
            this(text, EndCause.TRANSPORT_FAILED);
        }

        /**
         * Returns the event of a NOTIFICATION that can't be read, which is not answered (RFC 4271 §6.4).
         *
         * @param text what is wrong with it
         * @return the event
         */
        public static TransportFailed afterNotification(String text) {
            return new TransportFailed(text, EndCause.NOTIFICATION_RECEIVED);
        }

        @Override
        public EventKind kind() {
            return EventKind.TCP_CONNECTION_FAILS;
        }
    }

    /**
     * BGPOpen (Event 19): an OPEN that {@link Negotiation} accepts.
     *
     * @param negotiated what was agreed
     */
    record Open(Negotiated negotiated) implements SessionEvent {
        @Override
        public EventKind kind() {
            return EventKind.BGP_OPEN;
        }
    }

    /**
     * BGPHeaderErr, BGPOpenMsgErr, UpdateMsgErr (Events 21, 22, 28) or a bad ROUTE-REFRESH: a message that ends the
     * session.
     *
     * @param kind which of them
     * @param notification what the peer is told
     * @param text what an operator is told: the rule that was broken and where it is written
     */
    record ProtocolError(EventKind kind, NotificationMessage notification, String text) implements SessionEvent {
        /**
         * Checks the kind.
         *
         * @throws IllegalArgumentException when it is another one
         */
        public ProtocolError {
            check(
                    kind,
                    kind == EventKind.BGP_HEADER_ERR
                            || kind == EventKind.BGP_OPEN_MSG_ERR
                            || kind == EventKind.UPDATE_MSG_ERR
                            || kind == EventKind.ROUTE_REFRESH_MSG_ERR);
        }
    }

    /**
     * NotifMsgVerErr or NotifMsg (Events 24 and 25): the peer ends the session. It is never answered (RFC 4271 §6.4).
     *
     * @param notification what the peer said
     */
    record NotificationReceived(NotificationMessage notification) implements SessionEvent {
        @Override
        public EventKind kind() {
            return notification.reason() == NotificationSubcode.UNSUPPORTED_VERSION_NUMBER
                    ? EventKind.NOTIF_MSG_VER_ERR
                    : EventKind.NOTIF_MSG;
        }
    }

    private static void check(EventKind kind, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException(kind + " belongs to another type of event");
        }
    }
}
