package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.GatewaySettings;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is chosen for one prefix: the tables of ARS-30 to ARS-35, with UPDATEs through the whole core. */
class PreferenceTableTest {
    private static final int SINK = 1;
    private static final IpPrefix PREFIX = IpPrefix.parse("10.9.0.0/16");

    /** By address and identifier: ER before VPN before the NVAs. */
    private final Speaker er = internal("er", "10.0.1.1");

    private final Speaker vpn = internal("vpn", "10.0.1.2");
    private final Speaker nva = Speaker.of("nva", 65003, "10.0.1.3");
    private final Speaker second = Speaker.of("second", 65004, "10.0.1.4");
    private final Speaker observer = Speaker.of("observer", 65009, "10.0.1.9");

    private static Speaker internal(String name, String address) {
        Speaker speaker = Speaker.of(name, 65515, address);
        speaker.isInternal = true;
        return speaker;
    }

    private CoreHarness start() {
        RouteServerConfigBuilder config = RouteServerConfig.azure()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .gateways(any -> GatewaySettings.standard())
                .session(session -> session.withAllowAsSet(true))
                .export(export -> export.withBranchToBranch(true))
                .peer(PeerConfigs.of(er).role(PeerRole.EXPRESS_ROUTE_GATEWAY).build())
                .peer(PeerConfigs.of(vpn).role(PeerRole.VPN_GATEWAY).build());
        for (Speaker speaker : List.of(nva, second, observer)) {
            config.peer(PeerConfigs.of(speaker).build());
        }
        CoreHarness net = new CoreHarness(config.build());
        net.call(new Command.AttachSink(SINK, "table"));
        for (Speaker speaker : List.of(er, vpn, nva, second, observer)) {
            net.connect(speaker);
        }
        return net;
    }

    private Speaker speaker(String name) {
        return switch (name) {
            case "ER" -> er;
            case "VPN" -> vpn;
            case "NVA" -> nva;
            case "NVA2" -> second;
            default -> throw new AssertionError(name);
        };
    }

    /** A path of that many hops. Gateways' paths are those of on-premises; an NVA's own AS is the first. */
    private static PathAttributes path(Speaker from, int hops) {
        List<String> asns = new ArrayList<>();
        for (int i = 0; i < hops; i++) {
            asns.add(i == 0 && !from.isInternal ? from.asn.toString() : "6460" + i);
        }
        PathAttributes path = RouteExchangeTest.path(String.join(" ", asns), from.address.toString());
        return from.isInternal ? path.edit().localPref(100).build() : path;
    }

    private void announce(CoreHarness net, Speaker from, PathAttributes path) {
        net.say(from, from.announce(path, PREFIX));
        net.settle();
    }

    private void assertChosen(CoreHarness net, List<Speaker> expected, String when) {
        List<IpAddress> nextHops = net.sinks.getOrDefault(SINK, Map.of()).getOrDefault(PREFIX, List.of()).stream()
                .sorted()
                .toList();
        assertEquals(expected.stream().map(one -> one.address).sorted().toList(), nextHops, when);
        PathAttributes seen = observer.routes.get(PREFIX);
        assertEquals(
                expected.stream().map(one -> one.address).sorted().findFirst(),
                Optional.ofNullable(seen).map(PathAttributes::nextHop),
                when + ": one is advertised, of equals that of the lowest identifier (ARS-34)");
    }

    private List<Speaker> winners(String outcome, Speaker one, Speaker other) {
        return switch (outcome) {
            case "one" -> List.of(one);
            case "other" -> List.of(other);
            case "both" -> List.of(one, other);
            default -> throw new AssertionError(outcome);
        };
    }

