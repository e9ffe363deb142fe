package dev.waymark.engine;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.LimitAction;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.SendLimit;
import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.message.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Draws what {@link MixedFeaturesTest} has beside what all simulations have: restarts, send limits, gateways without BGP. */
final class MixedSetup {
    /** The longest that anything is kept of a lost session: the restart time, then the long-lived stale time. */
    static final Duration LONGEST = Duration.ofSeconds(60 + 120 + 1);

    private static final List<AddressFamily> FAMILIES = List.of(AddressFamily.values());
    private static final int AFTER_NOTIFICATIONS = 4;

    private MixedSetup() {}

    static void configure(RouteServerConfigBuilder builder, Random random) {
        RestartRig.withRestart(
                builder,
                GracefulRestartSettings.on()
                        .withRestartTimeAtMost(Duration.ofSeconds(60))
                        .withStaleTime(Duration.ofSeconds(10 + random.nextInt(60)))
                        .withAfterNotifications(random.nextBoolean())
                        .withLongLived(random.nextInt(3) > 0)
                        .withLongLivedAtMost(Duration.ofSeconds(120)));
        builder.export(export -> export.withBranchToBranch(random.nextInt(4) > 0)
                .withHonourNoExport(random.nextBoolean())
                .withNextHopSelf(random.nextInt(4) == 0)
                .withPrependLocalAs(random.nextInt(4) == 0));
        builder.limits(limits -> limits.withExpressRouteSendLimit(
                random.nextBoolean() ? Optional.of(sendLimit(random)) : Optional.empty()));
    }

    static SendLimit sendLimit(Random random) {
        int drawn = random.nextInt(12);
        return SendLimit.of(1 + random.nextInt(12))
                .withAction(
                        drawn == 0 ? LimitAction.TEAR_DOWN : drawn == 1 ? LimitAction.WARN : LimitAction.DISCARD_NEW);
    }

    static AddPathSettings addPath(Random random) {
        return new AddPathSettings(
                random.nextInt(3) > 0,
                random.nextInt(3) > 0,
                1 + random.nextInt(4),
                random.nextInt(2) * random.nextInt(4));
    }

    /** Has a peer that is not connected offer to exchange several paths of a prefix, or not. */
    static void offerAddPath(SimPeer peer, Random random) {
        boolean sends = random.nextInt(4) > 0;
        boolean takes = random.nextInt(4) > 0;
        peer.speaker.offersAddPath(sends, takes);
        peer.speaker.sendsPathIds = sends && peer.config.addPath().receive();
        peer.speaker.takesPathIds = takes && peer.config.addPath().send();
        peer.speaker.pathId = 0;
    }

    /** Returns what a peer says about restarts in its OPEN: mostly that it wants its routes kept. */
    static List<Capability> restartCapabilities(Random random) {
        if (random.nextInt(6) == 0) {
            return List.of();
        }
        int flags = random.nextBoolean() ? AFTER_NOTIFICATIONS : 0;
        List<Capability> all = new ArrayList<>();
        all.add(RestartRig.restart(flags, random.nextInt(90), random.nextInt(5) > 0, families(random)));
        if (random.nextInt(3) > 0) {
            all.add(RestartRig.longLived(1 + random.nextInt(150), random.nextInt(5) > 0, families(random)));
        }
        return all;
    }

    private static AddressFamily[] families(Random random) {
        Set<AddressFamily> some = EnumSet.allOf(AddressFamily.class);
        if (random.nextInt(4) == 0) {
            some.remove(SimSetup.oneOf(random, FAMILIES));
        }
        return some.toArray(new AddressFamily[0]);
    }

    /** Returns a VPN gateway without BGP, with static prefixes that peers announce too. */
    static VpnGateway gateway(Random random, SimRoutes routes, int number, Set<AddressFamily> families) {
        Set<IpPrefix> prefixes = new TreeSet<>();
        Set<IpPrefix> clients = new TreeSet<>();
        VpnGateway.Builder builder = VpnGateway.builder("vpn" + number, Asn.of(random.nextInt(3) == 0 ? 65300 : 65515));
        for (AddressFamily family : new TreeSet<>(families)) {
            prefixes.addAll(routes.some(family));
            if (random.nextInt(3) == 0) {
                clients.add(routes.some(family).get(0));
            }
            for (int i = 0; i <= random.nextInt(2); i++) {
                boolean isIpv4 = family == AddressFamily.IPV4_UNICAST;
                builder.nextHop(IpAddress.parse((isIpv4 ? "10.0.2." : "2001:db8:fffe::") + number + i));
            }
        }
        prefixes.removeAll(clients);
        return builder.prefixes(List.copyOf(prefixes))
                .pointToSite(List.copyOf(clients))
                .build();
    }
}
