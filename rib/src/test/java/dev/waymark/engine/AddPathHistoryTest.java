package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories by chance of peers that send and take several paths of a prefix, or one: they announce, withdraw, stop reading, come
 * late, ask for all again, send all again, and have their policies changed. At rest each must hold what {@link AddPathModel} says,
 * and a path must have the identifier that it had. {@code -Dwaymark.sim.runs=N} makes it longer, {@code -Dwaymark.sim.first=N}
 * begins at another seed.
 */
class AddPathHistoryTest {
    private static final int PEERS = 6;
    private static final int RESTS = 5;

    private Random random = new Random(0);
    private CoreHarness net = new CoreHarness(RouteServerConfig.standard()
            .localAddress(IpAddress.parse("10.0.0.4"))
            .build());
    private final List<AddPathModel.Party> parties = new ArrayList<>();
    private final AddPathModel model = new AddPathModel(parties);
    private final List<IpPrefix> prefixes = new ArrayList<>();
    /** Under which identifier each path that lives on was seen. */
    private Map<List<Object>, Long> identifiers = new HashMap<>();

    private final Set<List<Object>> ended =
            new TreeSet<>((one, other) -> one.toString().compareTo(other.toString()));

    static LongStream seeds() {
        long first = Long.getLong("waymark.sim.first", 1);
        return LongStream.range(first, first + Long.getLong("waymark.sim.runs", 150));
    }

    @ParameterizedTest(name = "RFC 7911, ARS-34: each peer holds the paths that it must, seed {0}")
    @MethodSource("seeds")
    void holdsWhatItMust(long seed) {
        random = new Random(seed);
        begin();
        for (int i = 0; i < RESTS; i++) {
            net.units = random.nextBoolean() ? 1 + random.nextInt(30) : CoreHarness.UNITS;
            for (int steps = random.nextInt(120); steps > 0; steps--) {
                act();
            }
            rest();
            check();
        }
        for (AddPathModel.Party party : parties) {
            if (party.speaker.isConnected) {
                kill(party);
            }
        }
        rest();
        net.advance(Duration.ofSeconds(1));
        for (FamilyRib rib : net.core.tables().ribs()) {
            assertEquals(0, rib.prefixes().size(), "rows that are left");
            assertEquals(0, rib.paths().size(), "paths that are left");
        }
        assertEquals(0, net.core.tables().attributes().size(), "attributes that are left");
    }

    private void begin() {
        parties.clear();
        prefixes.clear();
        identifiers.clear();
        ended.clear();
        model.importPolicy = AddPathPolicy.ALL;
        RouteServerConfigBuilder config = RouteServerConfig.standard()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .limits(limits -> limits.withUnsentOctets(65_536)
                        .withUnfinishedPerAddress(100)
                        .withAcceptBurst(1_000))
                .importPolicy(AddPathPolicy.ALL)
                .seed(random.nextInt(100));
        for (int i = 1; i <= PEERS; i++) {
            Speaker speaker = Speaker.of("p" + i, 65000 + i, "10.0.1." + i);
            speaker.isEnhanced = random.nextBoolean();
            AddPathModel.Party party = new AddPathModel.Party(speaker);
            party.settings = settings();
            parties.add(party);
            config.peer(configOf(party));
        }
        for (int i = 0; i < 12; i++) {
            prefixes.add(IpPrefix.parse("10." + (100 + i) + ".0.0/16"));
        }
        net = new CoreHarness(config.build());
        AccountAudit audit = new AccountAudit(net.core.tables());
        net.observer = (now, input, outputs) -> {
            audit.stepped(now, input, outputs);
            noteLag();
        };
    }

    private AddPathSettings settings() {
        return new AddPathSettings(
                random.nextInt(4) > 0,
                random.nextInt(4) > 0,
                random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 16,
                random.nextInt(2) * random.nextInt(4));
    }

    private static PeerConfig configOf(AddPathModel.Party party) {
        return PeerConfigs.of(party.speaker)
                .addPath(party.settings)
                .exportPolicy(party.exportPolicy)
                .build();
    }

    /** A peer whose window is full may be told later what it was told before. */
    private void noteLag() {
        for (AddPathModel.Party party : parties) {
            Peer peer = net.core.tables().peers().byName(party.speaker.name);
            Session session = peer == null ? null : peer.session();
            if (session == null) {
                continue;
            }
            for (SessionFamily family : session.families()) {
                Member member = family.member();
                boolean lags = member != null && !member.owesEndOfRib() && member.owed() > 0;
                party.speaker.mayRepeat |= lags || session.window().unsentOctets() > 30_000;
            }
        }
    }

