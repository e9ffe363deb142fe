package dev.waymark.engine;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.session.EndCause;
import dev.waymark.bgp.session.Negotiated;
import dev.waymark.bgp.session.PeerConnection;
import dev.waymark.bgp.session.SessionAction;
import dev.waymark.bgp.session.SessionEnd;
import dev.waymark.bgp.session.SessionPerformer;
import dev.waymark.spi.ConnectTarget;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Does what the state machines ask for: sends, connects, closes, and tells the tables when a session is up or down. Used
 * between {@link #begin} and {@link #end}, which name the peer. Confined to the engine loop.
 */
final class Performer implements SessionPerformer {
    private static final long POLL_GRACE_NANOS = 5_000_000_000L;

    private final Settings settings;
    private final Links links;
    private final Membership membership;
    private final SessionOptions options;
    private final Outbox out;
    private long nextConnection = 1;
    private @Nullable Peer peer;
    private long nowNanos;
    private boolean mayProcess;
    private String endText = "";

    Performer(Settings settings, Links links, Membership membership, Outbox out) {
        this.settings = settings;
        this.links = links;
        this.membership = membership;
        this.options = new SessionOptions(settings);
        this.out = out;
    }

    /** Names the peer that acts from now on, and the time. */
    void begin(Peer acting, long now) {
        peer = acting;
        nowNanos = now;
        mayProcess = false;
        endText = "";
    }

    /** Publishes a change of the peer's state; returns whether the content of the message is to be processed. */
    boolean end(String cause) {
        Peer acted = acting();
        SessionState state = acted.connections().state();
        SessionState shown = acted.shownState();
        if (state != shown) {
            acted.show(state, nowNanos);
            String why = endText.isEmpty() ? cause : endText;
            out.add(new Output.Publish(
                    new ServerEvent.PeerStateChanged(acted.config().identity(), shown, state, why)));
        }
        peer = null;
        return mayProcess;
    }

    /** What was kept of the peer's lost session goes now. */
    void dropKept(String cause) {
        membership.dropKept(acting(), cause);
    }

    @Override
    public void perform(PeerConnection on, SessionAction action) {
        switch (action.kind()) {
            case SEND_OPEN -> linkOf(on).send(Messages.open(acting().localOpen()), out);
            case SEND_KEEPALIVE -> linkOf(on).send(Messages.keepalive(), out);
            case CONNECT -> connect(on);
            case CLOSE_TRANSPORT -> close(on, (SessionAction.CloseTransport) action);
            case READ_TRANSPORT -> {
                acting().beginPoll(on.connection(), nowNanos + POLL_GRACE_NANOS);
                out.add(new Output.Poll(on.connection()));
            }
            case OPEN_ACCEPTED ->
                linkOf(on).setOptions(options.decoding(acting(), ((SessionAction.OpenAccepted) action).negotiated()));
            case SESSION_UP -> up(on);
            case SESSION_DOWN, ATTEMPT_FAILED -> ended((SessionAction.Ended) action);
            case PROCESS_UPDATE, PROCESS_ROUTE_REFRESH -> mayProcess = true;
            case START_TIMER, RESTART_TIMER, STOP_TIMER, STOP_ALL_TIMERS, START_IDLE_HOLD ->
                throw new AssertionError(action);
        }
    }

    private void connect(PeerConnection on) {
        long connection = nextConnection;
        nextConnection += 2;
        on.attach(connection);
        linkOf(on);
        Optional<InetSocketAddress> local = settings.config()
                .localAddress(acting().config().address().family())
                .map(address -> new InetSocketAddress(address.toInetAddress(), 0));
        InetSocketAddress remote = new InetSocketAddress(
                acting().config().address().toInetAddress(), acting().config().port());
        out.add(new Output.Connect(
                connection,
                new ConnectTarget(
                        acting().name(), local, remote, acting().config().protection())));
    }

    private void close(PeerConnection on, SessionAction.CloseTransport close) {
        Link link = linkOf(on);
        if (!link.isClosed()) {
            link.markClosed();
            byte[] last = close.last().map(Messages::octets).orElse(Messages.NOTHING);
            out.add(close.abort() ? new Output.Abort(link.id()) : new Output.Close(link.id(), last));
        }
        links.remove(link.id());
    }

    private void up(PeerConnection on) {
        Link link = linkOf(on);
        Negotiated negotiated = on.negotiated();
        if (negotiated == null) {
            throw new AssertionError("up without an OPEN");
        }
        membership.up(acting(), link, negotiated, options.encoding(negotiated), nowNanos);
    }

    private void ended(SessionAction.Ended ended) {
        SessionEnd end = ended.end();
        endText = end.text();
        if (ended.wasEstablished()) {
            membership.down(acting(), end, nowNanos);
        }
        boolean byPeer = end.cause() == EndCause.NOTIFICATION_RECEIVED || end.cause() == EndCause.TRANSPORT_FAILED;
        Optional<NotificationMessage> notification = end.notification();
        ServerEvent.SessionEnded event = new ServerEvent.SessionEnded(
                acting().config().identity(),
                ended.wasEstablished(),
                byPeer,
                notification.map(NotificationMessage::code).orElse(0),
                notification.map(NotificationMessage::subcode).orElse(0),
                end.text());
        acting().ended(event, nowNanos);
        out.add(new Output.Publish(event));
    }

    /** Returns the link of a connection; the first action of an incoming one makes it. */
    private Link linkOf(PeerConnection on) {
        Link link = links.find(on.connection());
        if (link == null) {
            link = new Link(
                    on.connection(),
                    acting(),
                    on,
                    settings.config().limits().unsentOctets(),
                    options.beforeOpen(acting()));
            links.add(link);
        }
        return link;
    }

    private Peer acting() {
        if (peer == null) {
            throw new AssertionError("an action without a peer");
        }
        return peer;
    }
}
