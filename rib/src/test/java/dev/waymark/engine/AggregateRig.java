package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteView;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A server with three speakers and a sink, for tests of aggregates; its accounts are audited after every step. */
final class AggregateRig {
    static final IpPrefix P1 = IpPrefix.parse("20.1.0.0/16");
    static final IpPrefix P2 = IpPrefix.parse("20.2.0.0/16");
    static final IpPrefix P3 = IpPrefix.parse("20.3.0.0/16");
    static final IpPrefix WIDE = IpPrefix.parse("20.0.0.0/8");
    static final IpPrefix OTHER = IpPrefix.parse("30.1.0.0/16");

    final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    final Speaker c = Speaker.of("c", 65003, "10.0.1.3");
    final CoreHarness net;

    AggregateRig(RouteServerConfigBuilder config, RouteMap in, RouteMap out, String inAt, String outAt) {
        config.localAddress(IpAddress.parse("10.0.0.4"));
        for (Speaker speaker : List.of(a, b, c)) {
            PeerConfig.Builder peer = PeerConfigs.of(speaker);
            if (inAt.contains(speaker.name)) {
                peer.importPolicy(in);
            }
            if (outAt.contains(speaker.name)) {
                peer.exportPolicy(out);
            }
            config.peer(peer.build());
        }
        net = new CoreHarness(config.build());
        net.observer = new AccountAudit(net.core.tables());
        net.call(new Command.AttachSink(1, "table"));
        List.of(a, b, c).forEach(net::connect);
    }

    /** Peers of the profile azure, some of them with an inbound map. */
    static AggregateRig inbound(RouteMap map, String at) {
        return new AggregateRig(RouteServerConfig.azure(), map, map, at, "");
    }

    /** Peers of the profile azure, some of them with an outbound map. */
    static AggregateRig outbound(RouteMap map, String at) {
        return new AggregateRig(RouteServerConfig.azure(), map, map, "", at);
    }

    /** A profile with a path for each client, in which everything may pass. */
    static RouteServerConfigBuilder standard() {
        RouteMap permits = RouteMap.of("permits", List.of());
        return RouteServerConfig.standard().importPolicy(permits).exportPolicy(permits);
    }

    /** A map that puts the listed prefixes, or without any all inside, into {@link #WIDE}. */
    static RouteMap widens(IpPrefix... only) {
        RouteMapCondition condition = only.length == 0
                ? RouteMapCondition.prefixContains(List.of(WIDE))
                : RouteMapCondition.prefixEquals(List.of(only));
        return RouteMap.of(
                "widens",
                List.of(RouteMapRule.builder("widen")
                        .when(condition)
                        .then(RouteMapAction.prefixReplace(WIDE))
                        .build()));
    }

    /** Attributes with the speaker's AS number and address. */
    PathAttributes path(Speaker speaker) {
        return RouteExchangeTest.path(speaker.asn + " 64999", speaker.address.toString());
    }

    void announce(Speaker speaker, PathAttributes attributes, IpPrefix... prefixes) {
        net.say(speaker, speaker.announce(attributes, prefixes));
        net.settle();
    }

    void announce(Speaker speaker, IpPrefix... prefixes) {
        announce(speaker, path(speaker), prefixes);
    }

    void reconnect(Speaker speaker) {
        net.call(new Command.EnablePeer(speaker.name, true)); // without the rest after a failure
        net.connect(speaker);
    }

    /** Checks that nothing is kept of routes that are all gone. */
    void checkNothingIsLeft() {
        for (int i = 0; i < 10; i++) {
            net.feed(new Input.Turn(CoreHarness.UNITS));
        }
        RouteServerCore.Tables tables = net.core.tables();
        for (FamilyRib rib : tables.ribs()) {
            assertEquals(0, rib.prefixes().size(), "rows");
            assertTrue(rib.contributors().isEmpty(), "contributors");
        }
        assertEquals(0, tables.attributes().size(), "sets of attributes");
    }

    void withdraw(Speaker speaker, IpPrefix... prefixes) {
        net.say(speaker, speaker.withdraw(Arrays.asList(prefixes)));
        net.settle();
    }

    void update(PeerConfig.Builder peer) {
        net.call(new Command.UpdatePeer(peer.build()));
        net.settle();
    }

    Map<IpPrefix, List<IpAddress>> table() {
        return net.sinks.getOrDefault(1, Map.of());
    }

    static PathAttributes held(Speaker speaker, IpPrefix prefix) {
        return Objects.requireNonNull(speaker.routes.get(prefix), "no route for " + prefix);
    }

    static List<IpAddress> via(Speaker... speakers) {
        return Arrays.stream(speakers).map(speaker -> speaker.address).toList();
    }

    RouteCounts counts(Speaker speaker) {
        Peer peer = net.core.tables().peers().byName(speaker.name);
        Session session = Objects.requireNonNull(Objects.requireNonNull(peer).session());
        SessionFamily family = Objects.requireNonNull(session.family(AddressFamily.IPV4_UNICAST));
        return family.account().snapshot(PeerViews.advertised(family));
    }

    List<RouteEntry> view(RouteQuery query) {
        return ((RoutePage) net.call(new Command.Page(query, 0, 100))).entries();
    }

    List<RouteEntry> view(RouteView view, Speaker speaker) {
        return view(RouteQuery.of(view, speaker.name));
    }

    List<IpPrefix> prefixes(RouteView view, Speaker speaker) {
        return view(view, speaker).stream().map(RouteEntry::prefix).sorted().toList();
    }
}
