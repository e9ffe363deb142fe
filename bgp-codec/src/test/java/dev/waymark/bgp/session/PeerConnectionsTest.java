package dev.waymark.bgp.session;

import static dev.waymark.bgp.session.SessionFixtures.HIGHER_ID;
import static dev.waymark.bgp.session.SessionFixtures.LOWER_ID;
import static dev.waymark.bgp.session.SessionFixtures.open;
import static dev.waymark.bgp.session.SessionFixtures.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.GracefulRestartCapability;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PeerConnectionsTest {

    private static final long DIALED = 1;
    private static final long ACCEPTED = 100;
    private static final long SURPLUS = 101;

    private final RecordingPerformer performed = new RecordingPerformer();
    private PeerConnections peer = peer(SessionFixtures.azure());
    private long now;

    private static PeerConnections peer(SessionParameters.Builder parameters) {
        return new PeerConnections(new SessionMachine(parameters.build()), IdleHoldPolicy.standard(), Jitter.none());
    }

    private PeerConnection on(long id) {
        return Objects.requireNonNull(peer.find(id), () -> "no connection " + id);
    }

    private void start() {
        peer.start(now, performed);
    }

    private Admission admit(long id) {
        return peer.admit(id, now, performed);
    }

    private void step(long id, SessionEvent event) {
        peer.step(on(id), event, now, performed);
    }

    private void openComes(long id, RouterId peerId) {
        peer.openReceived(on(id), open(90, peerId), now, performed);
    }

    /** Lets time pass, second by second, with a turn in each. */
    private void pass(long untilSeconds) {
        while (now < seconds(untilSeconds)) {
            now += seconds(1);
            peer.expireTimers(now, performed);
        }
    }

    private void establish(long id) {
        openComes(id, HIGHER_ID);
        step(id, SessionEvent.KEEPALIVE);
        assertEquals(SessionState.ESTABLISHED, peer.state());
    }

    private void establishDialed() {
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        establish(DIALED);
        performed.take();
    }

    @Test
    void opensTheSessionThatWeDialed() {
        start();
        assertEquals(List.of("1 dial"), performed.take());
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        assertEquals(List.of("1 open"), performed.take());
        openComes(DIALED, HIGHER_ID);
        assertEquals(List.of("1 accepted", "1 keepalive"), performed.take());
        assertEquals(90, Objects.requireNonNull(on(DIALED).negotiated()).holdTimeSeconds());
        step(DIALED, SessionEvent.KEEPALIVE);
        assertEquals(List.of("1 up"), performed.take());
        step(DIALED, SessionEvent.UPDATE);
        assertEquals(List.of("1 update"), performed.take());
    }

    @Test
    void opensTheSessionThatThePeerDialed() {
        peer = peer(SessionFixtures.azure().passive(true));
        assertEquals(Admission.REFUSED_STOPPED, admit(ACCEPTED));
        start();
        assertEquals(SessionState.ACTIVE, peer.state());
        assertFalse(peer.hasDeadline(), "a passive peer waits for ever");
        assertEquals(Admission.PRIMARY, admit(ACCEPTED));
        establish(ACCEPTED);
        assertEquals(ACCEPTED, performed.upOn());
    }

    @Test
    @DisplayName("TRAPS 1: the loser's down after the winner's up does not take the winner down")
    void losersDownComesLate() {
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        assertEquals(Admission.CANDIDATE, admit(ACCEPTED));
        openComes(DIALED, HIGHER_ID);
        openComes(ACCEPTED, HIGHER_ID); // the peer's identifier is higher: its connection stays
        step(ACCEPTED, SessionEvent.KEEPALIVE);

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
                performed.take());
        assertNull(peer.find(DIALED), "what still comes for the loser finds nothing");
        assertEquals(SessionState.ESTABLISHED, peer.state());
        assertEquals(ACCEPTED, peer.primary().connection());
        assertNull(peer.candidate());
        pass(1);
        assertEquals(List.of(), performed.take(), "the loser left no timer behind");
    }

    @Test
    @DisplayName("TRAPS 1: ... and the same when the other connection wins")
    void dialedConnectionWins() {
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        admit(ACCEPTED);
        openComes(ACCEPTED, LOWER_ID);
        openComes(DIALED, LOWER_ID);
        step(DIALED, SessionEvent.KEEPALIVE);

        assertEquals(DIALED, performed.upOn());
        assertTrue(performed.take().contains("100 failed(COLLISION)"));
        assertNull(peer.find(ACCEPTED));
    }

    @Test
    @DisplayName("RFC 4271 §6.8: the OPEN that loses is not accepted, and gets Cease/7 only")
    void loserGetsNoKeepalive() {
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        admit(ACCEPTED);
        openComes(ACCEPTED, HIGHER_ID);
        performed.take();
        openComes(DIALED, HIGHER_ID);

        assertEquals(List.of("1 close(6/7)", "1 failed(COLLISION)"), performed.take());
        assertEquals(SessionState.OPEN_CONFIRM, peer.state());
    }

    @Test
    @DisplayName("RFC 4271 §6.8: an Established session is never dropped for a new connection")
    void establishedSessionStays() {
        establishDialed();

        assertEquals(Admission.REFUSED_ESTABLISHED, admit(ACCEPTED));
        assertEquals(
                "6/7",
                TransitionText.of(Admission.REFUSED_ESTABLISHED.notification().orElseThrow()));
        assertNull(peer.find(ACCEPTED));
        assertEquals(List.of(), performed.take());
    }

    private void establishRestartable(int flags) {
        SessionExtensions ours = SessionExtensions.none().withRestart(new RestartSupport(true, false));
        peer = peer(SessionFixtures.azure().extensions(ours));
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        GracefulRestartCapability theirs =
                new GracefulRestartCapability(flags, 120, List.of(new GracefulRestartCapability.Entry(1, 1, 128)));
        peer.openReceived(on(DIALED), open(90, HIGHER_ID, theirs), now, performed);
        step(DIALED, SessionEvent.KEEPALIVE);
        performed.take();
    }

    @Test
    @DisplayName(
            "RFC 4724 §5: with graceful restart a new connection replaces the Established one, without NOTIFICATION or rest")
    void newConnectionReplacesEstablished() {
        establishRestartable(0);

        assertEquals(Admission.PRIMARY, admit(ACCEPTED));
        assertEquals(List.of("1 close", "1 down(TRANSPORT_FAILED)", "100 open"), performed.take());
        assertNull(peer.find(DIALED));
        assertNull(peer.candidate());
        assertEquals(SessionState.OPEN_SENT, peer.state());
        establish(ACCEPTED);
        assertTrue(performed.take().contains("100 up"));
        assertEquals(Admission.REFUSED_ESTABLISHED, admit(SURPLUS), "the new OPEN is without the capability");
        pass(1);
        assertEquals(SessionState.ESTABLISHED, peer.state(), "the old one left no timer behind");
    }

    @Test
    @DisplayName("RFC 8538 §3.1: what we end on purpose is a Hard Reset where both say N")
    void stopsWithHardReset() {
        establishRestartable(GracefulRestartCapability.FOR_NOTIFICATIONS);
        peer.stop(SessionEvent.Stop.manual(SessionFixtures.SHUTDOWN), now, performed);
        assertEquals(List.of("1 close(6/9:0602)", "1 down(MANUAL_STOP)"), performed.take());
    }

    @Test
    @DisplayName("RFC 8538 §3.1: without the N bit of both it is the plain Cease")
    void stopsWithPlainCease() {
        establishRestartable(0);
        peer.stop(SessionEvent.Stop.manual(SessionFixtures.SHUTDOWN), now, performed);
        assertEquals(List.of("1 close(6/2)", "1 down(MANUAL_STOP)"), performed.take());
    }

    @Test
    void establishedSessionEndsTheOtherAttempt() {
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        admit(ACCEPTED);
        openComes(DIALED, LOWER_ID);
        performed.take();
        step(DIALED, SessionEvent.KEEPALIVE);

        assertEquals(List.of("100 close(6/7)", "100 failed(COLLISION)", "1 up"), performed.take());
    }

    @Test
    @DisplayName("RFC 4271 §6.8: Connect can't collide; our attempt is given up once the peer's OPEN is valid")
    void attemptIsGivenUpForAValidOpen() {
        start();
        assertEquals(Admission.CANDIDATE, admit(ACCEPTED));
        performed.take();
        openComes(ACCEPTED, LOWER_ID);

        assertEquals(List.of("1 close", "1 failed(COLLISION)", "100 accepted", "100 keepalive"), performed.take());
        assertEquals(ACCEPTED, peer.primary().connection());
        assertNull(peer.find(DIALED));
    }

    @Test
    @DisplayName("§9 of ERROR-HANDLING: the newest of three connections is closed")
    void thirdConnectionIsRefused() {
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        assertEquals(Admission.CANDIDATE, admit(ACCEPTED));
        assertEquals(Admission.REFUSED_SURPLUS, admit(SURPLUS));
        assertTrue(Admission.REFUSED_SURPLUS.notification().isEmpty());
    }

    @Test
    @DisplayName("a peer that restarted during its OPEN gets through with its second connection")
    void newerIncomingConnectionWins() {
        peer = peer(SessionFixtures.azure().passive(true));
        start();
        admit(ACCEPTED);
        openComes(ACCEPTED, LOWER_ID);
        assertEquals(Admission.CANDIDATE, admit(SURPLUS));
        openComes(SURPLUS, LOWER_ID);
        step(SURPLUS, SessionEvent.KEEPALIVE);

        assertEquals(SURPLUS, performed.upOn());
    }

    @Test
    void whenOneConnectionFailsTheOtherGoesOn() {
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        admit(ACCEPTED);
        step(DIALED, new SessionEvent.TransportFailed("reset"));

        assertEquals(ACCEPTED, peer.primary().connection());
        assertNull(peer.candidate());
        assertEquals(SessionState.OPEN_SENT, peer.state());
        establish(ACCEPTED);
        pass(80);
        assertEquals(1, performed.lastDialed(), "no second attempt");
    }

    @Test
    void badOpenOnOneConnectionLeavesTheOther() {
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        admit(ACCEPTED);
        peer.openReceived(on(ACCEPTED), open(1, LOWER_ID), now, performed);

        assertNull(peer.candidate());
        assertEquals(SessionState.OPEN_SENT, peer.state());
        assertEquals(0, peer.idleHold().errorsInARow());
        assertFalse(peer.primary().timers().isRunning(TimerKind.IDLE_HOLD));
    }

    @Test
    @DisplayName("TRAPS 5: a peer that is silent in OpenConfirm times out, with a hold time and without")
    void silentPeerInOpenConfirm() {
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        openComes(DIALED, HIGHER_ID);
        performed.take();
        pass(59);
        assertEquals(List.of("1 keepalive"), performed.take());
        pass(61);
        assertEquals(List.of("1 keepalive", "1 read", "1 close(4/0)", "1 failed(ESTABLISH_TIMEOUT)"), performed.take());

        peer = peer(SessionFixtures.azure()
                .times(SessionTimes.standard()
                        .withHoldTime(180, true)
                        .withConnecting(Duration.ofSeconds(120), Duration.ofSeconds(30), Duration.ofSeconds(3_000))));
        now = 0;
        start();
        step(2, SessionEvent.TCP_CR_ACKED);
        openComes(2, HIGHER_ID);
        performed.take();
        pass(92);
        assertTrue(performed.take().contains("2 failed(HOLD_TIMEOUT)"));
    }

    @Test
    @DisplayName("TRAPS 5: ... also when no hold time was negotiated")
    void silentPeerInOpenConfirmWithoutHoldTime() {
        peer = peer(SessionFixtures.azure().times(SessionTimes.standard().withHoldTime(0, true)));
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        openComes(DIALED, HIGHER_ID);
        performed.take();
        pass(61);
        assertEquals(List.of("1 read", "1 close(4/0)", "1 failed(ESTABLISH_TIMEOUT)"), performed.take());
    }

    @Test
    @DisplayName("RFC 4271 §8.2.2: no OPEN for 30 s ends the connection with 4/0")
    void silentPeerInOpenSent() {
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        performed.take();
        pass(30);
        assertEquals(List.of("1 read"), performed.take());
        pass(31);
        assertEquals(List.of("1 close(4/0)", "1 failed(OPEN_TIMEOUT)"), performed.take());
    }

    @Test
    @DisplayName("TRAPS 6: UPDATEs alone keep the session, and silence ends it after the hold time")
    void updatesKeepTheSession() {
        establishDialed();
        for (int i = 1; i <= 20; i++) {
            pass(i * 80L);
            step(DIALED, SessionEvent.UPDATE);
        }
        assertEquals(SessionState.ESTABLISHED, peer.state());
        performed.take();
        pass(1_600 + 90);
        assertEquals(SessionState.ESTABLISHED, peer.state());
        pass(1_600 + 91);
        List<String> last = performed.take();
        assertEquals(
                List.of("1 read", "1 close(4/0)", "1 down(HOLD_TIMEOUT)"), last.subList(last.size() - 3, last.size()));
    }

    @Test
    @DisplayName("TRAPS 6: input that waits in the socket is seen before the timer is believed")
    void waitingInputIsSeenFirst() {
        establishDialed();
        now = seconds(500); // the whole process was paused
        peer.expireTimers(now, performed);
        assertEquals(List.of("1 keepalive", "1 read"), performed.take());
        step(DIALED, SessionEvent.UPDATE); // the read's
        peer.expireTimers(now, performed);
        assertEquals(List.of("1 update"), performed.take());
        assertEquals(SessionState.ESTABLISHED, peer.state());
    }

    @Test
    @DisplayName("RFC 4271 §4.4: KEEPALIVEs go out each third of the hold time; a day of nothing else changes nothing")
    void keepalivesForADay() {
        establishDialed();
        int sent = 0;
        for (int second = 1; second <= 86_400; second++) {
            pass(second);
            if (second % 30 == 0) {
                step(DIALED, SessionEvent.KEEPALIVE);
            }
            sent += performed.take().size();
        }
        assertEquals(86_400 / 30, sent);
        assertEquals(SessionState.ESTABLISHED, peer.state());
    }

    @Test
    @DisplayName("RFC 4271 §4.2: a zero hold time runs no timer at all once Established")
    void zeroHoldTimeRunsNothing() {
        peer = peer(SessionFixtures.azure().times(SessionTimes.standard().withHoldTime(0, true)));
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        establish(DIALED);
        assertFalse(peer.hasDeadline());
        assertEquals(0, Objects.requireNonNull(on(DIALED).negotiated()).sendHoldSeconds());
    }

    @Test
    void failedAttemptWaitsInActiveAndTriesAgain() {
        start();
        step(DIALED, new SessionEvent.TransportFailed("refused"));
        assertEquals(List.of("1 dial", "1 close", "1 failed(CONNECT_FAILED)"), performed.take());
        assertEquals(SessionState.ACTIVE, peer.state());
        pass(119);
        assertEquals(List.of(), performed.take());
        pass(120);
        assertEquals(List.of("2 dial"), performed.take());
        pass(240);
        assertEquals(List.of("2 close", "2 failed(CONNECT_FAILED)", "3 dial"), performed.take());
        assertEquals(seconds(360), peer.nextDeadlineNanos());
    }

    @Test
    @DisplayName("RFC 4271 §8.2.2: Idle refuses connections; a resting peer isn't told, a stopped one is")
    void idleRefusesConnections() {
        establishDialed();
        step(DIALED, new SessionEvent.TransportFailed("reset"));
        assertEquals(List.of("1 close", "1 down(TRANSPORT_FAILED)"), performed.take());
        assertEquals(Admission.REFUSED_RESTING, admit(ACCEPTED));
        pass(1);
        assertEquals(List.of("2 dial"), performed.take());

        peer.stop(SessionEvent.Stop.manual(SessionFixtures.SHUTDOWN), now, performed);
        assertEquals(Admission.REFUSED_STOPPED, admit(ACCEPTED));
        assertEquals(
                "6/5",
                TransitionText.of(Admission.REFUSED_STOPPED.notification().orElseThrow()));
        assertFalse(peer.hasDeadline());
    }

    @Test
    void stopEndsBothConnections() {
        start();
        step(DIALED, SessionEvent.TCP_CR_ACKED);
        admit(ACCEPTED);
        performed.take();
        peer.stop(SessionEvent.Stop.manual(SessionFixtures.SHUTDOWN), now, performed);

        assertEquals(
                List.of("100 close(6/2)", "100 failed(MANUAL_STOP)", "1 close(6/2)", "1 failed(MANUAL_STOP)"),
                performed.take());
        assertEquals(SessionState.IDLE, peer.state());
        assertFalse(peer.hasDeadline());
        pass(10_000);
        assertEquals(List.of(), performed.take());
    }

    @Test
    @DisplayName("ARS-24: a passed limit rests 60 s, then 120 s; an operator ends the rest")
    void limitRests() {
        establishDialed();
        peer.stop(SessionFixtures.limitPassed(), now, performed);
        assertEquals(List.of("1 close(6/1)", "1 down(AUTOMATIC_STOP)"), performed.take());
        pass(59);
        assertEquals(List.of(), performed.take());
        pass(60);
        assertEquals(List.of("2 dial"), performed.take());
        step(2, SessionEvent.TCP_CR_ACKED);
        establish(2);
        peer.stop(SessionFixtures.limitPassed(), now, performed);
        assertEquals(seconds(180), peer.nextDeadlineNanos());
        performed.take();
        start();
        assertEquals(List.of("3 dial"), performed.take());
    }

    @Test
    @DisplayName("ARS-24: restart only by hand")
    void limitWaitsForTheOperator() {
        peer = new PeerConnections(
                new SessionMachine(SessionFixtures.azure().build()),
                IdleHoldPolicy.standard().withLimit(Duration.ZERO, Duration.ZERO),
                Jitter.none());
        start();
        peer.stop(SessionFixtures.limitPassed(), now, performed);
        assertFalse(peer.hasDeadline());
        assertEquals(Admission.REFUSED_STOPPED, admit(ACCEPTED));
        start();
        assertEquals(SessionState.CONNECT, peer.state());
    }

    @Test
    void errorsRestLongerAndLonger() {
        start();
        long dialed = 1;
        for (long rest : new long[] {1, 2, 4, 8, 16, 32, 64, 120, 120}) {
            step(dialed, SessionEvent.TCP_CR_ACKED);
            step(
                    dialed,
                    new SessionEvent.NotificationReceived(
                            NotificationMessage.of(NotificationSubcode.CONNECTION_REJECTED)));
            assertEquals(now + seconds(rest), peer.nextDeadlineNanos());
            pass(now / seconds(1) + rest);
            dialed++;
            assertNotNull(peer.find(dialed));
        }
    }

    @Test
    @DisplayName(
            "RFC 9687 §4.3: a peer that takes nothing for the send hold time gets 8/0, and the connection is aborted")
    void sendHoldExpiryAborts() {
        establishDialed();
        SendHold.update(on(DIALED).timers(), 480, 0, 1, now);
        for (int second = 30; second < 480; second += 30) {
            pass(second);
            step(DIALED, SessionEvent.KEEPALIVE);
        }
        pass(479);
        performed.take();
        pass(480);
        List<String> last = performed.take();
        assertTrue(last.contains("1 abort(8/0)"), last::toString);
        assertTrue(last.contains("1 down(SEND_HOLD_TIMEOUT)"), last::toString);
    }

    @Test
    void nextDeadlineIsTheEarlierOfBothConnections() {
        start();
        now = seconds(10);
        admit(ACCEPTED); // OPEN until 40 s; the attempt to connect lasts until 120 s
        assertEquals(seconds(40), peer.nextDeadlineNanos());
        pass(41);
        assertNull(peer.candidate());
        assertEquals(seconds(120), peer.nextDeadlineNanos());
    }

    @Test
    @DisplayName("KEEPALIVEs and UPDATEs of an Established session allocate nothing")
    void steadyStateAllocatesNothing() {
        establishDialed();
        SessionPerformer quiet = (on, action) -> {};
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) { // the first rounds may load classes
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                peer.step(peer.primary(), SessionEvent.UPDATE, now, quiet);
                peer.step(peer.primary(), SessionEvent.KEEPALIVE, now, quiet);
                peer.expireTimers(now, quiet);
                now++;
            }
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(fewest < 1_000, "20,000 messages allocated " + fewest + " octets");
    }
}
