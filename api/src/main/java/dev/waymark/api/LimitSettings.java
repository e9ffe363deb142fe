package dev.waymark.api;

import java.util.Optional;

/**
 * What bounds a server (SEMANTICS C, ERROR-HANDLING 9). Immutable; zero means no limit unless said otherwise.
 *
 * <p>The memory of a peer is what its routes make the server keep: {@value #ROUTE_OCTETS} octets for each route held, rejected
 * ones included, and the octets of the attribute sets that the peer was the first to bring. A peer that passes its budget, or
 * the one that keeps most when all together pass theirs, gets Cease/8 (RFC 4486 §4); nobody else notices.
 *
 * @param maxPeers the most peers, 0 or more (ARS-16)
 * @param routeLimit the route limit of peers that have none of their own; empty: none (ARS-20)
 * @param totalPrefixes the most distinct prefixes of the Loc-RIB, the server's networks included (ARS-27)
 * @param maxNetworks the most virtual networks, the own one and its peerings, and the most spaces of the own one (ARS-27)
 * @param unsentOctets the most octets on the way to one peer, 65,536 to 2^30
 * @param unfinishedPerAddress the most connections that one address opened and that are not Established, 1 to 1,000
 * @param unfinished the most connections that peers opened and that are not Established, 1 to 100,000
 * @param acceptBurst how many connections of one address are accepted in a burst, then one a second, 1 to 1,000
 * @param peerMemoryOctets the memory budget of one peer, 0 or at least 65,536
 * @param memoryOctets the memory budget of all peers together, 0 or at least 65,536
 * @param attributeSetsPerRoute the most distinct attribute sets that a peer is the first to bring, for each route of its route
 *     limit, 0 to 1,000; without effect on a peer without route limit
 * @param expressRouteSendLimit how many routes an ExpressRoute gateway is sent that has no limit of its own; empty: all (ARS-55)
 */
