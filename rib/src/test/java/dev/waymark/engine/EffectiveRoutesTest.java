package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.EffectivePage;
import dev.waymark.api.EffectiveReason;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Effective routes of tables of a hub and a spoke (ARS-41, ARS-42). */
class EffectiveRoutesTest {
    private static final IpAddress APPLIANCE = IpAddress.parse("10.0.2.4");
    private static final List<String> DEFAULTS = List.of(
            "172.16.0.0/12 DEFAULT NONE [] DEFAULT_ROUTE",
            "100.64.0.0/10 DEFAULT NONE [] DEFAULT_ROUTE",
            "10.0.0.0/8 DEFAULT NONE [] DEFAULT_ROUTE",
            "0.0.0.0/0 DEFAULT INTERNET [] DEFAULT_ROUTE");

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private final CoreHarness net = new CoreHarness(RouteExchangeTest.azure(a, b)
            .network(NetworkSpace.of(IpPrefix.parse("10.0.0.0/16")))
            .peering(NetworkPeering.of("spoke", IpPrefix.parse("10.1.0.0/16")))
            .serviceEndpoint(IpPrefix.parse("192.0.2.0/24"))
            .routeTable(RouteTable.of("hub"))
            .routeTable(RouteTable.ofPeering("spoke", "spoke"))
            .build());

    @BeforeEach
    void connect() {
        net.connect(a);
        net.connect(b);
    }

    private void announce(Speaker speaker, String... prefixes) {
        List<IpPrefix> list = Stream.of(prefixes).map(IpPrefix::parse).toList();
        net.say(
                speaker,
                speaker.announce(RouteExchangeTest.path(speaker.asn.toString(), speaker.address.toString()), list));
        net.settle();
    }

    private void routes(UserDefinedRoute... routes) {
        net.call(new Command.ChangeNetwork(
                new NetworkChange.UpdateTable(RouteTable.of("hub").withRoutes(List.of(routes)))));
        net.settle();
    }

    private static UserDefinedRoute route(String prefix) {
        return UserDefinedRoute.toAppliance(IpPrefix.parse(prefix), APPLIANCE);
    }

    private List<EffectiveRoute> read(String table, int limit) {
        List<EffectiveRoute> all = new ArrayList<>();
        OptionalLong cursor = OptionalLong.of(0);
        while (cursor.isPresent()) {
            EffectivePage page = (EffectivePage) net.call(new Command.EffectivePage(table, cursor.getAsLong(), limit));
            assertEquals(true, page.routes().size() <= limit);
            all.addAll(page.routes());
            cursor = page.next();
        }
        return all;
    }

    private List<String> rows(String table) {
        List<EffectiveRoute> routes = read(table, 4_096);
        assertEquals(routes, read(table, 1), "in pieces of one row");
        return routes.stream()
                .map(route -> route.prefix() + " " + route.source() + " " + route.nextHopKind() + " " + route.nextHops()
                        + " " + route.reason())
                .toList();
    }

    private static List<String> plusDefaults(String... rows) {
        return Stream.concat(Stream.of(rows), DEFAULTS.stream()).toList();
    }

    @Test
    @DisplayName(
            "ARS-41: without routes there are the spaces of the networks, the service endpoint and Azure's default routes")
    void systemRoutes() {
        assertEquals(
                plusDefaults(
                        "192.0.2.0/24 SERVICE_ENDPOINT SERVICE_ENDPOINT [] SYSTEM_ROUTE",
                        "10.0.0.0/16 VIRTUAL_NETWORK VIRTUAL_NETWORK [] SYSTEM_ROUTE",
                        "10.1.0.0/16 VIRTUAL_NETWORK_PEERING VIRTUAL_NETWORK_PEERING [] SYSTEM_ROUTE",
                        "192.168.0.0/16 DEFAULT NONE [] DEFAULT_ROUTE"),
                rows("hub"));
        assertEquals(
                plusDefaults(
                        "10.0.0.0/16 VIRTUAL_NETWORK_PEERING VIRTUAL_NETWORK_PEERING [] SYSTEM_ROUTE",
                        "10.1.0.0/16 VIRTUAL_NETWORK VIRTUAL_NETWORK [] SYSTEM_ROUTE",
                        "192.168.0.0/16 DEFAULT NONE [] DEFAULT_ROUTE"),
                rows("spoke"));
    }

