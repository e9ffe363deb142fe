package dev.waymark.engine;

import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.ServerEvent;
import dev.waymark.bgp.session.RestartTerms;
import dev.waymark.bgp.session.SessionEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Graceful restart, the receiving side (RFC 4724 §4.2, RFC 8538 §4, RFC 9494 §4.2): what is kept of a lost session, for how
 * long, and what ends it. The session's slot is kept with its routes, and the peer's next session takes it over; see {@link
 * StaleRoutes} for how the two are told apart. For each family:
 *
 * <ol>
 *   <li>The session is lost: its routes are stale, and the restart time runs, the peer's but at most ours.
 *   <li>It is over: the long-lived stale time runs if there is one, or the routes go.
 *   <li>The peer is back: the family goes at once if its OPEN doesn't name it with the F bit; else the stale time runs.
 *   <li>End-of-RIB, or the end of a time: what is still stale goes.
 * </ol>
 *
 * <p>Times don't stack: what is stale already when a session is lost again goes; but where the long-lived stale time runs, it
 * goes on, and ends all that is stale by then (RFC 9494 §4.2). Confined to the engine loop.
 */
final class Restarts {
    private final GracefulRestartSettings settings;
    private final List<FamilyRib> ribs;
    private final Jobs jobs;
    private final LongLivedTag tag;
    private final Outbox out;
    private final List<Kept> all = new ArrayList<>();

    /** What is stale in one family of one slot. */
    private record Kept(FamilyRib rib, int slot, Peer peer, SessionFamily family, StaleRoutes stale) {}

    Restarts(GracefulRestartSettings settings, List<FamilyRib> ribs, Jobs jobs, LongLivedTag tag, Outbox out) {
        this.settings = settings;
        this.ribs = ribs;
        this.jobs = jobs;
        this.tag = tag;
        this.out = out;
    }

    /** Keeps what is to be kept of a lost session; returns false if that is nothing. */
    boolean keep(Session session, SessionEnd end, long nowNanos) {
        RestartTerms terms = session.negotiated().restart();
        if (!terms.keepsAfter(end) || !hasSomething(session, terms)) {
            forget(session.slot(), end.text());
            return false;
        }
        for (FamilyRib rib : ribs) {
            SessionFamily family = session.family(rib.family());
            if (family != null) {
                keep(rib, session, family, terms, nowNanos);
            }
        }
        return hasAny(session.slot());
    }

    private boolean hasSomething(Session session, RestartTerms terms) {
        for (SessionFamily family : session.families()) {
            boolean hasTime = restartNanos(family, terms) > 0 || longLivedNanos(family, terms) > 0;
            if (hasTime && family.account().storedNow() > 0) {
                return true;
            }
        }
        return false;
    }

    private void keep(FamilyRib rib, Session session, SessionFamily family, RestartTerms terms, long nowNanos) {
        Kept before = find(family);
        if (before != null && before.stale().hasLongLived()) {
            all.remove(before); // the long-lived stale time goes on, for all that is stale
        } else if (before != null) {
            end(before, "the session was lost again");
        }
        if (family.account().storedNow() == 0) {
            return;
        }
        StaleRoutes stale = family.lost(longLivedNanos(family, terms));
        Kept kept = new Kept(rib, session.slot(), session.peer(), family, stale);
        all.add(kept);
        long restart = restartNanos(family, terms);
        if (restart > 0) {
            stale.runUntil(nowNanos + restart);
            tell(kept, nowNanos, false);
        } else if (stale.longLivedNanos() > 0) {
            beginLongLived(kept, nowNanos);
        } else {
            end(kept, "the peer did not ask to keep this family");
        }
    }

    /** The peer's next session has taken the slot over. */
    void resume(Session session, long nowNanos) {
        RestartTerms terms = session.negotiated().restart();
        for (Kept kept : List.copyOf(all)) {
            if (kept.slot() == session.slot()) {
                boolean isLongLived = kept.stale().phase() == StaleRoutes.Phase.LONG_LIVED;
                if (terms.resumes(kept.rib().family(), isLongLived)) {
                    kept.stale().back(nowNanos + settings.staleTime().toNanos());
                } else {
                    end(kept, "the peer came back without it");
                }
            }
        }
    }

