package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.codec.WireAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Routes go through the core: from one peer to the sink and to the others. */
class RouteExchangeTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.1.0.0/16");

    static PathAttributes path(String asPath, String nextHop) {
        return WireAttributes.of(Origin.IGP, AsPath.parse(asPath), IpAddress.parse(nextHop));
    }

    static RouteServerConfigBuilder azure(Speaker... speakers) {
        RouteServerConfigBuilder builder = RouteServerConfig.azure().localAddress(IpAddress.parse("10.0.0.4"));
        for (Speaker speaker : speakers) {
            builder.peer(PeerConfig.builder(speaker.name, speaker.address, speaker.asn)
                    .passive(true)
                    .build());
        }
        return builder;
    }

    @Test
    @DisplayName("ARS-50: AS_PATH and communities reach other NVAs as they came, and the sink gets the next hop")
    void routeReachesOtherPeersAndTheSinkUnchanged() {
        Speaker a = Speaker.of("a", 65001, "10.0.1.1");
        Speaker b = Speaker.of("b", 65002, "10.0.1.2");
        CoreHarness net = new CoreHarness(azure(a, b).build());
        net.call(new Command.AttachSink(1, "table"));
        net.connect(a);
        net.connect(b);
        PathAttributes sent = path("65001 64999", "10.0.1.1")
                .edit()
                .communities(List.of(Community.parse("65001:100"), Community.parse("12345:6")))
                .build();
        net.say(a, a.announce(sent, TEN));
        net.settle();
        assertEquals(Map.of(TEN, sent), b.routes);
        assertEquals(Map.of(), a.routes);
        assertEquals(Map.of(TEN, List.of(IpAddress.parse("10.0.1.1"))), net.sinks.get(1));

        net.say(a, a.withdraw(List.of(TEN)));
        net.settle();
        assertEquals(Map.of(), b.routes);
        assertEquals(Map.of(), net.sinks.get(1));
    }

    @Test
    void everyOtherPeerIsSentTheSameOctets() {
        Speaker a = Speaker.of("a", 65001, "10.0.1.1");
        Speaker b = Speaker.of("b", 65002, "10.0.1.2");
        Speaker c = Speaker.of("c", 65003, "10.0.1.3");
        CoreHarness net = new CoreHarness(azure(a, b, c).build());
        net.connect(a);
        net.connect(b);
        net.connect(c);
        PathAttributes sent = path("65001", "10.0.1.1");
        net.say(a, a.announce(sent, TEN));
        net.settle();
        assertEquals(Map.of(TEN, sent), b.routes);
        assertEquals(Map.of(TEN, sent), c.routes);

        net.say(a, a.withdraw(List.of(TEN)));
        net.settle();
        assertEquals(Map.of(), b.routes);
        assertEquals(Map.of(), c.routes);
    }

    @Test
    void lateJoinerGetsTheTableAndThenEndOfRib() {
        Speaker a = Speaker.of("a", 65001, "10.0.1.1");
        Speaker b = Speaker.of("b", 65002, "10.0.1.2");
        Speaker c = Speaker.of("c", 65003, "10.0.1.3");
        CoreHarness net = new CoreHarness(azure(a, b, c).build());
        net.connect(a);
        net.connect(b);
        net.say(a, a.announce(path("65001", "10.0.1.1"), TEN));
        net.settle();
        net.connect(c);
        assertEquals(b.routes, c.routes);
        assertEquals(Set.of(1), Set.copyOf(c.endOfRibs.values()));
        assertEquals(1, c.updates - 1);
        assertTrue(c.routes.containsKey(TEN));
    }

    @Test
    void sessionLossWithdrawsItsRoutesFromAllOthers() {
        Speaker a = Speaker.of("a", 65001, "10.0.1.1");
        Speaker b = Speaker.of("b", 65002, "10.0.1.2");
        CoreHarness net = new CoreHarness(azure(a, b).build());
        net.connect(a);
        net.connect(b);
        net.say(a, a.announce(path("65001", "10.0.1.1"), TEN));
        net.settle();
        assertEquals(1, b.routes.size());
        net.kill(a);
        net.settle();
        assertEquals(Map.of(), b.routes);
    }
}
