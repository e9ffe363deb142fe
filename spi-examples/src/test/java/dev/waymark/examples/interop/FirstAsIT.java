package dev.waymark.examples.interop;

import dev.waymark.api.RouteServerConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Daemons that insist that the neighbour's AS number comes first in a path, which a transparent route server doesn't give them:
 * either they are told not to, as in every other test here, or the route server prepends towards them.
 */
class FirstAsIT {
    private static final SentRoute ROUTE = SentRoute.plain("10.30.0.0/24", 64_777L);

    @TempDir
    Path folder;

    @Test
    @DisplayName("ARS-50: BIRD with enforce first as refuses transparent paths and takes them with PREPEND_LOCAL_AS")
    void prependsTowardsBird() {
        try (Lab lab = new Lab(folder, RouteServerConfig.azure())) {
            check(lab, new Bird(lab.site(11, 65_011).withEnforcesFirstAs(true)), "Invalid");
        }
    }

    @Test
    @DisplayName("ARS-50: FRR with enforce-first-as refuses transparent paths and takes them with PREPEND_LOCAL_AS")
    void prependsTowardsFrr() {
        try (Lab lab = new Lab(folder, RouteServerConfig.azure())) {
            check(lab, new Frr(lab.site(12, 65_012).withListens(true).withEnforcesFirstAs(true)), "incorrect first AS");
        }
    }

    private static void check(Lab lab, Nva insistent, String complaint) {
        GoBgp sender = sender(lab);
        lab.join(insistent);
        lab.awaitEstablished(insistent);
        lab.awaitAdvertised(insistent, 1);
        insistent.process().awaitLog(complaint);
        lab.awaitGone(insistent, ROUTE.prefix());
        lab.server()
                .updatePeer(lab.snapshot(insistent).config().toBuilder()
                        .prependLocalAs(true)
                        .build());
        lab.awaitSeen(
                insistent,
                SeenRoute.of(sender.site(), ROUTE)
                        .withAsPath(Site.SERVER_ASN, sender.site().asn(), 64_777L));
    }

    private static GoBgp sender(Lab lab) {
        GoBgp sender = new GoBgp(lab.site(13, 65_013).withListens(true));
        sender.announce(ROUTE);
        lab.join(sender);
        lab.awaitProgrammed(ROUTE.prefix(), sender);
        return sender;
    }
}
