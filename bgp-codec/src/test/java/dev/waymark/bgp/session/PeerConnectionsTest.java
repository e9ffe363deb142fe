package dev.waymark.bgp.session;

import static dev.waymark.bgp.session.PeerRig.ACCEPTED;
import static dev.waymark.bgp.session.PeerRig.DIALED;
import static dev.waymark.bgp.session.SessionFixtures.HIGHER_ID;
import static dev.waymark.bgp.session.SessionFixtures.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.waymark.api.SessionState;
import dev.waymark.bgp.message.GracefulRestartCapability;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How the session of a peer comes, ends and rests. */
class PeerConnectionsTest {
    private final PeerRig rig = new PeerRig();

    @Test
    void opensTheSessionThatWeDialed() {
        rig.start();
        assertEquals(List.of("1 dial"), rig.performed.take());
        rig.step(DIALED, SessionEvent.TCP_CR_ACKED);
        assertEquals(List.of("1 open"), rig.performed.take());
        rig.openComes(DIALED, HIGHER_ID);
        assertEquals(List.of("1 accepted", "1 keepalive"), rig.performed.take());
        assertEquals(90, Objects.requireNonNull(rig.on(DIALED).negotiated()).holdTimeSeconds());
        rig.step(DIALED, SessionEvent.KEEPALIVE);
        assertEquals(List.of("1 up"), rig.performed.take());
        rig.step(DIALED, SessionEvent.UPDATE);
        assertEquals(List.of("1 update"), rig.performed.take());
    }

    @Test
    void opensTheSessionThatThePeerDialed() {
        rig.use(SessionFixtures.azure().passive(true));
        assertEquals(Admission.REFUSED_STOPPED, rig.admit(ACCEPTED));
        rig.start();
        assertEquals(SessionState.ACTIVE, rig.peer.state());
        assertFalse(rig.peer.hasDeadline(), "a passive peer waits for ever");
        assertEquals(Admission.PRIMARY, rig.admit(ACCEPTED));
        rig.establish(ACCEPTED);
        assertEquals(ACCEPTED, rig.performed.upOn());
    }

    @Test
    @DisplayName("RFC 8538 §3.1: what we end on purpose is a Hard Reset where both say N")
    void stopsWithHardReset() {
        rig.establishRestartable(GracefulRestartCapability.FOR_NOTIFICATIONS);
        rig.peer.stop(SessionEvent.Stop.manual(SessionFixtures.SHUTDOWN), rig.now, rig.performed);
        assertEquals(List.of("1 close(6/9:0602)", "1 down(MANUAL_STOP)"), rig.performed.take());
    }

    @Test
    @DisplayName("RFC 8538 §3.1: without the N bit of both it is the plain Cease")
    void stopsWithPlainCease() {
        rig.establishRestartable(0);
        rig.peer.stop(SessionEvent.Stop.manual(SessionFixtures.SHUTDOWN), rig.now, rig.performed);
        assertEquals(List.of("1 close(6/2)", "1 down(MANUAL_STOP)"), rig.performed.take());
    }

    @Test
    void failedAttemptWaitsInActiveAndTriesAgain() {
        rig.start();
        rig.step(DIALED, new SessionEvent.TransportFailed("refused"));
        assertEquals(List.of("1 dial", "1 close", "1 failed(CONNECT_FAILED)"), rig.performed.take());
        assertEquals(SessionState.ACTIVE, rig.peer.state());
        rig.pass(119);
        assertEquals(List.of(), rig.performed.take());
        rig.pass(120);
        assertEquals(List.of("2 dial"), rig.performed.take());
        rig.pass(240);
        assertEquals(List.of("2 close", "2 failed(CONNECT_FAILED)", "3 dial"), rig.performed.take());
        assertEquals(seconds(360), rig.peer.nextDeadlineNanos());
    }

