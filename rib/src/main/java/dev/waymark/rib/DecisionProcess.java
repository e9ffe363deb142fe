package dev.waymark.rib;

import dev.waymark.api.DecisionMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decision process (RFC 4271 §9.1.2): which paths of a row are used.
 *
 * <p>RFC 4271 §9.1.2.2 has the candidates go through steps, each of which removes those that aren't best in one respect.
 * This is done here as written, step by step over the whole set: comparing two at a time would make the result depend on
 * the order of arrival, since MULTI_EXIT_DISC counts only among paths of one neighbouring AS. The result is a function of
 * the candidate set.
 *
 * <p>{@link DecisionMode#ECMP}: routing preference, AS_PATH length; all that remain are programmed (ARS-30), and one of them
 * is advertised: lowest ORIGIN, MED, BGP identifier, peer address (ARS-34). {@link DecisionMode#RFC_4271}: all steps of
 * {@link DecisionStep} in their order; one path is left. Where long-lived graceful restart is on, routes with LLGR_STALE lose
 * to all others before any step (RFC 9494 §4.3).
 *
 * <p>A candidate has an accepted verdict, an eligible slot and a next hop that can be reached. Confined to the engine loop;
 * a decision doesn't allocate.
 */
public final class DecisionProcess {
    private static final DecisionStep[] ECMP_SET = {DecisionStep.PREFERENCE, DecisionStep.AS_PATH_LENGTH};
    private static final DecisionStep[] ECMP_BEST = {
        DecisionStep.ORIGIN, DecisionStep.MED, DecisionStep.IDENTIFIER, DecisionStep.PEER_ADDRESS
    };
    private static final DecisionStep[] RFC_4271 = after(DecisionStep.LONG_LIVED_STALE);
    private static final DecisionStep[] NO_STEP = {};
    private static final DecisionStep[] STALE_LAST = {DecisionStep.LONG_LIVED_STALE};

    private final AdjRibIn paths;
    private final PathMetrics metrics;
    private final PeerRanks peers;
    private final DecisionStep[] first;
    private final DecisionStep[] toSet;
    private final DecisionStep[] toBest;
    private final Candidates candidates = new Candidates();

    /** Makes a decision process over one table that knows no long-lived graceful restart. */
    public DecisionProcess(AdjRibIn paths, PathMetrics metrics, PeerRanks peers, DecisionMode mode) {
        this(paths, metrics, peers, mode, false);
    }

    /**
     * Makes a decision process over one table.
     *
     * @param longLived whether routes with LLGR_STALE are the least preferred (RFC 9494 §4.3)
     */
    public DecisionProcess(AdjRibIn paths, PathMetrics metrics, PeerRanks peers, DecisionMode mode, boolean longLived) {
        this.paths = paths;
        this.metrics = metrics;
        this.peers = peers;
        this.first = longLived ? STALE_LAST : NO_STEP;
        this.toSet = switch (mode) {
            case ECMP -> ECMP_SET;
            case RFC_4271 -> RFC_4271;
        };
        this.toBest = switch (mode) {
            case ECMP -> ECMP_BEST;
            case RFC_4271 -> NO_STEP;
        };
    }

    /** Decides a row: {@link #load} and the whole selection. */
    public void decide(int row, Selection result) {
        load(row);
        decideLoaded(result);
    }

    /** Decides among the loaded candidates that are left, see {@link #load} and {@link #excludeSlot}. */
    public void decideLoaded(Selection result) {
        result.clear();
        candidates.restart();
        eliminate(first);
        eliminate(toSet);
        int programmed = candidates.racing();
        if (programmed == 0) {
            return;
        }
        eliminate(toBest);
        int best = candidates.path(0);
        sortFrom(1, programmed);
        result.add(best);
        for (int i = 1; i < programmed; i++) {
            result.add(candidates.path(i));
        }
    }

    /** Collects the candidates of a row, to be picked from with {@link #pick}. */
    public void load(int row) {
        candidates.clear();
        for (int path = paths.first(row); path != 0; path = paths.next(path)) {
            if (isCandidate(path)) {
                candidates.add(path);
            }
        }
    }

    /** Returns how many candidates are left of those loaded. */
    public int candidates() {
        return candidates.size();
    }

    /** Returns the path that would be advertised if there were only the candidates left, or 0 if there are none. */
    public int pick() {
        candidates.restart();
        eliminate(first);
        eliminate(toSet);
        eliminate(toBest);
        return candidates.racing() == 0 ? 0 : candidates.path(0);
    }

    /** Takes a path out of the loaded candidates. */
    public void exclude(int path) {
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.path(i) == path) {
                candidates.remove(i);
                return;
            }
        }
    }

    /** Takes all paths of a peer out of the loaded candidates, so that the next pick has another source (ARS-34). */
    public void excludeSlot(int slot) {
        for (int i = candidates.size() - 1; i >= 0; i--) {
            if (paths.slot(candidates.path(i)) == slot) {
                candidates.remove(i);
            }
        }
    }

    /**
     * Returns the step at which a path lost in the last decision or pick, or null if it won or was no candidate. After a
     * decision, paths that are programmed but not advertised have a step too.
     */
    public @Nullable DecisionStep lostAt(int path) {
        return candidates.lostAt(path);
    }

    private boolean isCandidate(int path) {
        return paths.isAccepted(path)
                && peers.isEligible(paths.slot(path))
                && metrics.isReachable(paths.effective(path));
    }

    private static DecisionStep[] after(DecisionStep step) {
        List<DecisionStep> steps = new ArrayList<>(List.of(DecisionStep.values()));
        steps.remove(step);
        return steps.toArray(DecisionStep[]::new);
    }

    private void eliminate(DecisionStep[] steps) {
        for (DecisionStep step : steps) {
            if (candidates.racing() <= 1) {
                return;
            }
            switch (step) {
                case MED -> keepLowestMed();
                case PEER_ADDRESS -> keepLowestAddress();
                default -> keepLowest(step);
            }
        }
    }

    private void keepLowest(DecisionStep step) {
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < candidates.racing(); i++) {
            lowest = Math.min(lowest, key(step, candidates.path(i)));
        }
        for (int i = candidates.racing() - 1; i >= 0; i--) {
            if (key(step, candidates.path(i)) != lowest) {
                candidates.lose(i, step);
            }
        }
    }

    private long key(DecisionStep step, int path) {
        int attributes = paths.effective(path);
        return switch (step) {
            case LONG_LIVED_STALE -> metrics.isLongLivedStale(attributes) ? 1 : 0;
            case PREFERENCE -> peers.preferenceRank(paths.slot(path));
            case LOCAL_PREF -> -metrics.localPref(attributes);
            case AS_PATH_LENGTH -> metrics.asPathLength(attributes);
            case ORIGIN -> metrics.origin(attributes);
            case MED -> metrics.med(attributes);
            case EXTERNAL -> peers.isExternal(paths.slot(path)) ? 0 : 1;
            case INTERIOR_COST -> metrics.interiorCost(attributes);
            case IDENTIFIER -> identifier(path);
            case CLUSTER_LIST -> metrics.clusterListLength(attributes);
            case PEER_ADDRESS -> 0;
        };
    }

    private long identifier(int path) {
        int originator = metrics.originatorId(paths.effective(path));
        return Integer.toUnsignedLong(originator != 0 ? originator : peers.routerId(paths.slot(path)));
    }

    /** A path loses if another one of the same neighbouring AS has a lower value; so no group loses all. */
    private void keepLowestMed() {
        if (isSameForAll(DecisionStep.MED)) {
            return;
        }
        for (int i = candidates.racing() - 1; i >= 0; i--) {
            int attributes = paths.effective(candidates.path(i));
            if (hasLowerMed(metrics.firstAs(attributes), metrics.med(attributes))) {
                candidates.lose(i, DecisionStep.MED);
            }
        }
    }

    private boolean isSameForAll(DecisionStep step) {
        long first = key(step, candidates.path(0));
        for (int i = 1; i < candidates.racing(); i++) {
            if (key(step, candidates.path(i)) != first) {
                return false;
            }
        }
        return true;
    }

    private boolean hasLowerMed(int neighbourAs, long med) {
        for (int i = 0; i < candidates.racing(); i++) {
            int attributes = paths.effective(candidates.path(i));
            if (metrics.firstAs(attributes) == neighbourAs && metrics.med(attributes) < med) {
                return true;
            }
        }
        return false;
    }

    private void keepLowestAddress() {
        for (int i = candidates.racing() - 1; i > 0; i--) {
            boolean firstWins = compareSources(candidates.path(0), candidates.path(i)) < 0;
            if (!firstWins) {
                candidates.swap(0, i);
            }
            candidates.lose(i, DecisionStep.PEER_ADDRESS);
        }
    }

    /**
     * By peer address; peers are unique by address, but slots of one peer in sequence are not. Of two paths of one peer the one with
     * the lower path identifier comes first (RFC 7911 leaves it open).
     */
    private int compareSources(int one, int other) {
        int slot = paths.slot(one);
        int otherSlot = paths.slot(other);
        if (slot == otherSlot) {
            return Integer.compareUnsigned(paths.pathId(one), paths.pathId(other));
        }
        int byAddress = peers.compareAddresses(slot, otherSlot);
        return byAddress != 0 ? byAddress : Integer.compare(slot, otherSlot);
    }

    private void sortFrom(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            for (int j = i; j > from && comparesBefore(candidates.path(j), candidates.path(j - 1)); j--) {
                candidates.swap(j, j - 1);
            }
        }
    }

    private boolean comparesBefore(int one, int other) {
        int byIdentifier = Long.compare(identifier(one), identifier(other));
        return byIdentifier != 0 ? byIdentifier < 0 : compareSources(one, other) < 0;
    }
}
