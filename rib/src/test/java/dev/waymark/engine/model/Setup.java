package dev.waymark.engine.model;

import dev.waymark.api.DecisionMode;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a server is started with and keeps, and how each peer speaks. */
public record Setup(
        boolean isAzure,
        DecisionMode mode,
        boolean perClientBest,
        int maxNextHops,
        RoutingPreference preference,
        boolean branchToBranch,
        boolean honourNoExport,
        boolean prependLocalAs,
        boolean nextHopSelf,
        boolean requirePolicy,
        int totalPrefixes,
        Optional<RouteLimit> routeLimit,
        List<Voice> voices) {
    public static final long OWN_AS = 65515;
    public static final IpAddress OWN_ADDRESS = IpAddress.parse("10.0.0.4");
    public static final IpAddress OWN_IPV6_ADDRESS = IpAddress.parse("2001:db8::4");
    /** The server's BGP identifier: its IPv4 address. */
    public static final long OWN_IDENTIFIER = 0x0a000004L;

    /**
     * How a peer speaks.
     *
     * @param isFourOctet whether it offers four-octet AS numbers
     * @param isEnhanced whether it offers enhanced route refresh
     */
    public record Voice(Set<AddressFamily> families, boolean isFourOctet, boolean isEnhanced, long identifier) {}

    /** Returns this setup with one thing more as a server usually has it: one setup for each thing. */
    public List<Setup> simpler() {
        Optional<RouteLimit> none = Optional.empty();
        List<Setup> simpler = new ArrayList<>();
        simpler.add(with(0, perClientBest, branchToBranch, requirePolicy, totalPrefixes, routeLimit));
        simpler.add(with(maxNextHops, false, branchToBranch, requirePolicy, totalPrefixes, routeLimit));
        simpler.add(with(maxNextHops, perClientBest, false, requirePolicy, totalPrefixes, routeLimit));
        simpler.add(with(maxNextHops, perClientBest, branchToBranch, false, totalPrefixes, routeLimit));
        simpler.add(with(maxNextHops, perClientBest, branchToBranch, requirePolicy, 0, routeLimit));
        simpler.add(with(maxNextHops, perClientBest, branchToBranch, requirePolicy, totalPrefixes, none));
        simpler.removeIf(this::equals);
        return simpler;
    }

    private Setup with(
            int hops,
            boolean isPerClient,
            boolean branches,
            boolean needsPolicy,
            int prefixes,
            Optional<RouteLimit> limit) {
        return new Setup(
                isAzure,
                mode,
                isPerClient,
                hops,
                preference,
                branches,
                honourNoExport,
                prependLocalAs,
                nextHopSelf,
                needsPolicy,
                prefixes,
                limit,
                voices);
    }

    /** Returns the voice of a peer. */
    public Voice voice(int peer) {
        return voices.get(peer - 1);
    }

    /** Returns whether AS numbers have four octets on a peer's session. */
    public boolean isFourOctet(int peer) {
        return !isAzure && voice(peer).isFourOctet();
    }

    Set<AddressFamily> families(int peer) {
        return isAzure ? Set.of(AddressFamily.IPV4_UNICAST) : voice(peer).families();
    }

    static Optional<IpAddress> ownAddress(AddressFamily family) {
        return Optional.of(family == AddressFamily.IPV4_UNICAST ? OWN_ADDRESS : OWN_IPV6_ADDRESS);
    }
}