    private void act() {
        AddPathModel.Party party = SimSetup.oneOf(random, parties);
        if (!party.speaker.isConnected) {
            connect(party);
            return;
        }
        int drawn = random.nextInt(100);
        if (drawn < 45) {
            announce(party, prefix(), random.nextInt(8) == 0);
        } else if (drawn < 65) {
            withdraw(party);
        } else if (drawn < 70) {
            kill(party);
        } else if (drawn < 76) {
            net.deaf.add(party.speaker.connection);
            for (int i = random.nextInt(3) * 10; i > 0; i--) {
                announce(SimSetup.oneOf(random, parties), prefix(), true);
            }
        } else if (drawn < 80) {
            net.hear(party.speaker, random.nextInt(4));
        } else if (drawn < 84) {
            party.speaker.mayRepeat = true;
            net.say(party.speaker, Speaker.refresh(AddressFamily.IPV4_UNICAST));
        } else if (drawn < 88) {
            refresh(party);
        } else if (drawn < 92) {
            party.exportPolicy = SimSetup.oneOf(random, List.of(AddPathPolicy.values()));
            party.speaker.mayRepeat |= party.taken > 0; // a row that differs is told whole
            net.call(new Command.UpdatePeer(configOf(party)));
        } else if (drawn < 94) {
            model.importPolicy = SimSetup.oneOf(random, List.of(AddPathPolicy.values()));
            net.call(new Command.SetPolicy(true, Optional.of(model.importPolicy)));
        } else if (drawn < 95) {
            party.settings = settings();
            net.call(new Command.UpdatePeer(configOf(party)));
            if (!party.speaker.isConnected) {
                gone(party);
            }
        } else {
            net.feed(new Input.Turn(1 + random.nextInt(20)));
        }
    }

    private IpPrefix prefix() {
        return SimSetup.oneOf(random, prefixes);
    }

    private void connect(AddPathModel.Party party) {
        Speaker speaker = party.speaker;
        boolean sends = random.nextInt(4) > 0;
        boolean takes = random.nextInt(4) > 0;
        speaker.offersAddPath(sends, takes);
        speaker.sendsPathIds = sends && party.settings.receive();
        speaker.takesPathIds = takes && party.settings.send();
        int most = party.settings.sentPaths();
        party.taken = speaker.takesPathIds ? (most == 0 ? Integer.MAX_VALUE : most) : 0;
        net.call(new Command.EnablePeer(speaker.name, true)); // without the rest after a failure
        if (random.nextBoolean()) {
            net.connect(speaker);
        } else {
            net.accept(speaker);
        }
        if (!speaker.isConnected) {
            throw new AssertionError(speaker.name + " was turned away");
        }
    }

    private void kill(AddPathModel.Party party) {
        net.kill(party.speaker);
        gone(party);
    }

    private void gone(AddPathModel.Party party) {
        for (Speaker.PathKey key : party.said.keySet()) {
            ended.add(List.of(party.speaker.name, key));
        }
        party.gone();
    }

    private Speaker.PathKey key(AddPathModel.Party party, IpPrefix prefix) {
        return new Speaker.PathKey(prefix, party.speaker.sendsPathIds ? random.nextInt(5) : 0);
    }

    private void announce(AddPathModel.Party party, IpPrefix prefix, boolean isFat) {
        if (isReady(party)) {
            Speaker.PathKey key = key(party, prefix);
            say(party, key, attributes(party, key, isFat));
        }
    }

    private void say(AddPathModel.Party party, Speaker.PathKey key, PathAttributes attributes) {
        party.announce(key, attributes);
        net.say(party.speaker, party.speaker.announcePath(attributes, (int) key.pathId(), key.prefix()));
    }

