package dev.waymark.bgp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.bgp.message.BgpRole;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleRulesTest {

    private static final int PEER_AS = 65001;
    private static final int OTHER_AS = 65002;

    @ParameterizedTest(
            name = "RFC 9234 §5: as {0}: the peer's own OTC is a leak {1}, another's {2}, missing it is added {3}")
    @CsvSource({
        "PROVIDER, true, true, false",
        "RS, true, true, false",
        "RS_CLIENT, false, false, true",
        "CUSTOMER, false, false, true",
        "PEER, false, true, true"
    })
    void onImport(BgpRole local, boolean isOwnLeak, boolean isOthersLeak, boolean isAdded) {
        assertEquals(isOwnLeak, RoleRules.isLeak(local, PEER_AS, PEER_AS));
        assertEquals(isOthersLeak, RoleRules.isLeak(local, OTHER_AS, PEER_AS));
        assertEquals(isAdded, RoleRules.addsOnImport(local));
    }

    @ParameterizedTest(name = "RFC 9234 §5: as {0}: OTC is added on the way out {1}, and stops a route that has it {2}")
    @CsvSource({
        "PROVIDER, true, false",
        "RS, true, false",
        "RS_CLIENT, false, true",
        "CUSTOMER, false, true",
        "PEER, true, true"
    })
    void onExport(BgpRole local, boolean isAdded, boolean stops) {
        assertEquals(isAdded, RoleRules.addsOnExport(local));
        assertEquals(stops, RoleRules.stopsOnExport(local));
    }
}
