package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.ConfigurationException;
import dev.waymark.api.GatewaySettings;
import dev.waymark.api.LimitAction;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.SendLimit;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.Protection;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer's settings are changed one by one while its session is up. */
class ChangedSettingsTest {
    private static final Map<String, UnaryOperator<PeerConfig.Builder>> CHANGES = Map.ofEntries(
            Map.entry("address", peer -> begin("10.0.1.9", 65_002)),
            Map.entry("port", peer -> peer.port(1_179)),
            Map.entry("asn", peer -> begin("10.0.1.2", 65_009)),
            Map.entry("role", peer -> begin("10.0.1.2", 65_515).role(PeerRole.VPN_GATEWAY)),
            Map.entry("passive", peer -> peer.passive(false)),
            Map.entry("enabled", peer -> peer.enabled(false)),
            Map.entry("holdTime", peer -> peer.holdTime(Duration.ofSeconds(90))),
            Map.entry("routeLimit", peer -> peer.routeLimit(RouteLimit.of(2))),
            Map.entry("sendLimit", peer -> peer.sendLimit(SendLimit.of(1).withAction(LimitAction.DISCARD_NEW))),
            Map.entry("enforceFirstAs", peer -> peer.enforceFirstAs(false)),
            Map.entry("prependLocalAs", peer -> peer.prependLocalAs(true)),
            Map.entry("importPolicy", peer -> peer.importPolicy(SimPolicy.REJECT_ALL)),
            Map.entry("exportPolicy", peer -> peer.exportPolicy(SimPolicy.REJECT_ALL)),
            Map.entry(
                    "pointToSite",
                    peer -> begin("10.0.1.2", 65_515)
                            .role(PeerRole.VPN_GATEWAY)
                            .pointToSite(List.of(IpPrefix.parse("10.3.0.0/16")))),
            Map.entry("addPath", peer -> peer.addPath(AddPathSettings.off().withReceive(true))),
            Map.entry("protection", peer -> peer.protection(Protection.TCP_MD5)));

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");

    private static PeerConfig.Builder begin(String address, int asn) {
        return PeerConfig.builder("b", IpAddress.parse(address), Asn.of(asn)).passive(true);
    }

    static Stream<String> settings() {
        return Arrays.stream(PeerConfig.class.getRecordComponents()).map(RecordComponent::getName);
    }

    /** What peers see when B, configured anew while it is up, then announces one more route. */
    private List<Object> seen(PeerConfig changed) {
        CoreHarness net = new CoreHarness(RouteExchangeTest.azure(a, b)
                .gateways(any -> GatewaySettings.standard())
                .build());
        net.connect(a);
        net.connect(b);
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), IpPrefix.parse("10.1.0.0/16")));
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), IpPrefix.parse("10.5.0.0/16")));
        net.say(b, b.announce(RouteExchangeTest.path("65002", "10.0.1.2"), IpPrefix.parse("10.2.0.0/16")));
        net.settle();
        net.advance(Duration.ofSeconds(30)); // ends the batch that a limit counts
        net.call(new Command.UpdatePeer(changed));
        net.settle();
        for (String prefix : List.of("10.3.0.0/16", "10.4.0.0/16")) {
            if (b.isConnected) {
                net.say(b, b.announce(RouteExchangeTest.path("65002", "10.0.1.2"), IpPrefix.parse(prefix)));
            }
        }
        net.settle();
        return List.of(a.isConnected, b.isConnected, Map.copyOf(a.routes), Map.copyOf(b.routes));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    @DisplayName("TRAPS 23: a changed setting is applied or refused, never ignored (cilium 33163)")
    void changedSettingIsNeverIgnored(String setting) {
        PeerConfig before = PeerConfigs.of(b).build();
        List<Object> unchanged = seen(before);
        assertEquals(List.of(true, true), unchanged.subList(0, 2));
        if (setting.equals("name")) {
            PeerConfig other = PeerConfig.builder("other", b.address, b.asn).build();
            assertThrows(ConfigurationException.class, () -> seen(other));
            return;
        }
        if (setting.equals("gateway")) {
            PeerConfig member = begin("10.0.1.2", 65_515)
                    .role(PeerRole.VPN_GATEWAY)
                    .gateway("unknown")
                    .build();
            assertThrows(ConfigurationException.class, () -> seen(member));
            return;
        }
        UnaryOperator<PeerConfig.Builder> change =
                Objects.requireNonNull(CHANGES.get(setting), "no case for " + setting);
        assertNotEquals(unchanged, seen(change.apply(before.toBuilder()).build()));
    }
}