    @Test
    @DisplayName("RFC 4271 §8.2.2: Idle refuses connections; a resting peer isn't told, a stopped one is")
    void idleRefusesConnections() {
        rig.establishDialed();
        rig.step(DIALED, new SessionEvent.TransportFailed("reset"));
        assertEquals(List.of("1 close", "1 down(TRANSPORT_FAILED)"), rig.performed.take());
        assertEquals(Admission.REFUSED_RESTING, rig.admit(ACCEPTED));
        rig.pass(1);
        assertEquals(List.of("2 dial"), rig.performed.take());

        rig.peer.stop(SessionEvent.Stop.manual(SessionFixtures.SHUTDOWN), rig.now, rig.performed);
        assertEquals(Admission.REFUSED_STOPPED, rig.admit(ACCEPTED));
        assertEquals(
                "6/5",
                TransitionText.of(Admission.REFUSED_STOPPED.notification().orElseThrow()));
        assertFalse(rig.peer.hasDeadline());
    }

    @Test
    void stopEndsBothConnections() {
        rig.start();
        rig.step(DIALED, SessionEvent.TCP_CR_ACKED);
        rig.admit(ACCEPTED);
        rig.performed.take();
        rig.peer.stop(SessionEvent.Stop.manual(SessionFixtures.SHUTDOWN), rig.now, rig.performed);

        assertEquals(
                List.of("100 close(6/2)", "100 failed(MANUAL_STOP)", "1 close(6/2)", "1 failed(MANUAL_STOP)"),
                rig.performed.take());
        assertEquals(SessionState.IDLE, rig.peer.state());
        assertFalse(rig.peer.hasDeadline());
        rig.pass(10_000);
        assertEquals(List.of(), rig.performed.take());
    }

    @Test
    @DisplayName("ARS-24: a passed limit rests 60 s, then 120 s; an operator ends the rest")
    void limitRests() {
        rig.establishDialed();
        rig.peer.stop(SessionFixtures.limitPassed(), rig.now, rig.performed);
        assertEquals(List.of("1 close(6/1)", "1 down(AUTOMATIC_STOP)"), rig.performed.take());
        rig.pass(59);
        assertEquals(List.of(), rig.performed.take());
        rig.pass(60);
        assertEquals(List.of("2 dial"), rig.performed.take());
        rig.step(2, SessionEvent.TCP_CR_ACKED);
        rig.establish(2);
        rig.peer.stop(SessionFixtures.limitPassed(), rig.now, rig.performed);
        assertEquals(seconds(180), rig.peer.nextDeadlineNanos());
        rig.performed.take();
        rig.start();
        assertEquals(List.of("3 dial"), rig.performed.take());
    }

    @Test
    @DisplayName("ARS-24: restart only by hand")
    void limitWaitsForTheOperator() {
        rig.peer = new PeerConnections(
                new SessionMachine(SessionFixtures.azure().build()),
                IdleHoldPolicy.standard().withLimit(Duration.ZERO, Duration.ZERO),
                Jitter.none());
        rig.start();
        rig.peer.stop(SessionFixtures.limitPassed(), rig.now, rig.performed);
        assertFalse(rig.peer.hasDeadline());
        assertEquals(Admission.REFUSED_STOPPED, rig.admit(ACCEPTED));
        rig.start();
        assertEquals(SessionState.CONNECT, rig.peer.state());
    }

    @Test
    void errorsRestLongerAndLonger() {
        rig.start();
        long dialed = 1;
        for (long rest : new long[] {1, 2, 4, 8, 16, 32, 64, 120, 120}) {
            rig.step(dialed, SessionEvent.TCP_CR_ACKED);
            rig.step(
                    dialed,
                    new SessionEvent.NotificationReceived(
                            NotificationMessage.of(NotificationSubcode.CONNECTION_REJECTED)));
            assertEquals(rig.now + seconds(rest), rig.peer.nextDeadlineNanos());
            rig.pass(rig.now / seconds(1) + rest);
            dialed++;
            assertNotNull(rig.peer.find(dialed));
        }
    }

    @Test
    @DisplayName("KEEPALIVEs and UPDATEs of an Established session allocate nothing")
    void steadyStateAllocatesNothing() {
        rig.establishDialed();
        SessionPerformer quiet = (on, action) -> {};
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) { // the first rounds may load classes
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                rig.peer.step(rig.peer.primary(), SessionEvent.UPDATE, rig.now, quiet);
                rig.peer.step(rig.peer.primary(), SessionEvent.KEEPALIVE, rig.now, quiet);
                rig.peer.expireTimers(rig.now, quiet);
                rig.now++;
            }
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(fewest < 1_000, "20,000 messages allocated " + fewest + " octets");
    }
}
