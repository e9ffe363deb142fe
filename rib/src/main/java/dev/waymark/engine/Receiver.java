package dev.waymark.engine;

import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.codec.DecodeResult;
import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.codec.ErrorAction;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.codec.MessageDecoder;
import dev.waymark.bgp.codec.UpdateDecoder;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import dev.waymark.bgp.session.EventKind;
import dev.waymark.bgp.session.IdleHoldReason;
import dev.waymark.bgp.session.SessionEvent;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what arrives into messages, gives each to its peer's state machine, and its content to the tables if the state machine
 * lets it through. A message that arrived whole is read where it lies; only the rest at the end is copied. Confined to the
 * engine loop.
 */
final class Receiver {
    private final Sessions sessions;
    private final UpdateDecoder decoder;
    private final Importer importer;
    private final Refreshes refreshes;
    private final EventBursts bursts;
    private final Outbox out;
    private final DecodeProblem problem = new DecodeProblem();
    private final DecodedUpdate decoded = new DecodedUpdate();

    Receiver(
            Sessions sessions,
            UpdateDecoder decoder,
            Importer importer,
            Refreshes refreshes,
            EventBursts bursts,
            Outbox out) {
        this.sessions = sessions;
        this.decoder = decoder;
        this.importer = importer;
        this.refreshes = refreshes;
        this.bursts = bursts;
        this.out = out;
    }

    /** Takes octets of a connection, in the order they came. */
    void receive(Link link, byte[] octets, int offset, int length, long nowNanos) {
        int at = offset;
        int end = offset + length;
        while (at < end && !link.isClosed()) {
            if (link.partialOctets() > 0) {
                at += complete(link, octets, at, end - at, nowNanos);
                continue;
            }
            int message = frame(link, octets, at, end - at, nowNanos);
            if (message == Framer.INCOMPLETE) {
                at += link.keep(octets, at, end - at);
            } else if (message != Framer.BROKEN) {
                handle(link, octets, at, message, nowNanos);
                at += message;
            }
        }
    }

    /** Adds to an incomplete message; returns how many of the new octets have been used. */
    private int complete(Link link, byte[] octets, int offset, int available, long nowNanos) {
        int before = link.partialOctets();
        int kept = link.keep(octets, offset, available);
        int message = frame(link, link.partial(), 0, link.partialOctets(), nowNanos);
        if (message == Framer.INCOMPLETE || message == Framer.BROKEN) {
            return kept;
        }
        handle(link, link.partial(), 0, message, nowNanos);
        link.dropPartial();
        return message - before;
    }

    /** Returns the length of the message that begins here; a header that can't be one has ended the session. */
    private int frame(Link link, byte[] octets, int offset, int available, long nowNanos) {
        int message = Framer.frame(octets, offset, available, link.options(), problem);
        if (message == Framer.BROKEN && problem.action() == ErrorAction.CLOSE) {
            String text = problem.toString(); // a bad NOTIFICATION is not answered (RFC 4271 §6.4)
            sessions.step(link, SessionEvent.TransportFailed.afterNotification(text), text, nowNanos);
        } else if (message == Framer.BROKEN) {
            fail(link, EventKind.BGP_HEADER_ERR, problem, nowNanos);
        }
        return message;
    }

    private void handle(Link link, byte[] octets, int offset, int length, long nowNanos) {
        switch (Framer.type(octets, offset)) {
            case OPEN -> open(link, octets, offset, length, nowNanos);
            case UPDATE -> update(link, octets, offset, length, nowNanos);
            case NOTIFICATION -> {
                // one that is too short has been let through by no framer, so there is always a message
                NotificationMessage message =
                        MessageDecoder.notification(octets, offset, length).message();
                String text = message.toString();
                sessions.step(link, new SessionEvent.NotificationReceived(message), text, nowNanos);
            }
            case KEEPALIVE -> sessions.step(link, SessionEvent.KEEPALIVE, "KEEPALIVE received", nowNanos);
            case ROUTE_REFRESH -> refresh(link, octets, offset, length, nowNanos);
            case UNKNOWN -> throw new AssertionError("the framer lets no unknown type through");
        }
    }

    private void open(Link link, byte[] octets, int offset, int length, long nowNanos) {
        DecodeResult<OpenMessage> result = MessageDecoder.open(octets, offset, length);
        if (result.isMessage()) {
            sessions.open(link, result.message(), nowNanos);
        } else {
            fail(link, EventKind.BGP_OPEN_MSG_ERR, result.problem(), nowNanos);
        }
    }

    private void update(Link link, byte[] octets, int offset, int length, long nowNanos) {
        boolean isWanted = sessions.step(link, SessionEvent.UPDATE, "UPDATE received", nowNanos);
        Session session = link.session();
        if (!isWanted || session == null) {
            return;
        }
        decoder.decode(octets, offset, length, link.options(), decoded);
        RuntimeException fault = decoded.fault();
        if (fault != null) {
            out.add(new Output.Fault(link.id(), fault));
        }
        bursts.recordProblems(session, decoded, octets, offset, length);
        if (decoded.action() == ErrorAction.SESSION_RESET) {
            fail(link, EventKind.UPDATE_MSG_ERR, decoded.problem(), nowNanos);
            return;
        }
        @Nullable LimitBreach breach = importer.apply(session, decoded, nowNanos);
        if (breach != null) {
            sessions.tearDown(link.peer(), breach.notification(), IdleHoldReason.LIMIT, breach.toString(), nowNanos);
        }
    }

    private void refresh(Link link, byte[] octets, int offset, int length, long nowNanos) {
        boolean isWanted = sessions.step(link, SessionEvent.ROUTE_REFRESH, "ROUTE-REFRESH received", nowNanos);
        Session session = link.session();
        if (!isWanted || session == null) {
            return;
        }
        DecodeResult<RouteRefreshMessage> result = MessageDecoder.routeRefresh(octets, offset, length, link.options());
        if (result.isMessage()) {
            refreshes.received(session, result.message(), nowNanos);
        } else if (result.problem().action() == ErrorAction.SESSION_RESET) {
            fail(link, EventKind.ROUTE_REFRESH_MSG_ERR, result.problem(), nowNanos);
        }
    }

    private void fail(Link link, EventKind kind, DecodeProblem what, long nowNanos) {
        String text = what.toString();
        sessions.step(link, new SessionEvent.ProtocolError(kind, what.notification(), text), text, nowNanos);
    }
}
