package dev.waymark.api;

import java.util.Optional;

/**
 * What bounds a server (SEMANTICS C, ERROR-HANDLING 9). Immutable; zero means no limit unless said otherwise.
 *
 * @param maxPeers the most peers, 0 or more (ARS-16)
 * @param routeLimit the route limit of peers that have none of their own; empty: none (ARS-20)
 * @param totalPrefixes the most distinct prefixes of the Loc-RIB, the server's networks included (ARS-27)
 * @param maxNetworks the most virtual-network spaces (ARS-27)
 * @param unsentOctets the most octets on the way to one peer, 65,536 to 2^30
 * @param unfinishedPerAddress the most connections of one address that are not Established, 1 to 1,000
 * @param unfinished the most connections that are not Established, 1 to 100,000
 * @param acceptBurst how many connections of one address are accepted in a burst, then one a second, 1 to 1,000
 */
public record LimitSettings(
        int maxPeers,
        Optional<RouteLimit> routeLimit,
        int totalPrefixes,
        int maxNetworks,
        int unsentOctets,
        int unfinishedPerAddress,
        int unfinished,
        int acceptBurst) {

    /** Checks the ranges. */
    public LimitSettings {
        Checks.range("limits.maxPeers", maxPeers, 0, 32_000, "ARS-16");
        Checks.range("limits.totalPrefixes", totalPrefixes, 0, Integer.MAX_VALUE, "ARS-27");
        Checks.range("limits.maxNetworks", maxNetworks, 0, Integer.MAX_VALUE, "ARS-27");
        Checks.range("limits.unsentOctets", unsentOctets, 65_536, 1 << 30, "");
        Checks.range("limits.unfinishedPerAddress", unfinishedPerAddress, 1, 1_000, "");
        Checks.range("limits.unfinished", unfinished, 1, 100_000, "");
        Checks.range("limits.acceptBurst", acceptBurst, 1, 1_000, "");
    }

    /** Returns Azure's: 8 peers, 4,000 routes a peer, 10,000 prefixes, 500 virtual networks. */
    public static LimitSettings azure() {
        return new LimitSettings(8, Optional.of(RouteLimit.of(4_000)), 10_000, 500, 1 << 20, 2, 64, 5);
    }

    /** Returns those without Azure's limits. */
    public static LimitSettings standard() {
        return new LimitSettings(0, Optional.empty(), 0, 0, 1 << 20, 2, 64, 5);
    }

    /** Returns these settings with another {@code maxPeers}. */
    public LimitSettings withMaxPeers(int value) {
        return new LimitSettings(
                value,
                routeLimit,
                totalPrefixes,
                maxNetworks,
                unsentOctets,
                unfinishedPerAddress,
                unfinished,
                acceptBurst);
    }

    /** Returns these settings with another {@code routeLimit}. */
    public LimitSettings withRouteLimit(Optional<RouteLimit> value) {
        return new LimitSettings(
                maxPeers,
                value,
                totalPrefixes,
                maxNetworks,
                unsentOctets,
                unfinishedPerAddress,
                unfinished,
                acceptBurst);
    }

    /** Returns these settings with another {@code totalPrefixes}. */
    public LimitSettings withTotalPrefixes(int value) {
        return new LimitSettings(
                maxPeers, routeLimit, value, maxNetworks, unsentOctets, unfinishedPerAddress, unfinished, acceptBurst);
    }

    /** Returns these settings with another {@code maxNetworks}. */
    public LimitSettings withMaxNetworks(int value) {
        return new LimitSettings(
                maxPeers,
                routeLimit,
                totalPrefixes,
                value,
                unsentOctets,
                unfinishedPerAddress,
                unfinished,
                acceptBurst);
    }

    /** Returns these settings with another {@code unsentOctets}. */
    public LimitSettings withUnsentOctets(int value) {
        return new LimitSettings(
                maxPeers, routeLimit, totalPrefixes, maxNetworks, value, unfinishedPerAddress, unfinished, acceptBurst);
    }

    /** Returns these settings with another {@code unfinishedPerAddress}. */
    public LimitSettings withUnfinishedPerAddress(int value) {
        return new LimitSettings(
                maxPeers, routeLimit, totalPrefixes, maxNetworks, unsentOctets, value, unfinished, acceptBurst);
    }

    /** Returns these settings with another {@code unfinished}. */
    public LimitSettings withUnfinished(int value) {
        return new LimitSettings(
                maxPeers,
                routeLimit,
                totalPrefixes,
                maxNetworks,
                unsentOctets,
                unfinishedPerAddress,
                value,
                acceptBurst);
    }

    /** Returns these settings with another {@code acceptBurst}. */
    public LimitSettings withAcceptBurst(int value) {
        return new LimitSettings(
                maxPeers,
                routeLimit,
                totalPrefixes,
                maxNetworks,
                unsentOctets,
                unfinishedPerAddress,
                unfinished,
                value);
    }
}
