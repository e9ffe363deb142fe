package dev.waymark.bgp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.CapabilityCode;
import dev.waymark.bgp.message.OpenMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionParametersTest {

    @Test
    @DisplayName("ARS-13, ARS-15: azure offers IPv4 unicast and route refresh, no four-octet AS numbers")
    void azureOffersLittle() {
        assertEquals(
                new OpenMessage(
                        4,
                        65515,
                        180,
                        SessionFixtures.LOCAL_ID,
                        List.of(new Capability.Multiprotocol(1, 1), new Capability.RouteRefresh())),
                SessionFixtures.azure().build().localOpen());
    }

    @Test
    @DisplayName("RFC 6793 §4.2.1: an AS number that needs four octets stands as AS_TRANS in the two-octet field")
    void standardOffersWhatItDoes() {
        Asn wide = Asn.of(4_200_000_001L);
        OpenMessage open = SessionParameters.builder(wide, SessionFixtures.LOCAL_ID, SessionFixtures.PEER_ASN)
                .families(Set.of(AddressFamily.IPV6_UNICAST, AddressFamily.IPV4_UNICAST))
                .fourOctetAsn(true)
                .enhancedRouteRefresh(true)
                .build()
                .localOpen();

        assertEquals(23456, open.myAs());
        assertEquals(
                List.of(
                        new Capability.Multiprotocol(1, 1),
                        new Capability.Multiprotocol(2, 1),
                        new Capability.RouteRefresh(),
                        new Capability.FourOctetAs(wide),
                        new Capability.EnhancedRouteRefresh()),
                open.capabilities());
    }

    @Test
    @DisplayName("TRAPS 10: graceful restart is not offered unless it is set, since nothing is kept")
    void neverOffersGracefulRestart() {
        for (int bits = 0; bits < 16; bits++) {
            OpenMessage open = SessionFixtures.azure()
                    .fourOctetAsn((bits & 1) != 0)
                    .routeRefresh((bits & 2) != 0)
                    .enhancedRouteRefresh((bits & 4) != 0)
                    .families((bits & 8) != 0 ? Set.of(AddressFamily.values()) : Set.of(AddressFamily.IPV6_UNICAST))
                    .build()
                    .localOpen();
            for (Capability capability : open.capabilities()) {
                CapabilityCode code = CapabilityCode.fromCode(capability.code());
                assertTrue(
                        Set.of(
                                        CapabilityCode.MULTIPROTOCOL,
                                        CapabilityCode.ROUTE_REFRESH,
                                        CapabilityCode.FOUR_OCTET_AS,
                                        CapabilityCode.ENHANCED_ROUTE_REFRESH)
                                .contains(code),
                        code::toString);
            }
            assertEquals((bits & 1) != 0, open.has(Capability.Kind.FOUR_OCTET_AS));
            assertEquals((bits & 2) != 0, open.has(Capability.Kind.ROUTE_REFRESH));
            assertEquals((bits & 4) != 0, open.has(Capability.Kind.ENHANCED_ROUTE_REFRESH));
        }
    }

    @Test
    void sameAsnMeansInternal() {
        assertTrue(SessionFixtures.azure().build().isExternal());
        assertFalse(SessionParameters.builder(
                        SessionFixtures.LOCAL_ASN, SessionFixtures.LOCAL_ID, SessionFixtures.LOCAL_ASN)
                .build()
                .isExternal());
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SessionFixtures.azure().families(Set.of()).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> SessionParameters.builder(SessionFixtures.LOCAL_ASN, RouterId.ofBits(0), SessionFixtures.PEER_ASN)
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> SessionParameters.builder(SessionFixtures.LOCAL_ASN, SessionFixtures.LOCAL_ID, Asn.of(65536))
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> SessionParameters.builder(SessionFixtures.LOCAL_ASN, SessionFixtures.LOCAL_ID, Asn.ZERO)
                        .build());
    }

    @Test
    void impossibleTimesAreRefused() {
        SessionTimes times = SessionTimes.standard();
        for (int hold : new int[] {-1, 0, 1, 2, 65_536}) {
            assertThrows(IllegalArgumentException.class, () -> times.withHoldTime(hold, false));
        }
        assertEquals(0, times.withHoldTime(0, true).holdTimeSeconds());
        assertThrows(IllegalArgumentException.class, () -> times.withMinimumHoldTime(2));
        Duration second = Duration.ofSeconds(1);
        assertThrows(IllegalArgumentException.class, () -> times.withConnecting(Duration.ZERO, second, second));
        assertThrows(
                IllegalArgumentException.class, () -> times.withConnecting(second, second.multipliedBy(2), second));
    }
}
