package dev.waymark.engine.model;

import dev.waymark.api.DecisionMode;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.net.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** Which of the candidates for a prefix are programmed, and which one is advertised (SEMANTICS D). */
final class Choice {
    private final List<Candidate> programmed;
    private final Candidate best;

    /** A route that may be chosen; without a source it is the server's own network. */
    record Candidate(Optional<ModelPeer> source, long identifier, Attrs received, Attrs effective) {
        ModelPeer peer() {
            return source.orElseThrow();
        }

        /** RFC 4456 §9: ORIGINATOR_ID stands for the identifier. */
        long rankedIdentifier() {
            return effective.originator().orElse(identifier);
        }
    }

    private Choice(List<Candidate> programmed, Candidate best) {
        this.programmed = programmed;
        this.best = best;
    }

    /** Chooses among candidates, at least one. */
    static Choice among(List<Candidate> all, Setup setup, RoutingPreference preference) {
        for (Candidate each : all) {
            if (each.source().isEmpty()) {
                return new Choice(List.of(each), each);
            }
        }
        boolean isEcmp = setup.mode() == DecisionMode.ECMP;
        List<Candidate> left = lowest(all, each -> rank(each.peer().spec.role(), preference)); // ARS-31
        if (!isEcmp) {
            left = lowest(left, each -> -each.effective().localPref().orElse(100L));
        }
        left = lowest(left, each -> each.effective().path().size());
        List<Candidate> ecmp = left;
        left = lowest(left, each -> each.effective().origin());
        left = lowestMeds(left);
        if (!isEcmp) {
            left = lowest(left, each -> each.peer().isExternal() ? 0 : 1);
        }
        left = lowest(left, Candidate::rankedIdentifier);
        if (!isEcmp) {
            left = lowest(left, each -> each.effective().clusters().size());
        }
        Candidate best = left.stream()
                .min(Comparator.comparing((Candidate each) -> each.peer().spec.address()))
                .orElseThrow();
        return new Choice(isEcmp ? ecmp : List.of(best), best);
    }

    Candidate best() {
        return best;
    }

    /** Returns the next hops of the set, each once; the advertised path's first where not all may be used (ARS-32). */
    List<IpAddress> nextHops(int most) {
        List<Candidate> ordered = new ArrayList<>(programmed);
        ordered.sort(Comparator.comparing((Candidate each) -> !each.equals(best))
                .thenComparingLong(Candidate::rankedIdentifier)
                .thenComparing(each -> each.peer().spec.address()));
        Set<IpAddress> nextHops = new TreeSet<>();
        for (Candidate each : ordered) {
            if (most == 0 || nextHops.size() < most) {
                nextHops.add(each.effective().nextHop());
            }
        }
        return List.copyOf(nextHops);
    }

    private static int rank(PeerRole role, RoutingPreference preference) {
        boolean isExpressRoute = role == PeerRole.EXPRESS_ROUTE_GATEWAY;
        return switch (preference) {
            case EXPRESS_ROUTE -> isExpressRoute ? 0 : 1;
            case VPN_GATEWAY -> isExpressRoute ? 1 : 0;
            case AS_PATH -> 0;
        };
    }

    private static List<Candidate> lowest(List<Candidate> all, ToLongFunction<Candidate> key) {
        long lowest = all.stream().mapToLong(key).min().orElseThrow();
        return all.stream().filter(each -> key.applyAsLong(each) == lowest).toList();
    }

    /** RFC 4271 §9.1.2.2(c): MED counts among paths of one neighbouring AS; missing is 0. */
    private static List<Candidate> lowestMeds(List<Candidate> all) {
        List<Candidate> left = new ArrayList<>();
        for (Candidate one : all) {
            boolean isBeaten =
                    all.stream().anyMatch(other -> neighbour(other).equals(neighbour(one)) && med(other) < med(one));
            if (!isBeaten) {
                left.add(one);
            }
        }
        return left;
    }

    private static Optional<Long> neighbour(Candidate candidate) {
        return candidate.effective().path().stream().findFirst();
    }

    private static long med(Candidate candidate) {
        return candidate.effective().med().orElse(0L);
    }
}
