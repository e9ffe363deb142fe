package dev.waymark.bgp.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.SessionState;
import dev.waymark.bgp.codec.CodecFixture;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.codec.DecodeResult;
import dev.waymark.bgp.codec.ErrorAction;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.codec.MessageDecoder;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import dev.waymark.bgp.session.EventKind;
import dev.waymark.bgp.session.IdleHoldPolicy;
import dev.waymark.bgp.session.Jitter;
import dev.waymark.bgp.session.Negotiated;
import dev.waymark.bgp.session.PeerConnection;
import dev.waymark.bgp.session.PeerConnections;
import dev.waymark.bgp.session.SendHold;
import dev.waymark.bgp.session.SessionEvent;
import dev.waymark.bgp.session.SessionMachine;
import dev.waymark.bgp.session.SessionParameters;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A peer's connections, driven as the engine drives them, and what must hold after everything that happens. */
final class FuzzedPeer {
    private final SessionParameters local;
    private final FuzzedPerformer performed = new FuzzedPerformer();
    private final CodecFixture codec = new CodecFixture();
    private final PeerConnections peer;
    private long now;
    private long accepted = 1_000_000;
    private boolean isStopped = true;

    FuzzedPeer(SessionParameters local) {
        this.local = local;
        IdleHoldPolicy policy = IdleHoldPolicy.standard();
        peer = new PeerConnections(
                new SessionMachine(local),
                local.passive() ? policy.withLimit(Duration.ZERO, Duration.ZERO) : policy,
                Jitter.of(1, 2));
    }

    void start() {
        isStopped = false;
        peer.start(now, performed);
    }

    void stop(SessionEvent.Stop stop) {
        isStopped |= stop.kind() == EventKind.MANUAL_STOP || local.passive();
        peer.stop(stop, now, performed);
    }

    void accept() {
        long id = ++accepted;
        performed.opened(id);
        if (!peer.admit(id, now, performed).isAdmitted()) {
            assertNull(peer.find(id));
            performed.refused(id);
        }
    }

    /** The connection that we asked for is open. */
    void connected() {
        PeerConnection on = peer.find(performed.dialing());
        if (performed.dialing() != PeerConnection.NONE && on != null) {
            performed.dialed();
            peer.step(on, SessionEvent.TCP_CR_ACKED, now, performed);
        }
    }

    void failed(boolean isSecond) {
        PeerConnection on = on(isSecond);
        if (on != null) {
            peer.step(on, new SessionEvent.TransportFailed("failed"), now, performed);
        }
    }

    void open(boolean isSecond, OpenMessage open) {
        PeerConnection on = talking(isSecond);
        if (on != null) {
            peer.openReceived(on, open, now, performed);
        }
    }

    /** Octets come that may be messages; what is incomplete is forgotten. */
    void octets(boolean isSecond, byte[] octets) {
        DecodeProblem problem = new DecodeProblem();
        int at = 0;
        for (PeerConnection on = talking(isSecond); on != null && at < octets.length; ) {
            long id = on.connection();
            int length = Framer.frame(octets, at, octets.length - at, options(on), problem);
            if (length == Framer.INCOMPLETE) {
                return;
            } else if (length == Framer.BROKEN) {
                step(on, EventKind.BGP_HEADER_ERR, problem);
                assertNotEquals(SessionState.ESTABLISHED, peer.state());
                return;
            }
            message(on, octets, at, length);
            check();
            at += length;
            on = peer.find(id);
        }
    }

    private void message(PeerConnection on, byte[] octets, int at, int length) {
        switch (Framer.type(octets, at)) {
            case OPEN -> {
                DecodeResult<OpenMessage> open = MessageDecoder.open(octets, at, length);
                if (open.isMessage()) {
                    peer.openReceived(on, open.message(), now, performed);
                } else {
                    step(on, EventKind.BGP_OPEN_MSG_ERR, open.problem());
                }
            }
            case UPDATE -> {
                if (isProcessed(on, SessionEvent.UPDATE)) {
                    codec.decoder.decode(octets, at, length, options(on), codec.out);
                    if (codec.out.action() == ErrorAction.SESSION_RESET) {
                        step(on, EventKind.UPDATE_MSG_ERR, codec.out.problem());
                    }
                }
            }
            case NOTIFICATION -> {
                boolean sent = performed.hasSentNotification(on.connection());
                long id = on.connection();
                SessionEvent event = new SessionEvent.NotificationReceived(
                        MessageDecoder.notification(octets, at, length).message());
                peer.step(on, event, now, performed);
                assertEquals(sent, performed.hasSentNotification(id), "a NOTIFICATION is never answered");
            }
            case KEEPALIVE -> peer.step(on, SessionEvent.KEEPALIVE, now, performed);
            case ROUTE_REFRESH -> {
                if (isProcessed(on, SessionEvent.ROUTE_REFRESH)) {
                    DecodeResult<RouteRefreshMessage> refresh =
                            MessageDecoder.routeRefresh(octets, at, length, options(on));
                    if (!refresh.isMessage() && refresh.problem().action() == ErrorAction.SESSION_RESET) {
                        step(on, EventKind.ROUTE_REFRESH_MSG_ERR, refresh.problem());
                    }
                }
            }
            case UNKNOWN -> throw new AssertionError("the framer let an unknown type through");
        }
    }