    @Test
    @DisplayName("ARS-41: the longest match comes first")
    void longestFirst() {
        announce(a, "198.51.100.0/24", "198.51.0.0/16", "198.51.100.128/25", "198.51.100.7/32", "198.0.0.0/8");
        List<Integer> lengths = read("hub", 4_096).stream()
                .map(route -> route.prefix().length())
                .toList();
        List<Integer> sorted = new ArrayList<>(lengths);
        sorted.sort((one, other) -> other - one);
        assertEquals(sorted, lengths);
        assertEquals(32, lengths.get(0));
    }

    @Test
    @DisplayName(
            "ARS-41: at equal length user-defined beats BGP, and BGP beats other system routes; ECMP next hops are all there")
    void orderAtEqualLength() {
        announce(a, "0.0.0.0/0", "10.0.0.0/8");
        announce(b, "0.0.0.0/0");
        routes(route("10.0.0.0/8"));
        List<String> rows = rows("hub");
        assertEquals(
                List.of(
                        "10.0.0.0/8 USER_DEFINED VIRTUAL_APPLIANCE [10.0.2.4] USER_DEFINED_ROUTE",
                        "10.0.0.0/8 BGP VIRTUAL_NETWORK_GATEWAY [10.0.1.1] BEATEN_BY_USER_DEFINED",
                        "10.0.0.0/8 DEFAULT NONE [] BEATEN_BY_USER_DEFINED",
                        "0.0.0.0/0 BGP VIRTUAL_NETWORK_GATEWAY [10.0.1.1, 10.0.1.2] LEARNED_ROUTE",
                        "0.0.0.0/0 DEFAULT INTERNET [] BEATEN_BY_LEARNED_ROUTE"),
                rows.subList(rows.size() - 5, rows.size()));
    }

    @Test
    @DisplayName(
            "ARS-41: virtual-network, peering and service-endpoint spaces beat BGP routes that are equal or more specific; a supernet is used")
    void spacesBeatBgp() {
        announce(
                a,
                "10.0.0.0/16",
                "10.0.3.0/24",
                "10.1.0.0/16",
                "10.1.3.0/24",
                "192.0.2.0/24",
                "192.0.2.128/25",
                "10.0.0.0/15");
        announce(b, "10.0.3.0/24", "10.0.0.0/16");
        List<String> rows = rows("hub");
        assertEquals(
                plusDefaults(
                        "192.0.2.128/25 BGP VIRTUAL_NETWORK_GATEWAY [10.0.1.1] INSIDE_SYSTEM_ROUTE",
                        "192.0.2.0/24 SERVICE_ENDPOINT SERVICE_ENDPOINT [] SYSTEM_ROUTE",
                        "192.0.2.0/24 BGP VIRTUAL_NETWORK_GATEWAY [10.0.1.1] INSIDE_SYSTEM_ROUTE",
                        "10.0.3.0/24 BGP VIRTUAL_NETWORK_GATEWAY [10.0.1.1, 10.0.1.2] INSIDE_SYSTEM_ROUTE",
                        "10.1.3.0/24 BGP VIRTUAL_NETWORK_GATEWAY [10.0.1.1] INSIDE_SYSTEM_ROUTE",
                        "10.0.0.0/16 VIRTUAL_NETWORK VIRTUAL_NETWORK [] SYSTEM_ROUTE",
                        "10.0.0.0/16 BGP VIRTUAL_NETWORK_GATEWAY [10.0.1.1, 10.0.1.2] INSIDE_SYSTEM_ROUTE",
                        "10.1.0.0/16 VIRTUAL_NETWORK_PEERING VIRTUAL_NETWORK_PEERING [] SYSTEM_ROUTE",
                        "10.1.0.0/16 BGP VIRTUAL_NETWORK_GATEWAY [10.0.1.1] INSIDE_SYSTEM_ROUTE",
                        "192.168.0.0/16 DEFAULT NONE [] DEFAULT_ROUTE",
                        "10.0.0.0/15 BGP VIRTUAL_NETWORK_GATEWAY [10.0.1.1] LEARNED_ROUTE"),
                rows);
        assertEquals("ARS-41", EffectiveReason.INSIDE_SYSTEM_ROUTE.rule());
    }

