package dev.waymark.engine;

import dev.waymark.api.AddPathSettings;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A server of the profile standard with four speakers, some of which exchange several paths of a prefix; its accounts are audited. */
final class AddPathRig {
    static final IpPrefix TEN = IpPrefix.parse("10.9.0.0/16");
    static final AddPathSettings BOTH = AddPathSettings.off().withReceive(true).withSend(true);

    final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    final Speaker c = Speaker.of("c", 65003, "10.0.1.3");
    final Speaker d = Speaker.of("d", 65004, "10.0.1.4");
    final CoreHarness net;

    /** All four are configured alike; those that are named offer both directions. */
    AddPathRig(AddPathSettings settings, String capable) {
        this(RouteServerConfig.standard().requirePolicy(false), settings, capable, peer -> peer);
    }

    AddPathRig(
            RouteServerConfigBuilder config,
            AddPathSettings settings,
            String capable,
            UnaryOperator<PeerConfig.Builder> change) {
        config.localAddress(IpAddress.parse("10.0.0.4"));
        for (Speaker speaker : List.of(a, b, c, d)) {
            PeerConfig.Builder peer = PeerConfigs.of(speaker).addPath(settings);
            config.peer(change.apply(peer).build());
        }
        net = new CoreHarness(config.build());
        net.observer = new AccountAudit(net.core.tables());
        net.call(new Command.AttachSink(1, "table"));
        for (Speaker speaker : List.of(a, b, c, d)) {
            if (capable.contains(speaker.name)) {
                speaker.offersAddPath(true, true);
                speaker.sendsPathIds = settings.receive();
                speaker.takesPathIds = settings.send();
            }
            net.connect(speaker);
        }
    }

    static PathAttributes path(String asPath, String nextHop) {
        return RouteExchangeTest.path(asPath, nextHop);
    }

    /** Announces a path of {@link #TEN}. */
    void announce(Speaker speaker, int pathId, PathAttributes attributes) {
        net.say(speaker, speaker.announcePath(attributes, pathId, TEN));
        net.settle();
    }

    void withdraw(Speaker speaker, int pathId) {
        net.say(speaker, speaker.withdrawPath(pathId, TEN));
        net.settle();
    }

    /** Returns the AS paths that a speaker holds for {@link #TEN}, sorted. */
    static List<String> held(Speaker speaker) {
        List<PathAttributes> all = new ArrayList<>(speaker.routes.values());
        all.addAll(speaker.paths.values());
        return all.stream().map(each -> each.asPath().toString()).sorted().toList();
    }

    /** Returns the path identifiers that a speaker was sent. */
    static Set<Long> ids(Speaker speaker) {
        return speaker.paths.keySet().stream()
                .map(Speaker.PathKey::pathId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    RouteCounts counts(Speaker speaker) {
        return Objects.requireNonNull(net.peer(speaker.name).routes().get(AddressFamily.IPV4_UNICAST), "counts");
    }

    List<RouteEntry> view(RouteView view, Speaker speaker) {
        RouteQuery query = RouteQuery.of(view, speaker.name);
        return ((RoutePage) net.call(new Command.Page(query, 0, 10_000))).entries();
    }

    void reconnect(Speaker speaker) {
        net.call(new Command.EnablePeer(speaker.name, true)); // without the rest after a failure
        net.connect(speaker);
    }
}
