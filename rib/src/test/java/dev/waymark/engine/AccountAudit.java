package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RouteCounts;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.Verdict;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks the accounts of all sessions, the dead ones too, against the tables after every step (ARS-71). */
final class AccountAudit implements CoreHarness.StepObserver {
    private final RouteServerCore.Tables tables;
    private final Map<SessionFamily, RouteCounts> before = new HashMap<>();
    private int[] accepted = new int[16];
    private int[] rejected = new int[16];
    long steps;

    AccountAudit(RouteServerCore.Tables tables) {
        this.tables = tables;
    }

    @Override
    public void stepped(long nowNanos, Input input, Outbox outputs) {
        steps++;
        for (FamilyRib rib : tables.ribs()) {
            check(rib);
        }
    }

    private void check(FamilyRib rib) {
        int paths = count(rib);
        assertEquals(rib.paths().size(), paths, "paths in rows");
        for (int slot = 1; slot < tables.slots().limit(); slot++) {
            Session session = tables.slots().session(slot);
            SessionFamily family = session == null ? null : session.family(rib.family());
            boolean isStatic = session == null
                    && tables.slots().identity(slot).isPresent(); // of a gateway without BGP, which has no account
            if (family == null && !isStatic) {
                assertEquals(0, accepted[slot] + rejected[slot], "paths of a slot that nobody has");
            } else if (family != null) {
                check(family, accepted[slot], rejected[slot]);
                assertEquals(stale(rib, slot, family), family.account().staleNow(), "stale now");
            }
        }
    }

    private static long stale(FamilyRib rib, int slot, SessionFamily family) {
        long stale = 0;
        for (int row = 0; row < rib.prefixes().rowLimit(); row++) {
            for (int path = rib.paths().first(row);
                    path != 0;
                    path = rib.paths().next(path)) {
                stale += rib.paths().slot(path) == slot && family.isStale(path) ? 1 : 0;
            }
        }
        return stale;
    }

    private int count(FamilyRib rib) {
        int slots = tables.slots().limit();
        if (accepted.length < slots) {
            accepted = new int[slots * 2];
            rejected = new int[slots * 2];
        }
        Arrays.fill(accepted, 0);
        Arrays.fill(rejected, 0);
        AdjRibIn paths = rib.paths();
        int count = 0;
        for (int row = 0; row < rib.prefixes().rowLimit(); row++) {
            for (int path = paths.first(row); path != 0; path = paths.next(path)) {
                assertTrue(rib.prefixes().contains(row), "a path in a row that is free");
                count++;
                if (Slots.isAggregate(paths.slot(path))) {
                    continue; // no announcement of the peer
                }
                (Verdict.isAccepted(paths.verdict(path)) ? accepted : rejected)[paths.slot(path)]++;
            }
        }
        return count;
    }

    private void check(SessionFamily family, int acceptedInTable, int rejectedInTable) {
        family.account().checkBalance(acceptedInTable + (long) rejectedInTable);
        RouteCounts counts = family.account().snapshot(PeerViews.advertised(family));
        assertTrue(counts.isBalanced(), counts::toString);
        assertEquals(acceptedInTable, counts.acceptedNow(), "accepted now");
        assertEquals(rejectedInTable, counts.rejectedNow(), "rejected now");
        assertTrue(counts.advertisedNow() >= 0, counts::toString);
        RouteCounts last = before.put(family, counts);
        if (last != null) {
            List<Long> was = counters(last);
            List<Long> is = counters(counts);
            for (int i = 0; i < was.size(); i++) {
                assertTrue(was.get(i) <= is.get(i), () -> "a counter went down: " + last + " to " + counts);
            }
        }
    }

    private static List<Long> counters(RouteCounts counts) {
        return List.of(
                counts.announced(),
                counts.accepted(),
                counts.rejectedTotal(),
                counts.treatedAsWithdraw(),
                counts.ignored(),
                counts.extraPaths(),
                counts.refusedByLimit(),
                counts.withdrawn(),
                counts.admitted(),
                counts.evicted(),
                counts.replaced(),
                counts.removed());
    }
}
