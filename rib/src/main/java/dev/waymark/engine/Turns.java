package dev.waymark.engine;

import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.rib.NextHopSets;
import java.util.List;
import java.util.function.Consumer;

/**
 * The order of a turn: timers, then what changed, then background work in bounded pieces; so that neither a keepalive nor a
 * live change waits for bulk. Confined to the engine loop.
 */
final class Turns {
    private final Sessions sessions;
    private final MemoryGuard guard;
    private final Refreshes refreshes;
    private final Restarts restarts;
    private final Consumer<Peer> dropKept;
    private final List<FamilyTurn> families;
    private final SendCaps caps;
    private final Jobs jobs;
    private final SinkFeeds sinks;
    private final RowCollector collector;
    private final PrefixCap cap;
    private final List<FamilyRib> ribs;
    private final EventBursts bursts;
    private final AttributeTable attributes;
    private final NextHopSets sets;
    private final PeerViews peerViews;
    private final Outbox out;
    private long measureAtNanos;
    private long turnNanos;

    Turns(
            Sessions sessions,
            MemoryGuard guard,
            Refreshes refreshes,
            Restarts restarts,
            Membership membership,
            List<FamilyTurn> families,
            SendCaps caps,
            Jobs jobs,
            SinkFeeds sinks,
            RowCollector collector,
            PrefixCap cap,
            List<FamilyRib> ribs,
            EventBursts bursts,
            AttributeTable attributes,
            NextHopSets sets,
            PeerViews peerViews,
            Outbox out) {
        this.sessions = sessions;
        this.guard = guard;
        this.refreshes = refreshes;
        this.restarts = restarts;
        this.dropKept = emptied -> membership.dropKept(emptied, "nothing is kept any more");
        this.families = families;
        this.caps = caps;
        this.jobs = jobs;
        this.sinks = sinks;
        this.collector = collector;
        this.cap = cap;
        this.ribs = ribs;
        this.bursts = bursts;
        this.attributes = attributes;
        this.sets = sets;
        this.peerViews = peerViews;
        this.out = out;
    }

    /** Sends what changed, and does nothing else. */
    void flush() {
        for (FamilyTurn family : families) {
            if (family.hasChanges()) {
                collector.disturb();
            }
            family.flush(out);
        }
    }

    /** Runs a turn with as many units, rows to look at, for background work; a busy one puts off what only tidies up. */
    void turn(long nowNanos, int units, boolean isBusy) {
        turnNanos = nowNanos;
        if (hasOtherWork()) {
            collector.disturb();
        }
        sessions.turn(nowNanos);
        refreshes.turn(nowNanos);
        restarts.turn(nowNanos, dropKept);
        guard.turn(nowNanos);
        flush();
        jobs.flushed();
        int left = jobs.run(units);
        left -= cap.retry(ribs, Math.max(1, left));
        for (FamilyTurn family : families) {
            left = family.work(Math.max(1, left), out);
        }
        caps.turn(nowNanos);
        sinks.feed(nowNanos, out);
        collector.collect(Tidying.amount(left, isBusy, collector.isOverdue()));
        bursts.publish(out);
        measureAtNanos = peerViews.measure(nowNanos, Long.MAX_VALUE, out);
        boolean isOverdue = Tidying.isOverdue(attributes.unswept(), attributes.size());
        attributes.sweep(Tidying.amount(Math.max(Tidying.IDLE, units), isBusy, isOverdue));
        sets.sweep();
    }

    /** Notes that something other than a turn happened. */
    void happened() {
        peerViews.touch();
        collector.disturb();
    }

    /** Says when the next turn is due, and whether one now would find work. */
    void plan(long latest) {
        long deadline = sessions.nextDeadlineNanos(latest);
        deadline = refreshes.nextDeadlineNanos(deadline);
        deadline = restarts.nextDeadlineNanos(deadline);
        deadline = sinks.nextDeadlineNanos(deadline);
        if (measureAtNanos != Long.MAX_VALUE && measureAtNanos - deadline < 0) {
            deadline = measureAtNanos;
        }
        out.setDeadline(deadline);
        boolean isBulk = hasOtherWork();
        out.setHasWork(isBulk || collector.hasWork() || attributes.unswept() > 0, isBulk);
    }

    /** Tells whether there is work that may set rows free. */
    private boolean hasOtherWork() {
        if (jobs.hasWork() || refreshes.hasWork(turnNanos) || cap.hasWork() || sinks.hasWork()) {
            return true;
        }
        for (FamilyTurn family : families) {
            if (family.hasWork()) {
                return true;
            }
        }
        return false;
    }
}
