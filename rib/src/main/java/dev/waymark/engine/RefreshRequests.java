package dev.waymark.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * What peers ask for with ROUTE-REFRESH, at a bounded rate: a refresh of a family begins 10 s after the one before at the
 * earliest, and not before that has ended; all requests meanwhile are one (ERROR-HANDLING 9). Confined to the engine loop.
 */
final class RefreshRequests {
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private final Consumer<Request> begin;
    private final List<Request> waiting = new ArrayList<>();

    /** What a peer has asked for. */
    record Request(FamilyRib rib, Session session, SessionFamily family) {
        /** Returns whether the refresh of before has ended. */
        private boolean isNext() {
            Member member = family.member();
            return member == null || !member.owesEndOfRefresh();
        }

        private boolean isDue(long nowNanos) {
            return isNext() && family.refreshDueNanos() - nowNanos <= 0;
        }
    }

    /** Makes an empty one, which has requests begun so. */
    RefreshRequests(Consumer<Request> begin) {
        this.begin = begin;
    }

    /** Takes a request, and begins it or has it wait; returns false if one that waits already answers it. */
    boolean add(Request request, long nowNanos) {
        if (waiting.contains(request)) {
            return false;
        }
        if (!request.family().hasRefreshed() || request.isDue(nowNanos)) {
            begin(request, nowNanos);
        } else {
            waiting.add(request);
        }
        return true;
    }

    /** Begins what has waited long enough, and forgets what sessions wait for that are gone. */
    void turn(long nowNanos) {
        for (Iterator<Request> each = waiting.iterator(); each.hasNext(); ) {
            Request next = each.next();
            if (!next.session().isAlive()) {
                each.remove();
            } else if (next.isDue(nowNanos)) {
                each.remove();
                begin(next, nowNanos);
            }
        }
    }

    /** Returns whether {@link #turn} would begin something. */
    boolean hasWork(long nowNanos) {
        for (Request next : waiting) {
            if (next.isDue(nowNanos)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the earliest time at which {@link #turn} has something to do, at most {@code latest}. */
    long nextDeadlineNanos(long latest) {
        long earliest = latest;
        for (Request next : waiting) {
            if (next.isNext() && next.family().refreshDueNanos() - earliest < 0) {
                earliest = next.family().refreshDueNanos();
            }
        }
        return earliest;
    }

    private void begin(Request request, long nowNanos) {
        request.family().refreshed(nowNanos + INTERVAL_NANOS);
        begin.accept(request);
    }
}
