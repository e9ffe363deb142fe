package dev.waymark.bgp.session;

import static dev.waymark.bgp.session.PeerRig.ACCEPTED;
import static dev.waymark.bgp.session.PeerRig.DIALED;
import static dev.waymark.bgp.session.PeerRig.SURPLUS;
import static dev.waymark.bgp.session.SessionFixtures.HIGHER_ID;
import static dev.waymark.bgp.session.SessionFixtures.LOWER_ID;
import static dev.waymark.bgp.session.SessionFixtures.open;
import static dev.waymark.bgp.session.SessionFixtures.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.SessionState;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two connections of one peer (RFC 4271 §6.8, RFC 4724 §5). */
class PeerCollisionsTest {
    private final PeerRig rig = new PeerRig();

    @Test
    @DisplayName("TRAPS 1: the loser's down after the winner's up does not take the winner down")
    void losersDownComesLate() {
        rig.start();
        rig.step(DIALED, SessionEvent.TCP_CR_ACKED);
        assertEquals(Admission.CANDIDATE, rig.admit(ACCEPTED));
        rig.openComes(DIALED, HIGHER_ID);
        rig.openComes(ACCEPTED, HIGHER_ID); // the peer's identifier is higher: its connection stays
        rig.step(ACCEPTED, SessionEvent.KEEPALIVE);

        assertEquals(
                List.of(
                        "1 dial",
                        "1 open",
                        "100 open",
                        "1 accepted",
                        "1 keepalive",
                        "1 close(6/7)",
                        "1 failed(COLLISION)",
                        "100 accepted",
                        "100 keepalive",
                        "100 up"),
                rig.performed.take());
        assertNull(rig.peer.find(DIALED), "what still comes for the loser finds nothing");
        assertEquals(SessionState.ESTABLISHED, rig.peer.state());
        assertEquals(ACCEPTED, rig.peer.primary().connection());
        assertNull(rig.peer.candidate());
        rig.pass(1);
        assertEquals(List.of(), rig.performed.take(), "the loser left no timer behind");
    }

    @Test
    @DisplayName("TRAPS 1: ... and the same when the other connection wins")
    void dialedConnectionWins() {
        rig.start();
        rig.step(DIALED, SessionEvent.TCP_CR_ACKED);
        rig.admit(ACCEPTED);
        rig.openComes(ACCEPTED, LOWER_ID);
        rig.openComes(DIALED, LOWER_ID);
        rig.step(DIALED, SessionEvent.KEEPALIVE);

        assertEquals(DIALED, rig.performed.upOn());
        assertTrue(rig.performed.take().contains("100 failed(COLLISION)"));
        assertNull(rig.peer.find(ACCEPTED));
    }

    @Test
    @DisplayName("RFC 4271 §6.8: the OPEN that loses is not accepted, and gets Cease/7 only")
    void loserGetsNoKeepalive() {
        rig.start();
        rig.step(DIALED, SessionEvent.TCP_CR_ACKED);
        rig.admit(ACCEPTED);
        rig.openComes(ACCEPTED, HIGHER_ID);
        rig.performed.take();
        rig.openComes(DIALED, HIGHER_ID);

        assertEquals(List.of("1 close(6/7)", "1 failed(COLLISION)"), rig.performed.take());
        assertEquals(SessionState.OPEN_CONFIRM, rig.peer.state());
    }

    @Test
    @DisplayName("RFC 4271 §6.8: an Established session is never dropped for a new connection")
    void establishedSessionStays() {
        rig.establishDialed();

        assertEquals(Admission.REFUSED_ESTABLISHED, rig.admit(ACCEPTED));
        assertEquals(
                "6/7",
                TransitionText.of(Admission.REFUSED_ESTABLISHED.notification().orElseThrow()));
        assertNull(rig.peer.find(ACCEPTED));
        assertEquals(List.of(), rig.performed.take());
    }

    @Test
    @DisplayName(
            "RFC 4724 §5: with graceful restart a new connection replaces the Established one, without NOTIFICATION or rest")
    void newConnectionReplacesEstablished() {
        rig.establishRestartable(0);

        assertEquals(Admission.PRIMARY, rig.admit(ACCEPTED));
        assertEquals(List.of("1 close", "1 down(TRANSPORT_FAILED)", "100 open"), rig.performed.take());
        assertNull(rig.peer.find(DIALED));
        assertNull(rig.peer.candidate());
        assertEquals(SessionState.OPEN_SENT, rig.peer.state());
        rig.establish(ACCEPTED);
        assertTrue(rig.performed.take().contains("100 up"));
        assertEquals(Admission.REFUSED_ESTABLISHED, rig.admit(SURPLUS), "the new OPEN is without the capability");
        rig.pass(1);
        assertEquals(SessionState.ESTABLISHED, rig.peer.state(), "the old one left no timer behind");
    }

