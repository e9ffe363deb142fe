package dev.waymark.bgp.session;

import static dev.waymark.bgp.session.PeerRig.DIALED;
import static dev.waymark.bgp.session.SessionFixtures.HIGHER_ID;
import static dev.waymark.bgp.session.SessionFixtures.open;
import static dev.waymark.bgp.session.SessionFixtures.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.SessionState;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.GracefulRestartCapability;
import java.util.List;
import java.util.Objects;

/** A peer's connections with a manual clock, and what they had performed. */
final class PeerRig {
    static final long DIALED = 1;
    static final long ACCEPTED = 100;
    static final long SURPLUS = 101;

    final RecordingPerformer performed = new RecordingPerformer();
    PeerConnections peer = peer(SessionFixtures.azure());
    long now;

    /** Goes on with another peer, as the parameters say. */
    void use(SessionParameters.Builder parameters) {
        peer = peer(parameters);
    }

    private static PeerConnections peer(SessionParameters.Builder parameters) {
        return new PeerConnections(new SessionMachine(parameters.build()), IdleHoldPolicy.standard(), Jitter.none());
    }

    PeerConnection on(long id) {
        return Objects.requireNonNull(peer.find(id), () -> "no connection " + id);
    }

    void start() {
        peer.start(now, performed);
    }

    Admission admit(long id) {
        return peer.admit(id, now, performed);
    }

    void step(long id, SessionEvent event) {
        peer.step(on(id), event, now, performed);
    }

    void openComes(long id, RouterId peerId) {
        peer.openReceived(on(id), open(90, peerId), now, performed);
    }

    /** Lets time pass, second by second, with a turn in each. */
    void pass(long untilSeconds) {
        while (now < seconds(untilSeconds)) {
            now += seconds(1);
            peer.expireTimers(now, performed);
        }
    }

    void establish(long id) {
        openComes(id, HIGHER_ID);
        step(id, SessionEvent.KEEPALIVE);
        assertEquals(SessionState.ESTABLISHED, peer.state());
    }

    void establishDialed() {
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        establish(DIALED);
        performed.take();
    }

    void establishRestartable(int flags) {
        SessionExtensions ours = SessionExtensions.none().withRestart(new RestartSupport(true, false));
        use(SessionFixtures.azure().extensions(ours));
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        GracefulRestartCapability theirs =
                new GracefulRestartCapability(flags, 120, List.of(new GracefulRestartCapability.Entry(1, 1, 128)));
        peer.openReceived(on(DIALED), open(90, HIGHER_ID, theirs), now, performed);
        step(DIALED, SessionEvent.KEEPALIVE);
        performed.take();
    }
}
