package dev.waymark.engine;

import dev.waymark.api.CountingMode;
import dev.waymark.api.DecisionMode;
import dev.waymark.api.GatewaySettings;
import dev.waymark.api.LimitAction;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import dev.waymark.spi.RoutePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Draws a server and its peers for a simulation: of both profiles, with what can be set set by chance. */
final class SimSetup {
    private static final Set<AddressFamily> IPV4 = Set.of(AddressFamily.IPV4_UNICAST);
    private static final Set<AddressFamily> IPV6 = Set.of(AddressFamily.IPV6_UNICAST);
    private static final Set<AddressFamily> BOTH = Set.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST);

    private final Random random;
    private final boolean isAzure;
    private final boolean hasAggregates;
    private final boolean isMixed;

    /** Whether limits are drawn whose outcome depends on the order of arrival. */
    private final boolean hasHardLimits;

    /** What a simulation is about, beside what all are about. */
    enum Kind {
        PLAIN,
        /** Policies make aggregates. */
        AGGREGATES,
        /** And peers restart, gateways are many, and peers have send limits: see {@link MixedFeaturesTest}. */
        MIXED
    }

    SimSetup(Random random, boolean hasHardLimits, Kind kind) {
        this.random = random;
        this.hasAggregates = kind != Kind.PLAIN;
        this.isMixed = kind == Kind.MIXED;
        this.hasHardLimits = hasHardLimits;
        this.isAzure = random.nextBoolean();
    }

    RouteServerConfig config() {
        RouteServerConfigBuilder builder = isAzure ? RouteServerConfig.azure() : RouteServerConfig.standard();
        builder.localAddress(IpAddress.parse("10.0.0.4")).seed(random.nextInt(1_000));
        if (!isAzure) {
            builder.localAddress(IpAddress.parse("2001:db8::4"));
        }
        builder.limits(limits -> limits.withUnfinishedPerAddress(100)
                .withAcceptBurst(1_000)
                .withMaxPeers(0)
                .withTotalPrefixes(hasHardLimits && random.nextInt(3) == 0 ? 5 + random.nextInt(20) : 0)
                .withRouteLimit(random.nextInt(3) == 0 ? Optional.of(routeLimit()) : Optional.empty())
                .withUnsentOctets(65_536));
        builder.selection(selection -> selection
                .withMode(random.nextInt(4) == 0 ? oneOf(random, List.of(DecisionMode.values())) : selection.mode())
                .withMaxNextHops(random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0)
                .withPerClientBest(random.nextInt(4) == 0 ? random.nextBoolean() : selection.perClientBest())
                .withPreference(oneOf(random, List.of(RoutingPreference.values()))));
        builder.export(export -> export.withBranchToBranch(random.nextBoolean())
                .withHonourNoExport(random.nextBoolean())
                .withNextHopSelf(random.nextInt(4) == 0)
                .withPrependLocalAs(random.nextInt(4) == 0));
        builder.gateways(any -> GatewaySettings.standard()); // a drawn gateway may have one peer
        if (isMixed) {
            MixedSetup.configure(builder, random);
        }
        builder.requirePolicy(!isAzure && random.nextBoolean());
        if (random.nextInt(3) > 0) {
            builder.importPolicy(policy());
        }
        if (random.nextInt(3) > 0) {
            builder.exportPolicy(policy());
        }
        return builder.build();
    }

    /** Draws peers; the gateways among them are all of one role, since one gateway's peers exchange nothing. */
    List<SimPeer> peers(int count) {
        PeerRole gateway = random.nextBoolean() && !isMixed ? PeerRole.VPN_GATEWAY : PeerRole.EXPRESS_ROUTE_GATEWAY;
        List<SimPeer> peers = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            boolean isGateway = random.nextInt(isMixed ? 3 : 5) == 0;
            int asn = isGateway ? 65515 : 65000 + i / 2;
            boolean isFourOctet = !isAzure && random.nextInt(4) > 0;
            Speaker speaker = new Speaker("p" + i, asn, "10.0.1." + i, isFourOctet, families());
            speaker.isInternal = isGateway;
            speaker.isEnhanced = !isAzure && random.nextBoolean();
            if (random.nextInt(4) == 0) {
                speaker.routerId = RouterId.parse("10.0.1.77");
            }
            if (isMixed) {
                speaker.extras = MixedSetup.restartCapabilities(random);
            }
            SimPeer peer = new SimPeer(speaker, peer(speaker, isGateway ? gateway : PeerRole.NVA));
            if (isMixed) {
                MixedSetup.offerAddPath(peer, random);
            }
            peers.add(peer);
        }
        return peers;
    }

    private Set<AddressFamily> families() {
        if (isAzure) {
            return random.nextInt(4) == 0 ? BOTH : IPV4;
        }
        int drawn = random.nextInt(6);
        return drawn == 0 ? IPV4 : drawn == 1 ? IPV6 : BOTH;
    }

    private PeerConfig peer(Speaker speaker, PeerRole role) {
        PeerConfig.Builder builder = PeerConfig.builder(speaker.name, speaker.address, speaker.asn)
                .role(role)
                .passive(true);
        if (random.nextInt(5) == 0) {
            builder.exportPolicy(policy());
        }
        if (random.nextInt(5) == 0) {
            builder.importPolicy(policy());
        }
        if (random.nextInt(5) == 0) {
            builder.prependLocalAs(random.nextBoolean());
        }
        if (random.nextInt(4) == 0) {
            builder.routeLimit(routeLimit());
        }
        if (isMixed && random.nextInt(3) == 0) {
            builder.sendLimit(MixedSetup.sendLimit(random));
        }
        if (isMixed && random.nextInt(3) == 0) {
            builder.addPath(MixedSetup.addPath(random));
        }
        return builder.build();
    }

    /** Returns a peer's configuration with something else in it that asks for no new session. */
    PeerConfig changed(PeerConfig before) {
        PeerConfig.Builder builder = before.toBuilder();
        if (isMixed && random.nextInt(3) == 0) {
            return builder.sendLimit(MixedSetup.sendLimit(random)).build();
        }
        switch (random.nextInt(4)) {
            case 0 -> builder.exportPolicy(policy());
            case 1 -> builder.importPolicy(policy());
            case 2 -> builder.prependLocalAs(random.nextBoolean());
            default -> builder.routeLimit(routeLimit());
        }
        return builder.build();
    }

    RoutePolicy policy() {
        if (hasAggregates && random.nextInt(3) > 0) {
            return oneOf(random, List.of(SimAggregates.values()));
        }
        return random.nextInt(3) == 0 ? SimPolicy.ACCEPT : oneOf(random, List.of(SimPolicy.values()));
    }

    private RouteLimit routeLimit() {
        RouteLimit limit =
                RouteLimit.of(4 + random.nextInt(60)).withMode(oneOf(random, List.of(CountingMode.values())));
        return limit.withAction(oneOf(
                random,
                hasHardLimits ? List.of(LimitAction.values()) : List.of(LimitAction.TEAR_DOWN, LimitAction.WARN)));
    }

    static <T> T oneOf(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