    @Test
    void establishedSessionEndsTheOtherAttempt() {
        rig.start();
        rig.step(DIALED, SessionEvent.TCP_CR_ACKED);
        rig.admit(ACCEPTED);
        rig.openComes(DIALED, LOWER_ID);
        rig.performed.take();
        rig.step(DIALED, SessionEvent.KEEPALIVE);

        assertEquals(List.of("100 close(6/7)", "100 failed(COLLISION)", "1 up"), rig.performed.take());
    }

    @Test
    @DisplayName("RFC 4271 §6.8: Connect can't collide; our attempt is given up once the peer's OPEN is valid")
    void attemptIsGivenUpForAValidOpen() {
        rig.start();
        assertEquals(Admission.CANDIDATE, rig.admit(ACCEPTED));
        rig.performed.take();
        rig.openComes(ACCEPTED, LOWER_ID);

        assertEquals(List.of("1 close", "1 failed(COLLISION)", "100 accepted", "100 keepalive"), rig.performed.take());
        assertEquals(ACCEPTED, rig.peer.primary().connection());
        assertNull(rig.peer.find(DIALED));
    }

    @Test
    @DisplayName("§9 of ERROR-HANDLING: the newest of three connections is closed")
    void thirdConnectionIsRefused() {
        rig.start();
        rig.step(DIALED, SessionEvent.TCP_CR_ACKED);
        assertEquals(Admission.CANDIDATE, rig.admit(ACCEPTED));
        assertEquals(Admission.REFUSED_SURPLUS, rig.admit(SURPLUS));
        assertTrue(Admission.REFUSED_SURPLUS.notification().isEmpty());
    }

    @Test
    @DisplayName("a peer that restarted during its OPEN gets through with its second connection")
    void newerIncomingConnectionWins() {
        rig.use(SessionFixtures.azure().passive(true));
        rig.start();
        rig.admit(ACCEPTED);
        rig.openComes(ACCEPTED, LOWER_ID);
        assertEquals(Admission.CANDIDATE, rig.admit(SURPLUS));
        rig.openComes(SURPLUS, LOWER_ID);
        rig.step(SURPLUS, SessionEvent.KEEPALIVE);

        assertEquals(SURPLUS, rig.performed.upOn());
    }

    @Test
    void whenOneConnectionFailsTheOtherGoesOn() {
        rig.start();
        rig.step(DIALED, SessionEvent.TCP_CR_ACKED);
        rig.admit(ACCEPTED);
        rig.step(DIALED, new SessionEvent.TransportFailed("reset"));

        assertEquals(ACCEPTED, rig.peer.primary().connection());
        assertNull(rig.peer.candidate());
        assertEquals(SessionState.OPEN_SENT, rig.peer.state());
        rig.establish(ACCEPTED);
        rig.pass(80);
        assertEquals(1, rig.performed.lastDialed(), "no second attempt");
    }

    @Test
    void badOpenOnOneConnectionLeavesTheOther() {
        rig.start();
        rig.step(DIALED, SessionEvent.TCP_CR_ACKED);
        rig.admit(ACCEPTED);
        rig.peer.openReceived(rig.on(ACCEPTED), open(1, LOWER_ID), rig.now, rig.performed);

        assertNull(rig.peer.candidate());
        assertEquals(SessionState.OPEN_SENT, rig.peer.state());
        assertEquals(0, rig.peer.idleHold().errorsInARow());
        assertFalse(rig.peer.primary().timers().isRunning(TimerKind.IDLE_HOLD));
    }

    @Test
    void nextDeadlineIsTheEarlierOfBothConnections() {
        rig.start();
        rig.now = seconds(10);
        rig.admit(ACCEPTED); // OPEN until 40 s; the attempt to connect lasts until 120 s
        assertEquals(seconds(40), rig.peer.nextDeadlineNanos());
        rig.pass(41);
        assertNull(rig.peer.candidate());
        assertEquals(seconds(120), rig.peer.nextDeadlineNanos());
    }
}
