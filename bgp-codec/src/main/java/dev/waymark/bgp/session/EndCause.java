package dev.waymark.bgp.session;

/** What ended a connection; {@link SessionEnd} adds the details. */
public enum EndCause {
    /** An operator stopped the peer (Event 2). */
    MANUAL_STOP,
    /** The server stopped the peer, because of a limit for instance (Event 8). */
    AUTOMATIC_STOP,
    /** The connection could not be opened, or not in the connect-retry time. */
    CONNECT_FAILED,
    /** The transport failed, or the peer closed it without a NOTIFICATION (Event 18). */
    TRANSPORT_FAILED,
    /** No OPEN came in time (Event 10 in OpenSent). */
    OPEN_TIMEOUT,
    /** The connection was not Established in time (ERROR-HANDLING 9). */
    ESTABLISH_TIMEOUT,
    /** Nothing came for the hold time (Event 10). */
    HOLD_TIMEOUT,
    /** The peer took nothing for the send hold time (Event 29, RFC 9687). */
    SEND_HOLD_TIMEOUT,
    /** The peer sent a NOTIFICATION (Events 24 and 25). */
    NOTIFICATION_RECEIVED,
    /** The peer sent a bad message header (Event 21). */
    HEADER_ERROR,
    /** The peer's OPEN was refused (Event 22). */
    OPEN_ERROR,
    /** The peer sent an UPDATE that can't be survived (Event 28). */
    UPDATE_ERROR,
    /** The peer sent a bad ROUTE-REFRESH (RFC 7313 §5). */
    ROUTE_REFRESH_ERROR,
    /** The peer sent a message that the state doesn't allow, or the engine raised such an event (RFC 6608). */
    UNEXPECTED_EVENT,
    /** Another connection of the same peer was preferred (Event 23, RFC 4271 §6.8). */
    COLLISION
}
