package dev.waymark.rib;

import dev.waymark.api.DecisionMode;
import dev.waymark.rib.TestRoutes.Attributes;
import dev.waymark.rib.TestRoutes.Peer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** The decision once more, from the text of the rules and with lists, to compare with. */
final class NaiveDecision {
    record Candidate(int slot, Peer peer, Attributes attributes, boolean accepted) {
        long identifier() {
            return Integer.toUnsignedLong(attributes.originator() != 0 ? attributes.originator() : peer.routerId());
        }
    }

    /** The slots of the chosen paths, the best first. */
    static List<Integer> choose(List<Candidate> all, DecisionMode mode) {
        List<Candidate> usable = new ArrayList<>(all.stream()
                .filter(c -> c.accepted && c.peer.eligible() && c.attributes.reachable())
                .toList());
        if (usable.isEmpty()) {
            return List.of();
        }
        List<Candidate> set = least(usable, c -> c.peer.rank());
        if (mode == DecisionMode.RFC_4271) {
            set = least(set, c -> 0 - c.attributes.localPref());
        }
        set = least(set, c -> c.attributes.length());
        List<Candidate> best = lowestMed(least(set, c -> c.attributes.origin()));
        if (mode == DecisionMode.RFC_4271) {
            if (best.stream().anyMatch(c -> c.peer.external())) {
                best = best.stream().filter(c -> c.peer.external()).toList();
            }
            best = least(best, c -> c.attributes.cost());
        }
        best = least(best, Candidate::identifier);
        if (mode == DecisionMode.RFC_4271) {
            best = least(best, c -> c.attributes.clusters());
        }
        best = least(best, c -> Integer.toUnsignedLong(c.peer.address()));
        Candidate winner =
                best.stream().min(Comparator.comparingInt(Candidate::slot)).orElseThrow();
        List<Integer> chosen = new ArrayList<>(List.of(winner.slot));
        if (mode == DecisionMode.ECMP) {
            set.stream()
                    .filter(c -> c.slot != winner.slot)
                    .sorted(Comparator.comparingLong(Candidate::identifier)
                            .thenComparingLong(c -> Integer.toUnsignedLong(c.peer.address()))
                            .thenComparingInt(Candidate::slot))
                    .forEach(c -> chosen.add(c.slot));
        }
        return chosen;
    }

    private static List<Candidate> least(List<Candidate> from, ToLongFunction<Candidate> key) {
        long least = from.stream().mapToLong(key).min().orElseThrow();
        return from.stream().filter(c -> key.applyAsLong(c) == least).toList();
    }

    private static List<Candidate> lowestMed(List<Candidate> from) {
        return from.stream()
                .filter(c -> from.stream()
                        .noneMatch(other -> other.attributes.firstAs() == c.attributes.firstAs()
                                && other.attributes.med() < c.attributes.med()))
                .toList();
    }

    private NaiveDecision() {}
}
