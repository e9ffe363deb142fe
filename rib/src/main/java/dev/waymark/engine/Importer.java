package dev.waymark.engine;

import dev.waymark.api.LimitAction;
import dev.waymark.api.RejectReason;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.codec.ErrorAction;
import dev.waymark.bgp.codec.NlriList;
import dev.waymark.rib.LimitOutcome;
import dev.waymark.rib.PathChange;
import dev.waymark.rib.PrefixLimit;
import dev.waymark.rib.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies a decoded UPDATE to a session's Adj-RIB-In: withdrawals, then the route limit, then announcements, each judged by
 * {@link ImportRules}. With {@code TEAR_DOWN} nothing of an UPDATE that passes the limit is announced. Confined to the engine
 * loop.
 */
final class Importer {
    private final List<FamilyRib> ribs;
    private final ImportRules rules;
    private final ImportAggregates aggregates;
    private final PeerMemory memory;
    private final EventBursts bursts;
    private final RouteLimitChecks limits;
    private final Restarts restarts;

    @SuppressWarnings("UnusedVariable") // written so that no compiler finds the reads needless
    private int touched;

    Importer(
            List<FamilyRib> ribs,
            ImportRules rules,
            ImportAggregates aggregates,
            PeerMemory memory,
            EventBursts bursts,
            Restarts restarts,
            Outbox out) {
        this.ribs = ribs;
        this.rules = rules;
        this.aggregates = aggregates;
        this.memory = memory;
        this.bursts = bursts;
        this.restarts = restarts;
        this.limits = new RouteLimitChecks(rules, out);
    }

    /** Applies an UPDATE that does not reset the session. Returns what it broke, or null if the session may go on. */
    @Nullable
    LimitBreach apply(Session session, DecodedUpdate update, long nowNanos) {
        for (FamilyRib rib : ribs) {
            SessionFamily family = session.family(rib.family());
            if (family != null) {
                LimitBreach breach = apply(rib, session, family, update, nowNanos);
                if (breach != null) {
                    return breach;
                }
            }
        }
        AddressFamily ended = update.endOfRib();
        SessionFamily family = ended == null ? null : session.family(ended);
        if (family != null) {
            family.endOfRib();
            restarts.endOfRib(family);
        }
        return null;
    }

    private @Nullable LimitBreach apply(
            FamilyRib rib, Session session, SessionFamily family, DecodedUpdate update, long nowNanos) {
        NlriList withdrawn = update.withdrawn(rib.family());
        NlriList announced = update.announced(rib.family());
        PrefixLimit limit = family.limit();
        if (limit != null && withdrawn.size() + announced.size() > 0) {
            limit.recordUpdate(nowNanos);
        }
        family.account().recordIgnored(update.ignoredAnnouncements(rib.family()));
        family.account().recordWithdrawn(withdrawn.size());
        withdraw(rib, session, family, withdrawn);
        if (update.action() == ErrorAction.TREAT_AS_WITHDRAW) {
            family.account().recordTreatedAsWithdraw(announced.size());
            withdraw(rib, session, family, announced);
            return null;
        }
        if (announced.size() == 0) {
            if (limit != null) {
                limits.watchSafeMaximum(session, family, limit);
            }
            return null;
        }
        int attributes = update.attributes(rib.family());
        LimitOutcome outcome = limit == null
                ? LimitOutcome.WITHIN
                : limits.check(rib, session, limit, attributes, announced, nowNanos);
        LimitAction action = family.limitAction();
        if (limit != null && outcome.isExceeded() && action == LimitAction.TEAR_DOWN) {
            family.account().recordRefusedByLimit(announced.size());
            return new LimitBreach(rib.family(), limit.snapshot(), limit.incoming(), limit.limit());
        }
        boolean isGuarded = outcome.isExceeded() && action == LimitAction.DISCARD_NEW;
        announce(rib, session, family, attributes, announced, isGuarded);
        if (limit != null) {
            limits.watchSafeMaximum(session, family, limit);
        }
        return null;
    }

    /** Lets the waits for memory of all lookups overlap, see {@link dev.waymark.rib.PrefixTable#touch}. */
    private void touch(FamilyRib rib, NlriList prefixes) {
        int sum = 0;
        for (int i = 0; i < prefixes.size(); i++) {
            sum += rib.prefixes().touch(prefixes.high(i), prefixes.low(i), prefixes.length(i));
        }
        touched = sum;
    }

