package dev.waymark.engine;

import static dev.waymark.engine.AggregateRig.OTHER;
import static dev.waymark.engine.AggregateRig.P1;
import static dev.waymark.engine.AggregateRig.P2;
import static dev.waymark.engine.AggregateRig.WIDE;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Route maps in a pair: both instances apply them, the sinks hold the union of what comes out. */
class PairRouteMapsTest {
    private static final List<IpAddress> VIA_A = List.of(IpAddress.parse("10.0.1.1"));

    private final Speaker a0 = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker a1 = Speaker.of("a", 65001, "10.0.1.1");

    private static byte[] announce(Speaker speaker, IpPrefix... prefixes) {
        return speaker.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefixes);
    }

    @Test
    @DisplayName(
            "ARS-64, ARS-62, ARS-2: a pair's sinks hold an aggregate while either instance has a contributor; a changed map"
                    + " takes out of both what it refuses")
    void changedMap() {
        RouteMap drops = RouteMap.of(
                "drops",
                List.of(RouteMapRule.builder("drop").then(RouteMapAction.drop()).build()));
        try (PairRig rig = new PairRig(a0).start()) {
            rig.pair.updatePeer(
                    PeerConfigs.of(a0).importPolicy(AggregateRig.widens()).build());
            LoopbackNva first = rig.up(a0, 0);
            LoopbackNva second = rig.up(a1, 1);
            first.say(announce(a0, P1, OTHER));
            second.say(announce(a1, P2));
            rig.sink.await(routes -> routes.equals(Map.of(WIDE, VIA_A, OTHER, VIA_A)));
            first.say(a0.withdraw(List.of(P1, OTHER)));
            rig.sink.await(routes -> routes.equals(Map.of(WIDE, VIA_A)));
            rig.pair.updatePeer(PeerConfigs.of(a0).build());
            rig.sink.await(routes -> routes.equals(Map.of(P2, VIA_A)));
            first.say(announce(a0, P1));
            rig.sink.await(routes -> routes.equals(Map.of(P1, VIA_A, P2, VIA_A)));
            rig.pair.updatePeer(PeerConfigs.of(a0).importPolicy(drops).build());
            rig.sink.await(Map::isEmpty);
        }
    }
}
