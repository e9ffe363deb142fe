package dev.waymark.bgp.session;

import dev.waymark.bgp.message.NotificationMessage;

/**
 * Why a peer's OPEN is refused. Immutable.
 *
 * @param notification what the peer is told (RFC 4271 §6.2)
 * @param text what an operator is told: the rule, both values, and where it is written
 */
public record OpenError(NotificationMessage notification, String text) implements OpenVerdict {

    /**
     * Returns the error as the event of the state machine.
     *
     * @return BGPOpenMsgErr (Event 22)
     */
    public SessionEvent.ProtocolError toEvent() {
        return new SessionEvent.ProtocolError(EventKind.BGP_OPEN_MSG_ERR, notification, text);
    }
}
