package dev.waymark.bgp.session;

/**
 * The events of the session state machine, with the numbers and names of RFC 4271 §8.1; number 29 is RFC 9687's. The
 * last ones have no number: those RFCs know neither ROUTE-REFRESH nor a limit on the time to Established.
 */
public enum EventKind {
    /** An operator starts the peer. */
    MANUAL_START(1, "ManualStart"),
    /** An operator stops the peer; see {@link SessionEvent.Stop}. */
    MANUAL_STOP(2, "ManualStop"),
    /** The system starts the peer. */
    AUTOMATIC_START(3, "AutomaticStart"),
    /** An operator starts the peer, which is to connect to us. */
    MANUAL_START_PASSIVE(4, "ManualStart_with_PassiveTcpEstablishment"),
    /** The system starts the peer, which is to connect to us. */
    AUTOMATIC_START_PASSIVE(5, "AutomaticStart_with_PassiveTcpEstablishment"),
    /** The system starts the peer, damping oscillations. */
    AUTOMATIC_START_DAMPED(6, "AutomaticStart_with_DampPeerOscillations"),
    /** The system starts the peer, which is to connect to us, damping oscillations. */
    AUTOMATIC_START_DAMPED_PASSIVE(7, "AutomaticStart_with_DampPeerOscillations_and_PassiveTcpEstablishment"),
    /** The system stops the peer, because of a limit for instance; see {@link SessionEvent.Stop}. */
    AUTOMATIC_STOP(8, "AutomaticStop"),
    /** It is time to connect again. */
    CONNECT_RETRY_TIMER_EXPIRES(9, "ConnectRetryTimer_Expires"),
    /** Nothing came for the hold time, or no OPEN in time. Raised only after the socket was drained. */
    HOLD_TIMER_EXPIRES(10, "HoldTimer_Expires"),
    /** It is time to send a KEEPALIVE. */
    KEEPALIVE_TIMER_EXPIRES(11, "KeepaliveTimer_Expires"),
    /** Never raised: DelayOpen is not implemented. */
    DELAY_OPEN_TIMER_EXPIRES(12, "DelayOpenTimer_Expires"),
    /** The rest in Idle is over. */
    IDLE_HOLD_TIMER_EXPIRES(13, "IdleHoldTimer_Expires"),
    /** A connection request was seen; never raised by a transport that reports finished connections only. */
    TCP_CONNECTION_VALID(14, "TcpConnection_Valid"),
    /** A connection request was seen that is not acceptable. */
    TCP_CR_INVALID(15, "Tcp_CR_Invalid"),
    /** The connection that we opened stands. */
    TCP_CR_ACKED(16, "Tcp_CR_Acked"),
    /** A connection that the peer opened stands. */
    TCP_CONNECTION_CONFIRMED(17, "TcpConnectionConfirmed"),
    /** The connection failed, could not be opened, or was closed by the peer. */
    TCP_CONNECTION_FAILS(18, "TcpConnectionFails"),
    /** A valid OPEN came; see {@link SessionEvent.Open}. */
    BGP_OPEN(19, "BGPOpen"),
    /** Never raised: DelayOpen is not implemented. */
    BGP_OPEN_DELAYED(20, "BGPOpen with DelayOpenTimer running"),
    /** A bad message header came (RFC 4271 §6.1). */
    BGP_HEADER_ERR(21, "BGPHeaderErr"),
    /** A bad OPEN came (RFC 4271 §6.2). */
    BGP_OPEN_MSG_ERR(22, "BGPOpenMsgErr"),
    /** This connection lost a collision (RFC 4271 §6.8). */
    OPEN_COLLISION_DUMP(23, "OpenCollisionDump"),
    /** A NOTIFICATION came: our version is not supported (code 2, subcode 1). */
    NOTIF_MSG_VER_ERR(24, "NotifMsgVerErr"),
    /** Any other NOTIFICATION came. */
    NOTIF_MSG(25, "NotifMsg"),
    /** A KEEPALIVE came. */
    KEEPALIVE_MSG(26, "KeepAliveMsg"),
    /** An UPDATE came that is to be applied, perhaps in part (RFC 7606). */
    UPDATE_MSG(27, "UpdateMsg"),
    /** An UPDATE came with an error that ends the session (RFC 4271 §6.3, RFC 7606 §2). */
    UPDATE_MSG_ERR(28, "UpdateMsgErr"),
    /** The peer took nothing for the send hold time (RFC 9687 §4). */
    SEND_HOLD_TIMER_EXPIRES(29, "SendHoldTimer_Expires"),
    /** The connection did not get to Established in time (ERROR-HANDLING 9). */
    ESTABLISH_TIMER_EXPIRES(0, "EstablishTimer_Expires"),
    /** A ROUTE-REFRESH came (RFC 2918, RFC 7313). */
    ROUTE_REFRESH_MSG(0, "RouteRefreshMsg"),
    /** A ROUTE-REFRESH came with an error that ends the session (RFC 7313 §5). */
    ROUTE_REFRESH_MSG_ERR(0, "RouteRefreshMsgErr");

    private final int number;
    private final String rfcName;

    EventKind(int number, String rfcName) {
        this.number = number;
        this.rfcName = rfcName;
    }

    /**
     * Returns the event's number in RFC 4271 §8.1 or RFC 9687.
     *
     * @return 1 to 29, or 0 if no RFC numbers it
     */
    public int number() {
        return number;
    }

    /**
     * Returns the event's name as RFC 4271 §8.1 writes it.
     *
     * @return the name
     */
    public String rfcName() {
        return rfcName;
    }

    /**
     * Tells whether the event needs more than its kind, so that it isn't a {@link SessionEvent.Signal}.
     *
     * @return true for stops, failed transports, OPENs, NOTIFICATIONs and errors in messages
     */
    public boolean carriesValue() {
        return switch (this) {
            case MANUAL_STOP,
                    AUTOMATIC_STOP,
                    TCP_CONNECTION_FAILS,
                    BGP_OPEN,
                    BGP_HEADER_ERR,
                    BGP_OPEN_MSG_ERR,
                    NOTIF_MSG_VER_ERR,
                    NOTIF_MSG,
                    UPDATE_MSG_ERR,
                    ROUTE_REFRESH_MSG_ERR -> true;
            case MANUAL_START,
                    AUTOMATIC_START,
                    MANUAL_START_PASSIVE,
                    AUTOMATIC_START_PASSIVE,
                    AUTOMATIC_START_DAMPED,
                    AUTOMATIC_START_DAMPED_PASSIVE,
                    CONNECT_RETRY_TIMER_EXPIRES,
                    HOLD_TIMER_EXPIRES,
                    KEEPALIVE_TIMER_EXPIRES,
                    DELAY_OPEN_TIMER_EXPIRES,
                    IDLE_HOLD_TIMER_EXPIRES,
                    TCP_CONNECTION_VALID,
                    TCP_CR_INVALID,
                    TCP_CR_ACKED,
                    TCP_CONNECTION_CONFIRMED,
                    BGP_OPEN_DELAYED,
                    OPEN_COLLISION_DUMP,
                    KEEPALIVE_MSG,
                    UPDATE_MSG,
                    SEND_HOLD_TIMER_EXPIRES,
                    ESTABLISH_TIMER_EXPIRES,
                    ROUTE_REFRESH_MSG -> false;
        };
    }
}
