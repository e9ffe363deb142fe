package dev.waymark.engine;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpAddress;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.session.Admission;
import dev.waymark.bgp.session.IdleHoldReason;
import dev.waymark.bgp.session.SessionEvent;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Hands what happens to connections to the state machines of their peers. What a state machine asks for is done by {@link
 * Performer}; what comes for a connection that is gone is dropped. Confined to the engine loop.
 */
final class Sessions {
    private final Peers peers;
    private final Links links;
    private final Performer performer;
    private final Gate gate;
    private final Outbox out;

    Sessions(Peers peers, Links links, Performer performer, Gate gate, Outbox out) {
        this.peers = peers;
        this.links = links;
        this.performer = performer;
        this.gate = gate;
        this.out = out;
    }

    /** Starts a peer, at once. */
    void start(Peer peer, long nowNanos) {
        performer.begin(peer, nowNanos);
        peer.connections().start(nowNanos, performer);
        performer.end("started");
    }

    /** Ends a peer's connections with a NOTIFICATION; the peer stays in Idle until it is started. */
    void stop(Peer peer, NotificationMessage cease, long nowNanos) {
        performer.begin(peer, nowNanos);
        peer.connections().stop(SessionEvent.Stop.manual(cease), nowNanos, performer);
        performer.dropKept("the peer is stopped");
        performer.end("stopped");
    }

    /** Forgets what an address has cost that is no peer's any more. */
    void forget(IpAddress address) {
        gate.forget(address);
    }

    /** Ends a peer's connections because of what happened on one; the peer starts by itself after a rest. */
    void tearDown(Peer peer, NotificationMessage cease, IdleHoldReason rest, String text, long nowNanos) {
        performer.begin(peer, nowNanos);
        peer.connections().stop(SessionEvent.Stop.automatic(cease, rest, text), nowNanos, performer);
        performer.dropKept(text);
        performer.end(text);
    }

    /** An address connected to us. */
    void accepted(long connection, InetSocketAddress remote, long nowNanos) {
        IpAddress address = IpAddress.of(remote.getAddress());
        Peer peer = peers.byAddress(address);
        String refusal = peer == null ? "no peer has this address" : gate.refusal(address, nowNanos);
        if (peer == null || !refusal.isEmpty()) {
            out.add(new Output.Publish(new ServerEvent.ConnectionRefused(remote, refusal)));
            out.add(new Output.Abort(connection));
            return;
        }
        performer.begin(peer, nowNanos);
        Admission admission = peer.connections().admit(connection, nowNanos, performer);
        performer.end("connection from " + address);
        if (!admission.isAdmitted()) {
            out.add(new Output.Publish(new ServerEvent.ConnectionRefused(remote, admission.toString())));
            byte[] last = admission.notification().map(Messages::octets).orElse(Messages.NOTHING);
            out.add(new Output.Close(connection, last));
        }
    }

    /** A connection that was asked for is open. */
    void opened(long connection, long nowNanos) {
        Link link = links.find(connection);
        if (link == null) {
            out.add(new Output.Abort(connection));
        } else {
            step(link, SessionEvent.TCP_CR_ACKED, "connected", nowNanos);
        }
    }

    /** A connection is gone. */
    void closed(long connection, String why, long nowNanos) {
        Link link = links.find(connection);
        if (link != null) {
            link.markClosed();
            String text = why.isEmpty() ? "the peer closed the connection" : why;
            step(link, new SessionEvent.TransportFailed(text), text, nowNanos);
            links.remove(connection);
        }
    }

    /** The transport took octets. */
    void taken(long connection, long octets, long nowNanos) {
        Link link = links.find(connection);
        if (link != null) {
            link.recordTaken(octets, nowNanos);
        }
    }

    /** All that waited on a connection has been read. */
    void polled(long connection) {
        Link link = links.find(connection);
        if (link != null) {
            link.peer().endPoll(connection);
        }
    }

    /** Returns the link of a connection, or null if it is gone. */
    @Nullable
    Link link(long connection) {
        return links.find(connection);
    }

    /** Gives a message, or what is wrong with it, to the state machine; returns whether its content is to be processed. */
    boolean step(Link link, SessionEvent event, String cause, long nowNanos) {
        performer.begin(link.peer(), nowNanos);
        link.peer().connections().step(link.machine(), event, nowNanos, performer);
        return performer.end(cause);
    }

    /** Gives an OPEN to the state machine. */
    void open(Link link, OpenMessage message, long nowNanos) {
        performer.begin(link.peer(), nowNanos);
        link.peer().connections().openReceived(link.machine(), message, nowNanos, performer);
        performer.end("OPEN received");
    }

    /** Lets timers expire, but those of a peer whose connection is being read before a timer is believed. */
    void turn(long nowNanos) {
        for (Peer peer : peers.all()) {
            if (peer.connections().hasDeadline() && peer.nextDeadlineNanos() - nowNanos <= 0) {
                performer.begin(peer, nowNanos);
                peer.connections().expireTimers(nowNanos, performer);
                performer.end("timer expired");
            }
        }
        links.watchSending(nowNanos);
    }

    /** Returns the earliest time at which {@link #turn} has something to do, at most {@code latest}. */
    long nextDeadlineNanos(long latest) {
        long earliest = latest;
        for (Peer peer : peers.all()) {
            if (peer.connections().hasDeadline() && peer.nextDeadlineNanos() - earliest < 0) {
                earliest = peer.nextDeadlineNanos();
            }
        }
        return earliest;
    }
}
