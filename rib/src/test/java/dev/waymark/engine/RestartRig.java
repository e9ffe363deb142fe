package dev.waymark.engine;

import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteView;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.GracefulRestartCapability;
import dev.waymark.bgp.message.LongLivedGracefulRestartCapability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** A server that keeps routes, a peer that restarts, one that looks on, and a sink. Accounts are checked after every step. */
final class RestartRig {
    static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
    static final AddressFamily IPV6 = AddressFamily.IPV6_UNICAST;
    static final Set<AddressFamily> BOTH = Set.of(IPV4, IPV6);
    static final List<IpPrefix> FOUR = prefixes("10.%d.0.0/16", 20);
    static final List<IpPrefix> SIX = prefixes("2001:db8:%d::/48", 10);

    final Speaker a = speaker("a", 65001, "10.0.1.1");
    final Speaker b = speaker("b", 65002, "10.0.1.2");
    final PathAttributes path = RouteExchangeTest.path("65001 65010", "10.0.1.1");
    final PathAttributes pathSix = RouteExchangeTest.path("65001 65010", "2001:db8::1");
    final CoreHarness net;

    RestartRig(GracefulRestartSettings settings) {
        this(config(settings));
    }

    RestartRig(RouteServerConfigBuilder config) {
        net = new CoreHarness(config.peer(peer(a)).peer(peer(b)).build());
        net.observer = new AccountAudit(net.core.tables());
        net.call(new Command.AttachSink(1, "table"));
        a.extras = restart(120, true, IPV4, IPV6);
        net.connect(b);
    }

    static RouteServerConfigBuilder config(GracefulRestartSettings settings) {
        RouteServerConfigBuilder builder = RouteServerConfig.standard();
        return withRestart(builder, settings)
                .localAddress(IpAddress.parse("10.0.0.4"))
                .localAddress(IpAddress.parse("2001:db8::4"))
                .requirePolicy(false);
    }

    static RouteServerConfigBuilder withRestart(RouteServerConfigBuilder builder, GracefulRestartSettings settings) {
        return builder.session(
                session -> session.withExtensions(session.extensions().withGracefulRestart(settings)));
    }

    private static Speaker speaker(String name, int asn, String address) {
        Speaker speaker = new Speaker(name, asn, address, true, BOTH);
        speaker.holdTimeSeconds = 0;
        return speaker;
    }

    private static PeerConfig peer(Speaker speaker) {
        return PeerConfig.builder(speaker.name, speaker.address, speaker.asn)
                .passive(true)
                .build();
    }

    static List<IpPrefix> prefixes(String pattern, int count) {
        return IntStream.range(1, count + 1)
                .mapToObj(i -> IpPrefix.parse(String.format(java.util.Locale.ROOT, pattern, i)))
                .toList();
    }

    /** Returns a graceful restart capability that names families, with or without the F bit. */
    static List<Capability> restart(int seconds, boolean forwarded, AddressFamily... families) {
        return List.of(restart(0, seconds, forwarded, families));
    }

    static Capability restart(int flags, int seconds, boolean forwarded, AddressFamily... families) {
        List<GracefulRestartCapability.Entry> entries = new ArrayList<>();
        for (AddressFamily family : families) {
            entries.add(new GracefulRestartCapability.Entry(family.afi(), family.safi(), forwarded ? 128 : 0));
        }
        return new GracefulRestartCapability(flags, seconds, entries);
    }

    static Capability longLived(int seconds, boolean forwarded, AddressFamily... families) {
        List<LongLivedGracefulRestartCapability.Entry> entries = new ArrayList<>();
        for (AddressFamily family : families) {
            entries.add(new LongLivedGracefulRestartCapability.Entry(
                    family.afi(), family.safi(), forwarded ? 128 : 0, seconds));
        }
        return new LongLivedGracefulRestartCapability(entries);
    }

    /** Lets the restarting peer announce all its routes and end with both marks. */
    RestartRig filled() {
        net.connect(a);
        announceAll();
        endOfRibs();
        return this;
    }

    void announceAll() {
        announce(path, FOUR);
        announce(pathSix, SIX);
    }

    void announce(PathAttributes attributes, List<IpPrefix> prefixes) {
        net.say(a, a.announce(attributes, prefixes));
        net.settle();
    }

    void endOfRibs() {
        net.say(a, Speaker.endOfRib(IPV4));
        net.say(a, Speaker.endOfRib(IPV6));
        net.settle();
    }

    /** Lets the network lose the peer, and forgets what the other one heard and what events there were. */
    void lose() {
        b.updates = 0;
        net.events.clear();
        net.kill(a);
        net.settle();
    }

    /** Lets the peer come back with other capabilities, after 2 s; the rest that a lost connection costs is cut short. */
    void back(List<Capability> capabilities) {
        net.advance(Duration.ofSeconds(2));
        net.call(new Command.EnablePeer("a", true));
        a.extras = capabilities;
        net.connect(a);
    }

    void back() {
        back(a.extras);
    }

    void pass(long seconds) {
        net.advance(Duration.ofSeconds(seconds));
    }

    /** Returns how many routes the tables have in a family, of all peers. */
    int held(AddressFamily family) {
        return net.core.tables().ribs().stream()
                .filter(rib -> rib.family() == family)
                .mapToInt(rib -> rib.paths().size())
                .sum();
    }

    Set<IpPrefix> seen(AddressFamily family) {
        return new TreeSet<>(b.routesOf(family).keySet());
    }

    Set<IpPrefix> programmed() {
        return new TreeSet<>(sink().keySet());
    }

    /** Returns what the sink has for a prefix, as text. */
    String programmed(IpPrefix prefix) {
        return String.valueOf(sink().get(prefix));
    }

    private Map<IpPrefix, List<IpAddress>> sink() {
        return net.sinks.getOrDefault(1, Map.of());
    }

    /** Returns what the other peer has for a prefix. */
    PathAttributes heard(IpPrefix prefix) {
        return Objects.requireNonNull(b.routes.get(prefix), () -> "no " + prefix);
    }

    /** Returns whether the other peer has a prefix with LLGR_STALE. */
    boolean isHeardStale(IpPrefix prefix) {
        return heard(prefix).hasCommunity(Community.LLGR_STALE);
    }

    List<RouteEntry> learned(AddressFamily family) {
        RouteQuery query = RouteQuery.of(RouteView.RECEIVED, "a").withFamily(family);
        return ((RoutePage) net.call(new Command.Page(query, 0, 10_000))).entries();
    }

    PeerSnapshot snapshot() {
        return ((List<?>) net.call(new Command.Peers()))
                .stream()
                        .map(PeerSnapshot.class::cast)
                        .filter(peer -> peer.config().name().equals("a"))
                        .findFirst()
                        .orElseThrow();
    }

    RouteCounts counts(AddressFamily family) {
        return Objects.requireNonNull(snapshot().routes().get(family), "counts");
    }

    /** Returns what the events about kept routes say, in order. */
    List<String> story() {
        List<String> story = new ArrayList<>();
        for (ServerEvent event : net.events) {
            if (event instanceof ServerEvent.StaleRoutesKept kept) {
                story.add("kept " + kept.routes() + " " + kept.family() + " for "
                        + kept.atMost().toSeconds() + (kept.longLived() ? " long-lived" : ""));
            } else if (event instanceof ServerEvent.StaleRoutesRemoved removed) {
                story.add("removed " + removed.routes() + " " + removed.family() + ": " + removed.cause());
            }
        }
        return story;
    }

    static PathAttributes with(PathAttributes attributes, Community community) {
        return attributes.edit().addCommunity(community).build();
    }
}