    private void withdraw(FamilyRib rib, Session session, SessionFamily family, NlriList prefixes) {
        touch(rib, prefixes);
        if (prefixes.hasPathIds()) {
            AdditionalPaths.withdraw(rib, session, family, prefixes);
            return;
        }
        for (int i = 0; i < prefixes.size(); i++) {
            int row = rib.prefixes().find(prefixes.high(i), prefixes.low(i), prefixes.length(i));
            if (row >= 0) {
                remove(rib, family, row, rib.paths().withdraw(row, session.slot()));
            }
        }
    }

    /** Accounts for a path that was removed, and has its row decided anew. */
    static void remove(FamilyRib rib, SessionFamily family, int row, PathChange before) {
        if (!before.existed()) {
            return;
        }
        boolean wasStale = family.renew(before);
        PrefixLimit limit = family.limit();
        if (limit != null) {
            limit.recordRemoved(before.path(), before.wasAccepted() && !wasStale);
        }
        family.account().recordRemoved(before);
        if (before.verdict() == Verdict.CONTRIBUTES) {
            rib.contributors().remove(before.path());
        }
        rib.cap().released(rib, row);
        rib.markDirty(row);
    }

    private void announce(
            FamilyRib rib,
            Session session,
            SessionFamily family,
            int attributes,
            NlriList announced,
            boolean isGuarded) {
        PrefixLimit limit = family.limit();
        memory.claim(session.slot(), attributes);
        boolean isUniform = rules.isSameForAllPrefixes(session);
        if (isUniform) {
            rules.judge(session, attributes, null);
        }
        touch(rib, announced);
        boolean hasPathIds = announced.hasPathIds();
        for (int i = 0; i < announced.size(); i++) {
            if (hasPathIds && AdditionalPaths.isExtra(rib, session, family, announced, i)) {
                family.account().recordExtraPath();
                continue;
            }
            if (!isUniform) {
                rules.judge(session, attributes, announced.prefix(i));
            }
            if (isGuarded
                    && limit != null
                    && limit.counts(rules.verdict())
                    && !limit.tryAdmit(isHeld(rib, session, family, announced, i))) {
                family.account().recordRefusedByLimit(1);
                continue;
            }
            store(rib, session, family, attributes, announced, i);
        }
    }

    private void store(
            FamilyRib rib, Session session, SessionFamily family, int attributes, NlriList announced, int index) {
        int row = rib.prefixes().findOrAdd(announced.high(index), announced.low(index), announced.length(index));
        if (rules.effective() != attributes) {
            memory.claim(session.slot(), rules.effective());
        }
        byte verdict = rib.cap().admit(rib, row, rules.verdict());
        int effective = rules.effective();
        int slot = session.slot();
        PathChange before = announced.hasPathIds()
                ? rib.paths()
                        .announce(
                                row, slot, announced.pathId(index), attributes, effective, verdict, family.generation())
                : rib.paths().announce(row, slot, attributes, effective, verdict, family.generation());
        family.account().recordAnnounced(verdict, before);
        boolean wasStale = family.renew(before);
        PrefixLimit limit = family.limit();
        if (limit != null) {
            limit.recordStored(before.path(), before.wasAccepted() && !wasStale, Verdict.isAccepted(verdict));
        }
        if (verdict == Verdict.CONTRIBUTES || before.verdict() == Verdict.CONTRIBUTES) {
            aggregates.stored(rib, session, before.path(), verdict, rules);
        }
        if (before.existed() && verdict != Verdict.ACCEPTED) {
            rib.cap().released(rib, row);
        }
        RejectReason reason = Verdict.reason(verdict);
        if (reason != null) {
            bursts.recordRejected(session, reason, rules.detail(), rib.prefixes(), row);
        }
        if (before.wasAccepted() || verdict == Verdict.ACCEPTED) {
            rib.markDirty(row);
        }
        if (verdict == Verdict.ACCEPTED) {
            rib.cap().admitted(rib, row);
        }
    }

    /** Returns whether the session has a route for a prefix; what is kept of the session before is none of it. */
    private static boolean isHeld(FamilyRib rib, Session session, SessionFamily family, NlriList announced, int index) {
        int path = AdditionalPaths.find(rib, session, announced, index);
        return path != 0 && !family.isStale(path);
    }
}
