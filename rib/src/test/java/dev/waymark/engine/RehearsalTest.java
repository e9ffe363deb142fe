package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RehearsalTest {
    private static final int LEAST_OCTETS_OF_A_ROUTE = 4; // length and prefix, attributes apart

    static Stream<Named<RouteServerConfig>> configs() {
        return Stream.of(
                Named.of("azure", like(RouteServerConfig.azure()).build()),
                Named.of("standard", like(RouteServerConfig.standard()).build()),
                Named.of(
                        "an AS number that the made-up peers would have",
                        like(RouteServerConfig.standard())
                                .localAsn(Asn.of(65_002))
                                .build()),
                Named.of(
                        "short AS paths and few communities only, IPv6 only",
                        like(RouteServerConfig.standard())
                                .localAddress(IpAddress.parse("2001:db8::1"))
                                .session(settings -> settings.withMaxAsPathHops(1)
                                        .withMaxCommunities(1)
                                        .withFamilies(Set.of(AddressFamily.IPV6_UNICAST)))
                                .build()),
                Named.of(
                        "the shortest hold time, the longest rest after errors",
                        like(RouteServerConfig.standard())
                                .session(settings -> settings.withHoldTime(Duration.ofSeconds(3))
                                        .withIdleHoldAtMost(Duration.ofHours(1)))
                                .build()));
    }

    private static RouteServerConfigBuilder like(RouteServerConfigBuilder profile) {
        return profile.localAsn(Asn.of(64_900))
                .localAddress(IpAddress.parse("10.0.0.4"))
                .listen(new InetSocketAddress("10.0.0.4", 179));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configs")
    @DisplayName("a rehearsal has every made-up route passed on to the others, and leaves no buffer behind")
    void passesOn(RouteServerConfig config) {
        PooledByteBufAllocator allocator = new PooledByteBufAllocator(false, 1, 0, 8_192, 6, 0, 0, false);
        Rehearsal rehearsal = new Rehearsal(config, allocator);

        long announced = rehearsal.run(30_000);

        assertTrue(announced >= 30_000, "announced " + announced);
        assertTrue(
                rehearsal.sentOctets() > announced * LEAST_OCTETS_OF_A_ROUTE,
                "sent " + rehearsal.sentOctets() + " octets for " + announced + " routes");
        assertEquals(
                0,
                allocator.metric().heapArenas().stream()
                        .mapToLong(arena -> arena.numActiveAllocations())
                        .sum());
    }

    @Test
    @DisplayName("no routes are no rehearsal, and a number out of range is refused")
    void refusesNonsense() {
        RouteServerConfig config = like(RouteServerConfig.azure()).build();
        RouteServerEngine.rehearse(config, 0);

        ConfigurationException less =
                assertThrows(ConfigurationException.class, () -> RouteServerEngine.rehearse(config, -1));
        ConfigurationException more =
                assertThrows(ConfigurationException.class, () -> RouteServerEngine.rehearse(config, 1_000_000_001L));

        assertEquals("routes", less.parameter());
        assertEquals("routes", more.parameter());
    }
}