    /** The peer has sent all its routes. */
    void endOfRib(SessionFamily family) {
        Kept kept = find(family);
        if (kept != null) {
            end(kept, "End-of-RIB");
        }
    }

    /** The slot is swept as a whole. */
    void forget(int slot, String cause) {
        for (Kept kept : List.copyOf(all)) {
            if (kept.slot() == slot) {
                end(kept, cause);
            }
        }
    }

    /** Ends what has been kept long enough; the peers of which nothing is kept any more are given to {@code emptied}. */
    void turn(long nowNanos, Consumer<Peer> emptied) {
        if (all.isEmpty()) {
            return;
        }
        for (Kept kept : List.copyOf(all)) {
            if (kept.stale().deadlineNanos() - nowNanos <= 0) {
                expire(kept, nowNanos);
                Session session = kept.peer().kept();
                if (session != null && session.slot() == kept.slot() && !hasAny(kept.slot())) {
                    emptied.accept(kept.peer());
                }
            }
        }
    }

    /** Returns the earliest time at which {@link #turn} has something to do, at most {@code latest}. */
    long nextDeadlineNanos(long latest) {
        long earliest = latest;
        for (Kept kept : all) {
            if (kept.stale().deadlineNanos() - earliest < 0) {
                earliest = kept.stale().deadlineNanos();
            }
        }
        return earliest;
    }

    private void expire(Kept kept, long nowNanos) {
        StaleRoutes stale = kept.stale();
        boolean isLongLived = stale.phase() == StaleRoutes.Phase.LONG_LIVED;
        if (stale.isBack()) {
            end(kept, "no End-of-RIB in the stale time");
        } else if (!isLongLived && stale.longLivedNanos() > 0) {
            beginLongLived(kept, nowNanos);
        } else {
            end(kept, isLongLived ? "the long-lived stale time is over" : "the restart time is over");
        }
    }

    private void beginLongLived(Kept kept, long nowNanos) {
        kept.stale().beginLongLived(nowNanos);
        jobs.add(new LongLivedMarking(kept.rib(), kept.slot(), kept.family(), kept.stale(), tag));
        tell(kept, nowNanos, true);
    }

    private void tell(Kept kept, long nowNanos, boolean longLived) {
        out.add(new Output.Publish(new ServerEvent.StaleRoutesKept(
                kept.peer().config().identity(),
                kept.rib().family(),
                kept.stale().left(),
                Duration.ofNanos(kept.stale().deadlineNanos() - nowNanos),
                longLived)));
    }

    private void end(Kept kept, String cause) {
        all.remove(kept);
        StaleRoutes stale = kept.stale();
        stale.end();
        jobs.add(new RestartSweep(kept.rib(), kept.slot(), kept.family(), stale));
        out.add(new Output.Publish(new ServerEvent.StaleRoutesRemoved(
                kept.peer().config().identity(), kept.rib().family(), stale.left(), cause)));
    }

    private @Nullable Kept find(SessionFamily family) {
        for (Kept kept : all) {
            if (kept.family() == family) {
                return kept;
            }
        }
        return null;
    }

    private boolean hasAny(int slot) {
        for (Kept kept : all) {
            if (kept.slot() == slot) {
                return true;
            }
        }
        return false;
    }

    private long restartNanos(SessionFamily family, RestartTerms terms) {
        return Math.min(
                Duration.ofSeconds(terms.restartSeconds(family.family())).toNanos(),
                settings.restartTimeAtMost().toNanos());
    }

    private long longLivedNanos(SessionFamily family, RestartTerms terms) {
        return Math.min(
                Duration.ofSeconds(terms.longLivedSeconds(family.family())).toNanos(),
                settings.longLivedAtMost().toNanos());
    }
}
