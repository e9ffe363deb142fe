package dev.waymark.engine;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** ROUTE-REFRESH both ways (RFC 2918, RFC 7313). Confined to the engine loop. */
final class Refreshes {
    private final List<FamilyRib> ribs;
    private final Jobs jobs;
    private final Outbox out;
    private final long staleNanos;
    private final RefreshRequests requests = new RefreshRequests(this::resend);
    private final List<Begun> begun = new ArrayList<>();

    /** A refresh that a peer has begun and not ended. */
    private record Begun(FamilyRib rib, Session session, SessionFamily family, long deadlineNanos) {}

    Refreshes(List<FamilyRib> ribs, Jobs jobs, Duration staleTime, Outbox out) {
        this.staleNanos = staleTime.toNanos();
        this.ribs = ribs;
        this.jobs = jobs;
        this.out = out;
    }

    /** A peer asks, or marks the beginning or the end of what we asked for. What was not negotiated is ignored (RFC 2918 §4). */
    void received(Session session, RouteRefreshMessage message, long nowNanos) {
        if (!session.negotiated().answers(message)) {
            return;
        }
        for (FamilyRib rib : ribs) {
            SessionFamily family = session.family(rib.family());
            if (family == null || message.family().filter(rib.family()::equals).isEmpty()) {
                continue;
            }
            int subtype = session.negotiated().enhancedRouteRefresh() ? message.subtype() : RouteRefreshMessage.REQUEST;
            switch (subtype) {
                case RouteRefreshMessage.REQUEST -> asked(rib, session, family, nowNanos);
                case RouteRefreshMessage.BEGIN -> {
                    family.closeBatch();
                    family.beginRefresh();
                    begun.removeIf(refresh -> refresh.family() == family);
                    begun.add(new Begun(rib, session, family, nowNanos + staleNanos));
                }
                case RouteRefreshMessage.END -> {
                    begun.removeIf(refresh -> refresh.family() == family);
                    end(rib, session, family);
                }
                default -> {
                    // RFC 7313 §5: unknown subtypes are ignored
                }
            }
        }
    }

    private void asked(FamilyRib rib, Session session, SessionFamily family, long nowNanos) {
        if (requests.add(new RefreshRequests.Request(rib, session, family), nowNanos)) {
            out.add(new Output.Publish(
                    new ServerEvent.RefreshReceived(session.config().identity(), rib.family())));
        }
    }

    /** Begins what peers asked for, and ends the refreshes of theirs whose end did not come in time (RFC 7313 §4). */
    void turn(long nowNanos) {
        requests.turn(nowNanos);
        for (Iterator<Begun> each = begun.iterator(); each.hasNext(); ) {
            Begun refresh = each.next();
            if (!refresh.session().isAlive()) {
                each.remove();
            } else if (refresh.deadlineNanos() - nowNanos <= 0) {
                each.remove();
                end(refresh.rib(), refresh.session(), refresh.family());
            }
        }
    }

    /** Returns whether {@link #turn} would begin something. */
    boolean hasWork(long nowNanos) {
        return requests.hasWork(nowNanos);
    }

    /** Returns the earliest time at which {@link #turn} has something to do, at most {@code latest}. */
    long nextDeadlineNanos(long latest) {
        long earliest = requests.nextDeadlineNanos(latest);
        for (Begun refresh : begun) {
            earliest = refresh.deadlineNanos() - earliest < 0 ? refresh.deadlineNanos() : earliest;
        }
        return earliest;
    }

    private void end(FamilyRib rib, Session session, SessionFamily family) {
        family.closeBatch();
        if (family.endRefresh()) {
            jobs.sweepStale(rib, session, family.generation());
        }
    }

    private void resend(RefreshRequests.Request request) {
        resend(request.rib(), request.session(), request.family());
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
            family.expectResend();
            AddressFamily name = family.family();
            session.sendRefreshRequest(name, out);
            out.add(new Output.Publish(
                    new ServerEvent.RefreshSent(session.config().identity(), name, cause)));
        }
        return true;
    }
}
