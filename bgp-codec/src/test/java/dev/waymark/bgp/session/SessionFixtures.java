package dev.waymark.bgp.session;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.Octets;
import dev.waymark.bgp.message.OpenMessage;
import java.util.List;

/** Parameters, messages and events that the tests of this package share. */
final class SessionFixtures {

    static final Asn LOCAL_ASN = Asn.of(65515);
    static final Asn PEER_ASN = Asn.of(65001);
    static final RouterId LOCAL_ID = RouterId.parse("10.0.0.10");
    static final RouterId HIGHER_ID = RouterId.parse("10.0.0.200");
    static final RouterId LOWER_ID = RouterId.parse("10.0.0.2");

    static final NotificationMessage SHUTDOWN = NotificationMessage.of(NotificationSubcode.ADMINISTRATIVE_SHUTDOWN);

    private SessionFixtures() {}

    static SessionParameters.Builder azure() {
        return SessionParameters.builder(LOCAL_ASN, LOCAL_ID, PEER_ASN);
    }

    static OpenMessage open(int holdTimeSeconds, RouterId id, Capability... capabilities) {
        return OpenMessage.of(PEER_ASN, holdTimeSeconds, id, List.of(capabilities));
    }

    static Negotiated negotiated(int holdTimeSeconds) {
        SessionParameters local =
                azure().times(SessionTimes.standard().withHoldTime(180, true)).build();
        return (Negotiated) Negotiation.judge(local, open(holdTimeSeconds, HIGHER_ID));
    }

    /** Returns an event of each kind, with a value where one is needed. */
    static SessionEvent eventOf(EventKind kind) {
        return switch (kind) {
            case MANUAL_STOP -> SessionEvent.Stop.manual(SHUTDOWN);
            case AUTOMATIC_STOP -> limitPassed();
            case TCP_CONNECTION_FAILS -> new SessionEvent.TransportFailed("reset by peer");
            case BGP_OPEN -> new SessionEvent.Open(negotiated(90));
            case BGP_HEADER_ERR -> error(kind, NotificationSubcode.BAD_MESSAGE_TYPE, Octets.of(9));
            case BGP_OPEN_MSG_ERR -> error(kind, NotificationSubcode.BAD_PEER_AS, Octets.empty());
            case UPDATE_MSG_ERR -> error(kind, NotificationSubcode.MALFORMED_ATTRIBUTE_LIST, Octets.empty());
            case ROUTE_REFRESH_MSG_ERR -> error(kind, NotificationSubcode.INVALID_ROUTE_REFRESH_LENGTH, Octets.of(0));
            case NOTIF_MSG_VER_ERR ->
                new SessionEvent.NotificationReceived(
                        NotificationMessage.of(NotificationSubcode.UNSUPPORTED_VERSION_NUMBER, Octets.ofShort(4)));
            case NOTIF_MSG -> new SessionEvent.NotificationReceived(SHUTDOWN);
            default -> new SessionEvent.Signal(kind);
        };
    }

    static SessionEvent.Stop limitPassed() {
        return SessionEvent.Stop.automatic(
                NotificationMessage.of(NotificationSubcode.MAXIMUM_PREFIXES_REACHED),
                IdleHoldReason.LIMIT,
                "ARS-24: 2001 + 2000 > 4000");
    }

    private static SessionEvent error(EventKind kind, NotificationSubcode reason, Octets data) {
        return new SessionEvent.ProtocolError(kind, NotificationMessage.of(reason, data), reason.rfc());
    }

    static long seconds(long seconds) {
        return seconds * 1_000_000_000L;
    }
}
