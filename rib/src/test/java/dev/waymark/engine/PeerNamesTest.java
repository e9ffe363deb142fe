package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** How many peers there may be, and that each is one of a kind (ARS-16), when built and at run time. */
class PeerNamesTest {
    private static PeerConfig peer(int number) {
        return peer("nva" + number, "10.0.1." + number);
    }

    private static PeerConfig peer(String name, String address) {
        return PeerConfig.builder(name, IpAddress.parse(address), Asn.of(65001)).build();
    }

    private static RouteServerConfigBuilder of(RouteServerConfigBuilder config, int peers) {
        config.localAddress(IpAddress.parse("10.0.0.4"));
        for (int i = 1; i <= peers; i++) {
            config.peer(peer(i));
        }
        return config;
    }

    private static void assertRefused(String parameter, Executable call) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, call);
        assertEquals("ARS-16", refused.rule());
        assertEquals(parameter, refused.parameter());
    }

    @Test
    @DisplayName(
            "ARS-16: azure takes 8 peers and refuses the 9th, when built and at run time; one that goes makes room")
    void ninth() {
        assertRefused("peer.nva9", () -> of(RouteServerConfig.azure(), 9).build());
        CoreHarness net = new CoreHarness(of(RouteServerConfig.azure(), 8).build());
        assertRefused("peer.nva9", () -> net.call(new Command.AddPeer(peer(9))));
        net.call(new Command.RemovePeer("nva3"));
        net.call(new Command.AddPeer(peer(9)));
    }

    @Test
    @DisplayName("ARS-16: the number is a setting, and none in standard")
    void setting() {
        assertEquals(20, of(RouteServerConfig.standard(), 20).build().peers().size());
        assertRefused(
                "peer.nva3",
                () -> of(RouteServerConfig.azure(), 3)
                        .limits(limits -> limits.withMaxPeers(2))
                        .build());
    }

    @Test
    @DisplayName("ARS-16: names and addresses are unique, when built and at run time")
    void unique() {
        PeerConfig sameName = peer("nva1", "10.0.1.99");
        PeerConfig sameAddress = peer("other", "10.0.1.1");
        assertRefused(
                "peer.nva1",
                () -> of(RouteServerConfig.azure(), 2).peer(sameName).build());
        assertRefused(
                "peer.other.address",
                () -> of(RouteServerConfig.azure(), 2).peer(sameAddress).build());
        CoreHarness net = new CoreHarness(of(RouteServerConfig.azure(), 2).build());
        assertRefused("peer.nva1", () -> net.call(new Command.AddPeer(sameName)));
        assertRefused("peer.other.address", () -> net.call(new Command.AddPeer(sameAddress)));
        assertRefused("peer.nva2.address", () -> net.call(new Command.UpdatePeer(peer("nva2", "10.0.1.1"))));
    }
}
