package dev.waymark.engine;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * ROUTE-REFRESH both ways (RFC 2918, RFC 7313). What a peer asks for in a family begins 10 s after the one before at the
 * earliest, and not before that has ended; all requests meanwhile are one (ERROR-HANDLING 9). Confined to the engine loop.
 */
final class Refreshes {
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private final List<FamilyRib> ribs;
    private final Jobs jobs;
    private final Outbox out;
    private final List<Waiting> waiting = new ArrayList<>();

    /** What a peer has asked for and has not begun to get. */
    private record Waiting(FamilyRib rib, Session session, SessionFamily family) {
        /** Returns whether the refresh of before has ended. */
        boolean isNext() {
            Member member = family.member();
            return member == null || !member.owesEndOfRefresh();
        }

        boolean isDue(long nowNanos) {
            return isNext() && family.refreshDueNanos() - nowNanos <= 0;
        }
    }

    Refreshes(List<FamilyRib> ribs, Jobs jobs, Outbox out) {
        this.ribs = ribs;
        this.jobs = jobs;
        this.out = out;
    }

    /** A peer asks, or marks the beginning or the end of what we asked for. Other families are ignored (RFC 2918 §4). */
    void received(Session session, RouteRefreshMessage message, long nowNanos) {
        for (FamilyRib rib : ribs) {
            SessionFamily family = session.family(rib.family());
            if (family == null || message.family().filter(rib.family()::equals).isEmpty()) {
                continue;
            }
            int subtype = session.negotiated().enhancedRouteRefresh() ? message.subtype() : RouteRefreshMessage.REQUEST;
            switch (subtype) {
                case RouteRefreshMessage.REQUEST -> asked(new Waiting(rib, session, family), nowNanos);
                case RouteRefreshMessage.BEGIN -> {
                    family.closeBatch();
                    family.beginRefresh();
                }
                case RouteRefreshMessage.END -> {
                    family.closeBatch();
                    if (family.endRefresh()) {
                        jobs.sweepStale(rib, session, family.generation());
                    }
                }
                default -> {
                    // RFC 7313 §5: unknown subtypes are ignored
                }
            }
        }
    }

    private void asked(Waiting request, long nowNanos) {
        if (waiting.contains(request)) {
            return;
        }
        out.add(new Output.Publish(new ServerEvent.RefreshReceived(
                request.session().config().identity(), request.rib().family())));
        if (!request.family().hasRefreshed() || request.isDue(nowNanos)) {
            begin(request, nowNanos);
        } else {
            waiting.add(request);
        }
    }

    private void begin(Waiting request, long nowNanos) {
        request.family().refreshed(nowNanos + INTERVAL_NANOS);
        resend(request.rib(), request.session(), request.family());
    }

    /** Begins what has waited long enough. */
    void turn(long nowNanos) {
        Iterator<Waiting> each = waiting.iterator();
        while (each.hasNext()) {
            Waiting next = each.next();
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
        for (Waiting next : waiting) {
            if (next.isDue(nowNanos)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the earliest time at which {@link #turn} has something to do, at most {@code latest}. */
    long nextDeadlineNanos(long latest) {
        long earliest = latest;
        for (Waiting next : waiting) {
            if (next.isNext() && next.family().refreshDueNanos() - earliest < 0) {
                earliest = next.family().refreshDueNanos();
            }
        }
        return earliest;
    }

    /** Sends a peer all its routes again, between marks where it knows them. */
    void resend(FamilyRib rib, Session session, SessionFamily family) {
        Member member = family.member();
        if (member != null && member.owesEndOfRefresh()) {
            member.refreshAgain();
        } else if (member != null) {
            session.sendRefreshBegin(rib.family(), out);
            member.refresh(rib.prefixes().rowLimit());
        }
    }

    /** Sends a peer all its routes again, in every family. */
    void resendAll(Session session) {
        for (FamilyRib rib : ribs) {
            SessionFamily family = session.family(rib.family());
            if (family != null) {
                resend(rib, session, family);
            }
        }
    }

    /** Asks a peer for its routes again; returns false if it has not the capability. */
    boolean request(Session session, String cause) {
        if (!session.negotiated().peerRefreshes()) {
            return false;
        }
        for (SessionFamily family : session.families()) {
            family.closeBatch();
            AddressFamily name = family.family();
            session.sendRefreshRequest(name, out);
            out.add(new Output.Publish(
                    new ServerEvent.RefreshSent(session.config().identity(), name, cause)));
        }
        return true;
    }
}
