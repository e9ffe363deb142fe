package dev.waymark.engine;

import dev.waymark.api.EffectiveReason;
import dev.waymark.api.EffectiveRoute;
import dev.waymark.api.EffectiveSource;
import dev.waymark.api.NextHopKind;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides between the routes that a route table has for one prefix (ARS-41). Stateless. */
final class EffectiveRanking {
    private EffectiveRanking() {}

    /**
     * A route before it is known whether it is used.
     *
     * @param isInsideSpace whether it is from BGP, and {@link SystemSpaces} has a space that is equal to it or contains it
     */
    record Contender(EffectiveSource source, NextHopKind nextHopKind, List<IpAddress> nextHops, boolean isInsideSpace) {
        static Contender of(EffectiveSource source, NextHopKind kind) {
            return new Contender(source, kind, List.of(), false);
        }

        static Contender learned(List<IpAddress> nextHops, boolean isInsideSpace) {
            return new Contender(EffectiveSource.BGP, NextHopKind.VIRTUAL_NETWORK_GATEWAY, nextHops, isInsideSpace);
        }
    }

    /** Returns the routes of a prefix, in the order of their sources, each with why it is used or not. */
    static List<EffectiveRoute> rank(IpPrefix prefix, List<Contender> contenders) {
        List<Contender> ordered = new ArrayList<>(contenders);
        ordered.sort(Comparator.comparing(Contender::source));
        List<EffectiveRoute> routes = new ArrayList<>();
        EffectiveSource winner = null;
        for (Contender each : ordered) {
            EffectiveReason reason;
            if (each.isInsideSpace()) {
                reason = EffectiveReason.INSIDE_SYSTEM_ROUTE;
            } else if (winner == null) {
                winner = each.source();
                reason = winning(winner);
            } else {
                reason = losingTo(winner);
            }
            routes.add(new EffectiveRoute(prefix, each.source(), each.nextHopKind(), each.nextHops(), reason));
        }
        return routes;
    }

    private static EffectiveReason winning(EffectiveSource source) {
        return switch (source) {
            case USER_DEFINED -> EffectiveReason.USER_DEFINED_ROUTE;
            case VIRTUAL_NETWORK, VIRTUAL_NETWORK_PEERING, SERVICE_ENDPOINT -> EffectiveReason.SYSTEM_ROUTE;
            case BGP -> EffectiveReason.LEARNED_ROUTE;
            case DEFAULT -> EffectiveReason.DEFAULT_ROUTE;
        };
    }

    private static EffectiveReason losingTo(EffectiveSource winner) {
        return switch (winner) {
            case USER_DEFINED -> EffectiveReason.BEATEN_BY_USER_DEFINED;
            case VIRTUAL_NETWORK, VIRTUAL_NETWORK_PEERING, SERVICE_ENDPOINT -> EffectiveReason.BEATEN_BY_SYSTEM_ROUTE;
            case BGP -> EffectiveReason.BEATEN_BY_LEARNED_ROUTE;
            case DEFAULT -> throw new AssertionError("there is one default route for a prefix");
        };
    }
}
