package dev.waymark.engine;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteView;
import dev.waymark.api.SendLimit;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two NVAs and an ExpressRoute gateway, whose cap a test sets. */
final class SendLimitRig {
    static final PathAttributes PATH = RouteExchangeTest.path("65001", "10.0.1.1");

    final Speaker nva = Speaker.of("nva", 65001, "10.0.1.1");
    final Speaker other = Speaker.of("other", 65002, "10.0.1.2");
    final Speaker er = gateway();

    private static Speaker gateway() {
        Speaker speaker = Speaker.of("er", 65515, "10.0.1.9");
        speaker.isInternal = true;
        return speaker;
    }

    RouteServerConfigBuilder config() {
        return RouteServerConfig.azure()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .export(export -> export.withBranchToBranch(true))
                .peer(PeerConfigs.of(nva).build())
                .peer(PeerConfigs.of(other).build());
    }

    PeerConfig.Builder erPeer() {
        return PeerConfigs.of(er).role(PeerRole.EXPRESS_ROUTE_GATEWAY);
    }

    CoreHarness start(RouteServerConfigBuilder config) {
        CoreHarness net = new CoreHarness(config.build());
        net.connect(nva);
        net.connect(other);
        net.connect(er);
        return net;
    }

    CoreHarness start(SendLimit limit) {
        return start(config().peer(erPeer().sendLimit(limit).build()));
    }

    static IpPrefix prefix(int number) {
        return IpPrefix.ofIpv4Bits((20 << 24) + (number << 8), 24);
    }

    static List<IpPrefix> prefixes(int from, int count) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            prefixes.add(prefix(i));
        }
        return prefixes;
    }

    void announce(CoreHarness net, int from, int count) {
        net.say(nva, nva.announce(PATH, prefixes(from, count)));
        net.settle();
    }

    void withdraw(CoreHarness net, int from, int count) {
        net.say(nva, nva.withdraw(prefixes(from, count)));
        net.settle();
    }

    static List<IpPrefix> heldBack(CoreHarness net, String peer) {
        RoutePage page = (RoutePage) net.call(new Command.Page(RouteQuery.of(RouteView.HELD_BACK, peer), 0, 4_096));
        return page.entries().stream().map(RouteEntry::prefix).toList();
    }

    static SessionState state(CoreHarness net, String name) {
        return net.peer(name).state();
    }

    static long advertised(CoreHarness net, String name) {
        return Optional.ofNullable(net.peer(name).routes().get(AddressFamily.IPV4_UNICAST))
                .orElseThrow()
                .advertisedNow();
    }
}