    /** Written out from ARS-30 to ARS-32 by hand: who wins where one's path is shorter, equal, longer than the other's. */
    @ParameterizedTest(name = "ARS-31: {0}, {1} against {2}: shorter {3}, equal {4}, longer {5}")
    @CsvSource({
        "EXPRESS_ROUTE, ER,  VPN,  one,   one,   one",
        "EXPRESS_ROUTE, ER,  NVA,  one,   one,   one",
        "EXPRESS_ROUTE, VPN, NVA,  one,   both,  other",
        "EXPRESS_ROUTE, NVA, NVA2, one,   both,  other",
        "VPN_GATEWAY,   ER,  VPN,  other, other, other",
        "VPN_GATEWAY,   ER,  NVA,  other, other, other",
        "VPN_GATEWAY,   VPN, NVA,  one,   both,  other",
        "VPN_GATEWAY,   NVA, NVA2, one,   both,  other",
        "AS_PATH,       ER,  VPN,  one,   both,  other",
        "AS_PATH,       ER,  NVA,  one,   both,  other",
        "AS_PATH,       VPN, NVA,  one,   both,  other",
        "AS_PATH,       NVA, NVA2, one,   both,  other"
    })
    @DisplayName(
            "ARS-30, ARS-31, ARS-32: the preference over the source class, then AS_PATH length, then all that remain")
    void table(RoutingPreference preference, String first, String next, String shorter, String equal, String longer) {
        Speaker one = speaker(first);
        Speaker other = speaker(next);
        CoreHarness net = start();
        for (RoutingPreference before : RoutingPreference.values()) {
            for (boolean isOneFirst : new boolean[] {true, false}) {
                net.call(new Command.SetPreference(before)); // which is changed below while both are there
                int[] hops = {2, 3, 4};
                String[] outcomes = {shorter, equal, longer};
                for (int i = 0; i < hops.length; i++) {
                    net.call(new Command.SetPreference(before));
                    net.settle();
                    announce(net, isOneFirst ? one : other, path(isOneFirst ? one : other, isOneFirst ? hops[i] : 3));
                    announce(net, isOneFirst ? other : one, path(isOneFirst ? other : one, isOneFirst ? 3 : hops[i]));
                    net.call(new Command.SetPreference(preference));
                    net.settle();
                    assertChosen(net, winners(outcomes[i], one, other), hops[i] + " to 3 hops, from " + before);
                    net.say(one, one.withdraw(List.of(PREFIX)));
                    net.say(other, other.withdraw(List.of(PREFIX)));
                    net.settle();
                    assertEquals(Map.of(), net.sinks.getOrDefault(SINK, Map.of()));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ER VPN NVA", "ER NVA VPN", "VPN ER NVA", "VPN NVA ER", "NVA ER VPN", "NVA VPN ER"})
    @DisplayName(
            "ARS-34: the advertised path is the same in every order of arrival, and so is the set that is programmed")
    void orderOfArrival(String order) {
        CoreHarness net = start();
        net.call(new Command.SetPreference(RoutingPreference.AS_PATH));
        for (String name : order.split(" ", -1)) {
            announce(net, speaker(name), path(speaker(name), 2));
        }
        assertChosen(net, List.of(er, vpn, nva), order);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName(
            "ARS-35: the preferred path fails, the next takes over at once, and traffic is back at once when it recovers")
    void failBack(RoutingPreference preference) {
        Speaker best = preference == RoutingPreference.VPN_GATEWAY ? vpn : er;
        Speaker next = preference == RoutingPreference.VPN_GATEWAY ? er : vpn;
        CoreHarness net = start();
        net.call(new Command.SetPreference(preference));
        announce(net, next, path(next, 3));
        announce(net, best, path(best, 2));
        for (int i = 0; i < 3; i++) {
            assertChosen(net, List.of(best), "all is well");
            net.say(best, best.withdraw(List.of(PREFIX)));
            net.settle();
            assertChosen(net, List.of(next), "withdrawn");
            announce(net, best, path(best, 2));
            assertChosen(net, List.of(best), "announced again");
            net.kill(best);
            net.settle();
            assertChosen(net, List.of(next), "session lost");
            net.advance(Duration.ofSeconds(10)); // what a peer rests after an error
            net.connect(best);
            assertChosen(net, List.of(next), "it has announced nothing yet");
            announce(net, best, path(best, 2));
            assertChosen(net, List.of(best), "recovered");
        }
    }

    @Test
    @DisplayName(
            "ARS-30: ORIGIN, MED and the content of AS_PATH don't shrink the set; the advertised one has the lowest ORIGIN")
    void originAndMed() {
        CoreHarness net = start();
        announce(net, nva, path(nva, 2).edit().origin(Origin.INCOMPLETE).med(1).build());
        announce(net, second, path(second, 2).edit().origin(Origin.IGP).med(900).build());
        assertEquals(
                List.of(nva.address, second.address),
                net.sinks.getOrDefault(SINK, Map.of()).get(PREFIX));
        assertEquals(
                Optional.of(second.address),
                Optional.ofNullable(observer.routes.get(PREFIX)).map(PathAttributes::nextHop));
    }

    @Test
    @DisplayName("ARS-30: an AS_SET counts 1")
    void asSet() {
        for (Speaker speaker : List.of(er, vpn, second, observer)) {
            speaker.ignoresUpdates = true; // which would refuse an AS_SET (RFC 9774)
        }
        CoreHarness net = start();
        announce(net, nva, RouteExchangeTest.path("65003 {64601,64602,64603}", "10.0.1.3"));
        announce(net, second, path(second, 2));
        assertEquals(
                List.of(nva.address, second.address),
                net.sinks.getOrDefault(SINK, Map.of()).get(PREFIX),
                "two hops each");
    }

    @Test
    @DisplayName("ARS-32, ARS-33: third-party next hops are programmed as set, equal ones once")
    void thirdPartyNextHops() {
        CoreHarness net = start();
        IpAddress third = IpAddress.parse("10.0.1.77");
        announce(net, nva, path(nva, 2).edit().nextHop(third).build());
        announce(net, second, path(second, 2).edit().nextHop(third).build());
        assertEquals(List.of(third), net.sinks.getOrDefault(SINK, Map.of()).get(PREFIX));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "0.1.2.3",
                "127.0.0.1",
                "224.0.0.9",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "10.0.0.4"
            })
    @DisplayName("ARS-33: an unusable next hop makes the UPDATE treat-as-withdraw; the session stays")
    void unusableNextHop(String nextHop) {
        CoreHarness net = start();
        announce(net, nva, path(nva, 2));
        assertChosen(net, List.of(nva), "usable");
        byte[] update = nva.announce(path(nva, 2), PREFIX);
        byte[] usable = nva.address.toInetAddress().getAddress();
        for (int at = 0; at + 4 <= update.length; at++) {
            if (Arrays.equals(update, at, at + 4, usable, 0, 4)) {
                byte[] wrong = IpAddress.parse(nextHop).toInetAddress().getAddress();
                System.arraycopy(wrong, 0, update, at, 4);
            }
        }
        net.say(nva, update);
        net.settle();
        assertEquals(Map.of(), net.sinks.getOrDefault(SINK, Map.of()));
        assertEquals(Map.of(), observer.routes);
        assertTrue(nva.isConnected);
    }
}
