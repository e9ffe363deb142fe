package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerIdentity;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.codec.WireAttributes;
import dev.waymark.bgp.message.AddPathCapability;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each peer is sent the best of what it may be sent (RFC 7947 §2.3, ARS-34): nobody's view is hidden by somebody else's path. */
class PerClientBestTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.9.0.0/16");

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private final Speaker c = Speaker.of("c", 65003, "10.0.1.3");
    private final PathAttributes best = path("65001");
    private final PathAttributes second = path("65002 65020");
    private final PathAttributes third = path("65003 65030 65031");
    private CoreHarness net = new CoreHarness(standard().build());

    private RouteServerConfigBuilder standard() {
        RouteServerConfigBuilder builder = RouteServerConfig.standard()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .importPolicy(accepting())
                .exportPolicy(accepting());
        for (Speaker speaker : List.of(a, b, c)) {
            builder.peer(peer(speaker).build());
        }
        return builder;
    }

    private static PeerConfig.Builder peer(Speaker speaker) {
        return PeerConfig.builder(speaker.name, speaker.address, speaker.asn).passive(true);
    }

    private static RoutePolicy accepting() {
        return (context, route) -> PolicyVerdict.accept();
    }

    private static RoutePolicy refusing(Speaker source) {
        return (context, route) -> {
            Optional<PeerIdentity> from = context.source();
            boolean isRefused = from.isPresent() && from.get().name().equals(source.name);
            return isRefused ? PolicyVerdict.reject("from " + source.name) : PolicyVerdict.accept();
        };
    }

    private static PathAttributes path(String asPath, Community... communities) {
        PathAttributes plain = WireAttributes.of(Origin.IGP, AsPath.parse(asPath), IpAddress.parse("10.0.1.9"));
        for (Community community : communities) {
            plain = plain.edit().addCommunity(community).build();
        }
        return plain;
    }

    private void announce(Speaker speaker, PathAttributes attributes) {
        net.say(speaker, speaker.announce(attributes, TEN));
        net.settle();
    }

    private void withdraw(Speaker speaker) {
        net.say(speaker, speaker.withdraw(List.of(TEN)));
        net.settle();
    }

    private void assertTold(Speaker speaker, int updates, PathAttributes held) {
        assertEquals(Map.of(TEN, held), speaker.routes, speaker.name);
        assertEquals(updates, speaker.updates, speaker.name + " was told so often");
    }

    @BeforeEach
    void connect() {
        connect(standard().build());
    }

    private void connect(RouteServerConfig config) {
        net = new CoreHarness(config);
        for (Speaker speaker : List.of(a, b, c)) {
            speaker.reset();
            net.connect(speaker);
            speaker.updates = 0;
        }
    }

    @Test
    @DisplayName("TRAPS 3: the source of the best gets the runner-up, all others the best")
    void sourceOfTheBestGetsTheRunnerUp() {
        announce(c, third);
        announce(b, second);
        announce(a, best);
        assertEquals(Map.of(TEN, second), a.routes);
        assertEquals(Map.of(TEN, best), b.routes);
        assertEquals(Map.of(TEN, best), c.routes);
        withdraw(b);
        assertEquals(Map.of(TEN, third), a.routes);
        withdraw(c);
        assertEquals(Map.of(), a.routes);
    }

    @Test
    @DisplayName("TRAPS 3: churn among losers sends nothing to those who do not see them")
    void churnAmongLosersIsSilent() {
        announce(a, best);
        announce(b, second);
        announce(c, third);
        int toldB = b.updates;
        int toldC = c.updates;
        int toldA = a.updates;
        for (int i = 0; i < 5; i++) {
            announce(c, path("65003 65030 65031 " + (65100 + i)));
            withdraw(c);
        }
        assertTold(a, toldA, second);
        assertTold(b, toldB, best);
        assertTold(c, toldC, best);
    }

    @Test
    @DisplayName("TRAPS 3: a flip of the best is one implicit replace for each who sees it, and nothing is withdrawn")
    void flipIsAnImplicitReplace() {
        announce(a, best);
        announce(b, second);
        int toldA = a.updates;
        int toldB = b.updates;
        int toldC = c.updates;
        PathAttributes longer = path("65001 65010 65011");
        announce(a, longer); // b is best now: a holds that already, b gets what a says, c gets b's
        assertTold(a, toldA, second);
        assertTold(b, toldB + 1, longer);
        assertTold(c, toldC + 1, second);
        announce(a, best); // and back
        assertTold(a, toldA, second);
        assertTold(b, toldB + 2, best);
        assertTold(c, toldC + 2, best);
    }

    @Test
    @DisplayName("RFC 7947 §2.3: a path that a peer's export policy refuses hides no other path from it")
    void refusedBestHidesNothing() {
        RouteServerConfigBuilder config = standard();
        config.removePeer("c").peer(peer(c).exportPolicy(refusing(a)).build());
        connect(config.build());
        announce(a, best);
        announce(b, second);
        assertEquals(Map.of(TEN, second), c.routes);
        assertEquals(Map.of(TEN, best), b.routes);
        withdraw(b);
        assertEquals(Map.of(), c.routes);
    }

    @Test
    @DisplayName("TRAPS 2: an export policy that newly refuses a sent route withdraws it, and sends what it hid")
    void newRefusalReplacesOrWithdraws() {
        announce(a, best);
        announce(b, second);
        net.call(new Command.UpdatePeer(peer(c).exportPolicy(refusing(a)).build()));
        net.settle();
        assertEquals(Map.of(TEN, second), c.routes);
        RoutePolicy none = (context, route) -> PolicyVerdict.reject("all");
        net.call(new Command.UpdatePeer(peer(c).exportPolicy(none).build()));
        net.settle();
        assertEquals(Map.of(), c.routes);
        assertEquals(Map.of(TEN, best), b.routes);
        net.call(new Command.SetPolicy(false, Optional.of(none)));
        net.settle();
        assertEquals(Map.of(), b.routes);
        assertEquals(Map.of(), a.routes);
    }

    @Test
    @DisplayName("ARS-51: no loser takes the place of a route with NO_ADVERTISE, but its own source sees the runner-up")
    void noAdvertisePromotesNobody() {
        announce(b, second);
        announce(a, path("65001", Community.NO_ADVERTISE));
        assertEquals(Map.of(), b.routes);
        assertEquals(Map.of(), c.routes);
        assertEquals(Map.of(TEN, second), a.routes);
        withdraw(a);
        assertEquals(Map.of(TEN, second), a.routes);
        assertEquals(Map.of(TEN, second), c.routes);
        assertEquals(Map.of(), b.routes);
    }

    @Test
    @DisplayName("TRAPS 4: a peer that offers ADD-PATH, which was not agreed on, gets its best path like all others")
    void addPathThatWasNotAgreedOn() {
        AddPathCapability.Entry ipv4 = new AddPathCapability.Entry(1, 1, AddPathCapability.BOTH);
        a.extras = List.of(new AddPathCapability(List.of(ipv4)));
        c.extras = a.extras;
        connect(standard().build());
        announce(a, best);
        announce(b, second);
        announce(c, third);
        assertEquals(Map.of(TEN, second), a.routes); // read without path identifiers: none was sent
        assertEquals(Map.of(TEN, best), b.routes);
        assertEquals(Map.of(TEN, best), c.routes);
    }

    @Test
    @DisplayName("ARS-40: the server's own network has no runner-up")
    void ownNetworkHidesWhatIsInside() {
        announce(a, best);
        net.call(new Command.AddNetwork(new NetworkSpace(TEN, Optional.empty())));
        net.settle();
        PathAttributes own = WireAttributes.of(Origin.IGP, AsPath.parse("65515"), IpAddress.parse("10.0.0.4"));
        for (Speaker speaker : List.of(a, b, c)) {
            assertEquals(Map.of(TEN, own), speaker.routes);
        }
    }

    @Test
    @DisplayName("ARS-34: in azure one path is advertised, and its source gets nothing")
    void azureAdvertisesOnePath() {
        connect(RouteExchangeTest.azure(a, b, c).build());
        announce(a, best);
        announce(b, second);
        assertEquals(Map.of(), a.routes);
        assertEquals(Map.of(TEN, best), b.routes);
        assertEquals(Map.of(TEN, best), c.routes);
    }
}
