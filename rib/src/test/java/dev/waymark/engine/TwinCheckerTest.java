package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.GatewaySettings;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerIdentity;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.TwinFinding;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.net.RouterId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the checker of a pair finds. */
class TwinCheckerTest {
    private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;

    private final Speaker a0 = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker a1 = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b0 = Speaker.of("b", 65002, "10.0.1.2");
    private final Speaker b1 = Speaker.of("b", 65002, "10.0.1.2");

    private static PeerIdentity identity(Speaker speaker) {
        return PairRig.peer(speaker).identity();
    }

    private static List<IpPrefix> prefixes(int from, int count) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            prefixes.add(IpPrefix.ofIpv4Bits((20 << 24) + (i << 8), 24));
        }
        return prefixes;
    }

    private static TwinFinding.Prefixes found(int from, int count) {
        return new TwinFinding.Prefixes(count, prefixes(from, Math.min(count, TwinFinding.Prefixes.SAMPLE)));
    }

    private static void announce(LoopbackNva nva, String path, int from, int count) {
        for (int at = from; at < from + count; at += 500) {
            nva.say(nva.speaker.announce(
                    RouteExchangeTest.path(path, nva.speaker.address.toString()),
                    prefixes(at, Math.min(500, from + count - at))));
        }
    }

    @Test
    @DisplayName("ARS-3: two NVAs that send both instances the same give no finding, before and after")
    void nothingIsFound() {
        try (PairRig rig = new PairRig(a0, b0).start()) {
            assertEquals(List.of(), rig.pair.check());
            announce(rig.up(a0, 0), "65001", 0, 20);
            announce(rig.up(a1, 1), "65001", 0, 20);
            announce(rig.up(b0, 0), "65002", 0, 20);
            announce(rig.up(b1, 1), "65002", 0, 20);
            assertEquals(List.of(), rig.pair.check());
        }
    }

    @Test
    @DisplayName(
            "ARS-3: a peer that is up on one instance only is found, with the zones, and when the other is stopped")
    void oneInstanceOnly() {
        try (PairRig rig = new PairRig(a0, b0).start()) {
            rig.up(a0, 0);
            rig.up(b0, 0);
            rig.up(b1, 1);
            TwinFinding aIsAlone =
                    new TwinFinding.OneInstanceOnly(identity(a0), PairRig.instance(0), PairRig.instance(1));
            assertEquals(List.of(aIsAlone), rig.pair.check());
            rig.pair.stopInstance("rs0", "");
            TwinFinding bIsAlone =
                    new TwinFinding.OneInstanceOnly(identity(b0), PairRig.instance(1), PairRig.instance(0));
            assertEquals(List.of(bIsAlone), rig.pair.check());
        }
    }

    @Test
    @DisplayName(
            "ARS-3: prefixes that one instance is not sent, and other AS paths, are counted and sampled, over several pages")
    void routesDiffer() {
        PeerConfig many =
                PairRig.peer(a0).toBuilder().routeLimit(RouteLimit.of(20_000)).build();
        try (PairRig rig = new PairRig(config -> config.peer(many)).start()) {
            LoopbackNva first = rig.up(a0, 0);
            LoopbackNva second = rig.up(a1, 1);
            announce(first, "65001", 0, 9_000);
            announce(second, "65001", 15, 9_000);
            announce(second, "65001 64999", 5_000, 3);
            announce(first, "65001 64999", 6_000, 1);
            announce(second, "65001 64999", 6_000, 1);
            List<TwinFinding> findings = rig.pair.check();
            assertEquals(
                    new TwinFinding.RoutesDiffer(identity(a0), IPV4, found(0, 15), found(9_000, 15), found(5_000, 3)),
                    findings.get(0));
            assertEquals(2, findings.size());
        }
    }

    @Test
    @DisplayName("ARS-3: SINGLE_NVA names the accepted prefixes that one NVA provides alone; gateways don't count")
    void singleNva() {
        Speaker gateway = Speaker.of("gw", 65009, "10.0.1.9");
        gateway.routerId = RouterId.parse("10.0.1.9");
        PeerConfig vpn =
                PairRig.peer(gateway).toBuilder().role(PeerRole.VPN_GATEWAY).build();
        try (PairRig rig = new PairRig(
                        config -> config.gateways(any -> GatewaySettings.standard())
                                .peer(vpn),
                        a0,
                        b0)
                .start()) {
            LoopbackNva onFirst = rig.up(a0, 0);
            LoopbackNva onSecond = rig.up(a1, 1);
            announce(onFirst, "65001", 0, 30);
            announce(onSecond, "65001", 0, 30);
            announce(onFirst, "65001 65515", 40, 1); // rejected: the own AS is in the path
            announce(onSecond, "65001 65515", 40, 1);
            announce(rig.up(b1, 1), "65002", 12, 18);
            announce(rig.up(gateway, 0), "65009", 0, 5);
            List<TwinFinding> single = rig.pair.check().stream()
                    .filter(finding -> finding.kind() == TwinFinding.Kind.SINGLE_NVA)
                    .toList();
            assertEquals(List.of(new TwinFinding.SingleNva(identity(a0), IPV4, found(0, 12))), single);
        }
    }
}