    private boolean isProcessed(PeerConnection on, SessionEvent event) {
        boolean isUp = on.state() == SessionState.ESTABLISHED;
        int before = performed.processed();
        peer.step(on, event, now, performed);
        assertEquals(isUp ? 1 : 0, performed.processed() - before, "processed");
        return isUp;
    }

    private void step(PeerConnection on, EventKind kind, DecodeProblem problem) {
        long id = on.connection();
        peer.step(on, SessionEvent.ofProblem(kind, problem), now, performed);
        assertNull(peer.find(id), "a connection outlived " + problem);
    }

    private static CodecOptions options(PeerConnection on) {
        Negotiated negotiated = on.negotiated();
        return negotiated == null
                ? CodecOptions.builder().build()
                : negotiated.toCodecOptions().build();
    }

    void pass(long nanos) {
        now += nanos;
        peer.expireTimers(now, performed);
        peer.expireTimers(now, performed);
    }

    void passToDeadline() {
        if (peer.hasDeadline()) {
            pass(Math.max(0, peer.nextDeadlineNanos() - now));
            assertTrue(!peer.hasDeadline() || peer.nextDeadlineNanos() - now > 0, "a timer has not expired");
        }
    }

    /** The transport took octets, and others wait. */
    void unsent(boolean isSecond, long taken, long waiting) {
        PeerConnection on = talking(isSecond);
        Negotiated negotiated = on == null ? null : on.negotiated();
        if (on != null && negotiated != null) {
            SendHold.update(on.timers(), negotiated.sendHoldSeconds(), taken, waiting, now);
        }
    }

    private @Nullable PeerConnection on(boolean isSecond) {
        PeerConnection on = isSecond ? peer.candidate() : peer.primary();
        return on == null || on.connection() == PeerConnection.NONE ? null : on;
    }

    /** A connection that is open, so that octets can come on it. */
    private @Nullable PeerConnection talking(boolean isSecond) {
        PeerConnection on = on(isSecond);
        return on == null || on.connection() == performed.dialing() ? null : on;
    }

    /** What {@link PeerConnections} says that holds at every moment, and that nothing is forgotten. */
    void check() {
        PeerConnection primary = peer.primary();
        PeerConnection candidate = peer.candidate();
        checkConnection(primary);
        Set<Long> open = new TreeSet<>();
        open.add(primary.connection());
        if (candidate != null) {
            checkConnection(candidate);
            open.add(candidate.connection());
            assertTrue(
                    candidate.state() == SessionState.OPEN_SENT || candidate.state() == SessionState.OPEN_CONFIRM,
                    () -> "a candidate is " + candidate.state());
            assertNotEquals(SessionState.ESTABLISHED, primary.state(), "Established, and another connection");
            assertFalse(
                    candidate.state() == SessionState.OPEN_CONFIRM && primary.state() == SessionState.OPEN_CONFIRM,
                    "two connections in OpenConfirm");
            assertTrue(primary.connection() != PeerConnection.NONE, "a candidate beside nothing");
        }
        open.remove(PeerConnection.NONE);
        assertEquals(open, performed.open(), "open connections");
        boolean isUp = peer.state() == SessionState.ESTABLISHED;
        assertEquals(isUp ? primary.connection() : PeerConnection.NONE, performed.up());
        boolean mayWaitForEver = isStopped
                || (local.passive() && primary.state() == SessionState.ACTIVE)
                || (isUp && negotiated(primary).holdTimeSeconds() == 0);
        assertTrue(mayWaitForEver || peer.hasDeadline(), () -> "waits for ever in " + peer.state());
    }

    private static void checkConnection(PeerConnection on) {
        boolean isWaiting = on.state() == SessionState.IDLE || on.state() == SessionState.ACTIVE;
        assertEquals(isWaiting, on.connection() == PeerConnection.NONE, () -> "connection in " + on.state());
        boolean isAgreed = on.state() == SessionState.OPEN_CONFIRM || on.state() == SessionState.ESTABLISHED;
        assertEquals(isAgreed, on.negotiated() != null, () -> "negotiated in " + on.state());
    }

    private static Negotiated negotiated(PeerConnection on) {
        Negotiated negotiated = on.negotiated();
        assertNotNull(negotiated);
        return negotiated;
    }
}