public record LimitSettings(
        int maxPeers,
        Optional<RouteLimit> routeLimit,
        int totalPrefixes,
        int maxNetworks,
        int unsentOctets,
        int unfinishedPerAddress,
        int unfinished,
        int acceptBurst,
        long peerMemoryOctets,
        long memoryOctets,
        int attributeSetsPerRoute,
        Optional<SendLimit> expressRouteSendLimit) {

    /** What a route counts for in a peer's memory: its path, and its share of rows and of what is sent to others. */
    public static final int ROUTE_OCTETS = 64;

    private static final int LEAST_BUDGET = 65_536;

    /** Checks the ranges. */
    public LimitSettings {
        Checks.range("limits.maxPeers", maxPeers, 0, 32_000, "ARS-16");
        Checks.range("limits.totalPrefixes", totalPrefixes, 0, Integer.MAX_VALUE, "ARS-27");
        Checks.range("limits.maxNetworks", maxNetworks, 0, Integer.MAX_VALUE, "ARS-27");
        Checks.range("limits.unsentOctets", unsentOctets, 65_536, 1 << 30, "");
        Checks.range("limits.unfinishedPerAddress", unfinishedPerAddress, 1, 1_000, "");
        Checks.range("limits.unfinished", unfinished, 1, 100_000, "");
        Checks.range("limits.acceptBurst", acceptBurst, 1, 1_000, "");
        checkBudget("limits.peerMemoryOctets", peerMemoryOctets);
        checkBudget("limits.memoryOctets", memoryOctets);
        Checks.range("limits.attributeSetsPerRoute", attributeSetsPerRoute, 0, 1_000, "");
    }

    private static void checkBudget(String parameter, long octets) {
        if (octets != 0) {
            Checks.range(parameter, octets, LEAST_BUDGET, Long.MAX_VALUE, "");
        }
    }

    /** Returns Azure's: 8 peers, 4,000 routes and 64 MiB a peer, 10,000 prefixes, 500 virtual networks, 1,000 routes to ExpressRoute. */
    public static LimitSettings azure() {
        return new LimitSettings(
                8,
                Optional.of(RouteLimit.of(4_000)),
                10_000,
                500,
                1 << 20,
                2,
                64,
                5,
                64 << 20,
                0,
                4,
                Optional.of(SendLimit.of(1_000)));
    }

    /** Returns those without Azure's limits. */
    public static LimitSettings standard() {
        return new LimitSettings(0, Optional.empty(), 0, 0, 1 << 20, 2, 64, 5, 0, 0, 4, Optional.empty());
    }

    /** Returns these settings with another {@code maxPeers}. */
    public LimitSettings withMaxPeers(int value) {
        Draft draft = new Draft(this);
        draft.maxPeers = value;
        return draft.build();
    }

    /** Returns these settings with another {@code routeLimit}. */
    public LimitSettings withRouteLimit(Optional<RouteLimit> value) {
        Draft draft = new Draft(this);
        draft.routeLimit = value;
        return draft.build();
    }

    /** Returns these settings with another {@code totalPrefixes}. */
    public LimitSettings withTotalPrefixes(int value) {
        Draft draft = new Draft(this);
        draft.totalPrefixes = value;
        return draft.build();
    }

    /** Returns these settings with another {@code maxNetworks}. */
    public LimitSettings withMaxNetworks(int value) {
        Draft draft = new Draft(this);
        draft.maxNetworks = value;
        return draft.build();
    }

    /** Returns these settings with another {@code unsentOctets}. */
    public LimitSettings withUnsentOctets(int value) {
        Draft draft = new Draft(this);
        draft.unsentOctets = value;
        return draft.build();
    }

    /** Returns these settings with another {@code unfinishedPerAddress}. */
    public LimitSettings withUnfinishedPerAddress(int value) {
        Draft draft = new Draft(this);
        draft.unfinishedPerAddress = value;
        return draft.build();
    }

    /** Returns these settings with another {@code unfinished}. */
    public LimitSettings withUnfinished(int value) {
        Draft draft = new Draft(this);
        draft.unfinished = value;
        return draft.build();
    }

    /** Returns these settings with another {@code acceptBurst}. */
    public LimitSettings withAcceptBurst(int value) {
        Draft draft = new Draft(this);
        draft.acceptBurst = value;
        return draft.build();
    }

    /** Returns these settings with another {@code peerMemoryOctets}. */
    public LimitSettings withPeerMemoryOctets(long value) {
        Draft draft = new Draft(this);
        draft.peerMemoryOctets = value;
        return draft.build();
    }

    /** Returns these settings with another {@code memoryOctets}. */
    public LimitSettings withMemoryOctets(long value) {
        Draft draft = new Draft(this);
        draft.memoryOctets = value;
        return draft.build();
    }

    /** Returns these settings with another {@code attributeSetsPerRoute}. */
    public LimitSettings withAttributeSetsPerRoute(int value) {
        Draft draft = new Draft(this);
        draft.attributeSetsPerRoute = value;
        return draft.build();
    }

    /** Returns these settings with another {@code expressRouteSendLimit}. */
    public LimitSettings withExpressRouteSendLimit(Optional<SendLimit> value) {
        Draft draft = new Draft(this);
        draft.expressRouteSendLimit = value;
        return draft.build();
    }

    /** The same values, to change one of. */
    private static final class Draft {
        private int maxPeers;
        private Optional<RouteLimit> routeLimit;
        private int totalPrefixes;
        private int maxNetworks;
        private int unsentOctets;
        private int unfinishedPerAddress;
        private int unfinished;
        private int acceptBurst;
        private long peerMemoryOctets;
        private long memoryOctets;
        private int attributeSetsPerRoute;
        private Optional<SendLimit> expressRouteSendLimit;

        Draft(LimitSettings from) {
            maxPeers = from.maxPeers;
            routeLimit = from.routeLimit;
            totalPrefixes = from.totalPrefixes;
            maxNetworks = from.maxNetworks;
            unsentOctets = from.unsentOctets;
            unfinishedPerAddress = from.unfinishedPerAddress;
            unfinished = from.unfinished;
            acceptBurst = from.acceptBurst;
            peerMemoryOctets = from.peerMemoryOctets;
            memoryOctets = from.memoryOctets;
            attributeSetsPerRoute = from.attributeSetsPerRoute;
            expressRouteSendLimit = from.expressRouteSendLimit;
        }

        LimitSettings build() {
            return new LimitSettings(
                    maxPeers,
                    routeLimit,
                    totalPrefixes,
                    maxNetworks,
                    unsentOctets,
                    unfinishedPerAddress,
                    unfinished,
                    acceptBurst,
                    peerMemoryOctets,
                    memoryOctets,
                    attributeSetsPerRoute,
                    expressRouteSendLimit);
        }
    }
}
