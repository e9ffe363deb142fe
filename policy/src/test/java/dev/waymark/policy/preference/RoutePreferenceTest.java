package dev.waymark.policy.preference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.PeerRole;
import dev.waymark.api.RoutingPreference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoutePreferenceTest {

    @ParameterizedTest(name = "ARS-31: {0} ranks {1} {2}")
    @CsvSource({
        "EXPRESS_ROUTE, EXPRESS_ROUTE_GATEWAY, 0",
        "EXPRESS_ROUTE, VPN_GATEWAY, 1",
        "EXPRESS_ROUTE, NVA, 1",
        "VPN_GATEWAY, EXPRESS_ROUTE_GATEWAY, 1",
        "VPN_GATEWAY, VPN_GATEWAY, 0",
        "VPN_GATEWAY, NVA, 0",
        "AS_PATH, EXPRESS_ROUTE_GATEWAY, 0",
        "AS_PATH, VPN_GATEWAY, 0",
        "AS_PATH, NVA, 0"
    })
    void ranksEverySourceUnderEveryPreference(RoutingPreference preference, PeerRole source, int rank) {
        assertEquals(rank, RoutePreference.rank(source, preference));
    }

    @ParameterizedTest(name = "ARS-31: {0}")
    @EnumSource
    @DisplayName("ARS-31: VPN gateways and NVAs share one rank always")
    void givesVpnAndNvaOneRank(RoutingPreference preference) {
        assertEquals(
                RoutePreference.rank(PeerRole.NVA, preference), RoutePreference.rank(PeerRole.VPN_GATEWAY, preference));
    }
}
