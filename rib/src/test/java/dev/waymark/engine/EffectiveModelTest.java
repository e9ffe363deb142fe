package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.EffectivePage;
import dev.waymark.api.EffectiveRoute;
import dev.waymark.api.EffectiveSource;
import dev.waymark.api.NetworkPeering;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.NextHopKind;
import dev.waymark.api.RouteTable;
import dev.waymark.api.UserDefinedRoute;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random networks, tables and routes: where a packet goes by the effective routes, and what sinks of tables hold, beside a
 * model that knows the rules of SEMANTICS E only: it asks for each address which route wins, and has no prefix order, no
 * ranking and nothing of the engine.
 */
class EffectiveModelTest {
    /** Few enough that prefixes meet each other all the time: 10.0.0.0/8 in pieces of /14 to /20. */
    private static final IpPrefix WORLD = IpPrefix.parse("10.0.0.0/8");

    private static final Map<IpPrefix, NextHopKind> AZURE_DEFAULTS = Map.of(
            IpPrefix.parse("0.0.0.0/0"), NextHopKind.INTERNET,
            IpPrefix.parse("10.0.0.0/8"), NextHopKind.NONE,
            IpPrefix.parse("172.16.0.0/12"), NextHopKind.NONE,
            IpPrefix.parse("192.168.0.0/16"), NextHopKind.NONE,
            IpPrefix.parse("100.64.0.0/10"), NextHopKind.NONE);

    private Random random = new Random(0);
    private final Map<IpPrefix, NetworkSpace> networks = new TreeMap<>();
    private final Map<String, NetworkPeering> peerings = new TreeMap<>();
    private final Set<IpPrefix> endpoints = new TreeSet<>();
    private final Map<String, RouteTable> tables = new TreeMap<>();
    private final Map<Speaker, Set<IpPrefix>> said = new HashMap<>();
    private final Map<String, Integer> sinks = new TreeMap<>();

    static Stream<Long> seeds() {
        return IntStream.range(0, 40).mapToObj(i -> 2_026_000L + i);
    }

    /** A route of the model. */
    private record Known(IpPrefix prefix, EffectiveSource source, NextHopKind kind, Set<IpAddress> nextHops) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("ARS-41, ARS-42: effective routes and table sinks agree with a naive model of the rules")
    void agreesWithTheRules(long seed) {
        random = new Random(seed);
        Speaker a = Speaker.of("a", 65001, "10.0.1.1");
        Speaker b = Speaker.of("b", 65002, "10.0.1.2");
        said.put(a, new TreeSet<>());
        said.put(b, new TreeSet<>());
        CoreHarness net = new CoreHarness(RouteExchangeTest.azure(a, b)
                .limits(limits -> limits.withRouteLimit(Optional.empty()))
                .build());
        net.connect(a);
        net.connect(b);
        for (int step = 0; step < 60; step++) {
            act(net, random.nextBoolean() ? a : b);
            if (step % 6 == 5) {
                net.settle();
                check(net, "step " + step);
            }
        }
    }

    private IpPrefix prefix() {
        int length = 14 + random.nextInt(7);
        int bits = (10 << 24) + (random.nextInt(8) << 17) + (random.nextInt(4) << 12);
        return IpPrefix.ofMasked(IpAddress.ofIpv4Bits(bits), random.nextInt(20) == 0 ? 8 * random.nextInt(2) : length);
    }

    private void act(CoreHarness net, Speaker speaker) {
        switch (random.nextInt(10)) {
            case 0 -> changeNetwork(net);
            case 1 -> changePeering(net);
            case 2 -> {
                IpPrefix space = prefix();
                boolean isThere = endpoints.remove(space) || !endpoints.add(space);
                change(
                        net,
                        isThere
                                ? new NetworkChange.RemoveServiceEndpoint(space)
                                : new NetworkChange.AddServiceEndpoint(space));
            }
            case 3, 4 -> changeTable(net);
            case 5 -> {
                IpPrefix gone = prefix();
                Objects.requireNonNull(said.get(speaker)).remove(gone);
                net.say(speaker, speaker.withdraw(List.of(gone)));
            }
            default -> {
                List<IpPrefix> some = List.of(prefix(), prefix(), prefix());
                Objects.requireNonNull(said.get(speaker)).addAll(some);
                String next = speaker.address.toString();
                net.say(speaker, speaker.announce(RouteExchangeTest.path(speaker.asn.toString(), next), some));
            }
        }
    }

    private static void change(CoreHarness net, NetworkChange change) {
        net.call(new Command.ChangeNetwork(change));
    }

