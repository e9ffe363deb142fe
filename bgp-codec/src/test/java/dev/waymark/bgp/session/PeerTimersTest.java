package dev.waymark.bgp.session;

import static dev.waymark.bgp.session.PeerRig.DIALED;
import static dev.waymark.bgp.session.SessionFixtures.HIGHER_ID;
import static dev.waymark.bgp.session.SessionFixtures.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What silence does to a session, and what keeps it up. */
class PeerTimersTest {
    private final PeerRig rig = new PeerRig();

    @Test
    @DisplayName("TRAPS 5: a peer that is silent in OpenConfirm times out, with a hold time and without")
    void silentPeerInOpenConfirm() {
        rig.start();
        rig.step(DIALED, SessionEvent.TCP_CR_ACKED);
        rig.openComes(DIALED, HIGHER_ID);
        rig.performed.take();
        rig.pass(59);
        assertEquals(List.of("1 keepalive"), rig.performed.take());
        rig.pass(61);
        assertEquals(
                List.of("1 keepalive", "1 read", "1 close(4/0)", "1 failed(ESTABLISH_TIMEOUT)"), rig.performed.take());

        rig.use(SessionFixtures.azure()
                .times(SessionTimes.standard()
                        .withHoldTime(180, true)
                        .withConnecting(Duration.ofSeconds(120), Duration.ofSeconds(30), Duration.ofSeconds(3_000))));
        rig.now = 0;
        rig.start();
        rig.step(2, SessionEvent.TCP_CR_ACKED);
        rig.openComes(2, HIGHER_ID);
        rig.performed.take();
        rig.pass(92);
        assertTrue(rig.performed.take().contains("2 failed(HOLD_TIMEOUT)"));
    }

    @Test
    @DisplayName("TRAPS 5: ... also when no hold time was negotiated")
    void silentPeerInOpenConfirmWithoutHoldTime() {
        rig.use(SessionFixtures.azure().times(SessionTimes.standard().withHoldTime(0, true)));
        rig.start();
        rig.step(DIALED, SessionEvent.TCP_CR_ACKED);
        rig.openComes(DIALED, HIGHER_ID);
        rig.performed.take();
        rig.pass(61);
        assertEquals(List.of("1 read", "1 close(4/0)", "1 failed(ESTABLISH_TIMEOUT)"), rig.performed.take());
    }

    @Test
    @DisplayName("RFC 4271 §8.2.2: no OPEN for 30 s ends the connection with 4/0")
    void silentPeerInOpenSent() {
        rig.start();
        rig.step(DIALED, SessionEvent.TCP_CR_ACKED);
        rig.performed.take();
        rig.pass(30);
        assertEquals(List.of("1 read"), rig.performed.take());
        rig.pass(31);
        assertEquals(List.of("1 close(4/0)", "1 failed(OPEN_TIMEOUT)"), rig.performed.take());
    }

    @Test
    @DisplayName("TRAPS 6: UPDATEs alone keep the session, and silence ends it after the hold time")
    void updatesKeepTheSession() {
        rig.establishDialed();
        for (int i = 1; i <= 20; i++) {
            rig.pass(i * 80L);
            rig.step(DIALED, SessionEvent.UPDATE);
        }
        assertEquals(SessionState.ESTABLISHED, rig.peer.state());
        rig.performed.take();
        rig.pass(1_600 + 90);
        assertEquals(SessionState.ESTABLISHED, rig.peer.state());
        rig.pass(1_600 + 91);
        List<String> last = rig.performed.take();
        assertEquals(
                List.of("1 read", "1 close(4/0)", "1 down(HOLD_TIMEOUT)"), last.subList(last.size() - 3, last.size()));
    }

    @Test
    @DisplayName("TRAPS 6: input that waits in the socket is seen before the timer is believed")
    void waitingInputIsSeenFirst() {
        rig.establishDialed();
        rig.now = seconds(500); // the whole process was paused
        rig.peer.expireTimers(rig.now, rig.performed);
        assertEquals(List.of("1 keepalive", "1 read"), rig.performed.take());
        rig.step(DIALED, SessionEvent.UPDATE); // the read's
        rig.peer.expireTimers(rig.now, rig.performed);
        assertEquals(List.of("1 update"), rig.performed.take());
        assertEquals(SessionState.ESTABLISHED, rig.peer.state());
    }

    @Test
    @DisplayName("RFC 4271 §4.4: KEEPALIVEs go out each third of the hold time; a day of nothing else changes nothing")
    void keepalivesForADay() {
        rig.establishDialed();
        int sent = 0;
        for (int second = 1; second <= 86_400; second++) {
            rig.pass(second);
            if (second % 30 == 0) {
                rig.step(DIALED, SessionEvent.KEEPALIVE);
            }
            sent += rig.performed.take().size();
        }
        assertEquals(86_400 / 30, sent);
        assertEquals(SessionState.ESTABLISHED, rig.peer.state());
    }

    @Test
    @DisplayName("RFC 4271 §4.2: a zero hold time runs no timer at all once Established")
    void zeroHoldTimeRunsNothing() {
        rig.use(SessionFixtures.azure().times(SessionTimes.standard().withHoldTime(0, true)));
        rig.start();
        rig.step(DIALED, SessionEvent.TCP_CR_ACKED);
        rig.establish(DIALED);
        assertFalse(rig.peer.hasDeadline());
        assertEquals(0, Objects.requireNonNull(rig.on(DIALED).negotiated()).sendHoldSeconds());
    }

    @Test
    @DisplayName(
            "RFC 9687 §4.3: a peer that takes nothing for the send hold time gets 8/0, and the connection is aborted")
    void sendHoldExpiryAborts() {
        rig.establishDialed();
        SendHold.update(rig.on(DIALED).timers(), 480, 0, 1, rig.now);
        for (int second = 30; second < 480; second += 30) {
            rig.pass(second);
            rig.step(DIALED, SessionEvent.KEEPALIVE);
        }
        rig.pass(479);
        rig.performed.take();
        rig.pass(480);
        List<String> last = rig.performed.take();
        assertTrue(last.contains("1 abort(8/0)"), last::toString);
        assertTrue(last.contains("1 down(SEND_HOLD_TIMEOUT)"), last::toString);
    }
}
