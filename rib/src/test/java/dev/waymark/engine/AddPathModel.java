package dev.waymark.engine;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What peers must hold when all is at rest, worked out anew from what was said: RFC 7911 §5 for those that take several paths, RFC
 * 7947 §2.3 for the others. Nothing here remembers what was sent. Paths have no MED, so their order is a plain comparison.
 */
final class AddPathModel {
    /** What one peer is and has said. */
    static final class Party {
        final Speaker speaker;
        AddPathSettings settings = AddPathSettings.off();
        /** How many paths of a prefix it is sent by what both sides offered; 0 if it takes one without identifier. */
        int taken;

        AddPathPolicy exportPolicy = AddPathPolicy.ALL;
        final TreeMap<Speaker.PathKey, PathAttributes> said = new TreeMap<>();
        /** While it sends all again, what it has not said again yet. */
        Optional<Set<Speaker.PathKey>> unsaid = Optional.empty();

        long extra;

        Party(Speaker speaker) {
            this.speaker = speaker;
        }

        void announce(Speaker.PathKey key, PathAttributes attributes) {
            unsaid.ifPresent(keys -> keys.remove(key));
            long held = said.keySet().stream()
                    .filter(each -> each.prefix().equals(key.prefix()))
                    .count();
            if (speaker.sendsPathIds && !said.containsKey(key) && held >= settings.receivedPaths()) {
                extra++;
            } else {
                said.put(key, attributes);
            }
        }

        void withdraw(Speaker.PathKey key) {
            unsaid.ifPresent(keys -> keys.remove(key));
            said.remove(key);
        }

        void beginRefresh() {
            unsaid = Optional.of(new HashSet<>(said.keySet()));
        }

        void endRefresh() {
            unsaid.ifPresent(keys -> keys.forEach(said::remove));
            unsaid = Optional.empty();
        }

        void gone() {
            said.clear();
            unsaid = Optional.empty();
            extra = 0;
        }
    }

    /** A path that may be chosen. */
    record Candidate(Party from, long pathId, PathAttributes attributes) {}

    private static final Comparator<Candidate> ORDER = Comparator.comparingInt(
                    (Candidate each) -> each.attributes().asPath().length())
            .thenComparing(each -> each.attributes().origin())
            .thenComparingInt(each -> each.from().speaker.identifier().bits())
            .thenComparing(each -> each.from().speaker.address)
            .thenComparingLong(Candidate::pathId);

    private final List<Party> parties;
    AddPathPolicy importPolicy = AddPathPolicy.ALL;

    AddPathModel(List<Party> parties) {
        this.parties = parties;
    }

    /** Returns all candidates of a prefix, the best first. */
    List<Candidate> candidates(IpPrefix prefix) {
        List<Candidate> all = new ArrayList<>();
        for (Party party : parties) {
            party.said.forEach((key, attributes) -> {
                if (key.prefix().equals(prefix) && importPolicy.accepts(Optional.of(party.speaker.name), attributes)) {
                    all.add(new Candidate(party, key.pathId(), attributes));
                }
            });
        }
        all.sort(ORDER);
        return all;
    }

    /** Returns what a peer holds for each prefix, in no order. */
    Map<IpPrefix, List<PathAttributes>> expected(Party target, List<IpPrefix> prefixes) {
        Map<IpPrefix, List<PathAttributes>> expected = new HashMap<>();
        for (IpPrefix prefix : prefixes) {
            List<PathAttributes> held =
                    target.taken == 0 ? perClient(target, candidates(prefix)) : several(target, candidates(prefix));
            if (!held.isEmpty()) {
                expected.put(prefix, held);
            }
        }
        return expected;
    }

    private static List<PathAttributes> several(Party target, List<Candidate> all) {
        return all.stream()
                .filter(each -> each.from() != target && !isHidden(each) && isPermitted(target, each))
                .limit(target.taken)
                .map(Candidate::attributes)
                .toList();
    }

    /** All get the first that their policy permits; if that is the target's own, it gets the first of the others. */
    private static List<PathAttributes> perClient(Party target, List<Candidate> all) {
        Optional<Candidate> first = all.stream()
                .filter(each -> isHidden(each) || isPermitted(target, each))
                .findFirst();
        Optional<Candidate> seen = first;
        if (first.isPresent() && first.get().from() == target) {
            seen = all.stream()
                    .filter(each -> each.from() != target && (isHidden(each) || isPermitted(target, each)))
                    .findFirst();
        }
        return seen.filter(each -> !isHidden(each)).map(Candidate::attributes).stream()
                .toList();
    }

    private static boolean isHidden(Candidate candidate) {
        return candidate.attributes().hasCommunity(Community.NO_ADVERTISE);
    }

    private static boolean isPermitted(Party target, Candidate candidate) {
        return target.exportPolicy.accepts(Optional.of(candidate.from().speaker.name), candidate.attributes());
    }
}
