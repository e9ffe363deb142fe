package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.LargeCommunity;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server whose AS number fits 16 bits between a peer of its kind and one whose number does not. */
class WidePeerTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.1.0.0/16");

    private final Speaker narrow = Speaker.of("narrow", 65001, "10.0.1.1");
    private final Speaker wide = new Speaker("wide", 200_007, "10.0.1.2", true, Set.of(AddressFamily.IPV4_UNICAST));

    @Test
    @DisplayName(
            "TRAPS 8: well-known communities act between a 16-bit server and a 32-bit peer, both ways (IXP-Manager 947)")
    void wellKnownCommunitiesOfAWidePeer() {
        CoreHarness net = connected(Optional.empty());
        announce(net, narrow, Community.NO_EXPORT, "10.1.0.0/16");
        announce(net, narrow, Community.NO_ADVERTISE, "10.2.0.0/16");
        announce(net, narrow, Community.of(65001, 7), "10.3.0.0/16");
        announce(net, wide, Community.NO_EXPORT, "10.4.0.0/16");
        announce(net, wide, Community.NO_ADVERTISE, "10.5.0.0/16");
        announce(net, wide, Community.of(wideLow(), 7), "10.6.0.0/16");
        assertEquals(Set.of(IpPrefix.parse("10.3.0.0/16")), wide.routes.keySet());
        assertEquals(Set.of(IpPrefix.parse("10.6.0.0/16")), narrow.routes.keySet());
        PathAttributes heard = Objects.requireNonNull(narrow.routes.get(IpPrefix.parse("10.6.0.0/16")));
        assertEquals(List.of(Community.of(wideLow(), 7)), heard.communities());
        assertEquals("23456", heard.asPath().toString(), "RFC 6793 §4.2.2");
    }

    @Test
    @DisplayName(
            "TRAPS 8: a 32-bit peer is addressed by a large community; the lower half of its number means somebody else")
    void controlCommunitiesForAWidePeer() {
        LargeCommunity notToWide = LargeCommunity.of(65515, 0, 200_007);
        CoreHarness net = connected(Optional.of(
                (context, route) -> route.attributes().largeCommunities().contains(notToWide)
                        ? PolicyVerdict.reject("asked for")
                        : PolicyVerdict.accept()));
        PathAttributes path = RouteExchangeTest.path("65001", "10.0.1.1");
        net.say(narrow, narrow.announce(path.edit().addLargeCommunity(notToWide).build(), TEN));
        PathAttributes other = path.edit()
                .addLargeCommunity(LargeCommunity.of(65515, 0, wideLow()))
                .addCommunity(Community.of(0, wideLow()))
                .build();
        net.say(narrow, narrow.announce(other, IpPrefix.parse("10.2.0.0/16")));
        net.settle();
        assertEquals(Map.of(IpPrefix.parse("10.2.0.0/16"), other), wide.routes);
    }

    private int wideLow() {
        return (int) (wide.asn.value() & 0xffff);
    }

    private CoreHarness connected(Optional<RoutePolicy> exportPolicy) {
        PeerConfig.Builder peer = PeerConfigs.of(wide);
        exportPolicy.ifPresent(peer::exportPolicy);
        CoreHarness net = new CoreHarness(RouteServerConfig.standard()
                .localAsn(Asn.of(65515))
                .localAddress(IpAddress.parse("10.0.0.4"))
                .requirePolicy(false)
                .peer(PeerConfigs.of(narrow).build())
                .peer(peer.build())
                .build());
        net.connect(narrow);
        net.connect(wide);
        return net;
    }

    private static void announce(CoreHarness net, Speaker speaker, Community community, String prefix) {
        PathAttributes path = RouteExchangeTest.path(speaker.asn.toString(), speaker.address.toString());
        net.say(speaker, speaker.announce(path.edit().addCommunity(community).build(), IpPrefix.parse(prefix)));
        net.settle();
    }
}
