package dev.waymark.engine;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.codec.NlriList;
import dev.waymark.rib.LimitOutcome;
import dev.waymark.rib.PrefixLimit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks a session's route limit about an UPDATE before any of its routes is applied, and tells what came out (ARS-21 to ARS-24).
 * Confined to the engine loop.
 */
final class RouteLimitChecks {
    private final ImportRules rules;
    private final Outbox out;

    RouteLimitChecks(ImportRules rules, Outbox out) {
        this.rules = rules;
        this.out = out;
    }

    /** Counts the announcements of an UPDATE; publishes a warning, or that the limit was passed. */
    LimitOutcome check(
            FamilyRib rib, Session session, PrefixLimit limit, int attributes, NlriList announced, long nowNanos) {
        SessionFamily family = session.family(rib.family());
        if (family == null) {
            throw new AssertionError("a route of a family that was not negotiated");
        }
        long held = limit.heldOf(family.account());
        boolean mustCount = limit.needsNewPrefixes(announced.size(), held);
        List<IpPrefix> fresh = mustCount ? newPrefixes(rib, session, family, limit, attributes, announced) : List.of();
        int counted = announced.size();
        if (limit.exempt() > 0) {
            fresh = notExempt(rib, session, limit, announced);
            counted = fresh.size();
        }
        int count = mustCount ? fresh.size() : counted;
        LimitOutcome outcome = limit.check(nowNanos, counted, count, held);
        if (outcome == LimitOutcome.WARNING) {
            out.add(new Output.Publish(new ServerEvent.RouteLimitWarning(
                    session.config().identity(), rib.family(), limit.snapshot() + limit.incoming(), limit.limit())));
        } else if (outcome == LimitOutcome.EXCEEDED) {
            boolean isFresh = !fresh.isEmpty(); // there is none where the limit itself was lowered
            int last = (isFresh ? fresh.size() : announced.size()) - 1;
            int first = (int) Math.min(Math.max(limit.firstOver(), 0), last);
            out.add(new Output.Publish(new ServerEvent.RouteLimitExceeded(
                    session.config().identity(),
                    rib.family(),
                    limit.snapshot(),
                    limit.incoming(),
                    limit.limit(),
                    isFresh ? fresh.get(first) : announced.prefix(first),
                    family.limitAction())));
        }
        return outcome;
    }

    /** Returns the prefixes of an UPDATE that count, while routes come again that the peer was asked for (ARS-44). */
    private static List<IpPrefix> notExempt(FamilyRib rib, Session session, PrefixLimit limit, NlriList announced) {
        List<IpPrefix> counted = new ArrayList<>();
        long exempted = 0;
        for (int i = 0; i < announced.size(); i++) {
            boolean isHeld = AdditionalPaths.find(rib, session, announced, i) != 0;
            if (isHeld && exempted < limit.exempt()) {
                exempted++;
            } else {
                counted.add(announced.prefix(i));
            }
        }
        limit.recordExempted(exempted);
        return counted;
    }

    /** Publishes that a peer has more routes now than it can send again (ARS-44). */
    void watchSafeMaximum(Session session, SessionFamily family, PrefixLimit limit) {
        long held = limit.heldOf(family.account());
        if (limit.becameUnsafe(held)) {
            out.add(new Output.Publish(new ServerEvent.SafeMaximumPassed(
                    session.config().identity(), family.family(), held, limit.safeMaximum(), limit.limit())));
        }
    }

    /**
     * Returns the distinct prefixes of an UPDATE that the limit does not count yet, and will; where they have path identifiers, one for
     * each that is not one path too many (RFC 7911). Near a limit only.
     */
    private List<IpPrefix> newPrefixes(
            FamilyRib rib,
            Session session,
            SessionFamily family,
            PrefixLimit limit,
            int attributes,
            NlriList announced) {
        Set<Fresh> fresh = new LinkedHashSet<>();
        for (int i = 0; i < announced.size(); i++) {
            int path = AdditionalPaths.find(rib, session, announced, i);
            boolean isExtra = announced.hasPathIds() && AdditionalPaths.isExtra(rib, session, family, announced, i);
            if (!isExtra
                    && (path == 0
                            || family.isStale(path)
                            || !limit.counts(rib.paths().verdict(path)))) {
                IpPrefix prefix = announced.prefix(i);
                rules.judge(session, attributes, prefix);
                if (limit.counts(rules.verdict())) {
                    fresh.add(new Fresh(prefix, announced.pathId(i)));
                }
            }
        }
        List<IpPrefix> prefixes = new ArrayList<>();
        fresh.forEach(each -> prefixes.add(each.prefix()));
        return prefixes;
    }

    /** What is counted once: a prefix with its path identifier, 0 where it has none. */
    private record Fresh(IpPrefix prefix, int pathId) {}
}