    /** Paths say whose they are, so that they can be told apart wherever they turn up. */
    private PathAttributes attributes(AddPathModel.Party party, Speaker.PathKey key, boolean isFat) {
        StringBuilder path = new StringBuilder(party.speaker.asn.toString());
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append(' ').append(65100 + random.nextInt(3));
        }
        PathAttributes plain = AddPathRig.path(path.toString(), party.speaker.address.toString());
        var edit = plain.edit().addCommunity(Community.of(party.speaker.address.ipv4Bits() & 255, (int) key.pathId()));
        if (random.nextInt(4) == 0) {
            edit.origin(Origin.INCOMPLETE);
        }
        if (random.nextInt(8) == 0) {
            edit.addCommunity(Community.NO_ADVERTISE);
        }
        for (int i = isFat ? 800 : 0; i > 0; i--) {
            edit.addCommunity(Community.of(1000, i));
        }
        return edit.build();
    }

    private void withdraw(AddPathModel.Party party) {
        if (!isReady(party)) {
            return;
        }
        List<Speaker.PathKey> said = new ArrayList<>(party.said.keySet());
        Speaker.PathKey key = said.isEmpty() ? key(party, prefix()) : SimSetup.oneOf(random, said);
        ended.add(List.of(party.speaker.name, key));
        party.withdraw(key);
        net.say(party.speaker, party.speaker.withdrawPath((int) key.pathId(), key.prefix()));
    }

    /** Sends all again, or most of it, between marks; it may turn out to be most of something else meanwhile. */
    private void refresh(AddPathModel.Party party) {
        if (!party.speaker.isEnhanced || !isReady(party)) {
            return;
        }
        net.say(party.speaker, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.BEGIN));
        party.beginRefresh();
        for (Map.Entry<Speaker.PathKey, PathAttributes> entry : new TreeMap<>(party.said).entrySet()) {
            if (random.nextInt(4) > 0) {
                say(party, entry.getKey(), entry.getValue());
            }
            if (random.nextInt(4) == 0) {
                net.feed(new Input.Turn(1 + random.nextInt(5)));
            }
        }
        party.unsaid.ifPresent(keys -> keys.forEach(key -> ended.add(List.of(party.speaker.name, key))));
        party.endRefresh();
        net.say(party.speaker, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.END));
    }

    /** Returns whether its session is up: one that connected may not have come so far. */
    private boolean isReady(AddPathModel.Party party) {
        Peer peer = net.core.tables().peers().byName(party.speaker.name);
        return party.speaker.isConnected && peer != null && peer.session() != null;
    }

    private void rest() {
        for (AddPathModel.Party party : parties) {
            if (party.speaker.isConnected) {
                net.listen(party.speaker);
            }
        }
        net.settle();
        net.advance(Duration.ofSeconds(11)); // until what was asked for again may begin
    }

    private void check() {
        Map<List<Object>, Long> seen = new HashMap<>();
        for (AddPathModel.Party party : parties) {
            if (isReady(party)) {
                check(party, seen);
            }
        }
        identifiers = seen;
        ended.clear();
    }

    private void check(AddPathModel.Party party, Map<List<Object>, Long> seen) {
        Speaker speaker = party.speaker;
        String name = speaker.name;
        Map<IpPrefix, List<String>> held = new TreeMap<>();
        speaker.routes.forEach((prefix, route) -> add(held, prefix, route));
        speaker.paths.forEach((key, route) -> add(held, key.prefix(), route));
        Map<IpPrefix, List<String>> expected = new TreeMap<>();
        model.expected(party, prefixes)
                .forEach((prefix, routes) -> routes.forEach(route -> add(expected, prefix, route)));
        held.values().forEach(routes -> routes.sort(null));
        expected.values().forEach(routes -> routes.sort(null));
        assertEquals(expected, held, name + " holds");
        assertEquals(0, speaker.idleWithdrawals, name + " was told to forget what it did not have");
        assertEquals(0, speaker.sameAnnouncements, name + " was told the same again");
        assertEquals(1, speaker.endOfRibs.getOrDefault(AddressFamily.IPV4_UNICAST, 0), name + "'s End-of-RIBs");
        RouteCounts counts = Objects.requireNonNull(net.peer(name).routes().get(AddressFamily.IPV4_UNICAST), "counts");
        assertEquals(speaker.routes.size() + speaker.paths.size(), counts.advertisedNow(), name + " is sent");
        assertEquals(party.said.size(), counts.storedNow(), name + " has said");
        assertEquals(party.extra, counts.extraPaths(), name + " has said too much");
        checkViews(party);
        speaker.paths.forEach((key, route) -> {
            List<Object> path = pathOf(key.prefix(), route);
            Long same = seen.put(path, key.pathId());
            assertTrue(same == null || same == key.pathId(), "two peers know one path by two identifiers");
            Long before = identifiers.get(path);
            assertTrue(
                    before == null || before == key.pathId() || ended.contains(path),
                    () -> path + " was " + before + ", is " + key.pathId());
        });
    }

    private void checkViews(AddPathModel.Party party) {
        RouteQuery query = RouteQuery.of(RouteView.ADVERTISED, party.speaker.name);
        Map<Speaker.PathKey, PathAttributes> shown = new TreeMap<>();
        for (RouteEntry entry : ((RoutePage) net.call(new Command.Page(query, 0, 10_000))).entries()) {
            shown.put(new Speaker.PathKey(entry.prefix(), entry.pathId().orElse(0)), entry.attributes());
        }
        Map<Speaker.PathKey, PathAttributes> held = new TreeMap<>(party.speaker.paths);
        party.speaker.routes.forEach((prefix, route) -> held.put(new Speaker.PathKey(prefix, 0), route));
        assertEquals(held, shown, "what is shown of " + party.speaker.name);
    }

    /** Returns whose path it is and how that peer calls it, as its first community says. */
    private static List<Object> pathOf(IpPrefix prefix, PathAttributes route) {
        Community mark = route.communities().stream()
                .filter(each -> each.high() < 256)
                .findFirst()
                .orElseThrow();
        return List.of("p" + mark.high(), new Speaker.PathKey(prefix, mark.low()));
    }

    private static void add(Map<IpPrefix, List<String>> all, IpPrefix prefix, PathAttributes route) {
        String text = pathOf(prefix, route).get(0) + "#" + pathOf(prefix, route).get(1) + " " + route.asPath() + " "
                + route.origin() + " " + route.communities().size();
        all.computeIfAbsent(prefix, unused -> new ArrayList<>()).add(text);
    }
}