    @Test
    @DisplayName(
            "ARS-41: user-defined routes beat an address space of their length, and a longer one is used inside it")
    void userDefinedBeatSpaces() {
        announce(a, "10.0.3.0/24");
        routes(
                route("10.0.0.0/16"),
                route("10.0.3.0/24"),
                UserDefinedRoute.to(IpPrefix.parse("0.0.0.0/0"), NextHopKind.NONE));
        List<String> rows = rows("hub");
        assertEquals(
                List.of(
                        "10.0.3.0/24 USER_DEFINED VIRTUAL_APPLIANCE [10.0.2.4] USER_DEFINED_ROUTE",
                        "10.0.3.0/24 BGP VIRTUAL_NETWORK_GATEWAY [10.0.1.1] INSIDE_SYSTEM_ROUTE",
                        "192.0.2.0/24 SERVICE_ENDPOINT SERVICE_ENDPOINT [] SYSTEM_ROUTE",
                        "10.0.0.0/16 USER_DEFINED VIRTUAL_APPLIANCE [10.0.2.4] USER_DEFINED_ROUTE",
                        "10.0.0.0/16 VIRTUAL_NETWORK VIRTUAL_NETWORK [] BEATEN_BY_USER_DEFINED"),
                rows.subList(0, 5));
        assertEquals(
                List.of(
                        "0.0.0.0/0 USER_DEFINED NONE [] USER_DEFINED_ROUTE",
                        "0.0.0.0/0 DEFAULT INTERNET [] BEATEN_BY_USER_DEFINED"),
                rows.subList(rows.size() - 2, rows.size()));
    }

    @Test
    @DisplayName("ARS-41: a default route gives way to an address space of the same prefix")
    void spaceInPlaceOfDefault() {
        net.call(new Command.ChangeNetwork(
                new NetworkChange.AddPeering(NetworkPeering.of("private", IpPrefix.parse("172.16.0.0/12")))));
        assertEquals(
                List.of(
                        "172.16.0.0/12 VIRTUAL_NETWORK_PEERING VIRTUAL_NETWORK_PEERING [] SYSTEM_ROUTE",
                        "172.16.0.0/12 DEFAULT NONE [] BEATEN_BY_SYSTEM_ROUTE"),
                rows("hub").stream().filter(row -> row.startsWith("172")).toList());
    }

    @Test
    @DisplayName("ARS-42: a table without propagation, or of a peering without the flag, has no routes from BGP")
    void notProgrammed() {
        announce(a, "198.51.100.0/24", "10.0.3.0/24");
        String learned = "198.51.100.0/24 BGP VIRTUAL_NETWORK_GATEWAY [10.0.1.1] LEARNED_ROUTE";
        String inside = "10.0.3.0/24 BGP VIRTUAL_NETWORK_GATEWAY [10.0.1.1] INSIDE_SYSTEM_ROUTE";
        for (String table : List.of("hub", "spoke")) {
            assertEquals(
                    List.of(inside, learned), learned(table).stream().sorted().toList(), table);
        }
        net.call(new Command.ChangeNetwork(
                new NetworkChange.UpdateTable(RouteTable.of("hub").withPropagates(false))));
        net.call(new Command.ChangeNetwork(new NetworkChange.UpdatePeering(
                NetworkPeering.of("spoke", IpPrefix.parse("10.1.0.0/16")).withUsesRemoteGateway(false))));
        for (String table : List.of("hub", "spoke")) {
            assertEquals(List.of(), learned(table), table);
        }
    }

    private List<String> learned(String table) {
        return rows(table).stream().filter(row -> row.contains(" BGP ")).toList();
    }

    @Test
    @DisplayName("ARS-41: many routes are read in pieces, in bounded steps, each once")
    void readInPieces() {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            prefixes.add(IpPrefix.ofIpv4Bits((20 << 24) + (i << 10), 22 + i % 2));
        }
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefixes));
        net.settle();
        List<IpPrefix> read = read("hub", 100).stream()
                .filter(route -> route.source() == EffectiveSource.BGP)
                .map(EffectiveRoute::prefix)
                .sorted()
                .toList();
        assertEquals(prefixes.stream().sorted().toList(), read);
    }

    @Test
    @DisplayName("ARS-42: the effective routes of a table that there is not are refused")
    void unknownTable() {
        Command page = new Command.EffectivePage("nowhere", 0, 10);
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> net.call(page));
        assertEquals("effectiveRoutes.table: there is no route table 'nowhere' [ARS-42]", refused.getMessage());
        Object odd = net.call(new Command.EffectivePage("hub", Long.MAX_VALUE, 10));
        assertEquals(Optional.of(List.of()), Optional.of(((EffectivePage) odd).routes()));
    }
}