    private void changeNetwork(CoreHarness net) {
        IpPrefix space = prefix();
        if (networks.remove(space) != null) {
            net.call(new Command.RemoveNetwork(space));
        } else if (isFree(space, "")) {
            networks.put(space, NetworkSpace.of(space));
            net.call(new Command.AddNetwork(NetworkSpace.of(space)));
        }
    }

    private void changePeering(CoreHarness net) {
        String name = "p" + random.nextInt(3);
        NetworkPeering peering = NetworkPeering.of(name, prefix()).withUsesRemoteGateway(random.nextInt(3) > 0);
        boolean isUsed =
                tables.values().stream().anyMatch(table -> table.peering().equals(Optional.of(name)));
        if (peerings.containsKey(name) && !isUsed && random.nextBoolean()) {
            peerings.remove(name);
            change(net, new NetworkChange.RemovePeering(name));
        } else if (isFree(peering.spaces().get(0).prefix(), name)) {
            boolean isThere = peerings.put(name, peering) != null;
            change(net, isThere ? new NetworkChange.UpdatePeering(peering) : new NetworkChange.AddPeering(peering));
        }
    }

    private boolean isFree(IpPrefix space, String owner) {
        Predicate<IpPrefix> overlaps = other -> other.contains(space) || space.contains(other);
        boolean isOwn = owner.isEmpty();
        return (isOwn || networks.keySet().stream().noneMatch(overlaps))
                && peerings.values().stream()
                        .filter(peering -> !peering.name().equals(owner))
                        .noneMatch(
                                peering -> overlaps.test(peering.spaces().get(0).prefix()));
    }

