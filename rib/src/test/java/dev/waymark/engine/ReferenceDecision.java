package dev.waymark.engine;

import dev.waymark.api.DecisionMode;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.net.Asn;
import dev.waymark.api.route.PathAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which of the paths of a prefix is the best, and which are programmed beside it, reckoned from the rules alone (ARS-30 to ARS-35):
 * step after step, all paths compared each time.
 */
final class ReferenceDecision {
    private final RouteServerConfig config;
    private final RoutingPreference preference;

    /** A path that may be chosen; the source is null for the server's own networks. */
    record Candidate(@Nullable SimPeer source, PathAttributes received, PathAttributes effective, boolean isAggregate) {
        SimPeer peer() {
            return Objects.requireNonNull(source);
        }
    }

    /** The candidates that are programmed, and the one that is advertised. */
    record Choice(List<Candidate> programmed, Candidate best) {}

    ReferenceDecision(RouteServerConfig config, RoutingPreference preference) {
        this.config = config;
        this.preference = preference;
    }

    Choice select(List<Candidate> all) {
        for (Candidate each : all) {
            if (each.source() == null) {
                return new Choice(List.of(each), each); // own networks come first
            }
        }
        List<Candidate> left = lowest(all, each -> rank(each.peer().config.role()));
        boolean isEcmp = config.selection().mode() == DecisionMode.ECMP;
        if (!isEcmp) {
            left = lowest(left, each -> -each.effective().localPref().orElse(100));
        }
        left = lowest(left, each -> each.effective().asPathLength());
        List<Candidate> programmed = left;
        left = lowest(left, each -> each.effective().origin().code());
        left = lowestMeds(left);
        if (!isEcmp) {
            left = lowest(left, each -> isExternal(each.peer()) ? 0 : 1);
        }
        left = lowest(left, each -> Integer.toUnsignedLong(identifier(each.peer())));
        Candidate best = left.stream()
                .min(Comparator.comparing((Candidate each) -> each.peer().config.address())
                        .thenComparing(Candidate::isAggregate))
                .orElseThrow();
        return new Choice(isEcmp ? canonical(programmed, best) : List.of(best), best);
    }

    /** The best first, the others by identifier and address: it matters where not all fit. */
    private static List<Candidate> canonical(List<Candidate> set, Candidate best) {
        List<Candidate> ordered = new ArrayList<>(set);
        ordered.sort(Comparator.comparing((Candidate each) -> !each.equals(best))
                .thenComparingLong(each -> Integer.toUnsignedLong(identifier(each.peer())))
                .thenComparing(each -> each.peer().config.address())
                .thenComparing(Candidate::isAggregate));
        return ordered;
    }

    private static List<Candidate> lowest(List<Candidate> all, ToLongFunction<Candidate> key) {
        long lowest = all.stream().mapToLong(key).min().orElseThrow();
        return all.stream().filter(each -> key.applyAsLong(each) == lowest).toList();
    }

    private static List<Candidate> lowestMeds(List<Candidate> all) {
        Set<Candidate> losers = new HashSet<>();
        for (Candidate one : all) {
            for (Candidate other : all) {
                if (neighbour(one).equals(neighbour(other)) && med(other) < med(one)) {
                    losers.add(one);
                }
            }
        }
        return all.stream().filter(each -> !losers.contains(each)).toList();
    }

    private static Optional<Asn> neighbour(Candidate candidate) {
        return candidate.effective().asPath().firstAsn();
    }

    private static long med(Candidate candidate) {
        return candidate.effective().med().orElse(0);
    }

    private int rank(PeerRole role) {
        boolean isExpressRoute = role == PeerRole.EXPRESS_ROUTE_GATEWAY;
        return switch (preference) {
            case EXPRESS_ROUTE -> isExpressRoute ? 0 : 1;
            case VPN_GATEWAY -> isExpressRoute ? 1 : 0;
            case AS_PATH -> 0;
        };
    }

    private boolean isExternal(SimPeer peer) {
        return !peer.config.asn().equals(config.localAsn());
    }

    private static int identifier(SimPeer peer) {
        return peer.speaker.identifier().bits();
    }
}
