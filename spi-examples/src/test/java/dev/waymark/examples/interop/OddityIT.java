package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.ServerEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Daemons that die and come back at bad moments, beside a peer that must not notice. */
class OddityIT {
    private static final int MANY = 30_000;
    private static final SentRoute LAST = SentRoute.plain("10.30.0.0/24");

    @TempDir
    Path folder;

    private Lab lab;
    private Bird big;
    private GoBgp witness;

    @BeforeEach
    void start() {
        lab = new Lab(folder, RouteServerConfig.standard());
        big = new Bird(lab.site(11, 65_011));
        big.announceAll(IntStream.range(0, MANY)
                .mapToObj(i ->
                        SentRoute.plain("100." + (64 + (i >> 16)) + "." + (i >> 8 & 255) + "." + (i & 255) + "/32"))
                .toList());
        witness = new GoBgp(lab.site(13, 65_013).withListens(true));
        witness.announce(LAST);
        lab.join(witness);
        lab.awaitEstablished(witness);
        lab.awaitPrefixes(size -> size == 1);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    @DisplayName("kill -9 while it sends a table: what had arrived goes, and comes back whole, three times")
    void diesWhileItSends() {
        for (int i = 0; i < 3; i++) {
            startAgain(big);
            lab.awaitPrefixes(size -> size > 1);
            big.process().kill9();
            lab.awaitPrefixes(size -> size == 1);
        }
        startAgain(big);
        lab.awaitPrefixes(size -> size == MANY + 1);
        lab.awaitSeen(big, SeenRoute.of(witness.site(), LAST));
        assertUnharmed();
    }

    @Test
    @DisplayName("kill -9 while it receives a table: the others have all of it, and it has when it is back")
    void diesWhileItReceives() {
        lab.join(big);
        lab.awaitPrefixes(size -> size == MANY + 1);
        Bird other = new Bird(lab.site(16, 65_016));
        for (int i = 0; i < 3; i++) {
            startAgain(other);
            lab.awaitEstablished(other);
            other.process().kill9();
        }
        startAgain(other);
        lab.awaitAdvertised(other, MANY + 1);
        lab.awaitSession(other, peer -> other.received() >= MANY + 1);
        assertUnharmed();
    }

    @Test
    @DisplayName("RFC 4486: a session that the daemon resets begins again, with all routes")
    void resetsHard() {
        Frr frr = new Frr(lab.site(12, 65_012).withListens(true));
        List.of(big, frr).forEach(lab::join);
        lab.awaitPrefixes(size -> size == MANY + 1);
        lab.awaitEstablished(frr);
        big.resetHard();
        frr.resetHard();
        for (Nva nva : List.of(big, frr)) {
            lab.awaitSession(nva, peer -> peer.establishedCount() == 2);
        }
        lab.awaitPrefixes(size -> size == MANY + 1);
        for (Nva nva : List.of(big, frr)) {
            lab.awaitSeen(nva, SeenRoute.of(witness.site(), LAST));
        }
        assertUnharmed();
    }

    private void startAgain(Nva nva) {
        if (lab.server().peer(Lab.peer(nva)).isEmpty()) {
            lab.join(nva);
        } else {
            nva.process().close();
            nva.start();
        }
    }

    private void assertUnharmed() {
        assertEquals(1, lab.snapshot(witness).establishedCount());
        assertEquals(List.of(), lab.events(ServerEvent.UpdateMalformed.class).toList());
    }
}
