package dev.waymark.engine;

import dev.waymark.api.RejectReason;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.PathChange;
import dev.waymark.rib.Verdict;
import java.util.List;

/**
 * Judges all stored routes under the policies of now (ARS-64). Arrivals meet them at once, so every route is always under one
 * whole policy; a newer change takes this one's place. Confined to the engine loop.
 */
final class PolicyReview implements Job {
    private final List<FamilyRib> ribs;
    private final Slots slots;
    private final ImportRules rules;
    private final ImportAggregates aggregates;
    private final EventBursts bursts;
    private final Outbox out;
    private final long version;
    private boolean isSuperseded;
    private int family;
    private int row;

    PolicyReview(
            List<FamilyRib> ribs,
            Slots slots,
            ImportRules rules,
            ImportAggregates aggregates,
            EventBursts bursts,
            Outbox out,
            long version) {
        this.ribs = ribs;
        this.slots = slots;
        this.rules = rules;
        this.aggregates = aggregates;
        this.bursts = bursts;
        this.out = out;
        this.version = version;
    }

    /** Ends this review: a newer one looks at every route anyway. */
    void supersede() {
        isSuperseded = true;
    }

    @Override
    public int run(int units) {
        int looked = 0;
        while (looked < units && !isDone()) {
            FamilyRib rib = ribs.get(family);
            if (row >= rib.prefixes().rowLimit()) {
                family++;
                row = 0;
                continue;
            }
            review(rib, row++);
            looked++;
        }
        return Math.max(1, looked);
    }

    private void review(FamilyRib rib, int at) {
        AdjRibIn paths = rib.paths();
        int next;
        for (int path = paths.first(at); path != 0; path = next) {
            next = paths.next(path);
            Session session = slots.session(paths.slot(path));
            if (session != null && session.isEligible() && !Slots.isAggregate(paths.slot(path))) {
                review(rib, session, at, path);
            }
        }
    }

    private void review(FamilyRib rib, Session session, int at, int path) {
        AdjRibIn paths = rib.paths();
        SessionFamily family = session.family(rib.family());
        if (family == null) {
            throw new AssertionError("a path without a family");
        }
        int received = paths.received(path);
        rules.judge(session, received, rib.prefixes().prefix(at));
        if (family.isLongLivedStale(path) && !rules.tryMarkLongLived(received)) {
            Importer.remove(rib, family, at, paths.remove(at, path));
            return;
        }
        byte verdict = rib.cap().admit(rib, at, rules.verdict());
        boolean isUnchanged = verdict == paths.verdict(path)
                && rules.effective() == paths.effective(path)
                && (verdict != Verdict.CONTRIBUTES || isPartOf(rib, path, rules.aggregate()));
        if (!isUnchanged) {
            PathChange before = paths.reevaluate(at, path, rules.effective(), verdict);
            store(rib, session, family, at, before, verdict);
        }
    }

    private static boolean isPartOf(FamilyRib rib, int path, IpPrefix aggregate) {
        return rib.prefixes().prefix(rib.contributors().row(path)).equals(aggregate);
    }

    private void store(FamilyRib rib, Session session, SessionFamily family, int at, PathChange before, byte verdict) {
        family.recordReevaluated(before, verdict);
        if (verdict == Verdict.CONTRIBUTES || before.verdict() == Verdict.CONTRIBUTES) {
            aggregates.stored(rib, session, before.path(), verdict, rules);
        }
        rib.cap().released(rib, at);
        RejectReason reason = Verdict.reason(verdict);
        if (reason != null && before.wasAccepted()) {
            bursts.recordRejected(session, reason, rules.detail(), rib.prefixes(), at);
        }
        if (before.wasAccepted() || verdict == Verdict.ACCEPTED) {
            rib.markDirty(at);
        }
        if (verdict == Verdict.ACCEPTED) {
            rib.cap().admitted(rib, at);
        }
    }

    @Override
    public boolean isDone() {
        return isSuperseded || family >= ribs.size();
    }

    @Override
    public void finished() {
        if (!isSuperseded) {
            out.add(new Output.Publish(new ServerEvent.PolicyApplied(version)));
        }
    }
}