    private void changeTable(CoreHarness net) {
        String name = "t" + random.nextInt(3);
        List<String> networkNames = new ArrayList<>(peerings.keySet());
        Optional<String> peering = networkNames.isEmpty() || random.nextBoolean()
                ? Optional.empty()
                : Optional.of(networkNames.get(random.nextInt(networkNames.size())));
        Map<IpPrefix, UserDefinedRoute> routes = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            IpPrefix prefix = prefix();
            routes.put(
                    prefix,
                    random.nextBoolean()
                            ? UserDefinedRoute.toAppliance(prefix, IpAddress.parse("10.9.9.9"))
                            : UserDefinedRoute.to(prefix, NextHopKind.NONE));
        }
        RouteTable table = new RouteTable(name, peering, random.nextInt(3) > 0, List.copyOf(routes.values()));
        boolean isThere = tables.put(name, table) != null;
        change(net, isThere ? new NetworkChange.UpdateTable(table) : new NetworkChange.AddTable(table));
        if (!sinks.containsKey(name)) {
            sinks.put(name, sinks.size() + 1);
            net.call(new Command.AttachTableSink(sinks.size(), "sink of " + name, name));
        }
    }

    private void check(CoreHarness net, String when) {
        for (RouteTable table : tables.values()) {
            List<EffectiveRoute> rows = read(net, table.name());
            List<Known> known = known(table);
            assertEquals(keys(known), rowKeys(rows), when + ", all routes of " + table);
            for (IpAddress address : addresses(known)) {
                Known expected = winner(known, address);
                EffectiveRoute actual = rows.stream()
                        .filter(row -> row.isActive() && row.prefix().contains(address))
                        .findFirst()
                        .orElse(null);
                assertEquals(text(expected), text(actual), when + ", " + address + " in " + table);
            }
            Map<IpPrefix, Set<IpAddress>> programmed = new TreeMap<>();
            known.stream()
                    .filter(route -> route.source() == EffectiveSource.BGP && !isInSpace(route.prefix()))
                    .forEach(route -> programmed.put(route.prefix(), route.nextHops()));
            Map<IpPrefix, Set<IpAddress>> held = new TreeMap<>();
            net.sinks
                    .getOrDefault(sinks.get(table.name()), Map.of())
                    .forEach((prefix, hops) -> held.put(prefix, new TreeSet<>(hops)));
            assertEquals(programmed, held, when + ", sink of " + table);
        }
    }

    private static List<EffectiveRoute> read(CoreHarness net, String table) {
        List<EffectiveRoute> all = new ArrayList<>();
        OptionalLong cursor = OptionalLong.of(0);
        while (cursor.isPresent()) {
            EffectivePage page = (EffectivePage) net.call(new Command.EffectivePage(table, cursor.getAsLong(), 7));
            all.addAll(page.routes());
            cursor = page.next();
        }
        return all;
    }

    /** All routes that a table has by the rules, whoever wins. */
    private List<Known> known(RouteTable table) {
        List<Known> known = new ArrayList<>();
        table.routes()
                .forEach(route -> known.add(new Known(
                        route.prefix(),
                        EffectiveSource.USER_DEFINED,
                        route.nextHopKind(),
                        Set.copyOf(route.appliance().stream().toList()))));
        boolean isOwn = table.peering().isEmpty();
        for (IpPrefix space : networks.keySet()) {
            known.add(
                    isOwn
                            ? space(space, EffectiveSource.VIRTUAL_NETWORK)
                            : space(space, EffectiveSource.VIRTUAL_NETWORK_PEERING));
        }
        for (NetworkPeering peering : peerings.values()) {
            IpPrefix space = peering.spaces().get(0).prefix();
            if (isOwn) {
                known.add(space(space, EffectiveSource.VIRTUAL_NETWORK_PEERING));
            } else if (table.peering().get().equals(peering.name())) {
                known.add(space(space, EffectiveSource.VIRTUAL_NETWORK));
            }
        }
        if (isOwn) {
            endpoints.forEach(space -> known.add(space(space, EffectiveSource.SERVICE_ENDPOINT)));
        }
        AZURE_DEFAULTS.forEach((prefix, kind) -> known.add(new Known(prefix, EffectiveSource.DEFAULT, kind, Set.of())));
        boolean isFlagged = isOwn
                || Objects.requireNonNull(peerings.get(table.peering().get())).usesRemoteGateway();
        if (table.propagates() && isFlagged) {
            Map<IpPrefix, Set<IpAddress>> learned = new TreeMap<>();
            said.forEach((speaker, prefixes) -> prefixes.forEach(prefix ->
                    learned.computeIfAbsent(prefix, unused -> new TreeSet<>()).add(speaker.address)));
            learned.forEach((prefix, hops) ->
                    known.add(new Known(prefix, EffectiveSource.BGP, NextHopKind.VIRTUAL_NETWORK_GATEWAY, hops)));
        }
        return known;
    }

    private static Known space(IpPrefix prefix, EffectiveSource source) {
        return new Known(prefix, source, NextHopKind.valueOf(source.name()), Set.of());
    }

    private boolean isInSpace(IpPrefix prefix) {
        return Stream.of(
                        networks.keySet().stream(),
                        endpoints.stream(),
                        peerings.values().stream()
                                .map(peering -> peering.spaces().get(0).prefix()))
                .flatMap(spaces -> spaces)
                .anyMatch(space -> space.contains(prefix));
    }

    /** Longest match; then user-defined, spaces, BGP, the rest; and no BGP route inside a space. */
    private @Nullable Known winner(List<Known> known, IpAddress address) {
        Known best = null;
        for (Known next : known) {
            boolean isOut = next.source() == EffectiveSource.BGP && isInSpace(next.prefix());
            if (isOut || !next.prefix().contains(address)) {
                continue;
            }
            if (best == null
                    || next.prefix().length() > best.prefix().length()
                    || (next.prefix().length() == best.prefix().length() && rank(next) < rank(best))) {
                best = next;
            }
        }
        return best;
    }

    private static int rank(Known route) {
        return switch (route.source()) {
            case USER_DEFINED -> 0;
            case VIRTUAL_NETWORK -> 1;
            case VIRTUAL_NETWORK_PEERING -> 2;
            case SERVICE_ENDPOINT -> 3;
            case BGP -> 4;
            case DEFAULT -> 5;
        };
    }

    private Set<IpAddress> addresses(List<Known> known) {
        Set<IpAddress> addresses = new TreeSet<>();
        known.forEach(route -> addresses.add(route.prefix().address()));
        for (int i = 0; i < 50; i++) {
            addresses.add(IpAddress.ofIpv4Bits(WORLD.address().ipv4Bits() + random.nextInt(1 << 21)));
        }
        return addresses;
    }

    private static List<String> keys(List<Known> known) {
        return known.stream()
                .map(route -> route.prefix() + " " + route.source() + " " + route.kind() + " "
                        + new TreeSet<>(route.nextHops()))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static List<String> rowKeys(List<EffectiveRoute> rows) {
        return rows.stream()
                .map(row -> row.prefix() + " " + row.source() + " " + row.nextHopKind() + " " + row.nextHops())
                .sorted()
                .toList();
    }

    private static String text(@Nullable Known route) {
        return route == null ? "nothing" : keys(List.of(route)).get(0);
    }

    private static String text(@Nullable EffectiveRoute row) {
        return row == null ? "nothing" : rowKeys(List.of(row)).get(0);
    }
}
