package dev.waymark.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.net.RouterId;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RouteServerPairConfigTest {
    private static final InetSocketAddress LISTEN = new InetSocketAddress("10.0.0.5", 179);

    private final InstanceConfig first = InstanceConfig.of("rs0", IpAddress.parse("10.0.0.4"));
    private final InstanceConfig second = InstanceConfig.of("rs1", IpAddress.parse("10.0.0.5"))
            .withListen(LISTEN)
            .withZone("2");
    private final PeerConfig peer =
            PeerConfig.builder("a", IpAddress.parse("10.0.1.1"), Asn.of(65001)).build();

    private static RouteServerConfigBuilder shared() {
        return RouteServerConfig.azure().network(IpPrefix.parse("10.0.0.0/16"));
    }

    @Test
    @DisplayName(
            "ARS-2: instances differ in name, addresses and what they listen on, and share the rest but sinks and listeners")
    void instancesShareTheRest() {
        RouteServerPairConfig pair =
                RouteServerPairConfig.of(shared().peer(peer).listener(event -> {}), first, second);
        RouteServerConfig one = pair.instance(0);
        RouteServerConfig other = pair.instance(1);
        assertEquals(List.of("rs0", "rs1"), List.of(one.name(), other.name()));
        assertEquals(RouterId.parse("10.0.0.4"), one.routerId());
        assertEquals(RouterId.parse("10.0.0.5"), other.routerId());
        assertEquals(Optional.of(IpAddress.parse("10.0.0.5")), other.localAddress(AddressFamily.IPV4_UNICAST));
        assertEquals(List.of(), one.listen());
        assertEquals(List.of(LISTEN), other.listen());
        assertEquals(List.of(peer), other.peers());
        assertEquals(one.networks(), other.networks());
        assertEquals(Map.of(), other.sinks());
        assertEquals(List.of(), other.listeners());
        assertEquals(1, pair.shared().listeners().size());
    }

    @Test
    @DisplayName("ARS-2: a changed shared part leaves each instance its own")
    void sharedPartChanges() {
        RouteServerPairConfig pair = RouteServerPairConfig.of(shared(), first, second);
        RouteServerPairConfig changed =
                pair.withShared(pair.shared().toBuilder().peer(peer).build());
        assertEquals(List.of(peer), changed.instance(1).peers());
        assertEquals(List.of(LISTEN), changed.instance(1).listen());
        assertEquals(RouterId.parse("10.0.0.5"), changed.instance(1).routerId());
    }

    @Test
    @DisplayName("STYLE §5: what is wrong is refused by name")
    void refusals() {
        InstanceConfig sameAddress = InstanceConfig.of("rs1", IpAddress.parse("10.0.0.4"));
        IpAddress own = IpAddress.parse("10.0.0.6");
        refuses("instance.rs0", () -> RouteServerPairConfig.of(shared(), first, first));
        refuses("instance.rs1.addresses", () -> RouteServerPairConfig.of(shared(), first, sameAddress));
        refuses("pair.shared", () -> RouteServerPairConfig.of(shared().localAddress(own), first, second));
        refuses("pair.shared", () -> RouteServerPairConfig.of(shared().listen(LISTEN), first, second));
        refuses(
                "instance.rs1.routerId",
                () -> RouteServerPairConfig.of(shared(), first, second.withRouterId(RouterId.parse("10.0.0.4"))));
        refuses("peer.a", () -> RouteServerPairConfig.of(shared().peer(peer).peer(peer), first, second));
        refuses("instance.rs1.zone", () -> second.withZone(" "));
        refuses("instance.rs1.addresses", () -> second.withAddress(own));
        refuses("instance.name", () -> InstanceConfig.of("", own));
        refuses(
                "network.10.0.0.0/16.nextHop",
                () -> RouteServerPairConfig.of(
                        shared(), first, InstanceConfig.of("rs1", IpAddress.parse("127.0.0.5"))));
    }

    private static void refuses(String parameter, Executable call) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, call, parameter);
        assertTrue(String.valueOf(refused.getMessage()).startsWith(parameter), refused::toString);
    }
}
